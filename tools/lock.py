"""Resolve the lock files from pyproject.toml, or tell whether they still follow from it.

tools/lock.py             bring them in line, keeping every version that still fits
tools/lock.py --upgrade   take the newest versions that pyproject.toml allows
tools/lock.py --check     change nothing; exit 1 when they are not in line
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = "requirements.lock"
DEVELOPMENT = "requirements-dev.lock"

# The second is resolved under the first, so that both fit into one environment.
LOCKS = {
    RUNTIME: ["pyproject.toml", "--extra", "site", "--group", "build"],
    DEVELOPMENT: ["--group", "test", "--group", "check", "--constraints", RUNTIME],
}

COMPILE = [
    "pip",
    "compile",
    "--quiet",
    "--universal",
    "--python-version=3.11",
    "--no-python-downloads",
    # One version of a package for all: the same commit gives the same page on every Python.
    "--fork-strategy=fewest",
    "--generate-hashes",
    # A lock says what, by its hash; where it comes from is each machine's own setting.
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--custom-compile-command=make lock",
]


def main() -> int:
    """Do what the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true")
    mode.add_argument("--upgrade", action="store_true")
    arguments = parser.parse_args()

    # In a folder of its own: the files name each other without a machine's path, and a check
    # leaves no trace. The present locks go along, since the resolver keeps the versions and the
    # hashes it finds in its output: a new release upstream makes no lock stale, only a change of
    # pyproject.toml does.
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name in ("pyproject.toml", *LOCKS):
            if (ROOT / name).exists():
                shutil.copy(ROOT / name, place)
        for name, sources in LOCKS.items():
            if not resolve(place, name, sources, upgrade=arguments.upgrade):
                return 1
        stale = [name for name in LOCKS if read(place / name) != read(ROOT / name)]
        if arguments.check:
            for name in stale:
                print(f"{name}: does not follow from pyproject.toml; run `make lock`, commit both")
            return 1 if stale else 0
        for name in stale:
            shutil.copy(place / name, ROOT / name)
    print("renewed: " + ", ".join(stale) if stale else "the locks were in line")
    return 0


def resolve(place: Path, name: str, sources: list[str], *, upgrade: bool) -> bool:
    """Write one lock into the folder; say why when that cannot be done."""
    newest = ["--upgrade"] if upgrade else []
    uv = str(Path(sys.executable).with_name("uv"))
    command = [uv, *COMPILE, f"--python={sys.executable}", *newest, "--output-file", name, *sources]
    done = subprocess.run(
        command, cwd=place, env=environment(), stdout=subprocess.DEVNULL, check=False
    )
    if done.returncode != 0:
        print(f"{name}: could not be resolved", file=sys.stderr)
        return False
    if "://" in read(place / name):
        print(f"{name}: holds an address; depend on names and versions only", file=sys.stderr)
        return False
    return True


def environment() -> dict[str, str]:
    """Return this environment, with uv sent to the index that pip is set to use."""
    settings = dict(os.environ)
    if not settings.keys() & {"UV_DEFAULT_INDEX", "UV_INDEX_URL"}:
        asked = [sys.executable, "-m", "pip", "config", "get", "global.index-url"]
        answer = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
        index = settings.get("PIP_INDEX_URL") or answer
        if index:
            settings["UV_DEFAULT_INDEX"] = index
    return settings


def read(path: Path) -> str:
    """Return a lock's text, empty when there is none yet."""
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
