"""Whatever an author writes, the examination ends in findings and not in a fault."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from conftest import Shelf

ARTICLES = Path(__file__).parents[1] / "articles"
HEAD = (ARTICLES / "passes/three-audiences.md").read_text().split("\n\n")[0]

# Pieces on which the parsers behind us have stumbled, alone or beside each other.
PIECES = [
    "[@park2019spinal, p. 170]", "[@nobody2091]", "@park2019spinal [", "</b>", "]", "[]",
    "[x](http://[bad)", '("(\\@', "/// safety\n", "///\n", "/// evidence | research\n", "<div>",
    "\n/// answer\n", "\n//// audience | patient clinician\n", "\n////\n",
    "/// audience | patient\n", "Hypersensitivity contraindicates. ", "Dr. No et al. gave 0.5 mg. ",
    "</div>", "<!--", "-->", "<![CDATA[", "<?php", "&lt;", "&#2;", "[^1]", "\n[^1]: note\n",
    "| a | b |\n|---|---|\n| c |", "    ", "\n\n", "\n", "> ", "- ", "1. ", "\nterm\n:   meaning\n",
    "```\n", "# ", "## References\n", "![x](y.png)", "**", "_", "`", "\\", "\u2265",
    "<svg/onload=x>", "mg [@saha2025dce] ", "a@b.example",
]  # fmt: skip

bodies = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=30).map("".join)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(body=bodies)
def test_no_body_makes_the_examination_fail(shelf: Shelf, body: str):
    text = f"{HEAD}\n\n{body}\n".encode(errors="surrogatepass")
    shelf.put("docs/articles/contrast.md", text)
    verdict = shelf.examine()
    assert all(finding.message and finding.cure for finding in verdict.findings)
    assert all(finding.path for finding in verdict.findings)
