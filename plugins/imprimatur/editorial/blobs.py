"""Files of one commit as Git stores them, whatever lies in the working tree."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.files import shown, within
from imprimatur.editorial.git import blob_name, git, git_bytes, resolved
from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

LINK: Final = "120000"
SUBMODULE: Final = "160000"

_PLAIN: Final = frozenset({"100644", "100755"})
# Names that lead elsewhere. Git itself adds none of them; whoever writes a tree by hand can.
_NOWHERE: Final = frozenset({"", ".", "..", ".git"})
_BATCH_BYTES: Final = 8_000_000
_BATCH_FILES: Final = 4_000
_KEPT: Final = 8
_LARGEST: Final = 200_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file of a commit.

    mode: as Git writes it: 100644 or 100755 of a plain file, else LINK, SUBMODULE or what nobody
    knows. blob: Git's name of its bytes. size: in bytes, 0 of a submodule.
    """

    mode: str
    blob: str
    size: int

    @property
    def is_plain(self) -> bool:
        """Whether it is a file with bytes of its own."""
        return self.mode in _PLAIN


class Blobs:
    """The files of a commit below a root, read without the working tree, its filters or its index.

    root: the site's folder, which may lie deep in its repository. Paths are as of ``Files``.
    Raises CannotExamineError where the commit or a part of it is missing or damaged.
    """

    def __init__(self, root: Path, commit: str) -> None:
        self.root, self.commit = root, resolved(root, commit)
        if not self.commit:
            raise CannotExamineError(
                f"there is no commit `{commit}` here; commit something first, or fetch it"
            )
        self._read: OrderedDict[int, Mapping[str, bytes]] = OrderedDict()
        self._ahead: Mapping[str, bytes] = {}
        self._under: dict[str, tuple[str, ...]] = {}

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Every file of the site, links and submodules included, by its path from the root."""
        start = len(self.prefix)
        inside = (path for path in self.whole if path.startswith(self.prefix))
        return {path[start:]: self.whole[path] for path in inside}

    @cached_property
    def whole(self) -> Mapping[str, Entry]:
        """Every file of the repository, by its path from the top of it."""
        listing = git_bytes(
            self.root, "ls-tree", "-r", "-z", "--long", "--full-tree", f"{self.commit}^{{tree}}"
        )
        found: dict[str, Entry] = {}
        for line in filter(None, listing.split(b"\0")):
            about, _, name = line.partition(b"\t")
            path = name.decode("utf-8", "surrogateescape")
            if path in found or not _NOWHERE.isdisjoint(path.casefold().split("/")):
                raise CannotExamineError(
                    f"the commit holds the path {shown(path)}, which no honest tool writes, or "
                    "holds it twice; see `git fsck`, and commit the folder anew"
                )
            found[path] = _entry(about.decode().split(), path)
        return found

    @cached_property
    def prefix(self) -> str:
        """Where the site lies in its repository, with a slash at its end; empty at the top."""
        # Only this line end: a folder's name may end in blanks.
        return git(self.root, "rev-parse", "--show-prefix").removesuffix("\n")

    def read(self, path: str) -> bytes | None:
        """The bytes of a plain file, or None if the commit holds none there."""
        parts = within(path)
        entry = self.entries.get("/".join(parts or ()))
        return None if entry is None or not entry.is_plain else self._content(entry.blob)

    def read_ahead(self, paths: Iterable[str]) -> None:
        """Read some files at once, in the place of those that were read ahead before."""
        found = (self.entries.get(path) for path in paths)
        self._ahead = contents(self.root, [each.blob for each in found if each and each.is_plain])

    def holds(self, path: str, blob: str, _data: bytes | None = None) -> bool:
        """Whether a plain file has the bytes that Git names so; they need not be read for it."""
        entry = self.entries.get(path)
        return entry is not None and entry.is_plain and entry.blob == blob

    def read_whole(self, path: str) -> bytes | None:
        """The bytes of a plain file anywhere in the repository, by its path from the top of it."""
        entry = self.whole.get(path)
        return contents(self.root, [entry.blob])[entry.blob] if entry and entry.is_plain else None

    def under(self, folder: str) -> Iterator[str]:
        """Every file below a folder, links and submodules included, in the order of ``Files``."""
        if folder not in self._under:
            before = "".join(f"{part}/" for part in within(folder) or ())
            inside = (path for path in self.entries if path.startswith(before))
            self._under[folder] = tuple(map(shown, sorted(inside, key=_as_walked)))
        return iter(self._under[folder])

    def is_link(self, path: str) -> bool:
        """Whether the path is a symbolic link."""
        entry = self.entries.get(path)
        return entry is not None and entry.mode == LINK

    def _content(self, blob: str) -> bytes:
        if blob in self._ahead:
            return self._ahead[blob]
        number = self._places[blob]
        if number not in self._read:
            self._read[number] = contents(self.root, self._batches[number])
            if len(self._read) > _KEPT:
                self._read.popitem(last=False)
        self._read.move_to_end(number)
        return self._read[number][blob]

    @cached_property
    def _batches(self) -> list[list[str]]:
        """The blobs in groups that are read at once: neighbours, which are asked for together."""
        batches: list[list[str]] = [[]]
        size, place = 0, ""
        for path, entry in self.entries.items():
            if not entry.is_plain:
                continue
            here = "/".join(path.split("/")[:-1][:2])
            is_full = size + entry.size > _BATCH_BYTES or len(batches[-1]) >= _BATCH_FILES
            if here != place or is_full:
                batches.append([])
                size, place = 0, here
            batches[-1].append(entry.blob)
            size += entry.size
        return batches

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """The batch that each blob is read with."""
        return {blob: at for at, batch in enumerate(self._batches) for blob in batch}


def contents(root: Path, blobs: Iterable[str]) -> Mapping[str, bytes]:
    """The bytes of files by Git's names of them, read in one go.

    Raises CannotExamineError where one is missing or damaged.
    """
    wanted = tuple(dict.fromkeys(blobs))
    found = contents_at(root, wanted)
    for blob in wanted:
        if blob not in found or blob_name(found[blob], blob) != blob:
            raise _damaged(blob)
    return found


def contents_at(root: Path, names: Iterable[str]) -> Mapping[str, bytes]:
    """What lies at some places of some commits, read in one go; nothing of one where nothing does.

    names: as Git takes them, ``commit:path``. Whether a link lies there is not told.
    Raises CannotExamineError where one is damaged.
    """
    wanted = [name for name in dict.fromkeys(names) if "\n" not in name]
    if not wanted:
        return {}
    asked = "".join(f"{name}\n" for name in wanted).encode()
    said = git_bytes(root, "cat-file", "--batch", "--buffer", given=asked)
    found: dict[str, bytes] = {}
    at = 0
    for name in wanted:
        end = said.index(b"\n", at)
        # Behind a name that there is not, Git says so, and repeats it, blanks and all.
        about, at = said[at:end].decode(errors="replace"), end + 1
        if about == f"{name} missing":
            continue
        blob, kind, size = about.split(" ")
        data, at = said[at : at + int(size)], at + int(size) + 1
        if kind == "blob":
            # Git itself does not compare what it reads with the name.
            if name != blob and blob_name(data, blob) != blob:
                raise _damaged(blob)
            found[name] = data
    return found


def _entry(about: list[str], path: str) -> Entry:
    mode, _, blob, size = about
    if size == "BAD":
        raise _damaged(blob)
    entry = Entry(mode=mode, blob=blob, size=0 if size == "-" else int(size))
    if entry.size > _LARGEST:
        raise CannotExamineError(
            f"{shown(path)} has {entry.size:,} bytes, and no file of more than {_LARGEST:,} is "
            "read; take it out of the repository"
        )
    return entry


def _damaged(blob: str) -> CannotExamineError:
    return CannotExamineError(
        f"the repository lacks a file of the commit, or holds it damaged ({blob[:12]}); "
        "see `git fsck`, and fetch it again whole: git clone, without --filter"
    )


def _as_walked(path: str) -> tuple[tuple[int, str], ...]:
    """Files of a folder come before those of the folders in it."""
    *folders, name = path.split("/")
    return (*((1, folder) for folder in folders), (0, name))
