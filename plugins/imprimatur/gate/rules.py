"""Every rule there is, in the order in which they are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from imprimatur.gate import (
    attribute_rules,
    audience_rules,
    citation_rules,
    git_rules,
    image_rules,
    law_rules,
    link_rules,
    note_rules,
    path_rules,
    proposal_rules,
    reader_rules,
    reading_rules,
    record_rules,
    site_approval_rules,
    site_html_rules,
    site_rules,
    text_rules,
)
from imprimatur.gate.examination import prove
from imprimatur.gate.rule import ArticleRule, RepositoryRule, Rule
from imprimatur.gate.scan import PAGE_RULES, SITE_RULES
from imprimatur.gate.verdict import Unchecked, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from imprimatur.errors import Finding
    from imprimatur.gate.examination import Examination
    from imprimatur.press import Copy, Proof

RULES: Final[tuple[Rule, ...]] = (
    RepositoryRule(reading_rules.policy_is_readable),
    RepositoryRule(reading_rules.board_is_readable),
    RepositoryRule(reading_rules.bibliography_is_readable),
    RepositoryRule(reading_rules.key_is_unique),
    RepositoryRule(reading_rules.field_is_single, craft=True),
    RepositoryRule(reading_rules.entry_type_is_known, craft=True),
    RepositoryRule(reading_rules.entry_is_complete, craft=True),
    RepositoryRule(reading_rules.identifier_is_well_formed, craft=True),
    RepositoryRule(reading_rules.link_is_http, craft=True),
    RepositoryRule(reading_rules.evidence_kind_is_known, craft=True),
    RepositoryRule(reading_rules.crossref_resolves, craft=True),
    RepositoryRule(reading_rules.manuscript_is_readable),
    RepositoryRule(reading_rules.front_matter_is_valid),
    RepositoryRule(reading_rules.site_page_is_readable),
    RepositoryRule(reading_rules.text_is_visible),
    ArticleRule(text_rules.front_matter_fits_policy),
    RepositoryRule(reader_rules.evidence_is_searched_already, craft=True),
    ArticleRule(text_rules.article_is_not_empty),
    ArticleRule(text_rules.answer_is_given),
    ArticleRule(text_rules.block_is_known),
    ArticleRule(text_rules.block_is_closed),
    ArticleRule(text_rules.block_is_printed),
    ArticleRule(audience_rules.block_stands_in_its_place),
    ArticleRule(audience_rules.every_audience_is_addressed),
    ArticleRule(audience_rules.safety_is_shown_to_all),
    ArticleRule(audience_rules.reading_grade_fits_audience),
    ArticleRule(text_rules.title_is_in_front_matter),
    ArticleRule(note_rules.heading_is_the_authors_own),
    ArticleRule(note_rules.note_resolves),
    ArticleRule(text_rules.html_is_safe),
    ArticleRule(text_rules.text_stands_in_the_manuscript),
    ArticleRule(text_rules.merge_is_settled),
    ArticleRule(text_rules.line_ends_clean),
    ArticleRule(citation_rules.citation_resolves),
    ArticleRule(citation_rules.citation_is_well_formed),
    ArticleRule(reader_rules.citation_is_read),
    ArticleRule(reader_rules.evidence_is_cited),
    ArticleRule(reader_rules.list_stands_apart),
    ArticleRule(image_rules.image_is_described),
    ArticleRule(citation_rules.citation_follows_a_word),
    ArticleRule(citation_rules.heading_does_not_cite),
    ArticleRule(citation_rules.kind_fits_section),
    ArticleRule(citation_rules.work_is_cited_under_one_key),
    ArticleRule(citation_rules.work_is_not_retracted),
    RepositoryRule(reading_rules.record_is_readable),
    RepositoryRule(record_rules.article_has_record),
    RepositoryRule(record_rules.record_has_article),
    RepositoryRule(record_rules.record_names_this_site),
    RepositoryRule(record_rules.record_matches_manuscript),
    RepositoryRule(law_rules.act_is_genuine, unchecked=law_rules.unverified),
    RepositoryRule(law_rules.author_is_known),
    RepositoryRule(law_rules.version_only_grows),
    RepositoryRule(site_rules.file_name_is_plain),
    RepositoryRule(path_rules.path_fits_every_system),
    RepositoryRule(path_rules.path_is_spelled_one_way),
    RepositoryRule(site_rules.address_is_unique),
    RepositoryRule(site_rules.file_is_claimed),
    RepositoryRule(site_rules.site_page_holds_no_marks),
    RepositoryRule(site_rules.site_page_begins_with_text),
    RepositoryRule(site_rules.site_page_has_a_readable_head),
    RepositoryRule(site_approval_rules.site_list_is_readable),
    RepositoryRule(site_approval_rules.site_file_is_listed),
    RepositoryRule(site_approval_rules.template_is_listed),
    RepositoryRule(git_rules.file_stands_in_the_commit),
    RepositoryRule(attribute_rules.attribute_is_harmless),
    RepositoryRule(proposal_rules.proposal_changes_one_thing),
    RepositoryRule(proposal_rules.proposal_keeps_records),
    RepositoryRule(site_html_rules.site_page_html_is_safe),
    RepositoryRule(image_rules.image_is_bound, craft=True),
    RepositoryRule(image_rules.image_is_plain),
    RepositoryRule(link_rules.link_resolves, built=True, unchecked=link_rules.no_preview),
    RepositoryRule(record_rules.record_is_kept, publishing=True),
    RepositoryRule(record_rules.tree_is_committed, publishing=True),
    RepositoryRule(git_rules.history_is_not_replaced, publishing=True),
    RepositoryRule(law_rules.law_is_in_force, publishing=True),
    RepositoryRule(site_approval_rules.site_is_approved, publishing=True),
    RepositoryRule(record_rules.article_is_approved, publishing=True),
    *PAGE_RULES,
    *SITE_RULES,
)


def check(examination: Examination, *, publishing: bool, craft: bool = True) -> Verdict:
    """Ask every rule, and report all that is found at once.

    publishing: whether to ask those, too, that only publication needs.
    craft: whether to ask those, too, that look at how articles are made: each is printed for it.
    Raises CannotExamineError where publishing needs Git and there is none.
    """
    repository = examination.repository
    if craft:
        # Each is printed right here.
        repository.read_ahead(sorted({*repository.slugs, *repository.record_paths}))
    examination.see_all()
    found = set(_made_badly(examination) if craft else ())
    asked = [
        rule
        for rule in RULES
        if isinstance(rule, RepositoryRule)
        and rule.is_asked(publishing=publishing, site=examination.site is not None)
        and (craft or not rule.craft)
    ]
    for rule in asked:
        found.update(rule.check(examination))
    return Verdict(
        findings=tuple(sorted(found)),
        unchecked=tuple(_unchecked(examination, asked)),
        articles=len(examination.repository.slugs),
    )


def _made_badly(examination: Examination) -> Iterator[Finding]:
    """What the rules about one article, and the reader of the bibliography, have to say."""
    yield from examination.repository.bibliography_findings
    for article in examination.articles:
        yield from article.findings


def judge(copy: Copy, proof: Proof) -> tuple[Finding, ...]:
    """What is wrong with one printed article: the rules a host asks for the page it prints."""
    article = prove(copy, proof)
    found = {
        each for rule in RULES if isinstance(rule, ArticleRule) for each in rule.check(article)
    }
    return tuple(sorted(found))


def _unchecked(examination: Examination, asked: Iterable[RepositoryRule]) -> Iterator[Unchecked]:
    for rule in asked:
        if rule.unchecked is not None:
            for reason in rule.unchecked(examination):
                yield Unchecked(rule=rule.name, reason=reason)
