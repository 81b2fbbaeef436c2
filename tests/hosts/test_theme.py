"""Our part of the theme stands on Material's. A release that moves it must be looked at first."""

from __future__ import annotations

import hashlib
import re
from importlib.resources import files
from pathlib import Path

import pytest

MATERIAL = Path(str(files("material"))) / "templates"
OURS = Path(str(files("imprimatur.press"))) / "theme"

REPLACED = {
    "partials/header.html": "8cf3fb15bcf969ff596649616fd99366b3c31c08d57a86d05308efc16d8fa75f",
    "partials/toc.html": "fde48f583563364b0e0e6865a5ab1e7060ec1826161f69f5cbee653e621b0f84",
    "partials/footer.html": "50c2a75f013b7b03fb97f381860c77df8fd5d13d68f90d3281754b68f69ec894",
    "404.html": "80c93494b5432b1bcdf292caeb67a0653c45b37372f49e08ad4a70ca695a7495",
}
"""What our theme has a file of the same name for, by the digest of what that file was made from."""

COMPONENTS = ("header", "sidebar", "toc", "content", "palette", "main", "container", "logo")
"""What the theme's scripts look for in templates of ours or around them."""


def test_every_template_of_ours_stands_in_place_of_one_that_is_known():
    ours = {path.relative_to(OURS).as_posix() for path in OURS.rglob("*.html")}
    own = {"main.html", "partials/imprimatur-search.html"}
    assert ours - own == set(REPLACED)


@pytest.mark.parametrize(("name", "digest"), REPLACED.items())
def test_what_we_replaced_has_not_changed_since(name, digest):
    now = hashlib.sha256((MATERIAL / name).read_bytes()).hexdigest()
    assert now == digest, f"Material changed {name}: carry over what matters, then this digest"


def test_every_block_that_main_html_fills_is_in_the_base():
    filled = set(re.findall(r"{% block (\w+) %}", (OURS / "main.html").read_text()))
    base = set(re.findall(r"{% block (\w+) %}", (MATERIAL / "base.html").read_text()))
    assert filled
    assert filled <= base


@pytest.mark.parametrize("name", COMPONENTS)
def test_the_components_of_the_theme_have_their_names(name):
    written = "".join(path.read_text() for path in MATERIAL.rglob("*.html"))
    assert f'data-md-component="{name}"' in written


def test_the_attribute_that_we_take_away_is_still_there():
    base = (MATERIAL / "base.html").read_text()
    assert len(re.findall(r'<input class="md-toggle" [^>]* autocomplete="off">', base)) == 2


def test_the_title_stands_before_the_styles_where_our_script_is_hooked():
    base = (MATERIAL / "base.html").read_text()
    assert base.index("{% block htmltitle %}") < base.index("{% block styles %}")
    assert base.index("{% block styles %}") < base.index("config.extra_css")
