"""Tries for a long time to break what reads untrusted files: `soak [PART …] [--minutes N]`.

Parts: fuzz, pages, kill, mutants; without a name all of them. Each ends with one line of figures.
It fails where anything broke, and where a part could not be tried.
"""

from __future__ import annotations

import argparse
import re
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from browse import browse
from fuzz import fuzz
from killing import kill
from mutants import mutants

if TYPE_CHECKING:
    from collections.abc import Callable

PARTS: Final[dict[str, Callable[[argparse.Namespace], str]]] = {
    "fuzz": lambda wish: fuzz(wish.minutes, wish.seed),
    "pages": lambda wish: browse(wish.pages, wish.seed),
    "kill": lambda wish: kill(wish.kills),
    "mutants": lambda wish: mutants(wish.mutant_minutes, wish.seed),
}


def main() -> int:
    """Try each part that is wished for."""
    parser = argparse.ArgumentParser(prog="soak", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--minutes", type=float, default=20, help="to feed the readers")
    parser.add_argument("--pages", type=int, default=300, help="hostile pages to open")
    parser.add_argument("--kills", type=int, default=200, help="times to kill a publication")
    parser.add_argument("--mutant-minutes", type=float, default=20, help="to try changed programs")
    parser.add_argument("--seed", type=int, default=int(datetime.now(tz=UTC).timestamp()))
    wish = parser.parse_args()
    unknown = set(wish.parts) - PARTS.keys()
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}; of {', '.join(PARTS)}")
    broken = False
    for part in wish.parts or PARTS:
        line = PARTS[part](wish)
        broken = broken or not re.search(r"\b0 faults", line)
        print(f"{datetime.now(tz=UTC):%Y-%m-%d} {line}, seed {wish.seed}", flush=True)
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
