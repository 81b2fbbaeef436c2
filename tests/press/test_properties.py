"""What holds for every article."""

from __future__ import annotations

import nh3
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

KEYS = [
    "park2019spinal",
    "hutchins2021acr",
    "liu2017vertebral",
    "harlianto2024spinal",
    "saha2025dce",
]

works = st.lists(st.sampled_from(KEYS), min_size=1, max_size=5)
marks = works.map(lambda keys: "[" + "; ".join(f"@{key}" for key in keys) + "]")
narrative = st.sampled_from(KEYS).map(lambda key: f"@{key}")
words = st.text(alphabet="abc .,;:()*_`#>-\n", max_size=20)
bodies = st.lists(st.one_of(marks, narrative, words), max_size=12).map(" ".join)

PIECES = (
    *("word ", "5 mg ", ". ", "\n", "\n\n", "\n\n    ", "\n> ", "\n- ", "\n1. ", "## ", "\n===\n"),
    *("[@saha2025dce]", "[@park2019spinal, p. 3]", "@saha2025dce [p. 1]", "[@nowhere; see]"),
    *("[^1]", "[^x y]", "\n[^1]: note [@saha2025dce]\n", "\n[^x y]: ", "\n[r]: http://x 'y'\n"),
    *("\n/// safety\n", "\n/// answer\n", "\n/// evidence | research\n", "\n///\n"),
    *("\n| a | b |\n|---|--:|\n| c [@saha2025dce] | d |\n", "\nterm\n: ", "```\n", "`", "*", "_"),
    *("<b>", "</b>", "<div>", "</div>", "<p>", "</p>", "<table>", "<td>", "</td>", "</table>"),
    *(
        "<a href='x'>",
        "<a id=title>",
        "</a>",
        "<h2 id=safety>",
        "</h2>",
        "<br/>",
        "<html>",
        "</body>",
    ),
    *(
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?",
        "<!x",
        "<",
        "&lt;",
        "&",
        "<svg>",
        "<style>",
        "</style>",
    ),
    *(
        "<template>",
        "<textarea>",
        "<noscript>",
        "<plaintext>",
        "<img src=x alt='",
        "](http://[",
        "\\",
    ),
)
mixtures = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


def browsers_reading(html: str) -> str:
    """The page as an HTML 5 parser, such as browsers have, takes it apart."""
    tags = {each.tag for each in lxml_html.fragment_fromstring(html).iter()}
    return nh3.clean(html, tags=tags, attributes={})


slow = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@slow
@given(body=bodies)
def test_numbers_are_one_to_n_in_the_order_of_the_list(press, body):
    page = lxml_html.fragment_fromstring(press.proof(body).html)
    numbers = {
        cite.get("href")[len("#ref-") :]: int(cite.text)
        for cite in page.xpath("//a[@role='doc-biblioref']")
    }
    listed = [
        item.get("id")[len("ref-") :]
        for item in page.xpath("//section[@role='doc-bibliography']/ol/li")
    ]
    assert numbers == {key: position for position, key in enumerate(listed, start=1)}


@slow
@given(body=bodies)
def test_first_mentions_come_in_the_order_of_their_numbers(press, body):
    proof = press.proof(body)
    page = lxml_html.fragment_fromstring(proof.html)
    listed = [
        item.get("id")[len("ref-") :]
        for item in page.xpath("//section[@role='doc-bibliography']/ol/li")
    ]
    assert listed == list(dict.fromkeys(each.key for each in proof.cited))


@slow
@given(body=bodies)
def test_every_citing_place_has_one_way_back(press, body):
    page = lxml_html.fragment_fromstring(press.proof(body).html)
    places = [f"#{cite.get('id')}" for cite in page.xpath("//a[@role='doc-biblioref']")]
    back = page.xpath("//section[@role='doc-bibliography']//a[@role='doc-backlink']/@href")
    assert sorted(places) == sorted(back)
    assert len(set(back)) == len(back)


@slow
@given(
    body=st.text(
        alphabet=st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=200
    )
)
def test_any_text_is_printed_without_a_fault(press, body):
    page = lxml_html.fragment_fromstring(press.proof(body).html)
    assert page.get("class") == "imp-article"


@slow
@given(body=mixtures)
def test_whatever_is_mixed_is_printed_without_a_fault_and_with_ids_of_its_own(press, body):
    page = lxml_html.fragment_fromstring(press.proof(body + "\n").html)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert not page.xpath("//script | //style | //svg | //template | //textarea | //@onclick")


@slow
@given(body=mixtures)
def test_where_nothing_is_complained_of_the_page_means_the_same_to_every_parser(press, body):
    proof = press.proof(body + "\n")
    if not proof.removed:
        written = lxml_html.fragment_fromstring(proof.html)
        read = lxml_html.fragment_fromstring(browsers_reading(proof.html))
        assert [each.tag for each in read.iter()] == [each.tag for each in written.iter()]
