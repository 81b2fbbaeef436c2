"""The shipped article in a real browser."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

RUN = """
/// answer
All [@park2019spinal; @hutchins2021acr; @liu2017vertebral; @harlianto2024spinal; @saha2025dce].
///

| Test | One | Two | Three | Four | Five | Six |
|---|---|---|---|---|---|---|
| A rather long name of a test | 93% | 85% | 91% | 94% | 70% | 74% |

Averylongwordthatnobodycouldeverbreakintotwobecauseitisonlyonewordandgoesonforeverandever.
"""


@pytest.fixture(scope="module")
def shipped(repository_root, tmp_path_factory, serve):
    site = tmp_path_factory.mktemp("shipped")
    command = [sys.executable, "-W", "ignore", "-m", "mkdocs", "build", "--clean", "-d", str(site)]
    environment = {**os.environ, "IMPRIMATUR_PREVIEW": "1", "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=repository_root, check=True, capture_output=True, env=environment)
    return serve(site) + "articles/spinal-mri/"


@pytest.fixture(scope="module")
def made(make_site, tmp_path_factory, serve):
    site = make_site(tmp_path_factory.mktemp("made") / "site")
    site.article(body=RUN)
    site.run("mkdocs", "build", "-d", "site", IMPRIMATUR_PREVIEW="1")
    return serve(site.root / "site") + "articles/contrast/"


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_title_status_caution_and_answer_are_seen_at_once_on_a_phone(page, shipped, script, scheme):
    shown = page(
        shipped,
        viewport={"width": 390, "height": 844},
        java_script_enabled=script,
        color_scheme=scheme,
    )
    for part in ("h1", ".imp-status", ".imp-caution", ".imp-answer h2"):
        box = shown.locator(part).first.bounding_box()
        assert box is not None, part
        assert box["y"] + box["height"] <= 844, part


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_no_width_scrolls_sideways(page, shipped, made, width):
    for address in (shipped, made):
        for script in (True, False):
            shown = page(
                address, viewport={"width": width, "height": 800}, java_script_enabled=script
            )
            assert shown.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1280, 1600])
def test_the_answer_ends_under_its_signatures(page, gallery, width):
    address = f"{gallery}articles/approved/?audience=patient"
    shown = page(address, viewport={"width": width, "height": 900})
    box = shown.locator(".imp-answer").bounding_box()
    last = shown.locator(".imp-answer .imp-signatures").bounding_box()
    assert box["y"] + box["height"] - (last["y"] + last["height"]) < 40


def test_a_number_leads_to_its_reference_and_back_by_keyboard(page, shipped):
    shown = page(shipped)
    cite = shown.locator("a.imp-cite").first
    cite.focus()
    shown.keyboard.press("Enter")
    assert shown.url.endswith(cite.get_attribute("href"))
    item = shown.locator(cite.get_attribute("href"))
    assert item.is_visible()
    item.locator("a[role=doc-backlink]").first.focus()
    shown.keyboard.press("Enter")
    assert shown.url.endswith("#" + cite.get_attribute("id"))


def test_a_run_shows_its_ends_and_the_keyboard_reaches_every_number_in_sight(page, made):
    shown = page(made)
    inner = shown.locator(".imp-range a")
    assert inner.first.bounding_box()["width"] > 0
    clipped = shown.locator(".imp-range").bounding_box()
    assert clipped["width"] <= 1
    shown.locator("a.imp-cite").first.focus()
    reached = []
    for _ in range(5):
        reached.append(shown.evaluate("document.activeElement.textContent"))
        box = shown.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
        hidden = shown.evaluate(
            "(() => { const b = document.activeElement.getBoundingClientRect();"
            "return document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2)"
            " !== document.activeElement; })()"
        )
        assert box["width"] > 4
        assert not hidden
        shown.keyboard.press("Tab")
    assert reached == ["1", "2", "3", "4", "5"]


def test_the_last_number_of_a_run_stays_under_the_pointer_that_is_on_it(page, made):
    shown = page(made)
    last = shown.locator(".imp-range + .imp-cite").first
    last.scroll_into_view_if_needed()
    box = last.bounding_box()
    place = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    shown.mouse.move(*place)
    shown.wait_for_timeout(100)
    under = "([x, y]) => document.elementFromPoint(x, y).closest('a')?.getAttribute('href')"
    assert shown.evaluate(under, place) == last.get_attribute("href")
    assert shown.locator(".imp-range").first.bounding_box()["width"] <= 1
    shown.locator("a.imp-cite").first.hover()
    assert shown.locator(".imp-range").first.bounding_box()["width"] > 1


def test_nothing_is_asked_of_another_host(page, shipped):
    asked = []
    shown = page()
    shown.on("request", lambda request: asked.append(request.url))
    shown.goto(shipped)
    shown.wait_for_load_state("networkidle")
    root = shipped.split("/articles/")[0]
    assert asked
    assert [each for each in asked if not each.startswith(root)] == []


def test_no_fault_is_reported_in_the_console(page, shipped):
    faults = []
    shown = page()
    shown.on(
        "console", lambda message: faults.append(message.text) if message.type == "error" else 0
    )
    shown.on("pageerror", lambda error: faults.append(str(error)))
    shown.goto(shipped)
    shown.wait_for_load_state("networkidle")
    assert faults == []


def test_the_printed_page_holds_the_caution_and_the_references(page, shipped):
    shown = page(shipped)
    shown.emulate_media(media="print")
    for part in (".imp-caution", ".imp-safety", ".imp-references", ".imp-disclaimer"):
        assert shown.locator(part).is_visible(), part
