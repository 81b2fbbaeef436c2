"""One article on every kind of screen, on paper, and as people set their browsers."""

from __future__ import annotations

import re
from base64 import b64encode

import pytest
from pypdfium2 import PdfDocument

SIZES = [(320, 568), (390, 844), (768, 1024), (1000, 800), (1280, 900), (1920, 1080)]
PARTS = ("h1", ".imp-status", ".imp-caution", ".imp-answer h2")


@pytest.fixture(scope="module")
def submitted(gallery):
    return f"{gallery}articles/submitted/"


def printed(shown, path):
    """The text of the page as it is printed, page by page."""
    shown.pdf(path=path, prefer_css_page_size=True, format="A4")
    with PdfDocument(path) as document:
        return [sheet.get_textpage().get_text_range() for sheet in document]


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("slug", ["submitted", "long-title", "wide-table", "many-citations"])
def test_no_width_scrolls_sideways(page, gallery, slug, width, height):
    for script in (True, False):
        shown = page(
            f"{gallery}articles/{slug}/",
            viewport={"width": width, "height": height},
            java_script_enabled=script,
        )
        assert shown.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("audience", ["clinician", "patient"])
def test_title_status_caution_choice_and_answer_are_seen_at_once(page, submitted, scheme, audience):
    for width, height in ((390, 844), (1280, 900)):
        shown = page(
            f"{submitted}?audience={audience}",
            viewport={"width": width, "height": height},
            color_scheme=scheme,
        )
        for part in (*PARTS, ".imp-audience"):
            box = shown.locator(part).first.bounding_box()
            assert box is not None, part
            assert box["y"] + box["height"] <= height, part
        head = ".imp-answer > .imp-passage:not([hidden]) > .imp-for + p"
        assert shown.locator(head).bounding_box()["y"] < height


def test_text_of_twice_the_size_stays_whole(page, submitted):
    shown = page(submitted, viewport={"width": 1280, "height": 900})
    shown.add_style_tag(content="html { font-size: 250% !important }")
    assert shown.evaluate("document.documentElement.scrollWidth") <= 1280
    clipped = shown.evaluate(
        """() => [...document.querySelectorAll('.imp-article *')].filter(each => {
          const style = getComputedStyle(each);
          return style.overflow === 'hidden' && each.scrollWidth > each.clientWidth + 1
            && each.clientWidth > 1;
        }).map(each => each.className)"""
    )
    assert clipped == []


def test_letters_and_lines_may_be_spaced_apart(page, submitted):
    shown = page(submitted, viewport={"width": 320, "height": 640})
    shown.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: 0.12em !important;"
        " word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"
    )
    assert shown.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_dark_page_is_dark_and_the_printed_one_is_light(page, submitted):
    shown = page(submitted, color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert shown.evaluate(ground) == "rgb(18, 22, 26)"
    shown.emulate_media(media="print")
    assert shown.evaluate(ground) == "rgb(255, 255, 255)"


def test_without_scripts_the_contents_are_shown_whole(page, submitted):
    shown = page(submitted, viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    frame = shown.locator(".md-sidebar--secondary .md-sidebar__scrollwrap")
    assert frame.evaluate("each => each.scrollHeight <= each.clientHeight")


POINTS = """async (shot) => {
  const image = new Image();
  image.src = `data:image/png;base64,${shot}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  return [1 / 6, 3 / 6, 5 / 6].map((part) => [...context.getImageData(
    Math.round(image.width * part), Math.round(image.height / 2), 1, 1).data].slice(0, 3));
}"""


@pytest.mark.parametrize(
    "options",
    [
        {"color_scheme": "light"},
        {"color_scheme": "dark"},
        {"color_scheme": "dark", "java_script_enabled": False},
        {"color_scheme": "dark", "forced_colors": "active"},
        {"color_scheme": "dark", "viewport": {"width": 320, "height": 568}},
    ],
    ids=("light", "dark", "without scripts", "forced colours", "phone"),
)
def test_every_reader_sees_an_image_on_white(page, gallery, options):
    """Or one could show 5 mg in dark letters on a light page, and 50 mg in white on a dark one."""
    shown = page(f"{gallery}articles/drawings/", **options)
    for media in ("screen", "print"):
        shown.emulate_media(media=media)
        for drawing in shown.locator(".imp-article img").all():
            shot = b64encode(drawing.screenshot()).decode()
            assert page().evaluate(POINTS, shot) == [[20, 24, 29], [255] * 3, [255] * 3], media
            assert drawing.bounding_box()["width"] < 80


TOKENS = """() => {
  const style = getComputedStyle(document.body);
  const names = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
    .flatMap((rule) => [...(rule.style ?? [])]).filter((name) => name.startsWith("--imp-"));
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name)]));
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_scripts_the_page_has_the_colours_that_the_device_asks_for(page, submitted, scheme):
    with_scripts = page(submitted, color_scheme=scheme)
    without = page(submitted, color_scheme=scheme, java_script_enabled=False)
    expected = with_scripts.evaluate(TOKENS)
    assert len(expected) >= 10
    assert without.evaluate(TOKENS) == expected
    ground = "getComputedStyle(document.body).backgroundColor"
    assert without.evaluate(ground) == with_scripts.evaluate(ground)
    without.emulate_media(media="print")
    assert without.evaluate(ground) == "rgb(255, 255, 255)"


def test_with_forced_colours_what_was_drawn_as_background_is_drawn_as_border(page, submitted):
    shown = page(submitted, forced_colors="active")
    for part, side in {
        ".imp-answer": "borderTopStyle",
        ".imp-safety": "borderTopStyle",
    }.items():
        style = shown.evaluate(f"getComputedStyle(document.querySelector('{part}')).{side}")
        assert style in {"dashed", "solid"}, part
    line = "getComputedStyle(document.querySelector('.imp-signature-role'), '::before')"
    assert shown.evaluate(f"{line}.borderTopStyle") == "dashed"


def test_nothing_moves_where_motion_is_not_wanted(page, submitted):
    shown = page(submitted, reduced_motion="reduce")
    moving = shown.evaluate(
        """() => [...document.querySelectorAll('.imp-article, .imp-article *')].filter(each => {
          const style = getComputedStyle(each);
          return style.animationName !== 'none' || style.transitionDuration !== '0s';
        }).map(each => each.tagName + '.' + each.className)"""
    )
    # The theme's own transition of links changes a colour, and moves nothing.
    assert [each for each in moving if not each.startswith("A.")] == []


def test_every_printed_page_is_headed_with_the_status_and_footed_with_the_text(
    page, submitted, tmp_path
):
    pages = printed(page(submitted), tmp_path / "article.pdf")
    assert 4 <= len(pages) <= 10
    for number, text in enumerate(pages, start=1):
        assert "SUBMITTED, NOT REVIEWED. Not for use in care." in text, number
        assert re.search(r"Text [0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4}\. A printed", text)
        assert f"{number} of {len(pages)}" in text


def test_a_printed_copy_holds_the_chosen_variant_and_says_which(page, submitted, tmp_path):
    text = "\f".join(printed(page(f"{submitted}?audience=patient"), tmp_path / "patient.pdf"))
    assert "This copy carries the text for: Patient." in text
    assert "The dye can help in some scans." in text
    assert "Contrast can add information" not in text
    assert "Never into the spinal canal." in text
    assert "Caution: for education only" in text


def test_a_copy_printed_without_scripts_holds_every_variant_labelled(page, submitted, tmp_path):
    shown = page(submitted, java_script_enabled=False)
    text = "\f".join(printed(shown, tmp_path / "all.pdf"))
    assert "This copy carries the text for every reader, each labelled." in text
    assert "For: Patient" in text
    assert "For: Clinician" in text


def test_a_printed_copy_writes_addresses_out_and_unfolds_the_record(page, submitted, tmp_path):
    text = "\f".join(printed(page(submitted), tmp_path / "end.pdf"))
    assert "https://pubmed.ncbi.nlm.nih.gov/30904626/" in re.sub(r"\s+", "", text)
    assert "Text of this page (SHA-256)" in text
    assert "Have a follow-up question" not in text


@pytest.mark.parametrize(
    ("slug", "head"),
    [
        ("approved", "Approved. A printed copy may be out of date."),
        ("withdrawn", "Withdrawn. A printed copy may be out of date."),
        ("lapsed", "UNDER REVIEW, CHANGED SINCE APPROVAL. Not for use in care."),
    ],
)
def test_a_printed_copy_says_its_own_standing(page, gallery, tmp_path, slug, head):
    pages = printed(page(f"{gallery}articles/{slug}/"), tmp_path / f"{slug}.pdf")
    assert all(head in text for text in pages)


@pytest.mark.parametrize(
    ("slug", "shown_line"),
    [("overdue-since-built", ".imp-overdue"), ("expired-since-built", ".imp-expired")],
)
def test_a_page_that_has_grown_old_says_so_by_itself(page, gallery, slug, shown_line):
    shown = page(f"{gallery}articles/{slug}/")
    assert shown.locator(shown_line).is_visible()
    assert page(f"{gallery}articles/approved/").locator(shown_line).is_hidden()


def test_three_hundred_references_and_a_very_long_identifier_stand_whole(page, gallery):
    shown = page(f"{gallery}articles/many-references/", viewport={"width": 320, "height": 640})
    assert shown.locator(".imp-references > ol > li").count() == 301
    assert shown.evaluate("document.documentElement.scrollWidth") <= 320


def test_an_author_named_like_a_script_is_text(page, gallery):
    shown = page(f"{gallery}articles/script-author/")
    assert (
        "<script>alert(1)</script> & <b>bold</b> (Nowhere)"
        in shown.locator(".imp-authors").inner_text()
    )


def test_a_table_wider_than_the_screen_scrolls_by_itself_and_by_keyboard(page, gallery):
    shown = page(f"{gallery}articles/wide-table/", viewport={"width": 320, "height": 640})
    frame = shown.locator(".imp-table")
    frame.focus()
    shown.keyboard.press("ArrowRight")
    shown.wait_for_function("document.querySelector('.imp-table').scrollLeft > 0")


def test_a_title_from_right_to_left_reads_so_and_the_page_stays(page, gallery):
    shown = page(f"{gallery}articles/right-to-left/")
    direction = "getComputedStyle(document.querySelector('h1')).direction"
    assert shown.evaluate(direction) == "rtl"
    assert shown.evaluate("getComputedStyle(document.body).direction") == "ltr"


def test_the_menu_opens_closes_and_leads_on_by_keyboard_on_a_phone(page, submitted):
    shown = page(submitted, viewport={"width": 390, "height": 844})
    menu = shown.locator(".imp-menu summary")
    menu.focus()
    shown.keyboard.press("Enter")
    shown.keyboard.press("Tab")
    assert shown.evaluate("document.activeElement.textContent") == "Articles"
    shown.keyboard.press("Escape")
    assert not shown.evaluate("document.querySelector('.imp-menu').open")
    assert shown.evaluate("document.activeElement === document.querySelector('.imp-menu summary')")


def test_the_way_past_the_navigation_leads_to_the_title_above_the_caution(page, submitted):
    shown = page(submitted)
    shown.keyboard.press("Tab")
    shown.keyboard.press("Enter")
    # Browsers tell of a move within a page a little later than they make it.
    shown.wait_for_url("**/#title")
    assert shown.url.endswith("#title")
