"""What examines the pages can fail: each tool finds the fault of a page known to have one."""

from __future__ import annotations

import json
import re

import pytest

SOUND = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>A sound page</title></head>
<body><main><h1>A sound page</h1><p>{}</p></main></body>
</html>
"""

# By rule, one of each kind: of WCAG 2 A, of AA, of 2.2 AA, of good practice.
FAULTS = {
    "image-alt": '<img src="data:image/png;base64,">',
    "color-contrast": '<span style="color:#aaa; background:#fff">Pale</span>',
    "target-size": (
        '<button style="width:9px;height:9px;padding:0">a</button>'
        '<button style="width:9px;height:9px;padding:0">b</button>'
    ),
    "heading-order": "</p><h4>Out of order</h4><p>",
}


def test_a_sound_page_passes(page, axe, nu, tmp_path):
    file = tmp_path / "sound.html"
    file.write_text(SOUND.format("Nothing is wrong."), encoding="utf-8")
    assert axe(page(file.as_uri())) == []
    assert nu([file]) == []


@pytest.mark.parametrize(("rule", "fault"), FAULTS.items())
def test_what_keeps_people_out_is_told_with_its_place(page, axe, tmp_path, rule, fault):
    file = tmp_path / "unfair.html"
    file.write_text(SOUND.format(fault), encoding="utf-8")
    found = axe(page(file.as_uri()))
    assert found
    assert {each.split(" ")[0] for each in found} == {rule}
    assert all(re.fullmatch(r"[\w-]+ \(\w+\): \S.*: Fix \S.*", each) for each in found), found


def test_each_fault_of_html_is_told_with_its_file_and_line(nu, tmp_path):
    faulty, sound = tmp_path / "a faulty.html", tmp_path / "sound.html"
    faulty.write_text(SOUND.format("<ul>In no item</ul>"), encoding="utf-8")
    sound.write_text(SOUND.format("Nothing is wrong."), encoding="utf-8")
    found = nu([faulty, sound])
    assert found
    assert all(each.startswith(f"{faulty}:4: ") for each in found), found


@pytest.mark.parametrize("name", ["checks", "fonts", "lighthouse"])
def test_what_comes_by_npm_is_pinned_by_its_hash_and_by_no_address(repository_root, name):
    folder = repository_root / "tools/npm" / name
    wanted = json.loads((folder / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    text = (folder / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in text
    packages = json.loads(text)["packages"]
    assert packages.pop("")["dependencies"] == wanted
    assert all(each["integrity"].startswith("sha512-") for each in packages.values())
