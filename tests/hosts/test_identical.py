"""One commit makes one site, to the byte, wherever and by whomever it is built."""

from __future__ import annotations

import gzip
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from releases import OTHER, REVIEWERS, Releases, head, release_site

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1", "HOME": "/nowhere"}
THERE = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "POSIX",
    "PYTHONHASHSEED": "2",
    "LANG": "tr_TR.UTF-8",
}


@pytest.fixture(scope="module")
def model(make_site, keys, tmp_path_factory) -> Releases:
    """A site with two articles, of which one was taken down."""
    made = release_site(make_site, keys, tmp_path_factory.mktemp("model") / "site")
    made.site.article("second", body=OTHER, head=head("The second question?"))
    made.approved(*REVIEWERS, slug="second")
    config = (made.root / "mkdocs.yml").read_text()
    made.site.write("mkdocs.yml", f"{config}site_url: https://demonstration.example/\n")
    made.sign_site("demo-editor")
    made.act("withdraw", REVIEWERS[0], slug="second", reason="A wrong dose.")
    made.commit()
    return made


@pytest.fixture(scope="module")
def memory(tmp_path_factory) -> Iterator[Path]:
    """A folder on another file system, which lists what it holds in another order."""
    own = Path("/dev/shm")  # noqa: S108 - where Linux keeps one in memory
    place = own if own.is_dir() else tmp_path_factory.mktemp("elsewhere")
    with TemporaryDirectory(dir=place) as folder:
        yield Path(folder)


def publish(site: Releases, live: Path, at: str, host: str, umask: int, **environment: str):
    """Publish, and return every file with its mode and its bytes."""
    before = os.umask(umask)
    try:
        command = ("publish", "--to", str(live), "--at", at, "--host", host)
        done = site.imprimatur(*command, **environment)
    finally:
        os.umask(before)
    assert done.returncode == 0, done.stdout + done.stderr
    whole = live.resolve()
    return {
        each.relative_to(whole).as_posix(): (
            oct(each.stat().st_mode),
            each.read_bytes() if each.is_file() else b"",
        )
        for each in whole.rglob("*")
    }


@pytest.mark.parametrize("host", ["mkdocs", "properdocs", "zensical"])
def test_a_commit_makes_the_same_site_to_the_byte_anywhere(model, tmp_path, memory, host):
    at = f"{datetime.now(tz=UTC):%Y-%m-%dT%H:%M:%SZ}"
    one = publish(model, tmp_path / "live", at, host, 0o022, **HERE)
    copy = model.copied_to(memory / host / "a much deeper" / "folder" / "site")
    there = THERE | {"TMPDIR": str(memory)}
    other = publish(copy, memory / host / "other" / "place", at, host, 0o077, **there)
    assert one.keys() == other.keys()
    assert [path for path in one if one[path] != other[path]] == []
    assert {"release.json", "index.html", "sitemap.xml"} <= one.keys()
    sitemap = one["sitemap.xml"][1]
    days = set(re.findall(rb"<lastmod>(.*?)</lastmod>", sitemap))
    assert days <= {at[:10].encode()}, "a page is as old as its release, not as its copy"
    if host != "zensical":
        assert days
        assert gzip.decompress(one["sitemap.xml.gz"][1]) == sitemap
        assert any(path.startswith("pagefind/filter/") for path in one)
