"""From a plan to a tree that any host can build, holding nothing but what readers may see."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from imprimatur.editorial.places import ARTICLES, DOCS
from imprimatur.errors import CannotExamineError
from imprimatur.gate.stage_file import FILE, TREE, refuse_repository, stage_of
from imprimatur.press import STYLESHEET, Catalogue, generated_pages, stylesheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from imprimatur.gate.plan import Plan


def stage(plan: Plan, folder: Path) -> Path:
    """Write a plan into an empty folder: ``tree/``, and beside it the file that hosts read.

    The path of that file is returned. Raises CannotExamineError where the folder is not empty or
    lies in a Git repository, and where two parts of the plan claim one path; OSError where the disk
    refuses.
    """
    folder = folder.resolve()
    refuse_repository(folder)
    if folder.exists() and any(folder.iterdir()):
        raise CannotExamineError(f"{folder} is not empty; a release is staged in an empty folder")
    files = staged_files(plan)
    for path, data in files.items():
        place = folder / TREE / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    told = folder / FILE
    told.write_bytes(stage_of(plan, files).model_dump_json().encode())
    return told


def staged_files(plan: Plan) -> dict[str, bytes]:
    """Every file of the tree by its path: what the plan holds, and what is made from it."""
    parts: tuple[Mapping[str, bytes], ...] = (
        plan.files,
        {f"{ARTICLES}/{each.slug}.md": each.source for each in plan.printed},
        *(each.images for each in plan.printed),
        _made(plan),
    )
    found: dict[str, bytes] = {}
    for path, data in (item for part in parts for item in part.items()):
        if not _is_plain(path):
            raise CannotExamineError(f"nothing is staged at {path!r}, which is no plain path")
        if found.setdefault(path, data) != data:
            raise CannotExamineError(
                f"two different files would be staged at {path}; rename or remove one of them"
            )
    _refuse_folders(found)
    return found


def _made(plan: Plan) -> dict[str, bytes]:
    """The pages of lists and the style: a host that runs no plugin would make none of them."""
    pages = generated_pages(Catalogue(each.entry for each in plan.printed))
    made = {f"{DOCS}/{path}": text.encode() for path, text in pages.items()}
    return made | {f"{DOCS}/{STYLESHEET}": stylesheet().encode()}


def _is_plain(path: str) -> bool:
    plain = PurePosixPath(path)
    is_inside = not plain.is_absolute() and not {"..", ".git"} & set(plain.parts)
    return is_inside and bool(plain.parts) and str(plain) == path


def _refuse_folders(paths: Iterable[str]) -> None:
    """Refuse a file where another one needs a folder."""
    every = set(paths)
    for path in every:
        for above in PurePosixPath(path).parents:
            if str(above) in every:
                raise CannotExamineError(f"{above} cannot be a file and the folder of {path}")
