"""Measure the first visit of an article on a site of a thousand: `make lighthouse`.

The site is made in a temporary folder: this project's own articles, many times over under other
names, built as a preview and served on this machine. Exits with 1 where a figure misses its aim.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from compressing_server import serving

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "tools/npm/lighthouse/node_modules/lighthouse/cli/index.js"
ARTICLE = "spinal-mri"

# Without these Chromium calls home at every start; its sandbox refuses to start as root.
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True, slots=True)
class Aim:
    """What is measured, and the least or the most that it may be; neither is for information."""

    name: str
    unit: str = ""
    least: float | None = None
    most: float | None = None

    def met(self, value: float) -> bool:
        """Whether the value will do."""
        low = self.least is not None and value < self.least
        high = self.most is not None and value > self.most
        return not (low or high)

    def __str__(self) -> str:
        """Return the bound in words."""
        if self.least is not None:
            return f"at least {self.least:,}"
        return "" if self.most is None else f"at most {self.most:,}"


AIMS = {
    "performance": Aim("performance", least=95),
    "accessibility": Aim("accessibility", least=100),
    "best-practices": Aim("best practices", least=100),
    # A preview asks search engines to stay away, which costs points here.
    "seo": Aim("search engines"),
    "cumulative-layout-shift": Aim("layout shift", most=0.02),
    "largest-contentful-paint": Aim("largest paint", "ms"),
    "total-blocking-time": Aim("blocked", "ms"),
    "bytes": Aim("transferred", "bytes", most=150_000),
    "script": Aim("scripts of our own", "bytes", most=12_000),
    # Lighthouse's own measure. Other work on the machine lowers it, and performance with it.
    "speed": Aim("speed of the machine"),
}


def main() -> int:
    """Make the site, measure it, say how it did."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=1000, help="of the site, our own included")
    parser.add_argument("--runs", type=int, default=3, help="of which the medians count")
    parser.add_argument("--page", default=f"articles/{ARTICLE}/", help="which is measured")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = built(Path(folder), arguments.articles)
        with serving(site) as address:
            reports = [report(address + arguments.page) for _ in range(arguments.runs)]
    return 0 if judged(reports) else 1


def built(root: Path, articles: int) -> Path:
    """Build a site of so many articles and return where it is."""
    for name in ("docs", "editorial"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("mkdocs.yml", "bibliography.bib"):
        shutil.copy(ROOT / name, root)
    own = sorted((root / "docs/articles").glob("*.md"))
    for number, path in enumerate(islice(cycle(own), max(0, articles - len(own)))):
        text = path.read_text(encoding="utf-8")
        title = f"title: Demonstration {number}, "
        path.with_stem(f"{path.stem}-{number}").write_text(
            text.replace("title: ", title, 1), encoding="utf-8"
        )
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "A demonstration"]):
        person = ["-c", "user.name=Demonstration", "-c", "user.email=nobody@demonstration.example"]
        run([str(shutil.which("git")), *person, *command], root)
    print(f"building {articles} articles ...", file=sys.stderr)
    run([sys.executable, "-W", "ignore", "-m", "mkdocs", "build", "--quiet"], root)
    return root / "site"


def run(command: list[str], folder: Path) -> None:
    """Run a command in a folder and stop, with what it said, where it fails."""
    environment = {**os.environ, "IMPRIMATUR_PREVIEW": "1", "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


def report(address: str) -> dict[str, Any]:
    """Return what Lighthouse reports of a page seen on a phone, which is what it assumes."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    node = shutil.which("node")
    if chromium is None or node is None or not PROGRAM.exists():
        sys.exit("Chromium, Node.js and Lighthouse are needed; `make lighthouse` brings them")
    print("measuring ...", file=sys.stderr)
    command = [node, str(PROGRAM), address, "--output=json", "--quiet"]
    done = subprocess.run(
        [*command, f"--chrome-flags={' '.join(FLAGS)}"],
        env={**os.environ, "CHROME_PATH": chromium},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        sys.exit(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def figures(found: dict[str, Any]) -> dict[str, float]:
    """Return the figures of one report, under the names of their aims."""
    audits = found["audits"]
    requests = audits["network-requests"]["details"]["items"]
    scores = {name: round(100 * each["score"]) for name, each in found["categories"].items()}
    values = {name: audits[name]["numericValue"] for name in AIMS if name in audits}
    own = [each for each in requests if is_own_script(each["url"])]
    return {
        **scores,
        **values,
        "bytes": sum(each["transferSize"] for each in requests),
        "script": sum(each["transferSize"] for each in own),
        "speed": found["environment"]["benchmarkIndex"],
    }


def is_own_script(address: str) -> bool:
    """Whether a request brought a script of this project."""
    return "/assets/imprimatur" in address and urlsplit(address).path.endswith(".js")


def judged(reports: list[dict[str, Any]]) -> bool:
    """Print the medians, what was transferred, what lost points; return whether all will do."""
    measured = [figures(each) for each in reports]
    good = True
    for name, aim in AIMS.items():
        value = median(each[name] for each in measured)
        mark = "ok" if aim.met(value) else "MISSED"
        good = good and aim.met(value)
        shown = f"{value:,.3f}" if aim.most and aim.most < 1 else f"{value:,.0f}"
        print(f"{aim.name:<20} {shown:>9} {aim.unit:<6} {aim!s:<18} {mark if str(aim) else ''}")
    last = reports[-1]
    print("\ntransferred:")
    for each in last["audits"]["network-requests"]["details"]["items"]:
        if each["transferSize"]:
            print(f"{each['transferSize']:>9,}  {urlsplit(each['url']).path}")
    print("\nlost points:")
    for category in last["categories"].values():
        for reference in category["auditRefs"]:
            audit = last["audits"][reference["id"]]
            score = audit["score"]
            if reference["weight"] and score is not None and score < 1:
                print(f"{category['title']}: {audit['title']} ({score:.2f})")
    return good


if __name__ == "__main__":
    sys.exit(main())
