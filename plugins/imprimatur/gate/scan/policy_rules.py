"""A rule about the policy in each page, by which a browser runs nothing but what was built in."""

from __future__ import annotations

import re
from contextlib import suppress
from html import unescape
from typing import TYPE_CHECKING, Final

from imprimatur.errors import CannotExamineError, Finding, RuleName
from imprimatur.gate.headers import FOR_SERVERS, policy_of
from imprimatur.gate.release_file import RELEASE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.gate.scan.site_rules import BuiltSite

_BEGUN: Final = re.compile(
    rb"\s*<!doctype html>\s*<html[^<>]*>\s*<head>\s*(?:<meta [^<>]*>\s*)*?<meta charset=[^<>]*>"
    rb"<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"<>]*)\">",
    re.IGNORECASE,
)
"""What stands before a policy does not obey it, and what is no part of a head ends the head."""

_UNSURE: Final = frozenset({"script-is-claimed", "style-is-claimed", "page-is-readable"})
"""Rules of what the policy of a site names, digest by digest: they come first."""

_CURE: Final = "let `imprimatur publish` write it; nothing may change a page afterwards"


def policy_in(data: bytes) -> str:
    """The policy with which a page begins, as `imprimatur publish` writes it; empty without."""
    found = _BEGUN.match(data)
    return unescape(found[1].decode("utf-8", errors="replace")) if found else ""


def page_begins_with_its_policy(site: BuiltSite) -> Iterator[Finding]:
    """Each page begins with the policy that `imprimatur publish` writes for this site.

    It is asked of a site in which anything shows that it was published so: a page with a policy, a
    file for the server, the file of a release. Who builds and serves a site otherwise has none.

    Bad: <head><meta charset="utf-8"><script src="own.js"></script>
    Good: <head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="…">
    """
    pages = {path: each for path, each in site.sheets.items() if each.code is not None}
    is_asked = any(each in site.sheets for each in (RELEASE, *FOR_SERVERS)) or any(
        each.policy for each in pages.values()
    )
    sheets = site.sheets.values()
    found = (each.rule for one in sheets for each in (*one.findings, *one.unreadable))
    if not is_asked or not _UNSURE.isdisjoint(found):
        return
    with suppress(CannotExamineError):
        policy = policy_of(each.code for each in pages.values() if each.code)
        for path, sheet in pages.items():
            if sheet.policy != policy:
                told = "begins with another policy than" if sheet.policy else "does not begin with"
                message = f"the page {told} the one that names the site's scripts and styles"
                yield Finding(
                    path=path,
                    line=0,
                    rule=RuleName("page-begins-with-its-policy"),
                    message=message,
                    cure=_CURE,
                )
