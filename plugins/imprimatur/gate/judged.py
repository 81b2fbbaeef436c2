"""What is found of each article: as it is printed now, or as it was printed from the same copy."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from imprimatur.errors import Finding
from imprimatur.strict.spread import spread

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from imprimatur.editorial import FiledAct
    from imprimatur.editorial.cache import Cache, Parts
    from imprimatur.press import Copy


MANY: Final = 100
"""Articles for which a second process is worth its start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One article, looked at by every rule about an article.

    images: the address of each image, as a browser is told it.
    """

    copy: Copy
    findings: tuple[Finding, ...]
    images: tuple[str, ...]


Found: TypeAlias = tuple[tuple[Finding, ...], tuple[str, ...]]
"""The findings and the images of one copy."""


def judge_all(
    copies: Sequence[Copy], works: bytes, judge: Callable[[Copy], Found], cache: Cache
) -> tuple[Judged, ...]:
    """Judge every copy, or remember that nothing was found in it.

    Where something was found, it is printed and judged anew.
    works: the bytes of the bibliography that all are printed with.
    """
    bibliography = hashlib.sha256(works).digest()
    parts = [parts_of(copy, bibliography) for copy in copies]
    stored = cache.get_many("judged", parts)
    new = [number for number, part in enumerate(parts) if part not in stored]
    found = dict(zip(new, spread(judge, [copies[each] for each in new], MANY), strict=True))
    clean = {number: images for number, (findings, images) in found.items() if not findings}
    cache.put_many("judged", {parts[each]: json.dumps(clean[each]) for each in clean})
    return tuple(
        Judged(copy=copy, findings=found[number][0], images=found[number][1])
        if number in found
        else Judged(copy=copy, findings=(), images=tuple(json.loads(stored[parts[number]])))
        for number, copy in enumerate(copies)
    )


def parts_of(copy: Copy, bibliography: bytes) -> Parts:
    """Everything that a copy is printed from. bibliography: digest of the works."""
    manuscript = copy.manuscript
    acts = [(each.path, each.digest, each.seal, _arrived(each)) for each in copy.history]
    around = (copy.standing, copy.digest, copy.edited, acts, sorted(copy.pages))
    return (
        manuscript.path.encode(),
        manuscript.front.model_dump_json(by_alias=True).encode(),
        manuscript.body.encode(),
        str(manuscript.body_line).encode(),
        bibliography,
        copy.policy.model_dump_json().encode(),
        repr(around).encode("utf-8", "surrogatepass"),
    )


def _arrived(filed: FiledAct) -> tuple[object, ...]:
    """Of how an act came to the protected branch, what a page can tell: when, and who did it."""
    landing = filed.landing
    if landing is None:
        return ()
    return (landing.at, landing.dated, landing.order, landing.board.known(filed.act.by))
