"""A real browser, and a local server for what was built.

Neither is ever skipped: a page that no browser has shown has not been tested.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote, urlsplit

import pytest

from browsers import running_browser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

# Without these Chromium calls home at every start, which fails on a closed network and, on an
# open one, makes a test depend on it.
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# Its rules of WCAG 2.2 are off unless asked for.
AXE = """
async () => {
  const rules = axe.getRules(["wcag22aa"]).map((rule) => [rule.ruleId, { enabled: true }]);
  const options = { resultTypes: ["violations"], rules: Object.fromEntries(rules) };
  const { violations } = await axe.run(document, options);
  return violations.flatMap((rule) => rule.nodes.map((node) => {
    const mend = node.failureSummary.replace(/\\s+/g, " ");
    return `${rule.id} (${rule.impact}): ${node.target.join(" ")}: ${mend}`;
  }));
}
"""


FEWEST_PAGES = 35
LOOKED = "looked at"
# One audience for each text that the page can show.
VARIANTS = """() => [...new Map([...document.querySelectorAll('.imp-audience input')]
  .map(each => [each.dataset.shows, each.value])).values()]"""


class OpenPage(Protocol):
    """Open a page of its own, at an address where one is given.

    Options are those of Playwright's `Browser.new_context`: `java_script_enabled=False`,
    `viewport={"width": 360, "height": 640}`, `reduced_motion="reduce"` ...
    """

    def __call__(self, url: str | None = None, **options: object) -> Page:
        """Return the page, loaded."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Run the Chromium that is installed; Playwright's own where there is none on PATH."""
    with running_browser(FLAGS) as browser:
        yield browser


@pytest.fixture
def page(chromium: Browser) -> Iterator[OpenPage]:
    """Open pages that know nothing of each other: each has its own storage and settings."""
    with contextlib.ExitStack() as opened:

        def open_page(url: str | None = None, **options: object) -> Page:
            context = chromium.new_context(**options)  # type: ignore[arg-type]
            opened.callback(context.close)
            shown = context.new_page()
            if url is not None:
                shown.goto(url)
            return shown

        yield open_page


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Leave the test's output to the test."""


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve a folder on this machine and return its address, which ends in a slash."""
    with contextlib.ExitStack() as running:

        def serve_folder(folder: Path) -> str:
            handler = partial(_Quiet, directory=str(folder))
            server = running.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), handler))
            # Asked often whether to stop: the usual half second is paid again by every server.
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
            running.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_port}/"

        yield serve_folder


@pytest.fixture(scope="session")
def axe(brought: Callable[[str], Path]) -> Callable[[Page], list[str]]:
    """Say what an open page keeps from people: ``rule (impact): selector: how to mend it``.

    By every rule that axe has on, those of good practice among them, and all of WCAG 2.2 AA.
    """
    script = brought("axe-core/axe.min.js").read_text(encoding="utf-8")

    def violations(page: Page) -> list[str]:
        page.evaluate(script)
        return page.evaluate(AXE)

    return violations


@pytest.fixture(scope="session")
def nu(brought: Callable[[str], Path]) -> Callable[[Iterable[Path]], list[str]]:
    """Say what is no valid HTML in files: ``path:line: what is wrong``. Costs seconds: ask once."""
    jar = brought("vnu-jar/build/dist/vnu.jar")
    java = shutil.which("java")
    if java is None:
        pytest.fail("Java is missing, `make test` brings it")

    def errors(paths: Iterable[Path]) -> list[str]:
        options = ["-jar", str(jar), "--errors-only", "--format", "json", "--stdout"]
        done = subprocess.run(
            [java, *options, *map(str, paths)], capture_output=True, text=True, check=False
        )
        try:
            messages = json.loads(done.stdout)["messages"]
        except (ValueError, KeyError):
            pytest.fail(f"the checker of HTML did not run: {done.stdout}{done.stderr}")
        return [
            f"{unquote(urlsplit(each.get('url', '')).path)}:{each.get('lastLine', 0)}:"
            f" {each['message']}"
            for each in messages
        ]

    return errors


@pytest.fixture(scope="session")
def brought(repository_root: Path) -> Callable[[str], Path]:
    """Find a file of what npm brings for the tests; fail where it did not."""

    def find(path: str) -> Path:
        found = repository_root / "tools/npm/checks/node_modules" / path
        if not found.exists():
            pytest.fail(f"{path} is missing, `make test` brings it")
        return found

    return find


@pytest.fixture(scope="session")
def gallery_tree(repository_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the demonstration of every standing, and of pages that try the design."""
    target = tmp_path_factory.mktemp("gallery") / "site"
    command = [sys.executable, "-W", "ignore", str(repository_root / "tools/gallery"), str(target)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return target


@pytest.fixture(scope="session")
def gallery(gallery_tree: Path, serve: Callable[[Path], str]) -> str:
    """Serve the demonstration; the address ends in a slash."""
    return serve(gallery_tree)


@pytest.fixture(scope="session")
def gallery_paths(gallery_tree: Path) -> list[str]:
    """Name every page of the demonstration, as its tree holds them."""
    found = gallery_tree.rglob("*.html")
    paths = sorted(path.relative_to(gallery_tree).as_posix() for path in found)
    assert len(paths) >= FEWEST_PAGES, "the demonstration is not whole"
    return paths


@pytest.fixture
def look_at_every_page(
    page: OpenPage,
    gallery: str,
    gallery_paths: list[str],
    axe: Callable[[Page], list[str]],
    record_property: Callable[[str, object], None],
) -> Callable[[int, str], list[str]]:
    """Return what axe finds on every page of the demonstration, in each of its variants."""

    def look(width: int, scheme: str) -> list[str]:
        shown = page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        found, looks = [], 0
        for path in gallery_paths:
            shown.goto(gallery + path)
            for audience in shown.evaluate(VARIANTS) or [None]:
                if audience:
                    shown.check(f".imp-audience input[value={audience}]")
                found += [f"{path} {audience or ''}: {each}" for each in axe(shown)]
                looks += 1
        pages = f"axe: {len(gallery_paths)} pages, {looks} looks at {width} px, {scheme}"
        record_property(LOOKED, pages)
        return found

    return look


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many pages were looked at: none would be no proof."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, value in getattr(report, "user_properties", ()):
            if name == LOOKED:
                terminalreporter.write_line(str(value))
