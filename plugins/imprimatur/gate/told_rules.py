"""Rules that are asked in a place of their own: by a host, of its settings, or of a release."""

from __future__ import annotations

from typing import Final

from imprimatur.errors import RuleName
from imprimatur.gate.rule import RuleText, ToldRule

TOLD_RULES: Final[tuple[ToldRule, ...]] = (
    ToldRule(
        name=RuleName("settings-are-staged"),
        text=RuleText(
            meaning="mkdocs.yml holds all settings itself, and names the folders of this site.",
            bad="INHERIT: ../other.yml; docs_dir: elsewhere; use_directory_urls: false",
            good="site_name, theme, plugins and nav in mkdocs.yml itself",
        ),
    ),
    ToldRule(
        name=RuleName("page-is-known"),
        text=RuleText(
            meaning="The host says which page it prints: of no other is it known how it stands.",
            bad="`imprimatur` under `markdown_extensions:` of mkdocs.yml and not under `plugins:`",
            good="`imprimatur` under both",
        ),
    ),
    ToldRule(
        name=RuleName("page-is-staged"),
        text=RuleText(
            meaning="A host prints no article of a staged tree that was not printed before it.",
            bad="docs/articles/spinal-mri.md put into the staged tree by somebody else",
            good="the tree as `imprimatur publish` stages it",
        ),
    ),
    ToldRule(
        name=RuleName("release-is-whole"),
        text=RuleText(
            meaning="A published folder holds what was published, to the byte, and nothing else.",
            bad="a page that was edited on the server, or a file that release.json does not name",
            good="a folder as `imprimatur publish` left it",
        ),
    ),
    ToldRule(
        name=RuleName("release-is-derived"),
        text=RuleText(
            meaning="What a release says of its articles is what its commit says, derived anew.",
            bad="release.json calls an article approved that was under review in that commit",
            good="release.json as `imprimatur publish` wrote it",
        ),
    ),
)
