"""What holds for every article."""

from __future__ import annotations

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
