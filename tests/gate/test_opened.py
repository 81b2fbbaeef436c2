"""What of a page's source everybody reads alike is passed over at once, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprimatur.gate.scan.opened import read_apart

PARTS = (
    b'<p class="a b">', b"</p>", b"<br/>", b"a < b & c", b"\n", b"<!-- x -->", b"<p\n a = b c>",
    b"<svg>", b"<svg/>", b"</svg>", b"<g>", b"<path d='m0'/>", b"<style>", b"</style>", b"<stylex>",
    b"<title>x</title>", b'<script src="x">', b"</script", b"<xmp>", b"<math>", b"<![cdata[",
    b"<!doctype html>", b"<?x?>", b"<!--", b"-->", b"<", b">", b'"', b"'", b"=", b"/",
    b"<p x='<'>",
)  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=12))
def test_passing_over_a_run_changes_nothing_of_what_is_found(parts: list[bytes]):
    source = b"".join(parts)
    with pytest.MonkeyPatch.context() as tag_by_tag:
        tag_by_tag.setattr("imprimatur.gate.scan.opened._even", lambda _source, at: at)
        slowly = read_apart(source)
    assert read_apart(source) == slowly
