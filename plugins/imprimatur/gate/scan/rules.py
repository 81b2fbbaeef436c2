"""Every rule about a built site, in the order in which they are asked."""

from __future__ import annotations

from typing import Final

from imprimatur.gate.rule import PageRule, SiteRule
from imprimatur.gate.scan import (
    article_rules,
    frame_rules,
    mark_rules,
    policy_rules,
    presence_rules,
    script_rules,
    search_rules,
    site_rules,
    source_rules,
    warning_rules,
)

PAGE_RULES: Final[tuple[PageRule, ...]] = (
    PageRule(article_rules.page_shows_what_was_approved),
    PageRule(article_rules.head_says_what_was_approved),
    PageRule(frame_rules.frame_is_claimed),
    PageRule(source_rules.page_says_what_its_source_says),
    PageRule(search_rules.search_says_what_its_page_says),
    PageRule(mark_rules.mark_is_resolved),
    PageRule(script_rules.script_is_claimed),
    PageRule(script_rules.style_is_claimed),
    PageRule(script_rules.host_is_claimed),
    PageRule(script_rules.page_stands_alone),
    PageRule(warning_rules.page_warns_in_time),
)

SITE_RULES: Final[tuple[SiteRule, ...]] = (
    SiteRule(presence_rules.article_has_its_page),
    SiteRule(presence_rules.site_page_is_there),
    SiteRule(site_rules.page_is_readable),
    SiteRule(site_rules.page_is_unique),
    SiteRule(site_rules.page_is_claimed),
    SiteRule(policy_rules.page_begins_with_its_policy),
    SiteRule(site_rules.address_resolves),
    SiteRule(site_rules.pending_text_is_absent),
)
