"""Two texts of one article, and which parts of them differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from imprimatur.manuscript.manifest import IMAGE, MISSING, REFERENCE, Digest
from imprimatur.manuscript.word_diff import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from imprimatur.bibliography import Bibliography
    from imprimatur.manuscript.manifest import Manifest
    from imprimatur.manuscript.manuscript import Manuscript

_SHORT: Final = 80
_GONE: Final = {
    "reference": ("no longer cited", "now cited", "not in the bibliography any more"),
    "image": ("no longer shown", "now shown", "not in the repository any more"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What is compared of an article.

    path: relative to the repository's root. front: the front matter as JSON values.
    body: Markdown below it, which begins on body_line of the file.
    parts: of its manifest. references: key of each readable cited work to its fields.
    """

    path: str
    front: Mapping[str, object]
    body: str
    body_line: int = 1
    parts: Mapping[str, Digest]
    references: Mapping[str, Mapping[str, object]]


def text_of(manuscript: Manuscript, bibliography: Bibliography, manifest: Manifest) -> Text:
    """Put together what is compared; the manifest is that of this manuscript."""
    fields = {key: bibliography.bound(key) for key in manifest.references}
    return Text(
        path=manuscript.path,
        front=manuscript.front.model_dump(mode="json", by_alias=True),
        body=manuscript.body,
        body_line=manuscript.body_line,
        parts=dict(manifest.parts),
        references={key: value for key, value in fields.items() if value is not None},
    )


def changed_parts(old: Text, new: Text) -> tuple[str, ...]:
    """What differs, each as a part of the manifest, with the detail where that is short.

    Such as ``body``, ``front matter (title)``, ``reference park2019spinal (year 2019 → 2020)``.
    """
    found = []
    for part in ("path", "front matter", "body", *changed_others(old, new)):
        detail = _detail(part, old, new)
        if detail is not None:
            found.append(f"{part} ({detail})" if detail else part)
    return tuple(found)


def changed_others(old: Text, new: Text) -> tuple[str, ...]:
    """References, images and whatever else differs beside path, front matter and body."""
    apart = {"path", "front matter", "body"}
    names = {*old.parts, *new.parts} - apart
    found = {name for name in names if old.parts.get(name) != new.parts.get(name)}
    for key in {*old.references, *new.references}:
        if old.references.get(key) != new.references.get(key):
            found.add(f"{REFERENCE}{key}")
    return tuple(sorted(found, key=lambda name: (name.startswith(IMAGE), name)))


def changed_fields(old: Mapping[str, object], new: Mapping[str, object]) -> tuple[str, ...]:
    """Names of the fields that differ, in the order of the old, then of the new."""
    absent = object()
    names = dict.fromkeys([*old, *new])
    return tuple(name for name in names if old.get(name, absent) != new.get(name, absent))


def _detail(part: str, old: Text, new: Text) -> str | None:
    """How the part differs; empty if that is long to say, None if it does not differ."""
    if part == "path":
        return f"{old.path} → {new.path}" if old.path != new.path else None
    if part == "body":
        same = old.body == new.body and old.parts.get(part) == new.parts.get(part)
        return None if same else ""
    if part == "front matter":
        same = old.front == new.front and old.parts.get(part) == new.parts.get(part)
        return None if same else ", ".join(changed_fields(old.front, new.front))
    return _other(part, old, new)


def _other(part: str, old: Text, new: Text) -> str:
    sort, _, name = part.partition(" ")
    gone, came, lost = _GONE.get(sort, ("gone", "new", "missing"))
    if part in old.parts and part not in new.parts:
        return gone
    if part in new.parts and part not in old.parts:
        return came
    if new.parts.get(part) == MISSING:
        return lost
    before, after = old.references.get(name), new.references.get(name)
    if sort != "reference" or before is None or after is None:
        return ""
    whole = ", ".join(_moves(before, after))
    return whole if len(whole) <= _SHORT else ", ".join(changed_fields(before, after))


def _moves(old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[str]:
    for name in changed_fields(old, new):
        if name not in old:
            yield f"{name} {shown(new[name])} added"
        elif name not in new:
            yield f"{name} {shown(old[name])} removed"
        else:
            yield f"{name} {shown(old[name])} → {shown(new[name])}"
