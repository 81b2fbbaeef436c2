"""What the host is told in ``mkdocs.yml`` shows readers what is staged, and nothing else."""

from __future__ import annotations

import pytest

from imprimatur.gate.host_settings import read_settings


def told(text: str | bytes | None) -> list[tuple[str, str]]:
    """What is found, each with its cure; all of it in that file, under one rule."""
    data = text.encode() if isinstance(text, str) else text
    found = read_settings(data).findings
    assert {(each.path, each.line, each.rule) for each in found} <= {
        ("mkdocs.yml", 0, "settings-are-staged")
    }
    return [(each.message, each.cure) for each in found]


def templates(folder: str) -> str:
    """Where the site's own templates lie; nothing else is found."""
    settings = read_settings(f"theme: {{name: material, custom_dir: {folder}}}\n".encode())
    assert settings.findings == ()
    return settings.overrides


def doubled(form: str) -> str:
    """Values of which each stands for ten of the one before it."""
    lines = ["a0: &a0 {x: 1}"]
    for number in range(1, 9):
        many = ",".join([f"*a{number - 1}"] * 10)
        lines.append(f"a{number}: &a{number} {form.replace('@', many)}")
    return "\n".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        "site_name: Demonstration\n",
        "use_directory_urls: true\ndocs_dir: docs\nsite_dir: site\n",
        "theme: material\n",
        "theme: {name: material, custom_dir: null}\n",
        "plugins: !!python/name:os.system\nextra: !ENV [X, {a: b}]\n",
    ],
)
def test_settings_that_change_no_address_and_no_folder_are_fine(text):
    assert told(text) == []
    assert read_settings(text.encode()).overrides == ""


@pytest.mark.parametrize(
    ("folder", "lies_in"),
    [
        *(("overrides", "overrides"), ("./overrides", "overrides"), ("a/b/", "a/b")),
        *(("a/docs", "a/docs"), ("documents", "documents"), ("a/.b", "a/.b")),
    ],
)
def test_templates_lie_in_a_folder_beside_the_settings(folder, lies_in):
    assert templates(folder) == lies_in


@pytest.mark.parametrize(
    "folder",
    [
        *("docs", "docs/theme", "editorial", "site", "site/x", ".git", ".github/x", "/var/theme"),
        *("..", "../theme", "a/../docs", "a/..", ".", "''"),
    ],
)
def test_templates_lie_nowhere_else(folder):
    written = folder.strip("'")
    message = f"`custom_dir` is {written!r}, which is no folder beside this file"
    cure = "name the folder of the templates, such as `overrides`"
    assert told(f"theme: {{custom_dir: {folder}}}\n") == [(message, cure)]
    assert read_settings(f"theme: {{custom_dir: {folder}}}\n".encode()).overrides == ""


def test_a_folder_of_templates_that_is_no_text_is_none():
    ((message, _),) = told("theme: {custom_dir: [overrides]}\n")
    assert message == "`custom_dir` is ['overrides'], which is no folder beside this file"


@pytest.mark.parametrize(
    ("hooks", "named"),
    [
        ("[/srv/x.py]", "'/srv/x.py'"),
        ("[overrides/x.py, ../x.py]", "'../x.py'"),
        ("['']", "''"),
        ("x/../../y.py", "'x/../../y.py'"),
        ("[!ENV HOOK]", "taken from elsewhere"),
        ("!ENV HOOKS", "taken from elsewhere"),
    ],
)
def test_a_hook_that_nobody_approves_is_refused(hooks: str, named: str):
    message = f"the hook {named} does not lie beside this file, so nobody approves its code"
    said = told(f"theme: {{name: material, custom_dir: overrides}}\nhooks: {hooks}\n")
    assert said == [(message, "put it into the repository, or remove it")]


@pytest.mark.parametrize("hooks", ["[overrides/x.py, overrides/a/y.py]", "[]", "null"])
def test_a_hook_beside_the_templates_is_the_affair_of_the_list(hooks: str):
    assert told(f"theme: {{name: material, custom_dir: overrides}}\nhooks: {hooks}\n") == []


@pytest.mark.parametrize("theme", ["{name: material}", "{name: material, custom_dir: overrides}"])
@pytest.mark.parametrize("hook", ["hooks/x.py", "x.py", "docs/x.py", "overridesx/x.py"])
def test_a_hook_that_is_not_staged_is_refused_before_a_host_misses_it(theme: str, hook: str):
    assert told(f"theme: {theme}\nhooks: [{hook}]\n") == [
        (
            f"the hook '{hook}' is not staged, so no host would find it",
            "put it into the folder of the templates, `theme: custom_dir:`, or remove it",
        )
    ]


def test_a_folder_of_templates_that_is_named_elsewhere_is_refused():
    ((message, _),) = told("theme: {custom_dir: !ENV OVERRIDES}\n")
    assert message == "`custom_dir` is taken from elsewhere, which is no folder beside this file"


def test_all_that_would_show_other_pages_is_told_at_once():
    text = "INHERIT: x.yml\nuse_directory_urls: false\ndocs_dir: a\nsite_dir: b\n"
    assert told(text) == [
        (
            "the settings come from another file, which is not staged",
            "write all settings here, without `INHERIT`",
        ),
        (
            "articles are published as `x/`, and `use_directory_urls` says otherwise",
            "remove `use_directory_urls`",
        ),
        (
            "`docs_dir` is 'a'; a release is staged in docs/ and built apart",
            "remove `docs_dir`",
        ),
        (
            "`site_dir` is 'b'; a release is staged in docs/ and built apart",
            "remove `site_dir`",
        ),
    ]


def test_settings_that_are_not_there_are_told():
    assert told(None) == [("there is no such file", "restore it from history or write it")]


@pytest.mark.parametrize(
    "text",
    [
        *("[", "a: b: c", "day: 2026-13-45\n", b"\xff\xfe\xff", "a: b\n--- c\n"),
        *("a: !!int ''", "a: !!float ''", "a: !!bool x", "a: !!timestamp x"),
    ],
)
def test_settings_that_nobody_can_read_are_told(text):
    assert told(text) == [("the file is no YAML that can be read", "correct it")]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        *((each * 200_000, "more than 50,000 values, or more") for each in ("[", "- ", "{a: ")),
        ("a: &a [*a]", "`*a` stands for what holds it, or for nothing"),
        ("a: [*b]", "`*b` stands for what holds it, or for nothing"),
        (doubled("[@]"), "more than 50,000 values, or more than 50 in one another"),
        (doubled("{<<: [@]}"), "more than 50,000 values, or"),
        ("a: 1" + ":1" * 400_000, "a value that is no text has more than 1,000 signs"),
        ("a: !!float '1" + ":1" * 400_000 + "'", "a value that is no text has more than 1,000"),
    ],
)
def test_settings_that_would_take_all_time_or_break_the_process_are_refused_at_once(text, why):
    ((message, cure),) = told(text)
    assert message.startswith(f"the file cannot be read: {why}")
    assert cure == "write it shorter and flatter"


@pytest.mark.parametrize("text", ["", "- a\n", "Demonstration\n", "5\n"])
def test_what_names_nothing_holds_no_settings(text):
    message = "the file holds no settings"
    assert told(text) == [(message, "write `site_name:` and the rest")]


def test_settings_are_as_large_as_a_million_bytes_and_no_larger():
    text = b"site_name: Demonstration\n#"
    most = text + b"x" * (1_000_000 - len(text))
    assert told(most) == []
    assert told(most + b"x") == [("the file is larger than 1000000 bytes", "shorten it")]


@pytest.mark.parametrize("where", ["hooks", "nav", "markdown_extensions", "docs_dir", "theme"])
def test_settings_that_stand_for_more_than_a_machine_holds_are_told(where: str):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    ((message, _),) = told("\n".join([*lines, f"{where}: *a11"]))
    assert message.startswith("the file cannot be read: more than 50,000 values")


def test_settings_that_are_nested_without_end_are_told():
    ((message, _),) = told("nav: " + "[" * 500_000)
    assert message.endswith("or more than 50 in one another")
