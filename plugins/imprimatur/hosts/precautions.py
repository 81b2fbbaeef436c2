"""What a host's settings, hooks and templates could do around the press, refused.

The gate asks what is in the repository; these ask whether this host shows exactly that.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mkdocs.exceptions import PluginError

from imprimatur.editorial.places import ARTICLES
from imprimatur.errors import CannotExamineError, Outcome
from imprimatur.gate import Examination, Verdict, check
from imprimatur.hosts.staged import StagedEdition

if TYPE_CHECKING:
    from datetime import datetime

    from mkdocs.config.defaults import MkDocsConfig

    from imprimatur.editorial import Repository

EXTENSION: Final = "imprimatur"
"""The name of the Markdown extension in the host's configuration."""

_BOX: Final = re.compile(r'(<input class="md-toggle" [^>]*?) autocomplete="off"')

_BEGIN: Final = 100
"""Signs by which an article is told from all else on its page."""

_NOINDEX: Final = '<meta name="robots" content="noindex, nofollow">'


def refuse_other_settings(config: MkDocsConfig, root: Path) -> None:
    """Refuse settings under which the host would show other files than the gate judged."""
    if Path(config.docs_dir).resolve() != (root / "docs").resolve():
        raise PluginError(
            f"imprimatur: docs_dir is {config.docs_dir}, but articles are judged in docs/ beside "
            "mkdocs.yml; remove `docs_dir`"
        )
    if EXTENSION not in config.markdown_extensions:
        raise PluginError(
            "imprimatur: nothing would be printed; add `imprimatur` to `markdown_extensions`"
        )
    if EXTENSION in config.mdx_configs:
        raise PluginError(
            "imprimatur: it is listed twice, or given options; list `imprimatur` once under "
            "`plugins` and once under `markdown_extensions`, without options"
        )


def refuse_altered_page(source: str, output: str, printed: str | None, *, preview: bool) -> None:
    """Refuse a page on which something else changed the article or unmarked the preview.

    source: the file below docs/; output: the page; printed: the article as the press printed it.
    """
    if printed is not None and not _holds(output, printed):
        raise PluginError(
            f"imprimatur: the page of docs/{source} does not hold what the press printed; a hook, "
            "a template, a plugin or an extension changes it: remove it from mkdocs.yml"
        )
    if preview and _NOINDEX not in output:
        raise PluginError(
            f"imprimatur: the preview of docs/{source} would not keep search engines away; its "
            "template lacks our block `extrahead`: use Material, and no main.html of your own"
        )


def _holds(output: str, printed: str) -> bool:
    """Whether a page holds an article, whose beginning is found far sooner than all of it."""
    begin, at = printed[:_BEGIN], -1
    while (at := output.find(begin, at + 1)) >= 0:
        if output.startswith(printed, at):
            return True
    return False


def without_misused_attributes(page: str) -> str:
    """A page without the attribute that HTML does not know on the theme's check boxes."""
    return _BOX.sub("\\1", page)


def refuse_unless_granted(repository: Repository, now: datetime) -> None:
    """Refuse to publish, with every reason, unless the gate grants it."""
    # The links of a site that is not built yet are looked at by `imprimatur check`.
    try:
        verdict = check(Examination(repository, now), publishing=True)
    except CannotExamineError as error:
        raise PluginError(f"imprimatur: {error}") from None
    if verdict.outcome is not Outcome.GRANTED:
        raise PluginError(_refused(verdict))


def opened_stage(file: str, root: Path, *, directories: bool) -> StagedEdition:
    """The staged edition of a tree, or a refusal in the host's own words."""
    try:
        return StagedEdition(file, root, directories=directories)
    except CannotExamineError as error:
        raise PluginError(f"imprimatur: {error}") from None


def _refused(verdict: Verdict) -> str:
    found = [f"  {finding}" for finding in verdict.findings]
    found += [f"  not checked: {each.rule}: {each.reason}" for each in verdict.unchecked]
    if not verdict.articles:
        found.append(f"  {ARTICLES}: there is no article, and nothing proves nothing")
    return "\n".join(
        (
            "imprimatur: not published, because not everything is approved:",
            *found,
            "To look at it all, marked as not reviewed: imprimatur build --preview",
        )
    )
