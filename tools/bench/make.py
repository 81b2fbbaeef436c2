"""Makes a demonstration site of many approved articles: `make.py FOLDER ARTICLES`.

Every signature is real and counts, and the history is one that a board would leave: the board
first, then each text in a commit of its own, and the acts about it in a merge. Git takes it in as
one stream, since to make each commit by itself would take hours.
"""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from library import ROOT, WORKS_EACH, bibliography, slug, writer
from people import AUTHOR, SITE, acts, approval_of_site, board, members

from imprimatur.bibliography import read_bibliography
from imprimatur.editorial.site_list import is_site_path, site_digest, site_list_text
from imprimatur.manuscript import manifest_of, read_manuscript

if TYPE_CHECKING:
    from collections.abc import Iterable

CONFIG: Final = """\
site_name: Demonstration
site_description: A demonstration. Nobody named here exists, and nothing here is approved.
theme: {name: material, font: false}
plugins: [imprimatur]
markdown_extensions: [imprimatur]
nav: [Articles: index.md]
not_in_nav: |
  /articles/*
"""

_STEP: Final = 120
"""Seconds from one commit to the next."""


class History:
    """A stream of commits, as ``git fast-import`` takes it."""

    def __init__(self, stream: IO[bytes], start: int) -> None:
        self._stream, self._at, self.marks = stream, start, 0

    @property
    def now(self) -> datetime:
        """When the next commit is made."""
        return datetime.fromtimestamp(self._at, tz=UTC)

    def commit(
        self, who: str, files: Iterable[tuple[str, bytes]], parents: tuple[int, ...], branch: str
    ) -> int:
        """Write a commit with some files, and give its mark."""
        self.marks += 1
        person = f"{who} <{who}@{SITE}> {self._at} +0000"
        first, rest = parents[:1], parents[1:]
        self._write(f"commit refs/heads/{branch}\nmark :{self.marks}\n")
        self._write(f"author {person}\ncommitter {person}\ndata 13\nDemonstration\n")
        for word, each in (("from", first), ("merge", rest)):
            for parent in each:
                self._write(f"{word} :{parent}\n")
        for path, data in files:
            self._write(f"M 100644 inline {path}\ndata {len(data)}\n")
            self._stream.write(data + b"\n")
        self._at += _STEP
        return self.marks

    def _write(self, text: str) -> None:
        self._stream.write(text.encode())


def make(root: Path, articles: int) -> None:
    """Make the site in a folder that is not there yet."""
    root.mkdir(parents=True)
    git(root, "init", "-q", "-b", "main")
    command = ["git", "-C", str(root), "fast-import", "--quiet"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as importing:
        if importing.stdin is None:
            raise RuntimeError("Git takes no input")
        # All of it lies in the past.
        start = int(time.time()) - (3 * articles + 10) * _STEP
        _write(History(importing.stdin, start), articles)
        importing.stdin.close()
    if importing.returncode:
        raise RuntimeError("Git did not take the history in")
    git(root, "reset", "-q", "--hard", "main")
    git(root, "branch", "-q", "-D", "acts")


def git(root: Path, *arguments: str) -> None:
    """Run Git in the site."""
    command = ["git", "-C", str(root), *arguments]
    subprocess.run(command, check=True)


def _write(history: History, articles: int) -> None:
    people, works = members(), -(-articles // WORKS_EACH) * WORKS_EACH
    bib = bibliography(works).encode()
    policy = (ROOT / "editorial/policy.yml").read_text(encoding="utf-8")
    files = {
        "mkdocs.yml": CONFIG.encode(),
        "docs/index.md": b"# Demonstration\n\n/// articles\n///\n",
        "editorial/policy.yml": policy.replace("imprimatur.example", SITE).encode(),
        "editorial/board.yml": board(people).encode(),
        "bibliography.bib": bib,
    }
    own = {path: site_digest(data) for path, data in files.items() if is_site_path(path)}
    files["editorial/site.yml"] = site_list_text(1, own).encode()
    main = history.commit(AUTHOR, files.items(), (), "main")
    signed = approval_of_site(site_digest(files["editorial/site.yml"]), people[0], history.now)
    main = history.commit(people[0].id, list(signed), (main,), "main")
    read, write = read_bibliography(bib, "bibliography.bib"), writer(works)
    for number in range(articles):
        name, text = slug(number), write(number).encode()
        path = f"docs/articles/{name}.md"
        manuscript = read_manuscript(text, path).value
        if manuscript is None:
            raise RuntimeError(f"{path} cannot be read")
        digest = manifest_of(manuscript, read, lambda _: None).digest
        main = history.commit(AUTHOR, [(path, text)], (main,), "main")
        pair = people[number % len(people)], people[(number + 1) % len(people)]
        deeds = list(acts(name, digest, pair, history.now))
        side = history.commit(pair[0].id, deeds, (main,), "acts")
        main = history.commit(pair[1].id, deeds, (main, side), "main")


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
