"""Lists of articles and topics on site pages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from urllib.parse import urljoin

import pytest
from lxml import html as lxml_html
from markdown import Markdown

from imprimatur.editorial import State
from imprimatur.press import (
    Catalogue,
    Entry,
    ListPlace,
    PressExtension,
    SiteAddress,
    SiteLists,
    SiteSheet,
    generated_pages,
    topic_label,
)
from imprimatur.strict import Reading

REVIEWED = datetime(2026, 3, 2, tzinfo=UTC)
WITHHELD = {State.EXPIRED, State.WITHDRAWN, State.RETRACTED, State.SUPERSEDED}
APPROVED = {State.APPROVED, State.REVIEW_DUE, State.CONCERN}


def entry(slug="one", **other: object) -> Entry:
    said = {"title": "About one", "summary": "S & T", "topics": ("radiology",)}
    return Entry(slug=slug, **{"state": State.SUBMITTED, **said, **other})


def many(count: int, **other: object) -> list[Entry]:
    return [entry(f"a{each:03}", title=f"Title {each:03}", **other) for each in range(count)]


def printed(body: str, *entries: Entry, url: str = "", directories: bool = True) -> str:
    catalogue = Catalogue(entries)
    lists = SiteLists(
        catalogue=lambda: catalogue,
        board=lambda: Reading(value=None),
        policy=lambda: Reading(value=None),
        here=SiteAddress(url=url, directories=directories),
        today=date(2026, 11, 23),
    )
    return Markdown(extensions=[PressExtension(SiteSheet(lists=lists))]).convert(body)


def page(argument: str, *entries: Entry, **where: object):
    """The list that a block with an argument prints, as a tree."""
    block = f"/// articles | {argument}\n///\n" if argument else "/// articles\n///\n"
    return lxml_html.fragment_fromstring(printed(block, *entries, **where), create_parent="div")


def words(tree, class_: str) -> str:
    return " ".join(tree.xpath(f"string(//*[@class='{class_}'])").split())


@pytest.mark.parametrize("state", State)
def test_an_article_of_any_standing_is_listed_with_its_status_or_not_at_all(state):
    tree = page("", entry(title=f"About <b>{state}</b>", state=state, reviewed=REVIEWED))
    assert len(tree.xpath("//ul[@class='imp-articles']/li")) == (state not in WITHHELD)
    assert not tree.xpath("//b")
    assert not (state in WITHHELD and "About" in tree.text_content())


@pytest.mark.parametrize("state", sorted(set(State) - WITHHELD))
def test_a_review_is_claimed_only_of_a_text_that_is_approved(state):
    tree = page("", entry(state=state, reviewed=REVIEWED))
    says = words(tree, "imp-articles-reviewed")
    assert (says == "Reviewed 2 March 2026") is (state in APPROVED)
    assert tree.xpath("boolean(//time[@datetime='2026-03-02'])") is (state in APPROVED)
    shape = "approved" if state in APPROVED else ""
    assert bool(tree.xpath(f"//span[@class='imp-badge imp-badge--{shape}']")) is bool(shape)


@pytest.mark.parametrize(
    ("state", "update", "says"),
    [
        (State.SUBMITTED, False, "Status: Submitted, not reviewed"),
        (State.UNDER_REVIEW, False, "Status: Under Review, not approved"),
        (State.APPROVED, False, "Status: Approved"),
        (State.APPROVED, True, "Status: Approved; newer text under review"),
        (State.REVIEW_DUE, False, "Status: Approved, review overdue"),
        (State.CONCERN, False, "Status: Approved, with a concern"),
    ],
)
def test_the_status_is_said_in_words(state, update, says):
    tree = page("", entry(state=state, update=update, reviewed=REVIEWED))
    assert words(tree, "imp-articles-status") == says


def test_an_approval_without_a_date_of_review_claims_none():
    assert words(page("", entry(state=State.APPROVED)), "imp-articles-reviewed") == "Not reviewed"


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (25, 1), (26, 2), (60, 3)])
def test_a_list_has_as_many_pages_as_it_needs(count, pages):
    catalogue = Catalogue(many(count))
    assert catalogue.pages() == pages
    made = generated_pages(catalogue)
    further = [text for path, text in made.items() if path.startswith("all/")]
    assert len(further) == pages - 1
    assert all("exclude: true" in text for text in further), "no search answers with half a list"
    shown = [
        each.slug
        for number in range(1, pages + 1)
        for each in catalogue.page(ListPlace(number=number))
    ]
    assert shown == [f"a{each:03}" for each in range(count)]


def test_every_page_of_a_list_leads_to_the_others():
    entries = many(60)
    for number, url in ((1, ""), (2, "all/2/"), (3, "all/3/")):
        tree = page(f"page={number}", *entries, url=url)
        (ways,) = tree.xpath("//nav[@class='imp-pages'][@aria-label='Pages of the list']")
        (current,) = ways.xpath(".//a[@aria-current='page']")
        assert current.text == str(number)
        leads = {each.text: urljoin(f"/{url}", each.get("href")) for each in ways.iter("a")}
        places = {"1": "/", "2": "/all/2/", "3": "/all/3/"}
        if number > 1:
            places["Previous page"] = places[str(number - 1)]
        if number < 3:
            places["Next page"] = places[str(number + 1)]
        assert leads == places
    assert words(tree, "imp-list-count") == "51 to 60 of 60 articles, by title."


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (1, "1 2 3 \u2026 40 Next page"),
        (4, "Previous page 1 2 3 4 5 6 \u2026 40 Next page"),
        (20, "Previous page 1 \u2026 18 19 20 21 22 \u2026 40 Next page"),
        (40, "Previous page 1 \u2026 38 39 40"),
    ],
)
def test_a_long_list_names_the_pages_nearby_and_both_ends(number, says):
    ways = page(f"page={number}", *many(1000)).xpath("//nav//li")
    assert " ".join(each.text_content() for each in ways) == says


def test_one_page_needs_no_way_to_others():
    assert not page("", *many(25)).xpath("//nav")


@pytest.mark.parametrize(
    ("directories", "url", "address"),
    [
        (True, "", "articles/one/"),
        (True, "./", "articles/one/"),
        (True, "/", "articles/one/"),
        (True, "topics/radiology/2/", "../../../articles/one/"),
        (False, "index.html", "articles/one.html"),
        (False, "topics/radiology/2.html", "../../articles/one.html"),
    ],
)
def test_links_lead_from_where_the_page_stands(directories, url, address):
    tree = page("", entry(), url=url, directories=directories)
    assert tree.xpath("//a[@class='imp-articles-title']/@href") == [address]
    topic = urljoin(f"/{url}", tree.xpath("//ul[@class='imp-articles-topics']//a/@href")[0])
    assert topic == "/topics/radiology/" + ("" if directories else "index.html")


def test_a_topic_lists_its_articles_only():
    entries = [entry("one"), entry("two", title="About two", topics=("oncology", "radiology"))]
    assert len(page("topic=oncology page=1", *entries).xpath("//li/a[@dir]")) == 1
    assert len(page("topic=radiology", *entries).xpath("//li/a[@dir]")) == 2
    made = generated_pages(Catalogue(entries))
    assert list(made) == [
        "topics/index.md",
        "topics/oncology/index.md",
        "topics/radiology/index.md",
    ]
    assert made["topics/oncology/index.md"].startswith("# Oncology\n")


def test_the_topics_are_listed_with_the_number_of_their_articles():
    tree = lxml_html.fromstring(
        printed("/// topics\n///\n", *many(2), entry(topics=("infectious-diseases",)))
    )
    listed = [each.text_content() for each in tree.xpath("//ul[@class='imp-topics']/li")]
    assert listed == ["Infectious diseases 1 article", "Radiology 2 articles"]


def test_only_topics_of_listed_articles_have_pages():
    made = generated_pages(Catalogue([entry(state=State.WITHDRAWN, topics=("secret",))]))
    assert list(made) == ["topics/index.md"]


def test_without_any_article_the_pages_are_whole():
    assert "There are no articles yet." in printed("/// articles\n///\n")
    assert "There are no topics yet." in printed("/// topics\n///\n")
    assert list(generated_pages(Catalogue([]))) == ["topics/index.md"]


def test_a_list_says_when_nothing_is_left_of_it():
    gone = [entry(str(state), state=state) for state in sorted(WITHHELD)]
    why = "at present: every article was taken down or has expired."
    for some in ([gone[0]], gone):
        assert page("", *some).text_content().strip() == f"No articles {why}"
        topics = lxml_html.fromstring(printed("/// topics\n///\n", *some))
        assert topics.text_content().strip() == f"No topics {why}"
    assert "About two" in page("", *gone, entry("two", title="About two")).text_content()


@pytest.mark.parametrize("argument", ["page=4", "page=9999999", "topic=radiology page=3"])
def test_a_page_that_a_list_does_not_have_says_so(argument):
    assert "The list has no such page." in page(argument, *many(26)).text_content()


@pytest.mark.parametrize(
    "argument", ["page=0", "page=-1", "page=\u0663", "topic=../x", "radiology", "topic=<b>", "page"]
)
def test_an_argument_that_means_nothing_names_no_list(argument):
    tree = page(argument, *many(26))
    assert tree.text_content().strip() == "This page names no list."


def test_each_generated_page_reads_back_as_the_place_it_was_made_for():
    topic = "-".join(["x" * 31, "y" * 32])
    for place in (ListPlace(), ListPlace(number=7), ListPlace(topic=topic, number=12)):
        assert ListPlace.read(place.argument) == place


def test_titles_of_any_length_and_direction_stay_titles():
    long, arabic = "Long " * 60, "\u0627\u0644\u0639\u0644\u0627\u062c <i>"
    entries = [entry("long", title=long.strip()), entry("arabic", title=arabic)]
    tree = page("", *entries)
    links = tree.xpath("//a[@class='imp-articles-title']")
    assert [each.text for each in links] == [long.strip(), arabic]
    assert {each.get("dir") for each in links} == {"auto"}


def test_an_accent_or_a_capital_does_not_move_a_title():
    titles = ("zinc", "\u00c9tomidate", "Ezetimibe", "aspirin")
    catalogue = Catalogue([entry(str(n), title=title) for n, title in enumerate(titles)])
    listed = [each.title for each in catalogue.page(ListPlace())]
    assert listed == ["aspirin", "\u00c9tomidate", "Ezetimibe", "zinc"]


def test_articles_of_one_title_keep_an_order():
    one, two = entry("a"), entry("b")
    assert Catalogue([two, one]).page(ListPlace()) == (one, two)


def test_a_topic_is_said_in_words():
    assert topic_label("infectious-diseases") == "Infectious diseases"


def test_text_beside_a_list_stays_text():
    made = printed(
        "<div>a\n</div>\n\n&lt;script&gt;x&lt;/script&gt;\n\n/// articles\n///\n\nB &lt; C\n"
    )
    assert "<script>" not in made
    assert "&lt;script&gt;x&lt;/script&gt;" in made
    assert "There are no articles yet." in made
    assert "B &lt; C" in made


def test_a_page_without_a_list_is_left_as_it_is():
    assert printed("A<br>B") == "<p>A<br>B</p>"
