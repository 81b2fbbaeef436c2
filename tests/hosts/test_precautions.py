"""What a host is kept from: an article that something changed behind the press."""

from __future__ import annotations

import pytest
from mkdocs.exceptions import PluginError

from imprimatur.hosts.precautions import refuse_altered_page


def test_an_article_is_held_wherever_it_begins_and_only_as_a_whole():
    printed = f'<article class="imp-article">{"5 mg. " * 50}</article>'
    begun = printed[:150]
    for page in (printed, f"<body>{begun}{printed}</body>", f"{begun}{begun}{printed}{begun}"):
        refuse_altered_page("articles/a.md", page, printed, preview=False)
    for page in ("", begun, f"{printed[:-1]}{printed[:-1]}", printed.replace("5", "50", 1)):
        with pytest.raises(PluginError, match="does not hold what the press printed"):
            refuse_altered_page("articles/a.md", page, printed, preview=False)
