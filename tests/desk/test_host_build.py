"""A host is loaded before there is anything to build, and ends by itself if nothing comes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from unittest.mock import DEFAULT, Mock

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


# Whoever runs the tests behind something else may have it ignore interruptions.
CLEARING = """
import signal, sys, time
from pathlib import Path

signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    Path(sys.argv[1], "began").touch()
    time.sleep(60)
except KeyboardInterrupt:
    time.sleep(0.5)
    Path(sys.argv[1], "cleared").touch()
"""


def interrupted_at_work(start, folder, how):
    """A process that has begun its work, of which somebody who waits for it is interrupted."""
    process = start([sys.executable, "-c", CLEARING, str(folder)], **how)
    while not (folder / "began").exists():
        time.sleep(0.01)
    process.communicate = Mock(wraps=process.communicate, side_effect=[KeyboardInterrupt, DEFAULT])
    return process


def test_a_host_that_is_interrupted_may_end_what_it_began(tmp_path, monkeypatch):
    usual = subprocess.Popen
    monkeypatch.setattr(
        subprocess, "Popen", lambda _, **how: interrupted_at_work(usual, tmp_path, how)
    )
    with pytest.raises(KeyboardInterrupt), Builder(Host.MKDOCS) as builder:
        builder.build(tmp_path / "stage", tmp_path, datetime.now(UTC), tmp_path / "site")
    assert (tmp_path / "cleared").exists()


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
