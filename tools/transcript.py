"""Play the demonstration and print it as the tutorial shows it, one block for each heading.

With --write, put the blocks into docs/about/tutorial.md, in their order.
"""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

PAGE = Path(__file__).parents[1] / "docs/about/tutorial.md"
BLOCK = re.compile(r"^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^== .*\n", re.MULTILINE)
# What differs each time, and what stands for it on the page, as long as that, so that tables hold.
DIFFERENT = (
    (re.compile(r"\b\d{8}T\d{6}Z"), "YYYYMMDDTHHMMSSZ"),
    (re.compile(r"\b20[2-9]\d-\d\d-\d\dT\d\d:\d\d:\d\dZ"), "YYYY-MM-DDTHH:MM:SSZ"),
    (re.compile(r"\b20[2-9]\d-\d\d-\d\d\b"), "YYYY-MM-DD"),
    (re.compile(r"\b\d\d:\d\d(?=Z)"), "HH:MM"),
)
DIGEST = re.compile(r"\b(?:[0-9a-f]{4} ){15}[0-9a-f]{4}\b|\b(?=[a-f]*[0-9])[0-9a-f]{12,64}\b")
KEY = re.compile(r"(?<=SHA256:)[A-Za-z0-9+/]{43}")
# Chosen by the author of the demonstration, and so the same each time.
KEPT = "2020-12-31"


def played() -> list[str]:
    """The blocks of a new run of the demonstration. Ends the program where it fails."""
    with TemporaryDirectory() as folder:
        place = Path(folder).resolve() / "demonstration"
        command = [sys.executable, "-W", "ignore", "-m", "imprimatur.desk", "demo"]
        done = subprocess.run(
            [*command, "--keep", str(place)], capture_output=True, encoding="utf-8", check=False
        )
    if done.returncode:
        sys.exit(f"The demonstration failed:\n{done.stdout[-3000:]}{done.stderr}")
    return blocks(done.stdout, place)


def blocks(transcript: str, place: Path) -> list[str]:
    """The part below each heading, without what differs each time.

    place: the folder it was played in. The first and the last line of the whole stand in no block.
    """
    parts = HEADING.split(_settled(transcript.replace(str(place), "…")))[1:]
    parts[-1] = parts[-1].rsplit("\nDEMONSTRATION", 1)[0]
    return [part.strip("\n") + "\n" for part in parts]


def _settled(text: str) -> str:
    text = text.replace(KEPT, "\0")
    text = DIGEST.sub(lambda match: _like(match[0]), text)
    text = KEY.sub(lambda match: "".join(islice(cycle("EXAMPLE"), len(match[0]))), text)
    for pattern, instead in DIFFERENT:
        text = pattern.sub(instead, text)
    return "\n".join(line.rstrip() for line in text.replace("\0", KEPT).split("\n"))


def _like(digest: str) -> str:
    """Hexadecimal digits as long as these, the blanks where they were."""
    signs = cycle("0123456789abcdef")
    return "".join(sign if sign == " " else next(signs) for sign in digest)


def main() -> None:
    """Print the blocks, or put them into the page."""
    made = played()
    if sys.argv[1:] != ["--write"]:
        print("\n".join(f"```text\n{block}```" for block in made))
        return
    page = PAGE.read_text(encoding="utf-8")
    if len(BLOCK.findall(page)) != len(made):
        sys.exit(f"{PAGE} has {len(BLOCK.findall(page))} blocks, and needs {len(made)}")
    waiting = iter(made)
    page = BLOCK.sub(lambda _: f"```text\n{next(waiting)}```", page)
    PAGE.write_text(page, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
