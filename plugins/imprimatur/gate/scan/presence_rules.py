"""Rules about the pages that must be there."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from imprimatur.errors import Finding, RuleName
from imprimatur.gate.host_settings import SETTINGS
from imprimatur.gate.scan.lists import addresses
from imprimatur.gate.scan.site_words import settings_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.gate.scan.site_rules import BuiltSite
    from imprimatur.gate.scan.site_words import Setting

_LEFT_OUT: Final = frozenset({"exclude_docs", "draft_docs"})
"""Settings that keep pages from being built."""

_UNSURE: Final = frozenset("\\[")
"""Signs that such a line reads by rules of its own."""

_MANY: Final = re.compile(r"(?:\*{2,}/)+")
_UNBUILT: Final = "templates/"
"""A folder that MkDocs passes over."""

_BUILD: Final = "build the site again from the staged tree"


def article_has_its_page(site: BuiltSite) -> Iterator[Finding]:
    """Every article that is published has its page, at its own address.

    Bad: a release in which the page of an approved article is missing
    Good: articles/spinal-mri/index.html
    """
    there = {site.claims.slug(path) for path in site.sheets}
    for slug in sorted(site.claims.printed.keys() - there):
        message = "the article is published, and its page is not there"
        path = f"articles/{slug}/index.html"
        yield _finding(path, "article-has-its-page", message)


def site_page_is_there(site: BuiltSite) -> Iterator[Finding]:
    """Every page of the site's own has its page, unless the site's settings may leave it out.

    Bad: a release without the page of what to ask before a scan
    Good: about/index.html of docs/about.md
    """
    lists, settings = site.claims.lists, settings_of(site.claims.plan.files.get(SETTINGS, b""))
    told = [each for each in settings if each.path[0] in _LEFT_OUT]
    for name in lists.sources.keys() - lists.generated.keys():
        path = addresses(name)[0]
        is_unbuilt = name.startswith(_UNBUILT) or any(_may_leave_out(each, name) for each in told)
        if not _is_built(site, name) and not is_unbuilt:
            message = f"the page of docs/{name} is not there"
            yield _finding(path, "site-page-is-there", message)


def _is_built(site: BuiltSite, name: str) -> bool:
    return any(path in site.sheets for path in addresses(name))


def _may_leave_out(setting: Setting, name: str) -> bool:
    """Whether a setting could keep a page from being built: too often rather than too seldom."""
    if not setting.is_text or len(setting.path) > 1:
        return bool(setting.value)
    return any(_may_match(line.rstrip(), name) for line in setting.value.splitlines())


def _may_match(pattern: str, name: str) -> bool:
    """Whether a line as of a `.gitignore` could name a file, or a folder that it lies in."""
    # Not by pathspec, as hosts do: eight stars in a line cost it twenty seconds for one name.
    if not pattern or pattern.startswith(("#", "!")):
        return False
    if _UNSURE.intersection(pattern):
        return True
    pattern = _MANY.sub("**/", pattern)
    is_from_root = "/" in pattern.rstrip("/") and not pattern.startswith(("**/", "/**/"))
    loose = pattern.strip("/").removeprefix("**/").replace("/**/", "/*")
    whole = f"{'' if is_from_root else '*'}/{loose}"
    return any(fnmatchcase(f"/{name}", f"{whole}{end}") for end in ("", "/*"))


def _finding(path: str, rule: str, message: str) -> Finding:
    return Finding(path=path, line=0, rule=RuleName(rule), message=message, cure=_BUILD)
