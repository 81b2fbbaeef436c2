"""The preview of a reference, and what else a script adds to a page that is already there."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
TOUCH = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
FILLER = " ".join(["A sentence that says nothing new and takes its place on the page."] * 12)
BODY = f"""
/// answer
Contrast helped [@park2019spinal].
///

{FILLER}

All of them together
[@park2019spinal; @hutchins2021acr; @liu2017vertebral; @harlianto2024spinal; @saha2025dce].

{FILLER}

{FILLER}

//// evidence | research
{FILLER}

A pooled analysis compared the tests [@liu2017vertebral, p. 12], and a review did [@saha2025dce].

| Test | One | Two | Three | Four | Five | Six | Seven | Eight |
|---|---|---|---|---|---|---|---|---|
| Averylongnameofatest | Averylongname | Averylongname | Averylongname | 0.53 | 1 | 2 | 3 | 4 |

| Test | One |
|---|---|
| Short | 1 |

{FILLER}

{FILLER}
////
"""


@pytest.fixture(scope="module")
def built(make_site, tmp_path_factory, serve):
    site = make_site(tmp_path_factory.mktemp("preview") / "site")
    site.article(body=BODY)
    eighty = [f"work{number:02}" for number in range(80)]
    entry = (site.root / "bibliography.bib").read_text("utf-8").split("\n}\n")[0] + "\n}\n"
    more = (
        re.sub(r"309046\d+", f"200000{number:02}", entry.replace("park2019spinal", key))
        for number, key in enumerate(eighty)
    )
    bibliography = site.root / "bibliography.bib"
    bibliography.write_text(bibliography.read_text("utf-8") + "".join(more), "utf-8")
    said = " ".join(f"This is known [@{key}]." for key in eighty)
    site.article("eighty", f"\n/// answer\nIt is known [@work00].\n///\n\n{said}\n")
    site.commit()
    done = site.run("mkdocs", "build", "-d", "site", "-q", IMPRIMATUR_PREVIEW="1")
    assert done.returncode == 0, done.stderr
    for slug in ("contrast", "eighty"):
        html = (site.root / f"site/articles/{slug}/index.html").read_text("utf-8")
        assert "imp-refusal" not in html, re.sub(r"<[^>]+>", " ", html.split("imp-refusal")[1])
    return serve(site.root / "site")


@pytest.fixture(scope="module")
def swapped(make_site, tmp_path_factory, serve):
    """A site that navigates at once, as Material calls it: pages are swapped, none is loaded."""
    site = make_site(tmp_path_factory.mktemp("swapped") / "site")
    (site.root / "site").mkdir()
    address = serve(site.root / "site")
    site.article(body=BODY)
    config = (site.root / "mkdocs.yml").read_text("utf-8")
    config = config.replace("font: false", "font: false, features: [navigation.instant]")
    site.write("mkdocs.yml", config + f"site_url: {address}\n")
    site.run("mkdocs", "build", "-d", "site", "-q", IMPRIMATUR_PREVIEW="1")
    return address


@pytest.fixture
def address(built):
    return built + "articles/contrast/"


def cite(shown, key, place):
    return shown.locator(f"[id='cite-{key}-{place}']")


def preview(shown):
    return shown.locator(".imp-preview")


def overlap(one, other):
    return (
        one["x"] < other["x"] + other["width"]
        and other["x"] < one["x"] + one["width"]
        and one["y"] < other["y"] + other["height"]
        and other["y"] < one["y"] + one["height"]
    )


def line_of(number):
    """The line of text that a number stands on, over the whole width."""
    box = number.bounding_box()
    return {"x": 0, "y": box["y"], "width": 10_000, "height": box["height"]}


def test_pointing_at_a_number_shows_its_reference(page, address):
    shown = page(address, viewport=DESK)
    cite(shown, "liu2017vertebral", 2).hover()
    preview(shown).wait_for()
    said = preview(shown).inner_text()
    assert said.startswith("3")
    assert "Systematic review" in said
    assert "Liu T, Wang S. Detection. J Demonstr. 2017" in said
    assert "Show in the list" in said
    assert preview(shown).get_by_role("link", name=re.compile("PubMed|doi")).count() >= 1
    meaning = shown.locator(".imp-kinds [data-kind=systematic-review] dd")
    assert meaning.text_content() in said
    assert "Cited at" not in said


def test_passing_over_a_number_shows_nothing(page, address):
    shown = page(address, viewport=DESK)
    number = cite(shown, "liu2017vertebral", 2)
    number.scroll_into_view_if_needed()
    box = number.bounding_box()
    shown.mouse.move(box["x"] - 100, box["y"])
    shown.mouse.move(box["x"] + 3, box["y"] + 3)
    shown.mouse.move(box["x"] - 100, box["y"] - 60)
    shown.wait_for_timeout(400)
    assert preview(shown).count() == 0


READ = """
[...document.querySelectorAll(".imp-article :is(p, h1, h2, .imp-table)")]
  .filter(each => !each.closest(".imp-preview, .imp-sources, .imp-review"))
  .map(each => ({...each.getBoundingClientRect().toJSON(), words: each.textContent}))
"""
"""Where the text is that is read from top to bottom, so all but what stands in the margin."""


@pytest.mark.parametrize("width", [960, 1280, 1920])
def test_the_preview_stands_in_the_margin_level_with_its_number(page, address, width):
    shown = page(address, viewport={"width": width, "height": 800})
    for key, place in (("park2019spinal", 1), ("liu2017vertebral", 2), ("saha2025dce", 2)):
        number = cite(shown, key, place)
        number.hover()
        preview(shown).wait_for()
        box, own = preview(shown).bounding_box(), number.bounding_box()
        assert [each for each in shown.evaluate(READ) if overlap(box, each)] == []
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 800
        assert box["x"] + box["width"] <= width
        assert box["y"] <= own["y"] + own["height"]
        shown.keyboard.press("Escape")


def test_where_the_margin_has_no_room_beside_the_text_the_preview_is_a_sheet(page, address):
    shown = page(address, viewport={"width": 1280, "height": 800})
    number = cite(shown, "park2019spinal", 1)
    y = number.bounding_box()["y"]
    # Moved up into view, the preview would stand on the cautions, which are as wide as the page.
    shown.set_viewport_size({"width": 1280, "height": int(y) + 40})
    number.hover()
    preview(shown).wait_for()
    head = shown.locator(".imp-head").bounding_box()
    shown.wait_for_timeout(100)
    if "imp-preview--margin" in preview(shown).get_attribute("class"):
        assert not overlap(preview(shown).bounding_box(), head)
    else:
        assert not overlap(preview(shown).bounding_box(), line_of(number))


def test_the_pointer_reaches_the_preview_and_leaving_closes_it(page, address):
    shown = page(address, viewport=DESK)
    number = cite(shown, "park2019spinal", 2)
    number.hover()
    preview(shown).wait_for()
    start, box = number.bounding_box(), preview(shown).bounding_box()
    for step in range(1, 21):
        x = start["x"] + (box["x"] + 20 - start["x"]) * step / 20
        shown.mouse.move(x, start["y"] + 4)
        shown.wait_for_timeout(60)
    shown.wait_for_timeout(600)
    assert preview(shown).is_visible()
    preview(shown).get_by_role("link", name="Show in the list").hover()
    shown.wait_for_timeout(600)
    assert preview(shown).is_visible()
    shown.mouse.move(5, 400)
    preview(shown).wait_for(state="detached")


def test_escape_closes_and_the_focus_stays(page, address):
    shown = page(address, viewport=DESK)
    cite(shown, "liu2017vertebral", 2).focus()
    shown.keyboard.press("Shift+Tab")
    shown.keyboard.press("Tab")
    preview(shown).wait_for()
    shown.keyboard.press("Escape")
    assert preview(shown).count() == 0
    assert shown.evaluate("document.activeElement.id") == "cite-liu2017vertebral-2"
    assert cite(shown, "liu2017vertebral", 2).get_attribute("aria-describedby") is None


def test_the_keyboard_shows_each_number_of_a_group_in_turn(page, address):
    shown = page(address, viewport=DESK)
    cite(shown, "park2019spinal", 2).focus()
    seen = []
    for _ in range(5):
        preview(shown).wait_for()
        number = shown.locator("a:focus")
        seen.append(preview(shown).locator("b").inner_text())
        described = number.get_attribute("aria-describedby")
        assert shown.locator(f"[id='{described}']").count() == 1
        assert shown.locator("[aria-describedby='imp-preview']").count() == 1
        assert preview(shown).count() == 1
        shown.keyboard.press("Tab")
    assert seen == ["1", "2", "3", "4", "5"]


def test_enter_on_a_number_follows_it(page, address):
    shown = page(address, viewport=DESK)
    cite(shown, "liu2017vertebral", 2).focus()
    preview(shown).wait_for()
    shown.keyboard.press("Enter")
    assert shown.url.endswith("#ref-liu2017vertebral")
    assert preview(shown).count() == 0


def test_a_click_with_the_mouse_follows_the_number(page, address):
    shown = page(address, viewport=DESK)
    cite(shown, "liu2017vertebral", 2).click()
    assert shown.url.endswith("#ref-liu2017vertebral")
    shown.wait_for_timeout(400)
    assert preview(shown).count() == 0


def test_nothing_on_the_page_moves(page, address):
    shown = page(address, viewport=DESK)
    number = cite(shown, "liu2017vertebral", 2)
    number.scroll_into_view_if_needed()
    parts = "document.querySelectorAll('.imp-article p, .imp-article h2')"
    boxes = f"[...{parts}].map(each => each.offsetTop)"
    before = shown.evaluate(boxes), shown.evaluate("document.documentElement.scrollHeight")
    number.hover()
    preview(shown).wait_for()
    shown.evaluate("document.querySelector('.imp-preview').remove()")
    after = shown.evaluate(boxes), shown.evaluate("document.documentElement.scrollHeight")
    assert after == before


def test_a_tap_opens_a_sheet_and_the_second_follows(page, address):
    shown = page(address, **TOUCH)
    number = cite(shown, "saha2025dce", 2)
    number.tap()
    preview(shown).wait_for()
    assert "#" not in shown.url
    sheet = preview(shown).bounding_box()
    assert sheet["x"] == 0
    assert sheet["width"] == 390
    assert sheet["height"] <= 0.4 * 844 + 1
    assert not overlap(sheet, line_of(number))
    number.tap()
    shown.wait_for_url("**#ref-saha2025dce")
    assert preview(shown).count() == 0


@pytest.mark.parametrize(("y", "is_top"), [(120, False), (400, False), (790, True)])
def test_the_sheet_never_covers_the_line_of_its_number(page, address, y, is_top):
    shown = page(address, **TOUCH)
    number = cite(shown, "liu2017vertebral", 2)
    number.evaluate("(each, y) => scrollBy(0, each.getBoundingClientRect().top - y)", y)
    shown.wait_for_timeout(100)
    number.tap()
    preview(shown).wait_for()
    sheet = preview(shown).bounding_box()
    header = shown.locator(".md-header").bounding_box()
    assert not overlap(sheet, line_of(number))
    assert not overlap(sheet, header)
    assert (sheet["y"] < 400) is is_top
    number.tap()


def test_a_sheet_is_closed_by_its_button_by_a_tap_elsewhere_and_by_scrolling_away(page, address):
    shown = page(address, **TOUCH)
    number = cite(shown, "liu2017vertebral", 2)
    number.tap()
    button = preview(shown).get_by_role("button", name="Close")
    box = button.bounding_box()
    assert box["width"] >= 24
    assert box["height"] >= 24
    button.tap()
    assert preview(shown).count() == 0
    number.tap()
    preview(shown).wait_for()
    shown.touchscreen.tap(200, 100)
    assert preview(shown).count() == 0
    for away in ("0", "document.body.scrollHeight"):
        number.tap()
        preview(shown).wait_for()
        shown.evaluate(f"scrollTo(0, {away})")
        preview(shown).wait_for(state="detached")


def test_a_tap_on_another_number_shows_the_other(page, address):
    shown = page(address, **TOUCH)
    cite(shown, "liu2017vertebral", 2).tap()
    cite(shown, "saha2025dce", 2).tap()
    assert preview(shown).locator("b").all_inner_texts() == ["5"]
    preview(shown).get_by_role("link", name="Show in the list").tap()
    shown.wait_for_url("**#ref-saha2025dce")
    assert preview(shown).count() == 0


def test_a_narrow_window_shows_the_sheet_to_a_mouse_too(page, address):
    shown = page(address, viewport={"width": 800, "height": 700})
    number = cite(shown, "liu2017vertebral", 2)
    number.hover()
    preview(shown).wait_for()
    assert "imp-preview--sheet" in preview(shown).get_attribute("class")
    assert not overlap(preview(shown).bounding_box(), line_of(number))


def test_eighty_numbers_of_one_paragraph_are_each_shown(page, built):
    shown = page(built + "articles/eighty/", viewport=DESK)
    for number in (1, 40, 80):
        key = f"work{number - 1:02}"
        cite(shown, key, 2 if number == 1 else 1).hover()
        shown.wait_for_function(
            "number => document.querySelector('.imp-preview b')?.textContent === number",
            arg=str(number),
        )
        box = preview(shown).bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 800


def test_a_number_that_leads_nowhere_shows_nothing_and_does_no_harm(page, address):
    faults = []
    shown = page(address, viewport=DESK)
    shown.on("pageerror", lambda error: faults.append(str(error)))
    for key, hash_ in (("liu2017vertebral", "#%E0%A4%A"), ("saha2025dce", "#ref-nobody")):
        number = cite(shown, key, 2)
        number.evaluate("(each, hash) => each.setAttribute('href', hash)", hash_)
        number.hover()
        shown.wait_for_timeout(300)
        assert preview(shown).count() == 0
    assert faults == []


def test_what_stands_in_a_reference_stays_text(page, address):
    shown = page(address, viewport=DESK)
    shown.evaluate(
        "document.querySelector('#ref-liu2017vertebral .imp-reference').textContent ="
        " '<img src=x onerror=window.isHurt=1>'"
    )
    cite(shown, "liu2017vertebral", 2).hover()
    preview(shown).wait_for()
    assert "<img src=x" in preview(shown).inner_text()
    assert preview(shown).locator("img").count() == 0
    assert shown.evaluate("window.isHurt") is None


def test_ids_stand_once_while_a_preview_is_open(page, address):
    shown = page(address, viewport=DESK)
    shown.evaluate("document.querySelector('#ref-liu2017vertebral .imp-kind').id = 'kind'")
    shown.evaluate("document.querySelector('#ref-liu2017vertebral i').id = 'journal'")
    cite(shown, "liu2017vertebral", 2).hover()
    preview(shown).wait_for()
    ids = shown.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
    assert len(ids) == len(set(ids))


def test_print_and_reduced_motion(page, address):
    shown = page(address, viewport=DESK, reduced_motion="reduce")
    cite(shown, "liu2017vertebral", 2).hover()
    preview(shown).wait_for()
    style = "getComputedStyle(document.querySelector('.imp-preview'))"
    assert shown.evaluate(f"{style}.animationName") == "none"
    assert shown.evaluate(f"{style}.transitionDuration") == "0s"
    shown.emulate_media(media="print")
    assert not preview(shown).is_visible()


def test_high_contrast_draws_a_border(page, address):
    shown = page(address, viewport=DESK, forced_colors="active")
    cite(shown, "liu2017vertebral", 2).hover()
    preview(shown).wait_for()
    style = "getComputedStyle(document.querySelector('.imp-preview'))"
    assert shown.evaluate(f"{style}.borderTopStyle") == "solid"
    assert shown.evaluate(f"parseFloat({style}.borderTopWidth)") >= 1


def test_all_works_on_a_page_that_was_swapped_in(page, swapped):
    shown = page(swapped, viewport=PHONE)
    shown.evaluate("window.isFirst = true")
    for _ in range(2):
        shown.locator(".imp-articles a").first.click()
        shown.locator(".imp-article").wait_for()
        number = cite(shown, "liu2017vertebral", 2)
        number.hover()
        preview(shown).wait_for()
        assert shown.locator(".imp-header-status").is_visible()
        assert shown.locator(".imp-table").first.get_attribute("tabindex") == "0"
        shown.go_back()
        shown.locator(".imp-articles").wait_for()
        assert not shown.locator(".imp-header-status").is_visible()
    assert shown.evaluate("window.isFirst")


def test_all_works_under_a_strict_policy_for_content(page, address):
    shown = page(viewport=DESK)
    faults = []
    shown.on("console", lambda each: faults.append(each.text) if each.type == "error" else None)

    def guarded(route) -> None:
        answer = route.fetch()
        policy = "script-src 'self' 'unsafe-inline'; style-src 'self'; require-trusted-types-for"
        headers = {**answer.headers, "content-security-policy": f"{policy} 'script'"}
        route.fulfill(response=answer, headers=headers)

    shown.route("**/articles/contrast/", guarded)
    shown.goto(address)
    cite(shown, "liu2017vertebral", 2).hover()
    preview(shown).wait_for()
    assert [each for each in faults if "imprimatur-a" in each] == []


# What else a page cannot know when it is built.


def test_the_header_says_the_status_once_the_title_is_out_of_sight(page, address):
    shown = page(address, viewport=PHONE)
    badge = shown.locator(".imp-header-status")
    assert not badge.is_visible()
    shown.evaluate("scrollTo(0, 1500)")
    badge.wait_for()
    assert badge.inner_text() == shown.locator(".imp-article").get_attribute("data-short-status")
    shown.evaluate("scrollTo(0, 0)")
    badge.wait_for(state="hidden")


def test_the_header_says_nothing_of_what_is_plainly_approved(page, address):
    shown = page(address, viewport=PHONE)
    shown.evaluate("document.querySelector('.imp-article').dataset.standing = 'approved'")
    shown.evaluate("scrollTo(0, 1500)")
    shown.wait_for_timeout(300)
    assert not shown.locator(".imp-header-status").is_visible()


def test_only_a_table_that_scrolls_is_a_stop_of_the_keyboard(page, address):
    shown = page(address, viewport=PHONE)
    broad, narrow = shown.locator(".imp-table").all()
    assert broad.get_attribute("tabindex") == "0"
    assert broad.get_attribute("role") == "region"
    assert broad.get_attribute("aria-label") == "Table"
    broad.focus()
    shown.keyboard.press("ArrowRight")
    shown.wait_for_function("document.querySelector('.imp-table').scrollLeft > 0")
    for name in ("tabindex", "role", "aria-label"):
        assert narrow.get_attribute(name) is None


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("due", "is_shown"), [(-DAY, True), (0 * DAY, False), (DAY, False), (None, False)]
)
def test_a_page_grown_old_says_that_its_review_is_overdue(page, address, due, is_shown):
    today = datetime.now(tz=UTC)
    day = "soon" if due is None else (today + due).date().isoformat()

    def aged(route) -> None:
        answer = route.fetch()
        lines = '<p class="imp-overdue" hidden>Due.</p><p class="imp-expired" hidden>Over.</p>'
        body = answer.text().replace(
            'class="imp-article"', f'class="imp-article" data-expires="{day}"'
        )
        body = re.sub(r'(<div class="imp-top">)', lines + r"\1", body, count=1)
        body = re.sub(
            r'<span class="imp-date--due">[^<]*</span>',
            f'<time class="imp-date--due" datetime="{day}">then</time>',
            body,
        )
        route.fulfill(response=answer, body=body)

    shown = page()
    shown.route("**/articles/contrast/", aged)
    shown.goto(address)
    assert shown.get_by_text("Due.", exact=True).is_visible() is is_shown
    assert shown.get_by_text("Over.", exact=True).is_visible() is is_shown
