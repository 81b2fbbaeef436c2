"""Paths that some systems cannot hold, or take for another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Shelf

DEVICES = ("con", "prn", "aux", "nul")
LETTERS = "the path holds other signs than letters, digits, `-`, `_` and `.`:"


def told(shelf: Shelf, rule: str) -> list[tuple[str, str, str]]:
    """What a rule finds: path, message and cure."""
    found = [each for each in shelf.findings() if each.rule == rule]
    assert {each.line for each in found} <= {0}
    return [(each.path, each.message, each.cure) for each in found]


@pytest.mark.parametrize(
    ("longest", "total"), [(80, 200), (60, 200), (80, 85)], ids=["both", "path", "name"]
)
def test_a_path_and_a_name_are_as_long_as_that_and_no_longer(
    longest: int, total: int, shelf: Shelf
):
    def path(name: int, length: int) -> str:
        """A path below docs/ of that length, its last name of so many signs."""
        left, folders = length - len("docs/") - name, []
        while left:
            folders.append("f" * (min(left, 61) - 1 - (left == 62)))
            left -= len(folders[-1]) + 1
        return "/".join(("docs", *folders, "n" * (name - 3) + ".md"))

    fits = path(longest, total)
    assert len(fits) == total
    shelf.put(fits, "# Text\n")
    assert told(shelf, "path-fits-every-system") == []
    (shelf.root / fits).unlink()
    name, length = (longest, total + 1) if total == 200 else (longest + 1, total + 1)
    shelf.put(path(name, length), "# Text\n")
    longest_name = max(map(len, path(name, length).split("/")))
    message = (
        f"the path has {length} signs, and its longest name {longest_name}; 200 and 80 are the most"
    )
    assert told(shelf, "path-fits-every-system") == [(path(name, length), message, "rename it")]


def test_no_part_of_a_path_is_what_windows_takes_for_a_device(shelf: Shelf):
    names = [*DEVICES, *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))]
    for name in (*names, "Con.tar", "con-x", "com", "com10", "lpt"):
        shelf.put(f"docs/a/{name}.md", "# Text\n")
    shelf.put("docs/NUL/x.md", "# Text\n")
    found = told(shelf, "path-fits-every-system")
    expected = {f"docs/a/{name}.md": f"{name}.md" for name in (*names, "Con.tar")}
    expected["docs/NUL/x.md"] = "NUL"
    assert {path: message for path, message, _ in found} == {
        path: f"Windows takes `{part}` for a device" for path, part in expected.items()
    }
    assert {cure for _, _, cure in found} == {"rename it"}


@pytest.mark.parametrize(
    "path", ["overrides/.x", "overrides/.icons.x/a", "hooks/a..py", "hooks/a.py.", "hooks/-a.py"]
)
def test_outside_docs_too_all_names_are_plain(path: str, shelf: Shelf):
    shelf.put(path, "x")
    shelf.put("overrides/.icons/a-b_c.min.svg", "x")
    shelf.put("hooks/.gitattributes", "")
    message = f"{LETTERS} {path!r}"
    assert told(shelf, "path-fits-every-system") == [(path, message, "rename it")]


def test_of_folders_that_differ_in_capitals_each_but_the_first_is_told(shelf: Shelf):
    for folder in ("About", "ABOUT", "about"):
        shelf.put(f"docs/{folder}/{folder}-1.md", "# Text\n")
    message = "on many disks this is the same place as docs/ABOUT"
    assert told(shelf, "path-is-spelled-one-way") == [
        (f"docs/{folder}", message, "rename one of them") for folder in ("About", "about")
    ]


def test_a_file_and_a_folder_that_differ_in_capitals_are_found(shelf: Shelf):
    shelf.put("hooks/a", "x")
    shelf.put("hooks/A/b", "x")
    message = "on many disks this is the same place as hooks/A"
    assert told(shelf, "path-is-spelled-one-way") == [("hooks/a", message, "rename one of them")]


def test_two_files_outside_docs_that_differ_in_capitals_are_found(shelf: Shelf):
    shelf.put("hooks/deep/a.py", "x")
    shelf.put("hooks/deep/A.py", "x")
    shelf.put("hooks/deep/b.py", "x")
    message = "on many disks this is the same place as hooks/deep/A.py"
    assert told(shelf, "path-is-spelled-one-way") == [
        ("hooks/deep/a.py", message, "rename one of them")
    ]
