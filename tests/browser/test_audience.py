"""The choice of an audience, as readers make it: by hand, by link, with and without scripts."""

from __future__ import annotations

import re
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

POLICY_AUDIENCES = """\
audiences:
  - {id: clinician, label: Clinician, disclaimer: It informs; it does not decide.}
  - {id: patient, label: Patient, fallback: clinician, disclaimer: Ask your doctor.}
  - {id: caregiver, label: Caregiver, fallback: patient, disclaimer: Ask their doctor.}
"""
HEAD = """\
---
title: {title}
summary: A demonstration.
topics: [radiology]
class: general
authors:
  - {{name: Demonstration author, affiliation: Nowhere, interests: none}}
evidence_through: 2025-02-21
audiences: [{audiences}]
---
"""
FILLER = " ".join(["A sentence that says nothing new and takes its place on the page."] * 20)
BOTH = f"""
//// answer
/// audience | clinician
Contrast helped in 39% to 53% of examinations [@park2019spinal].
///

/// audience | patient
The dye helped in about half of the scans [@park2019spinal].
///
////

/// safety
Never into the spinal canal [@hutchins2021acr].
///

//// evidence | guidelines
/// audience | clinician
The criteria concern low back pain [@hutchins2021acr].
///

/// audience | patient
The rules are about back pain [@hutchins2021acr].
///
////

//// evidence | research
/// audience | clinician
A pooled analysis compared the tests [@liu2017vertebral; @harlianto2024spinal].

{FILLER}

{FILLER}

### Figures for specialists

Perfusion is another method [@saha2025dce].
///

/// audience | patient
Researchers put many studies together [@liu2017vertebral].
///
////

/// audience | clinician
## Notes for specialists

Specialists read on [@saha2025dce].
///

/// audience | patient
## Questions to ask

Ask what the scan is for. [The figures](#figures-for-specialists) are hard to read.
///

/// audience | clinician patient
Doctors and patients read this.
///

## What is not known

Much of it.

{FILLER}

{FILLER}
"""
ONE = """
/// answer
It helped in some examinations [@park2019spinal]. Read [the other text](contrast.md).
///
"""
CLINICIANS = "Contrast helped in 39%"
PATIENTS = "The dye helped in about half"


def build(site, serve, features):
    """The folder of the built site, and its address."""
    (site.root / "site").mkdir()
    address = serve(site.root / "site")
    policy = (site.root / "editorial/policy.yml").read_text("utf-8")
    policy = re.sub(r"audiences:\n(?:  .*\n)+", POLICY_AUDIENCES, policy)
    site.write("editorial/policy.yml", policy)
    config = (site.root / "mkdocs.yml").read_text("utf-8")
    config = config.replace("font: false}", f"font: false, features: [{features}]}}")
    site.write("mkdocs.yml", config + f"site_url: {address}\n")
    for slug, audiences, body in (
        ("contrast", "clinician, patient", BOTH),
        ("twin", "clinician, patient", BOTH.replace("The dye", "A dye")),
        ("one", "clinician", ONE),
    ):
        site.article(slug, body, HEAD.format(title=slug.capitalize(), audiences=audiences))
    site.commit()
    done = site.run("mkdocs", "build", "-d", "site", "-q", IMPRIMATUR_PREVIEW="1")
    assert done.returncode == 0, done.stderr
    assert "imp-refusal" not in (site.root / "site/articles/contrast/index.html").read_text("utf-8")
    return site.root / "site", address


@pytest.fixture(scope="module")
def built(make_site, tmp_path_factory, serve):
    """A site that navigates at once, as Material calls it: pages are swapped, none is loaded."""
    site = make_site(tmp_path_factory.mktemp("instant") / "site")
    return build(site, serve, "navigation.instant")


@pytest.fixture(scope="module")
def plain(make_site, tmp_path_factory, serve):
    return build(make_site(tmp_path_factory.mktemp("plain") / "site"), serve, "")


@pytest.fixture
def address(built):
    return built[1] + "articles/contrast/"


@pytest.fixture(params=["plain", "built"])
def either(request):
    """An article as it is loaded, and as it is where pages are swapped."""
    return request.getfixturevalue(request.param)[1] + "articles/contrast/"


def text(shown):
    """What is shown of the article and of its contents."""
    return shown.evaluate("document.querySelector('.md-main').innerText")


def shows(shown, audience):
    """Whether the text of this audience stands there, and nothing of the other."""
    mine, other = (PATIENTS, CLINICIANS) if audience == "patient" else (CLINICIANS, PATIENTS)
    said = text(shown)
    chosen = shown.locator(".imp-audience input:checked").get_attribute("value")
    return mine in said and other not in said and chosen == audience


def stored(shown):
    return shown.evaluate("localStorage.getItem('imprimatur.audience')")


def test_the_first_variant_stands_alone_until_one_is_chosen(page, address):
    shown = page(address)
    assert shows(shown, "clinician")
    assert "For: Clinician" not in text(shown)
    assert "Notes for specialists" in text(shown)
    assert "Questions to ask" not in text(shown)
    assert shown.locator(".imp-audience-said").inner_text() == ""
    assert stored(shown) is None


def test_a_click_chooses_is_said_and_remembered(page, either):
    shown = page(either)
    shown.get_by_label("Patient").click()
    assert shows(shown, "patient")
    assert shown.get_by_role("status").inner_text() == "Showing the text for: Patient."
    assert stored(shown) == "patient"
    shown.reload()
    assert shows(shown, "patient")
    assert shown.locator(".imp-audience-said").inner_text() == ""


def test_a_passage_for_several_is_shown_to_each(page, address):
    shown = page(address)
    for audience in ("Clinician", "Patient", "Caregiver"):
        shown.get_by_label(audience).click()
        assert "Doctors and patients read this." in text(shown)


def test_a_page_opened_as_a_file_offers_the_choice_too(page, plain):
    file = (plain[0] / "articles/contrast/index.html").as_uri()
    shown = page(file + "?audience=patient")
    assert shows(shown, "patient")
    shown.get_by_label("Clinician").click()
    assert shows(shown, "clinician")
    shown.reload()
    assert shows(shown, "clinician")


def test_the_keyboard_chooses(page, address):
    shown = page(address)
    for _ in range(40):
        shown.keyboard.press("Tab")
        if shown.evaluate("document.activeElement.name") == "audience":
            break
    assert shown.evaluate("document.activeElement.value") == "clinician"
    shown.keyboard.press("ArrowDown")
    assert shows(shown, "patient")
    shown.keyboard.press("ArrowUp")
    assert shows(shown, "clinician")


def test_a_finger_chooses(page, address):
    shown = page(address, has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    shown.locator(".imp-choice", has_text="Patient").tap()
    assert shows(shown, "patient")


def test_the_contents_list_only_what_is_shown(page, address):
    shown = page(address, viewport={"width": 1400, "height": 900})
    contents = shown.locator(".md-nav--secondary")
    assert contents.get_by_text("Notes for specialists").is_visible()
    shown.get_by_label("Patient").click()
    assert contents.get_by_text("Questions to ask").is_visible()
    assert not contents.get_by_text("Notes for specialists").is_visible()
    assert contents.get_by_text("What is not known").is_visible()


def test_a_link_names_an_audience_for_one_view_only(page, address):
    shown = page(address + "?audience=patient")
    assert shows(shown, "patient")
    assert stored(shown) is None
    shown.goto(address)
    assert shows(shown, "clinician")


def test_a_choice_replaces_what_the_link_said(page, address):
    shown = page(address + "?audience=patient&x=1#safety")
    shown.get_by_label("Clinician").click()
    assert shown.url == address + "?audience=clinician&x=1#safety"
    shown.reload()
    assert shows(shown, "clinician")


@pytest.mark.parametrize("query", ["?audience=nobody", "?audience=", "?audience=%3Cb%3E", "?%"])
def test_a_linked_audience_that_is_not_there_is_passed_over(page, address, query):
    faults = []
    shown = page()
    shown.on("pageerror", lambda error: faults.append(str(error)))
    shown.goto(address + query)
    assert shows(shown, "clinician")
    assert faults == []


def test_a_stored_audience_that_is_not_there_is_passed_over_and_kept(page, address):
    shown = page(address)
    shown.evaluate("localStorage.setItem('imprimatur.audience', 'veterinarian')")
    shown.reload()
    assert shows(shown, "clinician")
    assert stored(shown) == "veterinarian"


def test_a_link_counts_more_than_what_is_stored(page, address):
    shown = page(address)
    shown.get_by_label("Patient").click()
    shown.goto(address + "?audience=clinician")
    assert shows(shown, "clinician")
    assert stored(shown) == "patient"


def test_a_third_audience_is_shown_the_text_of_another_and_told_so(page, address):
    shown = page(address)
    shown.get_by_label("Caregiver").click()
    assert PATIENTS in text(shown)
    assert CLINICIANS not in text(shown)
    assert shown.get_by_role("status").inner_text() == "Written for: Patient."
    assert shown.get_by_label("Caregiver").is_checked()
    shown.reload()
    assert shown.get_by_label("Caregiver").is_checked()
    assert shown.locator(".imp-audience-said").inner_text() == "Written for: Patient."


def test_a_choice_lasts_where_storage_is_forbidden(page, built):
    shown = page()
    shown.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('forbidden'); }})"
    )
    faults = []
    shown.on("pageerror", lambda error: faults.append(str(error)))
    shown.goto(built[1] + "articles/one/")
    shown.get_by_role("link", name="the other text").click()
    shown.get_by_label("Patient").click()
    assert shows(shown, "patient")
    shown.get_by_role("link", name="Home").first.click()
    shown.get_by_role("link", name="Twin").first.click()
    shown.locator("h1", has_text="Twin").wait_for()
    assert shown.get_by_label("Patient").is_checked()
    assert [each for each in faults if "imprimatur-audience" in each] == []


def test_the_choice_holds_on_the_next_page_and_on_the_way_back(page, address):
    shown = page(address)
    shown.evaluate("window.isFirst = true")
    shown.get_by_label("Patient").click()
    shown.get_by_role("link", name="Home").first.click()
    shown.get_by_role("link", name="Twin").first.click()
    shown.locator("h1", has_text="Twin").wait_for()
    assert "A dye helped" in text(shown)
    assert CLINICIANS not in text(shown)
    shown.get_by_label("Clinician").click()
    shown.go_back()
    shown.go_back()
    shown.locator("h1", has_text="Contrast").wait_for()
    assert shows(shown, "clinician")
    # The pages were swapped: no script began anew.
    assert shown.evaluate("window.isFirst")


def test_a_page_that_is_gone_back_to_follows_the_choice_made_since(page, plain):
    shown = page(plain[1] + "articles/contrast/")
    shown.goto(plain[1] + "articles/twin/")
    shown.get_by_label("Patient").click()
    shown.go_back()
    assert shows(shown, "patient")


def test_a_page_that_the_browser_kept_follows_the_choice_made_since(page, address):
    shown = page(address)
    shown.evaluate("localStorage.setItem('imprimatur.audience', 'patient')")
    # The browser of the tests keeps no pages: this is what one that does says on the way back.
    shown.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    assert shows(shown, "patient")


def test_an_article_for_one_audience_offers_no_choice(page, built):
    shown = page(built[1] + "articles/one/")
    assert shown.locator(".imp-audience").count() == 0
    assert "It helped in some examinations" in text(shown)
    assert not shown.evaluate("document.documentElement.classList.contains('imp-choosing')")


def test_without_scripts_every_variant_stands_labelled_and_none_is_offered(page, address):
    shown = page(address + "?audience=patient", java_script_enabled=False)
    for words in (CLINICIANS, PATIENTS, "Notes for specialists", "Questions to ask"):
        assert shown.get_by_text(words).last.is_visible(), words
    for label in ("For: Clinician", "For: Patient"):
        assert shown.locator(".imp-answer").get_by_text(label).is_visible()
    assert not shown.locator(".imp-audience").is_visible()


def test_print_carries_the_chosen_variant_and_says_which(page, address):
    shown = page(address)
    shown.get_by_label("Patient").click()
    shown.emulate_media(media="print")
    said = text(shown)
    assert PATIENTS in said
    assert CLINICIANS not in said
    assert "This copy carries the text for: Patient." in said
    assert not shown.locator(".imp-audience").is_visible()


def test_print_without_scripts_carries_every_variant_and_says_so(page, address):
    shown = page(address, java_script_enabled=False)
    shown.emulate_media(media="print")
    assert shown.get_by_text("This copy carries the text for every reader").is_visible()
    assert shown.get_by_text(CLINICIANS).is_visible()
    assert shown.get_by_text(PATIENTS).is_visible()


# References and sources follow what is shown.


def test_numbers_stay_and_what_the_shown_text_does_not_cite_says_so(page, address):
    shown = page(address)
    numbers = "[...document.querySelectorAll('.imp-cite')].map(each => each.textContent)"
    before = shown.evaluate(numbers)
    assert not shown.get_by_text("Not cited in the text for").first.is_visible()
    shown.get_by_label("Patient").click()
    assert shown.evaluate(numbers) == before
    uncited = shown.locator(".imp-references li", has_text="Not cited in the text for: Patient.")
    keys = {each.get_attribute("data-key") for each in uncited.all()}
    assert keys == {"harlianto2024spinal", "saha2025dce"}
    assert uncited.first.locator("[role=doc-backlink]:visible").count() == 0
    assert not uncited.first.get_by_text("Cited at").is_visible()
    shown.get_by_label("Clinician").click()
    assert uncited.count() == 0 or not uncited.first.locator(".imp-uncited").is_visible()


def test_only_places_that_are_shown_are_led_back_to(page, either):
    shown = page(either)
    item = shown.locator("#ref-park2019spinal")
    assert item.locator("[role=doc-backlink]:visible").all_inner_texts() == ["a"]
    shown.get_by_label("Patient").click()
    way = item.locator("[role=doc-backlink]:visible")
    assert way.all_inner_texts() == ["a"], "no letter seems to be missing"
    assert way.get_attribute("aria-label") == "a: back to where reference 1 is cited"
    way.click()
    target = shown.evaluate("location.hash.slice(1)")
    assert shown.locator(f"[id='{target}']").is_visible()


def test_sources_are_counted_as_the_shown_text_cites_them(page, address):
    shown = page(address)
    research = shown.locator(".imp-evidence[data-evidence=research]")
    legend = shown.locator(".imp-rests li[data-family=research] .imp-count")
    whole = research.locator(".imp-sources").inner_text()
    assert research.locator(".imp-sources-count").inner_text() == "Rests on 3 sources"
    shown.get_by_label("Patient").click()
    assert research.locator(".imp-sources-count").inner_text() == "Rests on 1 source"
    assert research.locator(".imp-sources li:visible").count() == 1
    assert legend.inner_text() == "1 source"
    shown.get_by_label("Clinician").click()
    assert research.locator(".imp-sources").inner_text() == whole
    assert legend.inner_text() == "3 sources"


def test_a_section_whose_shown_text_cites_nothing_keeps_its_list(page, address):
    shown = page(address)
    cite = "document.querySelector('[data-evidence=research] [data-audience=patient] .imp-cites')"
    shown.evaluate(f"{cite}.remove()")
    shown.get_by_label("Patient").click()
    research = shown.locator(".imp-evidence[data-evidence=research]")
    assert research.locator(".imp-sources-count").inner_text() == "Rests on 3 sources"
    assert research.locator(".imp-sources li:visible").count() == 3


def test_safety_is_never_hidden(page, address):
    shown = page(address)
    shown.evaluate(
        "() => { const safety = document.querySelector('.imp-safety');"
        "safety.dataset.audience = 'clinician';"
        "const outer = document.createElement('div'); outer.dataset.audience = 'clinician';"
        "safety.before(outer); outer.append(safety);"
        "safety.querySelector('p').dataset.audience = 'clinician'; }"
    )
    shown.get_by_label("Patient").click()
    assert shown.get_by_text("Never into the spinal canal").is_visible()


# A link into what is hidden.


def revealed(shown):
    return shown.locator("[data-revealed]")


def at_rest(shown, link):
    """Bring a link into sight, and wait until Material has noted where that is.

    Who clicks sooner is led there again instead of along the link, on every site with Material.
    """
    link.scroll_into_view_if_needed()
    shown.wait_for_function(
        "!document.getElementById('__config').textContent.includes('instant')"
        " || history.state?.y === scrollY"
    )


def assert_revealed_alone(shown):
    """The passage of the heading is shown with its label, and no other of its audience."""
    heading = shown.locator("#figures-for-specialists")
    assert heading.is_visible()
    shown.wait_for_function(
        "() => { const {top} = document.getElementById('figures-for-specialists')"
        ".getBoundingClientRect(); return top >= 0 && top < innerHeight; }"
    )
    assert revealed(shown).count() == 1
    # Above the heading, at the start of the passage, it would have scrolled out of sight.
    assert (
        revealed(shown)
        .get_by_text("For: Clinician")
        .evaluate(
            "each => { const {left, bottom} = each.getBoundingClientRect();"
            "return document.elementFromPoint(left + 2, bottom - 4) === each; }"
        )
    )
    assert CLINICIANS not in text(shown)
    assert PATIENTS in text(shown)


def test_an_address_that_leads_into_a_hidden_passage_shows_it_labelled(page, either):
    shown = page(either + "?audience=patient#figures-for-specialists")
    assert_revealed_alone(shown)
    assert shown.evaluate("document.activeElement.id") == "figures-for-specialists"
    cited = shown.locator("#ref-saha2025dce")
    assert not cited.get_by_text("Not cited").is_visible()


def test_a_link_into_a_hidden_passage_shows_it_as_often_as_it_is_followed(page, either):
    shown = page(either + "?audience=patient")
    link = shown.get_by_role("link", name="The figures")
    at_rest(shown, link)
    link.click()
    assert_revealed_alone(shown)
    shown.get_by_label("Clinician").click()
    shown.get_by_label("Patient").click()
    assert revealed(shown).count() == 0
    assert shown.url.endswith("#figures-for-specialists")
    at_rest(shown, link)
    link.click()
    assert_revealed_alone(shown)


def test_a_link_is_followed_by_keyboard_into_the_hidden_passage(page, either):
    shown = page(either + "?audience=patient")
    link = shown.get_by_role("link", name="The figures")
    link.focus()
    at_rest(shown, link)
    shown.keyboard.press("Enter")
    shown.locator("[data-revealed]").wait_for()
    assert_revealed_alone(shown)


def test_the_back_button_leads_into_a_hidden_passage_again(page, plain):
    shown = page(plain[1] + "articles/contrast/?audience=patient")
    shown.evaluate("location.hash = '#figures-for-specialists'")
    shown.locator("[data-revealed]").wait_for()
    assert_revealed_alone(shown)
    shown.evaluate("location.hash = '#safety'")
    shown.get_by_label("Clinician").click()
    shown.get_by_label("Patient").click()
    assert revealed(shown).count() == 0
    shown.go_back()
    shown.locator("[data-revealed]").wait_for()
    assert_revealed_alone(shown)


def test_a_number_of_the_references_leads_into_a_hidden_passage(page, address):
    shown = page(address + "?audience=patient#cite-saha2025dce-1")
    assert shown.locator("#cite-saha2025dce-1").is_visible()
    assert shown.evaluate("document.activeElement.id") == "cite-saha2025dce-1"


@pytest.mark.parametrize("hash_", ["#%E0%A4%A", "#nowhere", "#", "#<b>", "#ref-"])
def test_an_address_that_leads_nowhere_does_no_harm(page, address, hash_):
    faults = []
    shown = page()
    shown.on("pageerror", lambda error: faults.append(str(error)))
    shown.goto(address + "?audience=patient" + hash_)
    assert shows(shown, "patient")
    assert [each for each in faults if "imprimatur" in each] == []


# Nothing of another variant is painted, not even for one frame.

WATCH = """
window.frames_seen = 0;
window.wrong = [];
const look = () => {
  if (document.querySelector(".imp-answer")) window.frames_seen += 1;
  for (const each of document.querySelectorAll("[data-audience]")) {
    const isWrong = !each.dataset.audience.split(" ").includes("patient");
    if (isWrong && each.getClientRects().length) window.wrong.push(each.textContent.trim());
  }
  for (const each of document.querySelectorAll(".imp-for")) {
    if (each.getClientRects().length) window.wrong.push(each.textContent);
  }
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


class _Slow(SimpleHTTPRequestHandler):
    """Sends a page as a bad line would: piece by piece, so that the browser paints in between."""

    protocol_version = "HTTP/1.0"

    def log_message(self, *_: object) -> None:
        """Leave the test's output to the test."""

    def copyfile(self, source, outputfile) -> None:
        """Send what was asked for."""
        content = source.read()
        is_page = content.lstrip()[:9].lower() == b"<!doctype"
        size = max(400, len(content) // 60) if is_page else len(content) or 1
        for start in range(0, len(content), size):
            outputfile.write(content[start : start + size])
            outputfile.flush()
            time.sleep(0.02 if is_page else 0)


@pytest.fixture(scope="module")
def slow(built):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Slow, directory=str(built[0])))
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/articles/contrast/"
    server.shutdown()
    server.server_close()


TEARS = rb"(?=<body)|(?=<a [^>]*#ref-)|(?<=Rests on )|(?<=Cited )"


class _Torn(_Slow):
    """Sends a page up to the middle of an item of a list, or of the words that count sources."""

    def copyfile(self, source, outputfile) -> None:
        """Send what was asked for; the head's script is there before the body is."""
        for piece in re.split(TEARS, source.read()):
            outputfile.write(piece)
            outputfile.flush()
            time.sleep(1 if b"</head>" in piece else 0.03)


@pytest.fixture(scope="module")
def torn(built):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Torn, directory=str(built[0])))
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/articles/contrast/"
    server.shutdown()
    server.server_close()


COUNTED = ".imp-sources-count, .imp-rests li, .imp-cited-at, .imp-uncited"


@pytest.mark.parametrize("audience", ["clinician", "patient"])
def test_a_page_that_arrives_in_pieces_says_what_a_whole_one_does(page, torn, address, audience):
    def said(shown) -> list[str | None]:
        return [
            (each.inner_text() if each.is_visible() else None)
            for each in shown.locator(COUNTED).all()
        ]

    def choose(shown, which) -> list[str | None]:
        shown.locator(f".imp-audience input[value={which}]").check()
        return said(shown)

    pieces, whole, faults = page(), page(), []
    pieces.on("pageerror", lambda error: faults.append(str(error)))
    pieces.goto(torn + f"?audience={audience}")
    whole.goto(address + f"?audience={audience}")
    assert said(pieces) == said(whole)
    for other in ("patient", "clinician"):
        assert choose(pieces, other) == choose(whole, other)
    assert said(whole)
    assert faults == []


@pytest.mark.parametrize("by", ["link", "storage"])
def test_nothing_of_another_variant_is_painted_while_the_page_arrives(page, slow, by):
    shown = page(viewport={"width": 1400, "height": 2000})
    shown.add_init_script(WATCH)
    if by == "storage":
        shown.add_init_script("localStorage.setItem('imprimatur.audience', 'patient')")
    shown.goto(slow + ("?audience=patient" if by == "link" else ""))
    assert shows(shown, "patient")
    assert shown.evaluate("window.frames_seen") > 3
    assert shown.evaluate("window.wrong") == []


def test_the_watch_for_such_frames_sees_them(page, slow):
    shown = page(viewport={"width": 1400, "height": 2000})
    shown.add_init_script(WATCH)
    shown.route("**/imprimatur-audience.js", lambda route: route.abort())
    shown.goto(slow + "?audience=patient")
    assert len(shown.evaluate("window.wrong")) > 3


def test_nothing_of_another_variant_is_painted_when_the_page_is_swapped(page, built):
    shown = page(viewport={"width": 1400, "height": 2000})
    shown.add_init_script(WATCH)
    shown.add_init_script("localStorage.setItem('imprimatur.audience', 'patient')")
    shown.goto(built[1] + "articles/one/")
    shown.evaluate("window.isFirst = true")
    shown.get_by_role("link", name="the other text").click()
    shown.locator("h1", has_text="Contrast").wait_for()
    assert shows(shown, "patient")
    shown.wait_for_function("window.frames_seen > 5")
    assert shown.evaluate("window.isFirst")
    assert shown.evaluate("window.wrong") == []
