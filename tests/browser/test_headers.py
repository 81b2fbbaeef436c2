"""The policy that every page carries lets all of it work, and nothing that was not built in."""

from __future__ import annotations

import contextlib
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from imprimatur.gate.headers import write_headers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REFUSED = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => {
  refused.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`);
});
"""
# Loaded, painted, and whatever was scheduled for a quiet moment done.
PAINTED = """() => new Promise((done) =>
  requestAnimationFrame(() => requestIdleCallback(() => setTimeout(done, 50))))"""
INJECTED = "<script>window.struck = 1</script><img src=x onerror='window.struck = 2'>"
FOREIGN = "<script src='https://demonstration.example/x.js'></script>"


def rules(site: Path) -> list[tuple[str, str, str]]:
    """Read ``_headers`` as its hosts do: pattern of an address, name and value of a header."""
    found, pattern = [], ""
    for line in (site / "_headers").read_text(encoding="utf-8").splitlines():
        if line.startswith("/"):
            pattern = line
        else:
            name, value = line.strip().split(": ", 1)
            found.append((pattern, name, value))
    return found


class _Server(SimpleHTTPRequestHandler):
    """Sends the headers that a site asks for, and its own page for a wrong address."""

    def __init__(self, *arguments: object, rules: list[tuple[str, str, str]], **more: str) -> None:
        self.rules = rules
        super().__init__(*arguments, **more)  # type: ignore[arg-type]

    def end_headers(self) -> None:
        path = self.path.split("?")[0]
        for pattern, name, value in self.rules:
            if pattern in ("/*", path):
                self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        del message, explain
        page = Path(self.directory, "404.html")
        body = page.read_bytes() if page.exists() else b""
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Leave the test's output to the test."""


@pytest.fixture(scope="module")
def serve_as_asked() -> Iterator[Callable[[Path, list[tuple[str, str, str]]], str]]:
    """Serve a folder with headers; the address ends in a slash."""
    with contextlib.ExitStack() as running:

        def serve_folder(folder: Path, asked: list[tuple[str, str, str]]) -> str:
            handler = partial(_Server, directory=str(folder), rules=asked)
            server = running.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), handler))
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
            running.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_port}/"

        yield serve_folder


@pytest.fixture(scope="module")
def tree(gallery_tree, tmp_path_factory) -> Path:
    """A built site with the policy in it, and one page into which somebody wrote more."""
    site = tmp_path_factory.mktemp("headers") / "site"
    shutil.copytree(gallery_tree, site)
    write_headers(site)
    page = (site / "articles/approved/index.html").read_text(encoding="utf-8")
    page = page.replace("</article>", f"{INJECTED}{FOREIGN}</article>")
    (site / "articles/struck").mkdir()
    (site / "articles/struck/index.html").write_text(page, encoding="utf-8")
    return site


@pytest.fixture(scope="module", params=["sent by the server", "in the page alone"])
def served(request, tree, serve_as_asked) -> str:
    """The site under a server that sends its headers, and under one that sends none."""
    return serve_as_asked(tree, rules(tree) if request.param == "sent by the server" else [])


@pytest.fixture
def watched(page):
    """Open a page that remembers what its browser refused."""

    def open_page(address: str, **options: object) -> Page:
        shown = page(**options)
        shown.add_init_script(REFUSED)
        shown.goto(address)
        return shown

    return open_page


def refused(shown) -> list[str]:
    return shown.evaluate("window.refused")


def test_no_page_of_any_standing_needs_what_the_policy_forbids(watched, tree, serve_as_asked):
    served = serve_as_asked(tree, rules(tree))
    found = {}
    shown = watched(served)
    for path in sorted(tree.rglob("*.html")):
        if "struck" not in path.parts:
            shown.goto(served + path.relative_to(tree).as_posix())
            shown.evaluate(PAINTED)
            found[path.relative_to(tree).as_posix()] = refused(shown)
    assert len(found) > 30
    assert {path: what for path, what in found.items() if what} == {}


def test_the_search_works(watched, served):
    shown = watched(served)
    shown.locator(".imp-search-open").wait_for()
    shown.keyboard.press("/")
    shown.locator(".imp-search-field").fill("contrast")
    expect(shown.locator(".imp-search-said")).to_contain_text("for contrast")
    expect(shown.locator(".imp-result").first).to_be_visible()
    assert refused(shown) == []


def test_the_follow_up_question_works(watched, served):
    shown = watched(f"{served}articles/approved/")
    shown.locator(".imp-followup").scroll_into_view_if_needed()
    field = shown.locator(".imp-ask-field")
    field.fill("What is contrast good for?")
    field.press("Enter")
    expect(shown.locator(".imp-ask [role='status']").first).not_to_be_empty()
    assert refused(shown) == []


def test_the_switch_to_dark_and_the_choice_of_an_audience_work(watched, served):
    shown = watched(f"{served}articles/approved/", color_scheme="light")
    shown.locator("label[for='__palette_1']").first.click()
    expect(shown.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    shown.reload()
    expect(shown.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    shown.check(".imp-audience input[value=patient]")
    assert refused(shown) == []


def test_a_wrong_address_shows_the_page_for_it_at_any_depth(watched, served):
    for path in ("nowhere", "articles/nowhere/at/all/"):
        shown = watched(served + path)
        expect(shown.get_by_role("heading", level=1)).to_have_text("Page not found")
        assert refused(shown) == []


def test_what_was_written_into_a_page_afterwards_does_not_run(watched, served):
    shown = watched(f"{served}articles/struck/")
    shown.wait_for_load_state("networkidle")
    assert shown.evaluate("window.struck") is None
    found = refused(shown)
    assert any(each.startswith("script-src-elem inline") for each in found)
    assert any(each.startswith("script-src-attr inline") for each in found)
    assert any("demonstration.example" in each for each in found)


def test_the_same_runs_where_no_policy_is_so_the_test_before_can_fail(
    watched, tree, serve_as_asked, tmp_path
):
    page = (tree / "articles/struck/index.html").read_text(encoding="utf-8")
    start = page.index('<meta http-equiv="Content-Security-Policy"')
    (tmp_path / "index.html").write_text(page[:start] + page[page.index(">", start) + 1 :])
    shown = watched(serve_as_asked(tmp_path, []))
    assert shown.evaluate("window.struck") in {1, 2}


def test_no_other_site_frames_a_page(page, tree, serve_as_asked, tmp_path):
    framed = serve_as_asked(tree, rules(tree))
    (tmp_path / "index.html").write_text(f"<iframe src='{framed}'></iframe>")
    shown = page(serve_as_asked(tmp_path, []))
    shown.wait_for_load_state("networkidle")
    assert shown.frames[1].url.startswith("chrome-error:")


def test_a_notice_asks_search_engines_to_stay_away_and_an_article_does_not(
    page, tree, serve_as_asked
):
    address = serve_as_asked(tree, rules(tree))
    shown = page()
    for slug, header in (("withdrawn", "noindex"), ("approved", None), ("concern", None)):
        answer = shown.goto(f"{address}articles/{slug}/")
        assert answer.header_value("x-robots-tag") == header
        assert answer.header_value("x-content-type-options") == "nosniff"
        assert answer.header_value("referrer-policy") == "no-referrer"
