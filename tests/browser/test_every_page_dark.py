"""Every page of the demonstration again, in the dark; a file of its own for a core of its own."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("width", [320, 1280])
def test_no_dark_page_has_a_violation_in_any_variant(look_at_every_page, width):
    assert look_at_every_page(width, "dark") == []
