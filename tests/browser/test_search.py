"""The search, as readers use it: by mouse, keyboard and finger, with its faults and its limits."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

HEAD = """\
---
title: {title}
summary: A demonstration.
topics: [{topic}]
class: general
authors:
  - {{name: Demonstration author, affiliation: Nowhere, interests: none}}
evidence_through: 2025-02-21
audiences: [{audiences}]
---
"""
BOTH = """
//// answer
/// audience | clinician
Gadolinium helped in 39% of examinations [@park2019spinal].
///

/// audience | patient
The dye helped in about half of the scans [@park2019spinal].
///
////

## Marrow

The word tetracosactide stands here, at p < 0.05 & below.

/// audience | patient
### In plain words

Only patients read gammopathy here.
///
"""
ONE = """
/// answer
Kidneys: the contrast is not given [@hutchins2021acr].
///

## Dialysis

The word haemodialysis stands here.

## Clotting

A D-dimer, as a test for d and a clot of dimers, is a D-Dimer during dialysis.
"""
HOSTILE = "'<img src=x onerror=window.struck=1> in a title'"
INSTANT = "theme: {name: material, font: false, features: [navigation.instant]}"


@pytest.fixture(scope="module")
def built(make_site, tmp_path_factory, serve):
    site = make_site(tmp_path_factory.mktemp("searched") / "site")
    address = serve(site.root / "site")
    config = (site.root / "mkdocs.yml").read_text()
    config = config.replace("theme: {name: material, font: false}", INSTANT)
    site.write("mkdocs.yml", config + f"site_url: {address}\n")
    both = HEAD.format(title="Spinal cord", topic="radiology", audiences="clinician, patient")
    site.article("contrast", head=both, body=BOTH)
    one = HEAD.format(title="Kidneys", topic="nephrology", audiences="clinician")
    site.article("kidneys", head=one, body=ONE)
    hostile = HEAD.format(title=HOSTILE, topic="radiology", audiences="clinician")
    body = ONE + "\n## More &lt;b&gt;\n\nA hostile `<script>window.struck=1</script>` passage.\n"
    site.article("hostile", head=hostile, body=body)
    for number in range(12):
        many = HEAD.format(title=f"Many {number}", topic="many", audiences="clinician")
        site.article(f"many-{number}", head=many, body=ONE.replace("Kidneys", "Manifold"))
    site.commit()
    site.imprimatur("submit", "contrast", "--by", "an-author", "--name", "An Author")
    done = site.run("mkdocs", "build", "--strict", IMPRIMATUR_PREVIEW="1")
    assert done.returncode == 0, done.stderr
    return site.root / "site", address


@pytest.fixture(scope="module")
def served(built):
    return built[1]


@pytest.fixture
def opened(page, served):
    """Open the search on a page of the site by the keyboard."""

    def open_search(path: str = "", **options: object) -> Page:
        shown = page(served + path, **options)
        shown.locator(".imp-search-open").wait_for()
        shown.keyboard.press("/")
        expect(shown.locator(".imp-search")).to_be_visible()
        return shown

    return open_search


def said(shown):
    return shown.locator(".imp-search-said")


def look_for(shown, words, count=1):
    """Type words, and wait until the search has answered."""
    shown.locator(".imp-search-field").fill(words)
    found = f"{count} result{'s' if count > 1 else ''}" if count else "Nothing found"
    expect(said(shown)).to_contain_text(f"{found} for {words}")


def choice(shown, name):
    return shown.locator(".imp-search").get_by_label(name)


def result(shown, title):
    return shown.locator(".imp-result").filter(has=shown.get_by_role("link", name=title))


@pytest.mark.parametrize("key", ["/", "s", "f", "Control+k", "Meta+k"])
def test_the_usual_keys_open_it_and_escape_gives_focus_back(opened, key):
    shown = opened("articles/contrast/")
    shown.keyboard.press("Escape")
    link = shown.locator("a.imp-cite").first
    link.focus()
    shown.keyboard.press(key)
    expect(shown.locator(".imp-search-field")).to_be_focused()
    shown.keyboard.type("gadolinium")
    expect(said(shown)).to_have_text("1 result for gadolinium")
    shown.keyboard.press("Escape")
    expect(shown.locator(".imp-search")).to_be_hidden()
    expect(link).to_be_focused()


def test_letters_typed_into_a_field_open_nothing(page, served):
    shown = page(served + "articles/contrast/")
    field = shown.locator(".imp-ask-field")
    shown.locator(".imp-followup").scroll_into_view_if_needed()
    field.press_sequentially("safe/")
    expect(field).to_have_value("safe/")
    expect(shown.locator(".imp-search")).to_be_hidden()


def test_the_single_keys_can_be_switched_off_for_good(opened):
    shown = opened()
    shown.get_by_label("Open this search with the keys").uncheck()
    shown.keyboard.press("Escape")
    shown.reload()
    shown.locator(".imp-search-open").wait_for()
    shown.keyboard.press("s")
    shown.keyboard.press("/")
    expect(shown.locator(".imp-search")).to_be_hidden()
    shown.keyboard.press("Control+k")
    expect(shown.locator(".imp-search")).to_be_visible()


def test_a_reader_who_is_quicker_than_the_script_switches_the_keys_off_all_the_same(page, served):
    shown = page(served)
    shown.route("**/imprimatur-search-dialog.js*", lambda route: route.abort())
    shown.locator(".imp-search-open").wait_for()
    shown.keyboard.press("/")
    shown.get_by_label("Open this search with the keys").uncheck()
    shown.reload()
    shown.locator(".imp-search-open").wait_for()
    expect(shown.locator(".imp-search-keys input")).not_to_be_checked()


def test_arrows_move_through_the_results_and_enter_follows_one(opened):
    shown = opened()
    look_for(shown, "haemodialysis manifold", count=12)
    links = shown.locator(".imp-search-results a")
    shown.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    shown.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    shown.keyboard.press("ArrowUp")
    shown.keyboard.press("ArrowUp")
    expect(shown.locator(".imp-search-field")).to_be_focused()
    shown.keyboard.press("Enter")
    expect(links.nth(0)).to_be_focused()
    shown.keyboard.press("Enter")
    shown.wait_for_url("**/articles/many-*/")
    expect(shown.locator(".imp-search")).to_be_hidden()


def test_tab_stays_within_and_reaches_choices_results_and_close(opened):
    shown = opened()
    look_for(shown, "tetracosactide")
    reached = []
    for _ in range(8):
        shown.keyboard.press("Tab")
        reached.append(shown.evaluate("document.activeElement.textContent.trim()"))
    assert "Close" in reached[0]
    assert any(each.startswith("All topics") for each in reached)
    assert "Spinal cord" in reached


def test_letters_within_the_dialog_turn_no_page(opened):
    shown = opened()
    look_for(shown, "tetracosactide")
    shown.keyboard.press("ArrowDown")
    before = shown.url
    shown.keyboard.press("n")
    shown.keyboard.press("p")
    assert shown.url == before
    expect(shown.locator(".imp-search")).to_be_visible()


def test_a_result_says_its_status_in_words_and_leads_to_its_passages(opened):
    shown = opened()
    look_for(shown, "tetracosactide")
    found = result(shown, "Spinal cord")
    expect(found.locator(".imp-result-status")).to_have_text("Submitted, not reviewed")
    style = "getComputedStyle(document.querySelector('.imp-result-status')).borderTopStyle"
    assert shown.evaluate(style) == "dashed"
    part = found.locator(".imp-result-parts li")
    expect(part.get_by_role("link")).to_have_text("Marrow")
    expect(part.locator("mark")).to_have_text("tetracosactide")
    expect(part).to_contain_text("at p < 0.05 & below.")
    assert part.get_by_role("link").get_attribute("href").endswith("/articles/contrast/#marrow")


def test_both_variants_are_found_and_a_result_leads_into_the_hidden_one(opened):
    shown = opened()
    look_for(shown, "gadolinium")
    look_for(shown, "gammopathy")
    shown.locator(".imp-result-parts a").click()
    shown.wait_for_url("**/articles/contrast/#in-plain-words")
    expect(shown.locator("#in-plain-words")).to_be_visible()


def test_menus_references_and_disclaimers_are_not_found(opened):
    shown = opened()
    for words in ("Sufficient", "decide", "describes", "Submitted", "not reviewed"):
        look_for(shown, words, count=0)


def test_choices_narrow_the_search_and_say_how_much_each_would_find(opened):
    shown = opened()
    topic = choice(shown, "Topic")
    expect(topic.locator("option")).to_have_text(
        ["All topics", "Many (12)", "Nephrology (1)", "Radiology (2)"]
    )
    look_for(shown, "kidneys", count=2)
    expect(topic.locator("option")).to_have_text(["All topics", "Nephrology (1)", "Radiology (1)"])
    topic.select_option("Nephrology")
    expect(said(shown)).to_have_text("1 result for kidneys")
    # The choice that was made does not hide the others.
    expect(topic.locator("option")).to_have_text(["All topics", "Nephrology (1)", "Radiology (1)"])
    expect(result(shown, "Kidneys")).to_be_visible()
    shown.locator(".imp-search-field").fill("")
    topic.select_option("")
    choice(shown, "Written for").select_option("Patient")
    expect(said(shown)).to_have_text("1 result")
    expect(result(shown, "Spinal cord")).to_be_visible()
    choice(shown, "Status").select_option("Submitted")
    expect(said(shown)).to_have_text("1 result")


# Pagefind, whose second answer from now on comes when the test lets it.
SLOW = """
import * as real from "./pagefind.js?real";
export const { filters, debouncedSearch, destroy } = real;
export async function search(words, options) {
  const found = await real.search(words, options);
  if (window.asked !== undefined && ++window.asked === 2) {
    await new Promise((release) => (window.release = release));
  }
  return found;
}
"""


def test_a_choice_made_while_an_earlier_search_is_answered_stands(page, served):
    shown = page(served)
    shown.route(
        served + "pagefind/pagefind.js",
        lambda route: route.fulfill(body=SLOW, content_type="text/javascript"),
    )
    shown.locator(".imp-search-open").wait_for()
    shown.keyboard.press("/")
    choice(shown, "Topic").select_option("Nephrology")
    look_for(shown, "kidneys")
    shown.evaluate("window.asked = 0")
    shown.locator(".imp-search-field").fill("")
    shown.wait_for_function("!!window.release")
    choice(shown, "Topic").select_option("")
    expect(said(shown)).to_be_empty()
    shown.evaluate("window.release()")
    choice(shown, "Written for").select_option("Patient")
    expect(said(shown)).to_have_text("1 result")
    expect(choice(shown, "Topic")).to_have_value("")


def test_words_and_choices_are_kept_while_it_is_closed(opened):
    shown = opened()
    choice(shown, "Topic").select_option("Nephrology")
    look_for(shown, "kidneys")
    shown.get_by_role("button", name="Close").click()
    shown.get_by_role("button", name="Search", exact=True).click()
    expect(shown.locator(".imp-search-field")).to_have_value("kidneys")
    expect(choice(shown, "Topic")).to_have_value("Nephrology")
    expect(said(shown)).to_have_text("1 result for kidneys")


def test_more_results_follow_on_asking(opened):
    shown = opened()
    look_for(shown, "manifold", count=12)
    expect(shown.locator(".imp-result")).to_have_count(10)
    shown.get_by_role("button", name="Show more results").click()
    expect(shown.locator(".imp-result")).to_have_count(12)
    expect(shown.locator(".imp-result").nth(10).get_by_role("link").first).to_be_focused()
    expect(shown.locator(".imp-search-more")).to_be_hidden()


def test_an_address_with_words_opens_the_search_with_them(page, served):
    shown = page(served + "?q=tetracosactide")
    expect(shown.locator(".imp-search-field")).to_have_value("tetracosactide")
    expect(said(shown)).to_have_text("1 result for tetracosactide")


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("D-dimer", ["D-dimer,", "D-Dimer"]),
        ("d dimer", ["D-dimer,", "d", "dimers,", "D-Dimer"]),
    ],
)
def test_of_a_single_letter_no_word_is_marked_that_only_begins_with_it(opened, words, marked):
    shown = opened()
    look_for(shown, words, 14)
    part = result(shown, "Kidneys").locator(".imp-result-parts li").filter(has_text="Clotting")
    expect(part.locator("mark")).to_have_text(marked)


def test_a_title_full_of_markup_stays_text(opened):
    shown = opened()
    look_for(shown, "hostile")
    expect(shown.locator(".imp-result > a")).to_have_text(HOSTILE.strip("'"))
    expect(shown.locator(".imp-result")).to_contain_text("<script>window.struck=1</script>")
    assert shown.locator(".imp-search-results :is(img, script, b)").count() == 0
    assert shown.evaluate("window.struck") is None


def test_a_place_on_the_same_page_is_gone_to_and_another_page_is_swapped_in(opened):
    shown = opened("articles/contrast/")
    shown.evaluate("window.kept = true")
    look_for(shown, "tetracosactide")
    shown.locator(".imp-result-parts a").click()
    expect(shown.locator(".imp-search")).to_be_hidden()
    assert shown.url.endswith("/articles/contrast/#marrow")
    expect(shown.locator("#marrow")).to_be_in_viewport()
    shown.keyboard.press("/")
    look_for(shown, "Kidneys", count=2)
    result(shown, "Kidneys").get_by_role("link", name="Kidneys", exact=True).click()
    shown.wait_for_url("**/articles/kidneys/")
    expect(shown.locator("h1")).to_have_text("Kidneys")
    assert shown.evaluate("window.kept") is True
    shown.keyboard.press("/")
    expect(shown.locator(".imp-search-field")).to_have_value("Kidneys")
    shown.keyboard.press("Escape")
    # The question is offered on the page that was swapped in, too.
    shown.locator(".imp-followup").scroll_into_view_if_needed()
    expect(shown.get_by_label("Your question")).to_be_visible()


def test_it_works_for_a_site_below_a_folder(page, built, serve):
    shown = page(serve(built[0].parent) + "site/articles/kidneys/?q=tetracosactide")
    shown.get_by_role("link", name="Marrow").click()
    shown.wait_for_url("**/site/articles/contrast/#marrow")
    expect(shown.locator("#marrow")).to_be_in_viewport()


def test_a_beginning_is_found_while_it_is_typed_and_is_taken_for_no_other_word(opened):
    shown = opened()
    look_for(shown, "tetracos")
    look_for(shown, "tetracosactides")
    # Pagefind would show what holds `p`.
    look_for(shown, "personalised", count=0)
    look_for(shown, "tetracosactide personalised", count=0)


def test_fingers_open_it_and_close_it_by_the_backdrop(page, served):
    shown = page(served, has_touch=True, viewport={"width": 800, "height": 900})
    shown.locator(".imp-search-open").tap()
    look_for(shown, "tetracosactide")
    shown.touchscreen.tap(400, 890)
    expect(shown.locator(".imp-search")).to_be_hidden()
    shown.locator(".imp-search-open").tap()
    shown.locator(".imp-result > a").tap()
    shown.wait_for_url("**/articles/contrast/")
    expect(shown.locator(".imp-search")).to_be_hidden()


def test_it_fits_a_narrow_phone_and_every_control_a_finger(opened):
    shown = opened(viewport={"width": 320, "height": 640})
    look_for(shown, "haemodialysis", count=14)
    widths = "d => [d.scrollWidth, d.clientWidth]"
    inner, outer = shown.locator(".imp-search").evaluate(widths)
    assert inner <= outer == 320
    for control in shown.locator(".imp-search :is(button, select, input, a):visible").all():
        box = control.bounding_box()
        assert min(box["width"], box["height"]) >= 24 or control.get_attribute("type"), box


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_axe_finds_no_fault_in_it(opened, axe, scheme):
    shown = opened(viewport={"width": 320, "height": 640})
    shown.evaluate("scheme => { document.body.dataset.mdColorScheme = scheme; }", scheme)
    assert axe(shown) == []
    look_for(shown, "tetracosactide")
    assert axe(shown) == []


def test_without_scripts_no_button_is_drawn(page, served):
    shown = page(served, java_script_enabled=False)
    expect(shown.locator(".imp-search-open")).to_be_hidden()
    expect(shown.locator(".imp-search")).to_be_hidden()


def test_nothing_of_it_is_loaded_before_it_is_used_and_nothing_from_elsewhere(page, served):
    asked = []
    shown = page()
    shown.on("request", lambda request: asked.append(request.url))
    shown.goto(served)
    shown.wait_for_load_state("networkidle")
    assert not [each for each in asked if "pagefind" in each or "search-" in each]
    shown.keyboard.press("/")
    look_for(shown, "tetracosactide")
    assert [each for each in asked if not each.startswith(served)] == []
    assert not [each for each in asked if "tetracosactide" in each]
    assert not [each for each in asked if "search_index.json" in each]


def test_a_failure_to_load_is_said_and_can_be_tried_again(page, served):
    shown = page(served)
    shown.locator(".imp-search-open").wait_for()
    for each in ("imprimatur-search-dialog.js*", "pagefind-entry.json*", "pagefind.js*"):
        shown.route(f"**/{each}", lambda route: route.abort())
        shown.locator(".imp-search-open").click()
        expect(said(shown)).to_have_text("The search could not be loaded.")
        shown.unroute(f"**/{each}")
        shown.get_by_role("button", name="Try again").click()
        look_for(shown, "tetracosactide")
        expect(shown.locator(".imp-search-again")).to_be_hidden()
        shown.reload()
        shown.locator(".imp-search-open").wait_for()


def test_from_a_file_it_says_that_the_site_must_be_served(page, built):
    shown = page((built[0] / "index.html").as_uri())
    shown.locator(".imp-search-open").click()
    expect(said(shown)).to_contain_text("Search works where this site is served")
