"""A host that is loaded before there is anything to build: ``python -m imprimatur.hosts.waiting``.

Called with the name of MkDocs or ProperDocs. It reads one line, as JSON: ``folder`` to build in,
``environment`` to add, and the ``arguments`` of the host's own command. Without a line it ends.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from importlib import import_module
from typing import Final

from imprimatur.strict.garbage import look_seldom

_USED: Final = ("commands.build", "config.defaults")
"""What a host itself loads only when it builds."""

_OURS: Final = ("imprimatur.hosts.mkdocs", "imprimatur.hosts.extension")


def main() -> None:
    """Load the host, wait for what to build, and build it as the host's command does."""
    host = sys.argv[1]
    # The host first: what ours import by MkDocs' name may be ProperDocs.
    command = import_module(f"{host}.__main__").cli
    for module in (*(f"{host}.{each}" for each in _USED), *_OURS):
        import_module(module)
    # What is loaded stays, and is looked through no more.
    gc.collect()
    gc.freeze()
    look_seldom()
    line = sys.stdin.buffer.readline()
    if line:
        order = json.loads(line)
        os.environ.update(order["environment"])
        os.chdir(order["folder"])
        command(order["arguments"], prog_name=host)


if __name__ == "__main__":
    main()
