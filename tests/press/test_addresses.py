"""Links that authors write between files lead readers between pages."""

from __future__ import annotations

import pytest

from imprimatur.press import print_copy

LINKS = [
    ("[x](other.md)", "../other/", "other.html"),
    ("[x](other.md#dose)", "../other/#dose", "other.html#dose"),
    ("[x](../about/policy.md)", "../../about/policy/", "../about/policy.html"),
    ("[x](../index.md)", "../../", "../index.html"),
    ("![x](img/scan.png)", "../img/scan.png", "img/scan.png"),
    ("[x](#safety)", "#safety", "#safety"),
    ("[x](https://example.org/a.md)", "https://example.org/a.md", "https://example.org/a.md"),
    ("[x](mailto:a@example.org)", "mailto:a@example.org", "mailto:a@example.org"),
]


@pytest.mark.parametrize(("written", "as_folder", "as_file"), LINKS)
def test_a_link_follows_the_way_the_host_publishes_pages(press, written, as_folder, as_file):
    copy = press.copy(written)
    assert f'="{as_folder}"' in print_copy(copy, directories=True).html
    assert f'="{as_file}"' in print_copy(copy, directories=False).html
