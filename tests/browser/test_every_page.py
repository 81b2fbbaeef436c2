"""Every page of the demonstration, enumerated from the built tree: none is left out.

What the accessibility checker and the HTML checker find on any of them fails, and so does a request
to another host. The dark pages are looked at in a file of their own, beside this one.
"""

from __future__ import annotations

import pytest

from imprimatur.editorial import State


@pytest.mark.parametrize("width", [320, 1280])
def test_no_light_page_has_a_violation_in_any_variant(look_at_every_page, width):
    assert look_at_every_page(width, "light") == []


def test_no_page_breaks_a_rule_of_html(gallery_tree, gallery_paths, nu):
    assert nu([gallery_tree / path for path in gallery_paths]) == []


def test_no_page_asks_another_host_for_anything_nor_keeps_a_cookie(page, gallery, gallery_paths):
    shown = page()
    asked, faults = [], []
    shown.on("request", lambda request: asked.append(request.url))
    shown.on("pageerror", lambda error: faults.append(str(error)))
    for path in gallery_paths:
        shown.goto(gallery + path, wait_until="networkidle")
    assert len(asked) > len(gallery_paths)
    assert [each for each in asked if not each.startswith((gallery, "data:"))] == []
    assert shown.context.cookies() == []
    assert faults == []


def test_every_standing_is_among_the_pages(page, gallery, gallery_paths):
    shown = page()
    standings = set()
    for path in gallery_paths:
        if path.startswith("articles/"):
            shown.goto(gallery + path)
            standings.add(shown.locator("article").get_attribute("data-standing"))
    assert standings == {str(state) for state in State}
