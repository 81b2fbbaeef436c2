"""A host is loaded before there is anything to build, and ends by itself if nothing comes."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from imprimatur.desk.host_build import Builder, Host


def begun(host):
    return subprocess.Popen(
        [sys.executable, "-P", "-W", "ignore", "-m", "imprimatur.hosts.waiting", host],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize("host", ["mkdocs", "properdocs"])
def test_a_host_that_gets_nothing_to_build_ends_without_a_word(host):
    """As when whoever started it is killed."""
    process = begun(host)
    out, err = process.communicate(b"")
    assert (process.returncode, out, err) == (0, b"", b"")


def test_a_host_ends_where_a_release_is_refused_before_it_is_built(monkeypatch):
    started = []
    usual = subprocess.Popen
    monkeypatch.setattr(
        subprocess, "Popen", lambda *each, **how: started.append(usual(*each, **how)) or started[-1]
    )
    with Builder(Host.MKDOCS):
        (process,) = started
        assert process.poll() is None
    assert process.returncode is not None


def test_what_whoever_publishes_has_set_does_not_reach_the_host(monkeypatch):
    told = []

    monkeypatch.setattr(subprocess, "Popen", lambda _, **how: told.append(how["env"]))
    for name in ("IMPRIMATUR_PREVIEW", "LC_TIME", "LANG", "PAGEFIND_SITE"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("PATH", os.environ["PATH"])
    Builder(Host.MKDOCS)
    (found,) = told
    assert found.keys().isdisjoint({"IMPRIMATUR_PREVIEW", "LC_TIME", "LANG", "PAGEFIND_SITE"})
    assert (found["TZ"], found["PYTHONHASHSEED"], found["PATH"]) == ("UTC", "0", os.environ["PATH"])
