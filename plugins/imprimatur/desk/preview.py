"""Builds the whole site with its host, every page marked as a preview."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from imprimatur.editorial.protected_branch import TRUST
from imprimatur.errors import CannotExamineError
from imprimatur.gate.headers import write_headers

if TYPE_CHECKING:
    from pathlib import Path

    from imprimatur.desk.common import Place


def build_preview(place: Place, site: Path) -> None:
    """Build the preview of a repository into a folder, by the host as its users run it.

    Servers to which it is brought are told to keep search engines away.

    Raises CannotExamineError, with what the host said, if it fails.
    """
    # Plain file names let the preview be opened from the disk, without a server.
    command = [sys.executable, "-m", "mkdocs", "build", "--clean", "--no-directory-urls"]
    command += ["--config-file", str(place.root / "mkdocs.yml"), "--site-dir", str(site)]
    environment = {**os.environ, "IMPRIMATUR_PREVIEW": "1", "NO_MKDOCS_2_WARNING": "1"}
    if place.trust is not None:
        environment[TRUST] = place.trust
    done = subprocess.run(
        command, capture_output=True, check=False, env=environment, cwd=place.root
    )
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        if "Traceback" in said:
            said = said.rsplit("\n", 1)[-1]
        raise CannotExamineError(f"MkDocs could not build the preview:\n{said}")
    write_headers(site, preview=True)
