"""The words that Material sets around a text: the same as without us, and each asked for once."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.theme import Theme

from imprimatur.hosts.words import TEMPLATE, keep_words

MATERIAL = Path(str(files("material"))) / "templates"
ENGLISH = (MATERIAL / "partials/languages/en.html").read_text()
KEYS = re.findall(r'^\s*"([a-z.]+)":', ENGLISH, re.MULTILINE)


def words(language, folder=MATERIAL, *, keep):
    """What a page gets for each key, with our memory and without."""
    config = MkDocsConfig()
    config.theme = Theme(name="material", language=language)
    config.theme.dirs.insert(0, str(folder))
    env = config.theme.get_env()
    if keep:
        keep_words(env, config)
    asked = "{% import '" + TEMPLATE + "' as lang with context %}{{ lang.t(key) }}"
    page = env.from_string(asked)
    return {key: page.render(config=config, key=key) for key in (*KEYS, "no.such.word")}


@pytest.mark.parametrize("language", ["en", "de", "pt-BR", "he", "ja", "zh-Hant"])
def test_each_word_is_the_one_that_the_theme_gives_itself(language):
    kept = words(language, keep=True)
    assert len(kept) > 50
    assert kept == words(language, keep=False)


def test_a_site_or_a_theme_with_words_of_its_own_keeps_them(tmp_path):
    (tmp_path / "partials").mkdir()
    own = "{% macro t(key) %}{{ {'footer': 'Fuss'}[key] or key }}{% endmacro %}"
    (tmp_path / TEMPLATE).write_text(own)
    kept = words("la", tmp_path, keep=True)
    assert kept["footer"] == "Fuss"
    assert kept == words("la", tmp_path, keep=False)


def test_a_word_that_a_site_changes_in_a_language_of_the_theme_is_changed(tmp_path):
    (tmp_path / "partials/languages").mkdir(parents=True)
    changed = ENGLISH.replace('"footer": "Footer"', '"footer": "Colophon"')
    assert changed != ENGLISH
    (tmp_path / "partials/languages/en.html").write_text(changed)
    assert words("en", tmp_path, keep=True)["footer"] == "Colophon"


def test_each_word_is_looked_up_once():
    config = MkDocsConfig()
    config.theme = Theme(name="material", language="en")
    env = config.theme.get_env()
    keep_words(env, config)
    first, again = (env.get_template(TEMPLATE).make_module({"config": config}) for _ in range(2))
    assert vars(first)["t"] is vars(again)["t"]
    assert vars(first)["t"]("footer") is vars(again)["t"]("footer")


def test_of_another_theme_nothing_is_kept():
    config = MkDocsConfig()
    config.theme = Theme(name="mkdocs", locale="de")
    env = config.theme.get_env()
    before = env.loader
    keep_words(env, config)
    assert env.loader is before
