"""The rules of a good bibliography, by name."""

from __future__ import annotations

from imprimatur.errors import RuleName

READABLE = RuleName("bibliography-is-readable")
KEY_UNIQUE = RuleName("key-is-unique")
TYPE_KNOWN = RuleName("entry-type-is-known")
COMPLETE = RuleName("entry-is-complete")
FIELD_SINGLE = RuleName("field-is-single")
IDENTIFIER = RuleName("identifier-is-well-formed")
LINK_HTTP = RuleName("link-is-http")
KIND_KNOWN = RuleName("evidence-kind-is-known")
CROSSREF = RuleName("crossref-resolves")
