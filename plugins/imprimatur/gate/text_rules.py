"""Rules about the text of an article: its blocks, its HTML, its front matter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from imprimatur.manuscript import Mark, prose_lines
from imprimatur.manuscript.marks import BLOCK_IS_CLOSED, BLOCK_IS_KNOWN
from imprimatur.press.definitions import BELOW_MARK, INDENTED, SECOND, UNUSED
from imprimatur.press.guises import ALERT, ANOTHER_HOST, FENCE, RAISED, SMALLER, STRUCK, TICK
from imprimatur.press.tables import TOO_LONG, TOO_SHORT
from imprimatur.strict import SETTLE, UNSETTLED, unsettled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.errors import Finding
    from imprimatur.gate.examination import ArticleProof

_SNIPPET: Final = re.compile(r"[\s;]*-+8<-+")
_LARGE: Final = "write 16 or more, as digits alone, or leave it out"
_CURES: Final = {
    "src of <img>": "put the image beside the article, and name it without https:// or `#`",
    TOO_LONG: "give every row as many cells as the first",
    TOO_SHORT: ("give every row as many cells as the first; one that stays empty is written `| |`"),
    "href of <a>": "write the whole address with https://, or the file of a page: `other.md#part`",
    "width of <img>": _LARGE,
    "height of <img>": _LARGE,
    UNUSED: "use its name, `[words][name]`, or begin the line with other words",
    SECOND: "give it a name of its own",
    BELOW_MARK: "leave a blank line above it",
    INDENTED: "begin the line with its first word",
    ANOTHER_HOST: "say in words where it leads, or correct the address",
    RAISED: "link words of the sentence; `[@key]` makes a citation",
    SMALLER: "make them small once",
    STRUCK: "leave them out, or write `<del>` and `</del>` around them",
    ALERT: "write what it says as a paragraph, or in a block `/// safety`",
    TICK: "write the item without it",
    FENCE: "end it with a line of the same signs, and leave a blank line above it",
}
_TITLE: Final = "<h1>"
# A quotation, a list, a definition or a note may stand before it.
_FIRST_LEVEL: Final = re.compile(
    r"(?:[>\s:]|[-*+]\s|\d+[.]\s|\[\^[^\]]+\])*+(?:#(?!#)|=+\s*$)|.*<h1\b", re.IGNORECASE
)


def block_is_known(article: ArticleProof) -> Iterator[Finding]:
    """Every block is one that the press prints, with an argument it knows.

    Bad: /// evidence | guideline
    Good: /// evidence | guidelines
    """
    yield from (each for each in article.mark_findings if each.rule == BLOCK_IS_KNOWN)


def block_is_closed(article: ArticleProof) -> Iterator[Finding]:
    """Every block that is opened is closed, by as many slashes.

    Bad: /// safety, and no line /// below the passage
    Good: /// safety, the passage, and a line ///
    """
    yield from (each for each in article.mark_findings if each.rule == BLOCK_IS_CLOSED)


def block_is_printed(article: ArticleProof) -> Iterator[Finding]:
    """What the press prints as blocks is what stands as blocks in the source.

    Bad: a block indented into a list, which would be printed as text
    Good: a block at the beginning of the line, with blank lines around it
    """
    written = [mark.name for mark in article.marks]
    printed = list(article.proof.blocks)
    if written == printed or article.mark_findings:
        return
    lost = [mark for mark in article.marks if mark.name not in printed] or list(article.marks)
    message = f"the source holds the blocks {_list(written)}, the page {_list(printed)}"
    cure = "put each block at the beginning of a line, with blank lines around it"
    line = lost[0].line if lost else article.copy.manuscript.body_line
    yield article.finding(line, "block-is-printed", message, cure)


def answer_is_given(article: ArticleProof) -> Iterator[Finding]:
    """The article has exactly one answer, and it comes before everything else.

    Bad: an article that begins with its guidelines
    Good: an article that begins with /// answer
    """
    manuscript = article.copy.manuscript
    answers = [mark.line for mark in article.marks if mark.name == Mark.ANSWER]
    above = _first_text(manuscript.body, manuscript.body_line)
    cure = "begin the article with `/// answer`, two or three sentences, and a line `///`"
    if not answers:
        message, line = "there is no answer", manuscript.body_line
        yield article.finding(line, "answer-is-given", message, cure)
    elif above < answers[0]:
        message = f"something stands above the answer, which is on line {answers[0]}"
        yield article.finding(above, "answer-is-given", message, cure)
    for line in answers[1:]:
        message = f"this is another answer; the first is on line {answers[0]}"
        yield article.finding(line, "answer-is-given", message, "make one answer of them")


def article_is_not_empty(article: ArticleProof) -> Iterator[Finding]:
    """There is text below the front matter.

    Bad: a front matter with nothing below it
    Good: a front matter with an answer below it
    """
    if article.proof.is_empty:
        line = article.copy.manuscript.body_line
        message = "there is no text below the front matter"
        yield article.finding(line, "article-is-not-empty", message, "write the article")


def title_is_in_front_matter(article: ArticleProof) -> Iterator[Finding]:
    """The title is the only first-level heading, and stands in the front matter.

    Bad: # Results
    Good: ## Results
    """
    manuscript = article.copy.manuscript
    if _TITLE not in {what for _, what in article.proof.removed}:
        return
    lines = prose_lines(manuscript.body, manuscript.body_line)
    line = next(
        (number for number, line in lines if _FIRST_LEVEL.match(line)), manuscript.body_line
    )
    message = "a first-level heading stands in the text"
    cure = "use `##` for sections and `title:` for the title"
    yield article.finding(line, "title-is-in-front-matter", message, cure)


def html_is_safe(article: ArticleProof) -> Iterator[Finding]:
    """The author's HTML holds nothing that the sanitiser must take out.

    Bad: <img src="x" onerror="…">, <div hidden>, a link to javascript:
    Good: plain Markdown
    """
    for line, what in article.proof.removed:
        if what != _TITLE:
            message = f"{what} may not stand in an article"
            cure = _CURES.get(what, "delete it, or say it in Markdown")
            yield article.finding(line, "html-is-safe", message, cure)


def text_stands_in_the_manuscript(article: ArticleProof) -> Iterator[Finding]:
    """The manuscript holds its whole text: no snippet is included from another file.

    Bad: --8<-- "shared/dosing.md"
    Good: the text itself
    """
    manuscript = article.copy.manuscript
    # In code, too: the extension that includes snippets does not ask where it stands.
    for number, line in enumerate(manuscript.body.split("\n"), start=manuscript.body_line):
        if _SNIPPET.match(line):
            cure = "write the text here"
            message = "a snippet is included, which this version cannot bind to an approval"
            yield article.finding(number, "text-stands-in-the-manuscript", message, cure)


def merge_is_settled(article: ArticleProof) -> Iterator[Finding]:
    """No lines of a merge stand in the text: somebody chose between the two versions.

    Bad: <<<<<<< HEAD above one dose, ======= below it, and another dose above >>>>>>> theirs
    Good: the dose that is right
    """
    manuscript = article.copy.manuscript
    for line in unsettled(manuscript.body, manuscript.body_line):
        yield article.finding(line, "merge-is-settled", UNSETTLED, SETTLE)


def line_ends_clean(article: ArticleProof) -> Iterator[Finding]:
    """No line of a manuscript ends in blanks: they change the page and nobody sees them.

    Bad: a line that ends in two spaces
    Good: a line that ends in its last sign
    """
    manuscript = article.copy.manuscript
    for number, line in enumerate(manuscript.body.split("\n"), start=manuscript.body_line):
        if line != line.rstrip():
            message = "the line ends in blanks"
            yield article.finding(number, "line-ends-clean", message, "delete them")


def front_matter_fits_policy(article: ArticleProof) -> Iterator[Finding]:
    """The class and the audiences of an article are those of editorial/policy.yml.

    Bad: audiences: [doctor]
    Good: audiences: [clinician]
    """
    front, policy = article.copy.manuscript.front, article.copy.policy
    known = {each.id for each in policy.audiences}
    unknown = [("audience", each, known) for each in front.audiences if each not in known]
    if front.article_class not in policy.classes:
        unknown.append(("class", front.article_class, set(policy.classes)))
    for what, name, allowed in unknown:
        message = f"the {what} `{name}` is not in editorial/policy.yml"
        cure = f"choose of {', '.join(sorted(allowed))}"
        yield article.finding(1, "front-matter-fits-policy", message, cure)


def _first_text(body: str, first_line: int) -> int:
    """The line on which the text begins, comments of one line aside."""
    lines = (line.strip() for line in body.split("\n"))
    shown = (line and not (line.startswith("<!--") and line.endswith("-->")) for line in lines)
    return next((number for number, is_shown in enumerate(shown, start=first_line) if is_shown), 0)


def _list(names: list[str]) -> str:
    return ", ".join(names) or "none"
