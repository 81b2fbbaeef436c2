"""Feeds one reader until its time is over: `child.py READER ENGINE SECONDS FOLDER SEED`.

It ends at the first input with which the reader raises anything, takes more than 10 seconds of
the processor, or needs more than 1 GB; that input is kept in the folder.
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sys
import time
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from readers import Reader

SECONDS: Final = 10
MEGABYTES: Final = 1024
LARGEST: Final = 20_000
"""Bytes of one input; larger ones are tried by size."""
SIZES: Final = (5_000, 20_000, 90_000, 1_000_000)
"""Bytes of an input that consists of one piece, or of two in turn, over and over."""

_INSTRUMENTED: Final = ["imprimatur", "markdown", "pybtex", "pymdownx", "yaml", "readers"]


class TooSlowError(Exception):
    """A reader took longer than it may."""


def main(name: str, engine: str, seconds: float, folder: Path, number: int) -> None:
    """Feed one reader by one engine."""
    if engine == "atheris":
        _by_coverage(name, seconds, folder, number)
    else:
        from readers import READERS  # noqa: PLC0415 - the other engine instruments its import

        _limit()
        if engine == "size":
            _by_size(name, READERS[name], seconds, folder, number)
        else:
            _by_grammar(name, READERS[name], seconds, folder, number)


def _by_coverage(name: str, seconds: float, folder: Path, number: int) -> None:
    import atheris  # noqa: PLC0415 - not on every machine

    with atheris.instrument_imports(include=_INSTRUMENTED):
        from readers import READERS  # noqa: PLC0415

    reader = READERS[name]
    corpus = folder / "corpus"
    corpus.mkdir(parents=True)
    for at, seed in enumerate(reader.seeds):
        (corpus / f"seed-{at}").write_bytes(seed)
    words = folder / "words"
    words.write_text("".join(f'"{_escaped(each)}"\n' for each in reader.pieces), encoding="ascii")
    options = [f"-max_total_time={seconds:.0f}", f"-timeout={SECONDS}", f"-seed={number}"]
    options += [f"-rss_limit_mb={MEGABYTES}", f"-max_len={LARGEST}", f"-dict={words}"]
    options += [f"-artifact_prefix={folder}/failed-", "-print_final_stats=1", str(corpus)]
    atheris.Setup([sys.argv[0], *options], reader.read)
    atheris.Fuzz()


def _by_grammar(name: str, reader: Reader, seconds: float, folder: Path, number: int) -> None:
    from hypothesis import HealthCheck, Phase, given, seed, settings  # noqa: PLC0415
    from hypothesis import strategies as st  # noqa: PLC0415

    end, slowest, runs = time.monotonic() + seconds, 0.0, 0
    parts = st.one_of(st.sampled_from([*reader.pieces, *reader.seeds]), st.binary(max_size=9))
    many = st.tuples(parts, st.sampled_from([1, 1, 1, 2, 40, 400])).map(
        lambda each: each[0] * each[1]
    )
    quiet = settings(
        max_examples=100,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )

    def feed(data: list[bytes]) -> None:
        nonlocal slowest, runs
        if time.monotonic() > end:
            return
        spent = _fed(name, reader, b"".join(data)[:LARGEST], folder)
        slowest, runs = max(slowest, spent), runs + 1

    while time.monotonic() < end:
        number += 1
        seed(number)(quiet(given(st.lists(many, max_size=40))(feed)))()
    _tell(name, folder, slowest, runs)


def _by_size(name: str, reader: Reader, seconds: float, folder: Path, number: int) -> None:
    """Each piece over and over up to each size, then two in turn: what takes the square shows.

    The largest is refused by some bound of most readers, so smaller ones are tried, too.
    """
    end, slowest, runs = time.monotonic() + seconds, 0.0, 0
    choose = random.Random(number)  # noqa: S311 - to be repeated, not to be secret
    pieces = [each for each in (*reader.pieces, *reader.seeds, b"\n", b" ", b"a") if each]
    alone = [(each,) for each in choose.sample(pieces, len(pieces))]
    pairs = (tuple(choose.choices(pieces, k=2)) for _ in count())
    for parts, size in ((each, size) for each in chain(alone, pairs) for size in SIZES):
        if time.monotonic() > end:
            break
        start = choose.choice((b"", *reader.seeds))[: size // 2]
        piece = b"".join(parts)
        whole = start + piece * ((size - len(start)) // len(piece))
        spent = _fed(name, reader, whole, folder)
        slowest, runs = max(slowest, spent), runs + 1
    _tell(name, folder, slowest, runs)


def _fed(name: str, reader: Reader, whole: bytes, folder: Path) -> float:
    """Feed one input, kept until it is read; the seconds of the processor that it took."""
    (folder / f"failed-{name}").write_bytes(whole)
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        reader.read(whole)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - began


def _tell(name: str, folder: Path, slowest: float, runs: int) -> None:
    (folder / f"failed-{name}").unlink(missing_ok=True)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"runs": runs, "slowest": round(slowest, 1), "memory": memory}))


def _limit() -> None:
    """No more than a gigabyte beside what is loaded, and a signal when a reader is slow."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    room = pages * os.sysconf("SC_PAGE_SIZE") + MEGABYTES * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (room, room))

    def stop(*_: object) -> None:
        raise TooSlowError(f"more than {SECONDS} seconds of the processor")

    signal.signal(signal.SIGPROF, stop)


def _escaped(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), Path(sys.argv[4]), int(sys.argv[5]))
