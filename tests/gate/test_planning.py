"""What a release consists of: approved texts, notices, and nothing of what is pending."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from imprimatur.editorial import Repository, State
from imprimatur.editorial.cache import NO_CACHE, Cache
from imprimatur.errors import Outcome
from imprimatur.gate import Examination, check
from imprimatur.gate.planning import outline, plan
from releases import OTHER, REVIEWERS, Releases, head, release_site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site
    from keys import Key


@pytest.fixture(scope="module")
def model(
    make_site: Callable[[Path], Site],
    keys: Callable[..., Key],
    tmp_path_factory: pytest.TempPathFactory,
) -> Releases:
    return release_site(make_site, keys, tmp_path_factory.mktemp("model") / "site")


@pytest.fixture
def site(model: Releases, tmp_path: Path) -> Releases:
    return model.copied_to(tmp_path / "site")


def test_an_approved_article_is_printed_from_the_bytes_that_were_approved(site):
    made, verdict = site.planned()
    (only,) = made.printed
    assert verdict.outcome is Outcome.GRANTED
    assert only.source == (site.root / "docs/articles/contrast.md").read_bytes()
    assert 'data-standing="approved"' in only.html
    assert (only.commit, made.commit) == (site.tip, site.tip)
    assert not made.withheld


def test_a_release_holds_site_pages_settings_board_and_policy_and_no_records_or_works(site):
    site.site.write("overrides/partials/x.html", "own")
    settings = (
        (site.root / "mkdocs.yml")
        .read_text()
        .replace("font: false", "font: false, custom_dir: overrides")
    )
    site.site.write("mkdocs.yml", settings)
    site.site.write("docs/assets/logo.svg", "<svg/>")
    site.site.write("docs/articles/beside.svg", "<svg/>")
    site.commit()
    assert set(site.planned()[0].files) == {
        "mkdocs.yml",
        "docs/index.md",
        "docs/assets/logo.svg",
        "overrides/partials/x.html",
        "editorial/board.yml",
        "editorial/policy.yml",
    }


def test_what_lies_in_the_working_tree_alone_is_in_no_release(site):
    before = site.planned()[0].files
    site.site.write("docs/index.md", "# Something else")
    site.site.write("docs/extra.md", "# Extra")
    assert site.planned()[0].files == before


def test_a_release_of_an_earlier_commit_names_that_commit_and_holds_its_files(site):
    before, text = site.tip, (site.root / "docs/index.md").read_bytes()
    site.site.write("docs/index.md", "# Another home\n")
    site.commit()
    repository = Repository(site.root, before, NO_CACHE, commit=before)
    made, _ = plan(repository, site.later)
    assert made.commit == before != site.tip
    assert made.files["docs/index.md"] == text
    newest, _ = plan(Repository(site.root, cache=NO_CACHE), site.later)
    assert newest.commit == site.tip


def test_one_pending_article_blocks_all_where_the_policy_says_so(site):
    site.site.article("second", body=OTHER, head=head("Second"))
    site.submit("second")
    site.commit()
    _, verdict = site.planned()
    assert verdict.outcome is Outcome.REFUSED
    assert ["`second` is pending review" in str(each) for each in verdict.findings] == [True]


def test_a_pending_article_is_left_out_where_the_policy_withholds_it(site):
    site.pending("withhold")
    site.site.article("second", body=OTHER, head=head("Second"))
    site.submit("second")
    site.commit()
    made, verdict = site.planned()
    assert verdict.outcome is Outcome.GRANTED
    assert [each.slug for each in made.printed] == ["contrast"]
    assert [each.slug for each in made.withheld] == ["second"]
    assert "an editor to assign reviewers" in made.withheld[0].waits_for


def test_a_pending_article_that_nobody_can_read_is_left_out_as_any_other(site):
    site.pending("withhold")
    site.site.write("docs/articles/second.md", "---\nstatus: approved\n---\nText\n")
    site.commit()
    made, verdict = site.planned()
    assert verdict.outcome is Outcome.GRANTED
    assert [each.slug for each in made.withheld] == ["second"]


def test_a_text_is_remembered_by_the_bytes_of_the_bibliography_it_is_printed_with(site):
    works = (site.root / "bibliography.bib").read_bytes()
    (choice,) = outline(site.repository(), site.later).choices
    assert choice.text is not None
    assert choice.text.works == works


def edited(site: Releases) -> None:
    """A newer text cites another work, and the work that the approved one cites is changed."""
    site.edit("39% to 53%", "93%")
    site.edit("@park2019spinal", "@liu2017vertebral")
    site.submit()
    works = (site.root / "bibliography.bib").read_text().replace("Sufficient?", "Retitled")
    site.site.write("bibliography.bib", works)
    site.commit()


def test_an_edited_article_is_gone_where_pending_texts_are_withheld(site):
    site.pending("withhold")
    edited(site)
    made, verdict = site.planned()
    assert not made.printed
    assert verdict.outcome is Outcome.NOT_EXAMINED, "a release without any article is none"


def test_the_last_approved_text_is_shown_with_its_own_references_while_a_newer_one_waits(site):
    site.pending("last-approved")
    approved = site.tip
    source = (site.root / "docs/articles/contrast.md").read_bytes()
    digest = site.repository().manifest("contrast").digest
    edited(site)
    made, verdict = site.planned()
    (shown,) = made.printed
    assert verdict.outcome is Outcome.GRANTED
    assert "39% to 53%" in shown.html
    assert "Sufficient?" in shown.html
    assert "Retitled" not in shown.html
    assert 'data-update="under-review"' in shown.html
    assert "A newer text is being written or under review, and is not approved." in shown.html
    assert shown.entry.update
    assert shown.entry.state is State.APPROVED
    assert (shown.source, shown.digest) == (source, digest)
    assert shown.commit != made.commit
    assert site.git("rev-parse", f"{shown.commit}:docs/articles") == site.git(
        "rev-parse", f"{approved}:docs/articles"
    )
    (waiting,) = made.withheld
    assert b"93%" in waiting.source


def test_what_a_reviewer_says_of_a_newer_text_is_not_told_beside_the_approved_one(site):
    site.pending("last-approved")
    edited(site)
    site.act("review", REVIEWERS[0], decision="revise", reason="Why does it say 93% now?")
    site.commit()
    (shown,) = site.planned()[0].printed
    assert "93%" not in shown.html
    assert "3 records" in shown.html


def test_a_reference_that_was_edited_leaves_the_approved_article_as_it_was(site):
    site.pending("last-approved")
    works = (site.root / "bibliography.bib").read_text().replace("Sufficient?", "Retitled")
    site.site.write("bibliography.bib", works)
    site.commit()
    (shown,) = site.planned()[0].printed
    assert "Sufficient?" in shown.html
    assert "Retitled" not in shown.html


def test_an_earlier_text_is_not_shown_once_its_own_approval_no_longer_counts(site):
    site.pending("last-approved")
    edited(site)
    site.appoint(REVIEWERS[0], revoked_from="2020-01-01T00:00:00Z")
    made, _ = site.planned()
    assert not made.printed
    assert [each.slug for each in made.withheld] == ["contrast"]


def test_an_earlier_text_whose_approval_is_too_old_gives_way_to_a_notice(site):
    site.pending("last-approved")
    edited(site)
    repository = Repository(site.root, cache=NO_CACHE, commit=site.tip)
    due, _ = plan(repository, site.later + timedelta(days=3 * 366))
    gone, _ = plan(repository, site.later + timedelta(days=4 * 366))
    assert [each.entry.state for each in due.printed] == [State.REVIEW_DUE]
    assert [each.entry.state for each in gone.printed] == [State.EXPIRED]
    assert "39%" not in gone.printed[0].html


def test_a_withdrawal_takes_down_the_earlier_text_too(site):
    site.pending("last-approved")
    edited(site)
    site.act("withdraw", REVIEWERS[0], reason="It may harm.")
    site.commit()
    made, _ = site.planned()
    assert [each.entry.state for each in made.printed] == [State.WITHDRAWN]
    assert "39%" not in made.printed[0].html


def test_a_notice_holds_no_word_of_the_text_but_a_title_that_was_once_approved(site):
    site.pending("withhold")
    site.edit("title: Does contrast help to find spinal metastases?", "title: Canarytitle")
    site.edit("radiology", "canarytopic")
    site.edit("[clinician]", "[canaryaudience]")
    site.edit("39% to 53%", "canarybody")
    site.act("withdraw", REVIEWERS[0], reason="It may harm.")
    site.commit()
    made, verdict = site.planned()
    (notice,) = made.printed
    assert verdict.outcome is Outcome.GRANTED, "of a text that nobody sees no rule is asked"
    assert (notice.title, notice.summary) == ("Does contrast help to find spinal metastases?", "")
    assert "It may harm." in notice.html
    assert "canary" not in f"{notice.html}{notice.source}{notice.entry}{notice.headings}".lower()
    assert b"canarybody" in made.withheld[0].source


def test_a_text_that_was_never_approved_leaves_no_title_in_its_notice(site):
    site.pending("withhold")
    site.site.article("second", body=OTHER, head=head("Never approved"))
    site.submit("second")
    site.commit()
    site.act("withdraw", REVIEWERS[0], "second")
    site.commit()
    made, _ = site.planned()
    assert [each.title for each in made.printed] == [
        "Does contrast help to find spinal metastases?",
        "This article was withdrawn",
    ]


def drawing(dose: str) -> str:
    """A drawing that says a dose."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30">'
        f'<text x="9" y="20">{dose}</text></svg>'
    )


def test_an_image_that_the_site_replaced_keeps_an_earlier_text_from_being_shown(site):
    site.pending("last-approved")
    site.site.write("docs/assets/dose.svg", drawing("5 mg"))
    site.edit("\n///\n", "\n///\n\n![Doses](../assets/dose.svg)\n")
    site.approved(*REVIEWERS)
    assert site.planned()[0].printed[0].images == {"docs/assets/dose.svg": drawing("5 mg").encode()}
    site.site.write("docs/assets/dose.svg", drawing("50 mg"))
    site.commit()
    made, _ = site.planned()
    assert not made.printed
    assert "docs/assets/dose.svg" in " ".join(made.withheld[0].waits_for)


def test_an_image_beside_an_article_is_staged_as_it_was_when_its_text_was_approved(site):
    site.pending("last-approved")
    site.site.write("docs/articles/dose.svg", drawing("5 mg"))
    site.edit("\n///\n", "\n///\n\n![Doses](dose.svg)\n")
    site.approved(*REVIEWERS)
    site.site.write("docs/articles/dose.svg", drawing("50 mg"))
    site.commit()
    (shown,) = site.planned()[0].printed
    assert shown.images == {"docs/articles/dose.svg": drawing("5 mg").encode()}


def test_an_image_that_two_articles_share_leaves_out_the_one_whose_picture_is_the_old_one(site):
    site.pending("last-approved")
    site.site.write("docs/articles/dose.svg", drawing("5 mg"))
    site.edit("\n///\n", "\n///\n\n![Doses](dose.svg)\n")
    site.approved(*REVIEWERS)
    body = OTHER + "\n![Doses](dose.svg)\n"
    site.site.article("another", body=body, head=head("Another"))
    site.approved(*REVIEWERS, slug="another")
    site.site.write("docs/articles/dose.svg", drawing("50 mg"))
    site.commit()
    assert {each.slug for each in site.planned()[0].printed} == {"another", "contrast"}
    site.approved(*REVIEWERS)
    made, _ = site.planned()
    assert [each.slug for each in made.printed] == ["contrast"]
    assert made.printed[0].images == {"docs/articles/dose.svg": drawing("50 mg").encode()}
    assert "docs/articles/dose.svg to be put back" in " ".join(made.withheld[0].waits_for)


def test_an_earlier_text_goes_once_the_bibliography_says_that_its_source_was_retracted(site):
    site.pending("last-approved")
    works = (site.root / "bibliography.bib").read_text()
    retracted = "{Sufficient?}, retracted = {J Demonstr. 2026;1:1},"
    site.site.write("bibliography.bib", works.replace("{Sufficient?},", retracted))
    site.commit()
    made, _ = site.planned()
    assert not made.printed
    assert "`park2019spinal`, which was retracted" in " ".join(made.withheld[0].waits_for)


def test_a_finding_in_an_article_that_is_shown_refuses_the_release(site):
    site.site.article(body="\n/// answer\nText [@nobody2091].\n///\n")
    site.approved(*REVIEWERS)
    _, verdict = site.planned()
    assert verdict.outcome is Outcome.REFUSED
    assert {each.rule for each in verdict.findings} == {"citation-resolves"}


@pytest.mark.parametrize(
    ("setting", "word"),
    [
        ("use_directory_urls: false", "use_directory_urls"),
        ("use_directory_urls: !ENV [X, true]", "use_directory_urls"),
        ("INHERIT: other.yml", "another file"),
        ("docs_dir: other", "docs_dir"),
        ("site_dir: docs", "site_dir"),
        ("theme: {custom_dir: docs/articles}", "custom_dir"),
        ("theme: {custom_dir: ../elsewhere}", "custom_dir"),
        ("theme: {custom_dir: [a]}", "custom_dir"),
        ("[", "no YAML"),
        ("- a list", "no settings"),
    ],
)
def test_settings_under_which_a_host_shows_other_pages_are_refused(site, setting, word):
    site.site.write("mkdocs.yml", f"{setting}\n")
    site.commit()
    _, verdict = site.planned()
    assert verdict.outcome is Outcome.REFUSED
    assert [word in each.message for each in verdict.findings] == [True]


def test_what_is_remembered_of_a_print_is_what_was_printed(site, tmp_path, monkeypatch):
    monkeypatch.setattr("imprimatur.gate.printing.MANY", 1)
    cache = Cache(file=tmp_path / "cache/kept.sqlite3")
    repository = Repository(site.root, cache=cache, commit=site.tip)
    later = site.later
    first, second = plan(repository, later), plan(repository, later)
    assert first == second == plan(Repository(site.root, cache=NO_CACHE, commit=site.tip), later)
    monkeypatch.setattr(
        "imprimatur.gate.printing.spread", lambda _work, copies, _: [1 / 0 for _ in copies]
    )
    assert plan(repository, later) == first


def test_a_site_outside_git_has_no_release(site):
    (site.root / ".git").rename(site.root.parent / "elsewhere")
    with pytest.raises(Exception, match="Git cannot read this repository"):
        plan(Repository(site.root, cache=NO_CACHE), site.later)
    (site.root.parent / "elsewhere").rename(site.root / ".git")


def test_all_that_a_host_frames_of_an_article_is_what_was_approved(site):
    later = site.later
    made, verdict = plan(Repository(site.root, cache=NO_CACHE, commit=site.tip), later)
    (only,) = made.printed
    title = "Does contrast help to find spinal metastases?"
    assert (only.slug, only.title, only.summary) == ("contrast", title, "A demonstration.")
    entry = only.entry
    assert (entry.slug, entry.title, entry.summary) == ("contrast", title, "A demonstration.")
    assert (entry.topics, entry.state, entry.update) == (("radiology",), State.APPROVED, False)
    assert entry.reviewed is not None
    assert entry.reviewed.date() == later.date()
    assert only.digest == Repository(site.root, cache=NO_CACHE).manifest("contrast").digest
    assert (made.at, verdict.articles, only.images) == (later, 1, {})


def test_of_a_notice_a_host_reads_a_title_and_one_word(site):
    site.pending("withhold")
    site.edit("title: Does contrast help", 'title: Does "G\u00f6" help')
    site.site.write("docs/articles/dose.svg", drawing("5 mg"))
    site.edit("\n///\n", "\n///\n\n![Doses](dose.svg)\n")
    site.approved(*REVIEWERS)
    site.act("withdraw", REVIEWERS[0], reason="It may harm.")
    site.commit()
    made, _ = site.planned()
    (notice,) = made.printed
    title = '"Does \\"G\u00f6\\" help to find spinal metastases?"'
    assert notice.source.decode() == f"---\ntitle: {title}\n---\n\nNotice.\n"
    assert (notice.images, notice.summary) == ({}, "")
    assert [each.text for each in notice.headings] == ["This article was withdrawn"]
    assert (notice.entry.topics, notice.entry.state) == ((), State.WITHDRAWN)
    (hidden,) = made.withheld
    assert hidden.source == (site.root / "docs/articles/contrast.md").read_bytes()


def test_what_nobody_handed_in_waits_for_the_board(site):
    site.pending("withhold")
    site.site.article("second", body=OTHER, head=head("The second question?"))
    site.commit()
    made, _ = site.planned()
    (left_out,) = made.withheld
    assert (left_out.slug, left_out.source) == (
        "second",
        (site.root / "docs/articles/second.md").read_bytes(),
    )
    assert left_out.waits_for
    assert [each.slug for each in made.printed] == ["contrast"]


def test_what_an_earlier_text_waits_for_is_told_last_and_in_words(site):
    site.pending("last-approved")
    works = (site.root / "bibliography.bib").read_text()
    retracted = "{Sufficient?}, retracted = {J Demonstr. 2026;1:1},"
    site.site.write("bibliography.bib", works.replace("{Sufficient?},", retracted))
    site.commit()
    made, _ = site.planned()
    assert made.withheld[0].waits_for[-1] == (
        "a text that rests on another work than `park2019spinal`, which was retracted"
    )


def test_a_picture_that_was_replaced_is_named_with_what_is_to_be_done(site):
    site.pending("last-approved")
    site.site.write("docs/assets/dose.svg", drawing("5 mg"))
    site.edit("\n///\n", "\n///\n\n![Doses](../assets/dose.svg)\n")
    site.approved(*REVIEWERS)
    site.site.write("docs/assets/dose.svg", drawing("50 mg"))
    site.commit()
    made, _ = site.planned()
    assert made.withheld[0].waits_for[-1] == (
        "its image docs/assets/dose.svg to be put back, of which the site shows another one now"
    )


def test_an_earlier_text_that_breaks_a_rule_is_told_which(site):
    site.pending("last-approved")
    site.site.write("docs/articles/dose.svg", drawing("5 mg").replace("<text", "<script/><text"))
    site.edit("\n///\n", "\n///\n\n![Doses](dose.svg)\n")
    site.approved(*REVIEWERS)
    edited(site)
    made, _ = site.planned()
    assert not made.printed
    assert made.withheld[0].waits_for[-1] == (
        "another text, since the one that was approved last breaks the rule `image-is-plain`"
    )


def test_a_work_that_is_retracted_and_that_the_earlier_text_does_not_cite_keeps_nothing(site):
    site.pending("last-approved")
    edited(site)
    works = (site.root / "bibliography.bib").read_text()
    retracted = "{Detection}, retracted = {J Demonstr. 2026;1:1},"
    assert "{Detection}," in works
    site.site.write("bibliography.bib", works.replace("{Detection},", retracted))
    site.commit()
    made, _ = site.planned()
    assert [(each.slug, each.entry.update) for each in made.printed] == [("contrast", True)]


def test_what_lies_in_a_folder_called_like_that_of_the_articles_is_staged(site):
    site.site.write("docs/articles-of-2026/index.md", "# Ours\n")
    site.site.write("docs/articles/deep/er.svg", drawing("5 mg"))
    site.commit()
    files = site.planned()[0].files
    assert "docs/articles-of-2026/index.md" in files
    assert "docs/articles/deep/er.svg" not in files


def test_by_a_clock_that_is_behind_nothing_is_granted_and_nobody_is_blamed(site):
    past = site.later - timedelta(days=400)
    verdict = check(Examination(site.repository(), past), publishing=True)
    assert verdict.outcome is not Outcome.GRANTED
    why = {each.rule: each.reason for each in verdict.unchecked}
    assert "the clock of this machine is behind" in why["act-is-genuine"]
    assert "act-is-genuine" not in {each.rule for each in verdict.findings}
