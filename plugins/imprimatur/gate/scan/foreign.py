"""Addresses that lead out of a site, as browsers read them."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

BLANK: Final = re.compile(r"[\x00-\x20]+")
"""What browsers leave out of an address, or out of its ends."""

LED: Final = frozenset({"a", "area"})
"""What a reader may follow."""

TOLD: Final = frozenset({"canonical", "alternate", "next", "prev", "license", "author", "help"})
"""What a link in the head may be without a browser loading it."""


def host_of(address: str) -> str:
    """The host that an address names, or the way that it takes; empty within a site."""
    try:
        parts = urlsplit(BLANK.sub("", address).replace("\\", "/"))
    except ValueError:
        return address
    return parts.netloc.lower() or (parts.scheme if parts.scheme and parts.path else "")
