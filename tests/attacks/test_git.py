"""Rows 40 to 49 of the known attacks: what Git hides, the gate finds or does not believe.

In each, the article is approved, and the gate grants it but for the attack.
"""

from __future__ import annotations

import hashlib
import subprocess
import unicodedata
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from imprimatur.editorial import Repository, State
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.editorial.protected_branch import protected
from imprimatur.errors import CannotExamineError, one_line
from imprimatur.gate import Examination, check

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Target

ARTICLE = "docs/articles/contrast.md"
POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{64 * 'a'}\nsize 12345\n"


def found(target: Target, trust: str | None = None) -> list[str]:
    """All that keeps the commit that is checked out from being published."""
    repository = Repository(target.root, trust, NO_CACHE, commit="HEAD")
    verdict = check(Examination(repository, target.later()), publishing=True)
    return [*map(str, verdict.findings), *(each.reason for each in verdict.unchecked)]


def is_refused(target: Target, *words: str) -> bool:
    """Whether the commit is refused, in one finding that names all this."""
    findings = found(target)
    assert any(all(word in each for word in words) for each in findings), findings
    return True


def fed(target: Target, *arguments: str, text: str) -> str:
    """What Git answers to a text, without the blanks around it."""
    command = ["git", *arguments]
    done = subprocess.run(
        command, cwd=target.root, input=text, text=True, capture_output=True, check=True
    )
    return done.stdout.strip()


def blob(target: Target, text: str = "# Demonstration\n") -> str:
    """Put a file into Git's store alone, and give its name there."""
    return fed(target, "hash-object", "-w", "--stdin", text=text)


def commit_entry(target: Target, mode: str, name: str, path: str) -> None:
    """Commit an entry that need not lie in the working tree, nor could on every disk."""
    target.git("update-index", "--add", "--cacheinfo", f"{mode},{name},{path}")
    target.git("commit", "-qm", "Demonstration")


def stored(target: Target, name: str) -> Path:
    """Where an object lies in Git's store."""
    return target.root / ".git/objects" / name[:2] / name[2:]


def test_the_site_is_granted_as_long_as_nothing_is_done_to_it(approved: Target):
    assert found(approved) == []


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("docs/articles/linked.md", "contrast.md"),
        ("docs/about", "../editorial"),
        ("docs/assets/password.png", "/etc/passwd"),
        ("editorial/linked.yml", "policy.yml"),
        ("overrides", "docs"),
    ],
)
def test_40_a_symbolic_link_is_found_and_never_followed(path: str, leads_to: str, approved: Target):
    place = approved.root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(leads_to)
    approved.commit()
    assert is_refused(approved, path, "symbolic link")
    files = Repository(approved.root, cache=NO_CACHE, commit="HEAD").files
    assert files.is_link(path)
    assert files.read(path) is None
    assert files.read(f"{path}/policy.yml") is None


def test_40_the_bibliography_is_no_link_to_another_file(approved: Target):
    works = (approved.root / "bibliography.bib").rename(approved.root / "works.bib")
    (approved.root / "bibliography.bib").symlink_to(works.name)
    approved.commit()
    assert is_refused(approved, "bibliography.bib", "this is a symbolic link")
    assert is_refused(approved, "bibliography.bib", "there is no such file")


def test_41_a_submodule_is_found(approved: Target):
    commit = approved.git("rev-parse", "HEAD").strip()
    commit_entry(approved, "160000", commit, "docs/assets/theme")
    assert is_refused(approved, "docs/assets/theme", "file-stands-in-the-commit", "submodule")


def test_41_a_repository_within_the_repository_is_found(approved: Target):
    (approved.root / "docs/about").mkdir()
    for arguments in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "Demonstration"]):
        approved.git("-C", "docs/about", *arguments)
    approved.commit()
    assert is_refused(approved, "docs/about", "submodule")


def test_41_the_name_of_a_submodule_is_found_before_it_is_one(approved: Target):
    text = '[submodule "theme"]\n\tpath = docs/assets/theme\n\turl = ../theme\n'
    approved.site.write(".gitmodules", text)
    approved.commit()
    assert is_refused(approved, ".gitmodules:2", "docs/assets/theme")


@pytest.mark.parametrize(
    "path", ["docs/assets/dose.png", "docs/articles/dose.png", "overrides/main.html", ARTICLE]
)
def test_41_a_pointer_to_large_files_elsewhere_is_found(path: str, approved: Target):
    approved.site.write(path, POINTER)
    approved.commit()
    assert is_refused(approved, path, "file-stands-in-the-commit", "large-file store")


@pytest.mark.parametrize("hidden", ["plainly", "--skip-worktree", "--assume-unchanged"])
def test_42_what_lies_in_the_working_tree_alone_is_not_looked_at(hidden: str, approved: Target):
    digest = Repository(approved.root, cache=NO_CACHE).manifest("contrast").digest
    if hidden != "plainly":
        approved.git("update-index", hidden, ARTICLE)
    approved.edit("39% to 53%", "93% to 95%")
    approved.site.write("docs/new.md", "# New\n")
    approved.site.write(".git/info/exclude", "docs/secret.md\n")
    approved.site.write("docs/secret.md", "# Secret\n")
    assert found(approved) == []
    repository = Repository(approved.root, cache=NO_CACHE, commit="HEAD")
    assert repository.manifest("contrast").digest == digest
    assert Repository(approved.root, cache=NO_CACHE).manifest("contrast").digest != digest
    assert not {"docs/new.md", "docs/secret.md"} & repository.docs


@pytest.mark.parametrize("hidden", ["--skip-worktree", "--assume-unchanged"])
def test_42_an_approved_text_in_the_working_tree_hides_no_other_one_in_the_commit(
    hidden: str, approved: Target
):
    text = (approved.root / ARTICLE).read_bytes()
    approved.edit("39% to 53%", "93% to 95%")
    approved.commit()
    approved.git("update-index", hidden, ARTICLE)
    approved.site.write(ARTICLE, text)
    assert approved.git("status", "--porcelain") == ""
    assert is_refused(approved, ARTICLE, "article-is-approved", "this changed: body")


@pytest.mark.parametrize(
    "line",
    [
        "docs/** filter=rewrite",
        "*.md ident",
        "*.md text working-tree-encoding=UTF-16",
        "docs/articles/contrast.md export-ignore",
        "/docs export-subst",
        "*.bib eol=crlf",
        "editorial/** merge=ours",
        "*.yml -diff",
        "docs/articles/* linguist-generated",
        "* diff=demonstration",
        "**/contrast.md binary",
        '"docs/articles/contrast.md" filter=rewrite',
        "DOCS/** filter=rewrite",
        "[attr]plain filter=rewrite",
    ],
)
def test_43_an_attribute_that_changes_what_is_seen_of_published_files_is_found(
    line: str, approved: Target
):
    written = blob(approved, f"* text=auto\n{line}\n")
    commit_entry(approved, "100644", written, ".gitattributes")
    assert is_refused(approved, ".gitattributes:2: attribute-is-harmless")


def test_43_an_attribute_is_found_wherever_it_is_written(approved: Target):
    approved.site.write("docs/articles/.gitattributes", "contrast.md filter=rewrite\n")
    approved.commit()
    assert is_refused(approved, "docs/articles/.gitattributes:1: attribute-is-harmless")


def test_43_line_ends_and_other_files_may_have_attributes(approved: Target):
    lines = ["* text=auto", "editorial/** -text", "*.md text eol=lf", "*.png binary"]
    lines += ["tests/** filter=rewrite", "/tools/*.sh linguist-generated", "*.psd filter=lfs"]
    approved.site.write(".gitattributes", "\n".join(("# Demonstration", *lines, "")))
    approved.commit()
    assert found(approved) == []


def test_43_a_filter_shows_another_text_and_the_gate_reads_the_one_that_was_committed(
    approved: Target,
):
    approved.git("config", "filter.rewrite.smudge", "sed s/39%/93%/")
    approved.git("config", "filter.rewrite.clean", "sed s/93%/39%/")
    approved.site.write(".git/info/attributes", "*.md filter=rewrite\n")
    (approved.root / ARTICLE).unlink()
    approved.git("checkout", "--", ARTICLE)
    assert b"93%" in (approved.root / ARTICLE).read_bytes()
    assert approved.git("status", "--porcelain") == ""
    read = Repository(approved.root, cache=NO_CACHE, commit="HEAD").files.read(ARTICLE)
    assert b"93%" not in read
    assert found(approved) == []


def test_44_a_replaced_text_is_not_believed_and_found(approved: Target):
    name = approved.git("rev-parse", f"HEAD:{ARTICLE}").strip()
    text = (approved.root / ARTICLE).read_text(encoding="utf-8")
    other = blob(approved, text.replace("39%", "93%"))
    approved.git("replace", name, other)
    assert "93%" in approved.git("show", f"HEAD:{ARTICLE}")
    read = Repository(approved.root, cache=NO_CACHE, commit="HEAD").files.read(ARTICLE)
    assert read == text.encode()
    assert is_refused(approved, f"refs/replace/{name}", "history-is-not-replaced")


def test_44_a_replaced_history_is_not_believed_and_found(approved: Target):
    approved.edit("39% to 53%", "93% to 95%")
    changed = approved.commit()
    before = approved.git("rev-parse", "HEAD~1").strip()
    approved.git("replace", changed, before)
    assert is_refused(approved, "article-is-approved", "this changed: body")
    assert is_refused(approved, "history-is-not-replaced")


def test_44_other_parents_in_a_file_of_grafts_are_not_believed_and_found(approved: Target):
    head, *_, first = approved.git("rev-list", "HEAD").split()
    approved.site.write(".git/info/grafts", f"{head} {first}\n")
    (finding,) = found(approved)
    assert ".git/info/grafts: history-is-not-replaced" in finding


def test_44_objects_that_are_borrowed_from_another_clone_are_found(
    approved: Target, tmp_path: Path
):
    other = tmp_path / "borrowing"
    approved.git("clone", "-q", "--shared", ".", str(other))
    approved.git("-C", str(other), "remote", "remove", "origin")
    repository = Repository(other, cache=NO_CACHE, commit="HEAD")
    verdict = check(Examination(repository, approved.later()), publishing=True)
    (finding,) = verdict.findings
    assert "objects/info/alternates: history-is-not-replaced" in str(finding)


def test_44_a_shallow_clone_cannot_be_examined(approved: Target, tmp_path: Path):
    half = tmp_path / "half"
    approved.git("clone", "-q", "--depth=1", approved.root.as_uri(), str(half))
    done = approved.site.imprimatur("-C", str(half), "gate")
    assert done.returncode == 2
    assert "git fetch --unshallow" in done.stderr


@pytest.mark.parametrize("trust", ["", "origin/main", "main"])
@pytest.mark.parametrize(
    "name",
    [
        "refs/heads/HEAD",
        "refs/heads/refs/remotes/origin/HEAD",
        "refs/tags/refs/remotes/origin/HEAD",
        "refs/tags/refs/remotes/origin/main",
        "refs/tags/refs/remotes/main",
        "refs/tags/origin/main",
        "refs/tags/main",
    ],
)
def test_44_a_branch_or_tag_called_as_the_protected_branch_is_not_believed(
    name: str, trust: str, approved: Target, tmp_path: Path
):
    """Whoever may push, and cannot sign, brings their own board; a build machine fetches it."""
    good = approved.git("rev-parse", "HEAD").strip()
    approved.git("checkout", "-q", "-b", "stranger")
    approved.appoint("demo-evil")
    approved.git("update-ref", name, "HEAD")
    approved.git("checkout", "-q", "main")
    clone = tmp_path / "clone"
    approved.git("init", "-q", "-b", "main", str(clone))
    fetched = ("+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*")
    approved.git("-C", str(clone), "fetch", "-q", approved.root.as_uri(), *fetched)
    approved.git("-C", str(clone), "checkout", "-q", "-B", "main", good)
    here = approved.git("-C", str(clone), "for-each-ref", "--format=%(objectname) %(refname)")
    evil = approved.git("rev-parse", "stranger").strip()
    assert f"{evil} {name.replace('refs/heads/', 'refs/remotes/origin/')}" in here.splitlines()
    assert protected(clone, trust or None) == good


def test_44_a_clone_that_lacks_files_of_the_history_cannot_be_examined(
    approved: Target, tmp_path: Path
):
    approved.git("config", "uploadpack.allowFilter", "true")
    part = tmp_path / "part"
    approved.git("clone", "-q", "--filter=blob:none", approved.root.as_uri(), str(part))
    done = approved.site.imprimatur("-C", str(part), "gate")
    assert done.returncode == 2
    assert "without --filter" in done.stderr


@pytest.mark.parametrize("damage", ["lost", "cut off", "exchanged"])
def test_44_a_damaged_store_cannot_be_examined(damage: str, approved: Target):
    name = approved.git("rev-parse", f"HEAD:{ARTICLE}").strip()
    place = stored(approved, name)
    whole = place.read_bytes()
    place.chmod(0o600)
    if damage == "lost":
        place.unlink()
    elif damage == "cut off":
        place.write_bytes(whole[: len(whole) // 2])
    else:
        place.write_bytes(zlib.compress(zlib.decompress(whole).replace(b"39%", b"93%")))
    done = approved.site.imprimatur("gate")
    assert done.returncode == 2
    assert "Granted" not in done.stdout
    assert "Traceback" not in done.stderr


def test_44_a_board_of_the_past_that_was_exchanged_in_the_store_cannot_be_examined(
    approved: Target,
):
    first, *_ = approved.git("rev-list", "--reverse", "HEAD", "--", "editorial/board.yml").split()
    place = stored(approved, approved.git("rev-parse", f"{first}:editorial/board.yml").strip())
    place.chmod(0o600)
    place.write_bytes(zlib.compress(zlib.decompress(place.read_bytes()).replace(b"1", b"2")))
    with pytest.raises(CannotExamineError, match="damaged"):
        found(approved)


@pytest.mark.parametrize(
    "path",
    [
        *("docs/notes.md.bak", "docs/raw.html", "docs/review.yml", "docs/paper.pdf"),
        *("docs/run.js", "docs/articles/unused.png", "docs/articles/contrast.md~"),
    ],
)
def test_45_a_file_that_hosts_would_copy_and_nobody_claims_is_found(path: str, approved: Target):
    approved.site.write(path, "Demonstration\n")
    approved.commit()
    assert is_refused(approved, path, "file-is-claimed")


def test_46_two_proposals_that_are_fine_apart_lapse_together(approved: Target):
    approved.git("checkout", "-q", "-b", "works")
    works = approved.root / "bibliography.bib"
    works.write_text(works.read_text().replace("{Sufficient?}", "{Insufficient?}"))
    approved.commit()
    approved.git("checkout", "-q", "-b", "text", "main")
    approved.edit("39% to 53%", "38% to 53%")
    approved.reviewed()
    approved.git("checkout", "-q", "main")
    approved.git("merge", "-q", "--no-ff", "-m", "Merge", "text")
    assert found(approved) == []
    approved.git("merge", "-q", "--no-ff", "-m", "Merge", "works")
    assert is_refused(approved, "article-is-approved", "reference park2019spinal (title")


def test_47_who_takes_a_withdrawal_out_of_the_history_is_found_by_every_other_clone(
    approved: Target, tmp_path: Path
):
    path = approved.act("withdraw", "demo-cai")
    approved.commit()
    other = tmp_path / "other"
    approved.git("clone", "-q", ".", str(other))
    approved.git("-C", str(other), "reset", "-q", "--hard", "HEAD~1")
    repository = Repository(other, cache=NO_CACHE, commit="HEAD")
    verdict = check(Examination(repository, approved.later()), publishing=True)
    assert any(
        path.name in each.path and each.rule == "record-is-kept" for each in verdict.findings
    )
    assert repository.standing("contrast", approved.later()).is_notice


@pytest.mark.parametrize(
    "path",
    [
        f"docs/{'a' * 81}.md",
        f"docs/{'/'.join(['folder'] * 30)}/a.md",
        "docs/aux.md",
        "docs/con.d/a.md",
        "editorial/NUL.yml",
        "docs/about./us.md",
        "docs/about /us.md",
        "editorial/records/contrast/act.yml.",
        "editorial/records/contrast/b\u200bc.yml",
        "overrides/a:b.html",
        "docs/..md",
        "docs/articles/\u0441ontrast.md",
    ],
)
def test_48_a_path_that_not_every_system_reads_alike_is_found(path: str, approved: Target):
    commit_entry(approved, "100644", blob(approved), path)
    assert any(
        each.startswith(one_line(path))
        and ("path-fits-every-system" in each or "name-is-plain" in each)
        for each in found(approved)
    )


@pytest.mark.parametrize(
    "path",
    [
        "Docs/articles/contrast.md",
        "docs/Articles/other.md",
        "editorial/Records/contrast/act.yml",
        "editorial/Policy.yml",
        "MkDocs.yml",
    ],
)
def test_48_a_path_that_differs_in_capitals_alone_is_found(path: str, approved: Target):
    commit_entry(approved, "100644", blob(approved), path)
    assert is_refused(approved, "path-is-spelled-one-way", "on many disks this is the same place")


def test_48_a_path_that_differs_in_how_a_letter_is_put_together_is_found(approved: Target):
    for form in ("NFC", "NFD"):
        path = unicodedata.normalize(form, "editorial/caf\u00e9.yml")
        commit_entry(approved, "100644", blob(approved), path)
    assert is_refused(approved, "path-is-spelled-one-way", "on many disks this is the same place")


@pytest.mark.parametrize("name", ["..", ".", ".git"])
def test_48_a_folder_whose_name_leads_elsewhere_cannot_be_examined(name: str, approved: Target):
    page = f"100644 blob {blob(approved)}\tindex.md\n"
    inner = fed(approved, "mktree", text=page)
    docs = fed(approved, "mktree", text=f"{page}040000 tree {inner}\t{name}\n")
    others = [line for line in approved.git("ls-tree", "HEAD").split("\n") if "\tdocs" not in line]
    whole = fed(approved, "mktree", text="\n".join([f"040000 tree {docs}\tdocs", *others]))
    commit = approved.git("commit-tree", "-p", "HEAD", "-m", "Demonstration", whole).strip()
    approved.git("update-ref", "HEAD", commit)
    with pytest.raises(CannotExamineError, match="no honest tool writes"):
        found(approved)


def test_49_texts_and_acts_are_bound_by_sha_256_whatever_git_takes_for_the_same(approved: Target):
    repository = Repository(approved.root, cache=NO_CACHE, commit="HEAD")
    manifest = repository.manifest("contrast")
    assert all(each.startswith("sha256:") for each in (manifest.digest, *manifest.parts.values()))
    for filed in repository.records("contrast").value:
        data = repository.files.read(filed.path)
        assert filed.digest == f"sha256:{hashlib.sha256(data).hexdigest()}"
    # As if another text had Git's name of the approved one, and lay in this clone in its place.
    text = (approved.root / ARTICLE).read_text(encoding="utf-8")
    approved.site.write(ARTICLE, text.replace("39%", "93%"))
    approved.git("update-index", "--assume-unchanged", ARTICLE)
    now = datetime.now(tz=UTC)
    assert Repository(approved.root, cache=NO_CACHE).manifest("contrast").digest != manifest.digest
    assert not Repository(approved.root, cache=NO_CACHE).standing("contrast", now).is_published


@pytest.mark.parametrize(
    "name", ["../../:!x", "../../:(glob)**", "-x", "a" * 5_000, "\u0e01" * 45_000]
)
def test_48_what_is_named_in_a_text_of_the_past_is_a_name_and_no_command(
    name: str, approved: Target
):
    text = (approved.root / ARTICLE).read_text(encoding="utf-8")
    word = f"\nSee `{name}.png`.\n"
    approved.site.write(ARTICLE, f"{text}{word}")
    approved.act("review", "mallory", key=None)
    approved.commit()
    approved.site.write(ARTICLE, text)
    approved.commit()
    approved.act("withdraw", "demo-dan")
    approved.commit()
    assert approved.standing().state is State.WITHDRAWN
    # A stranger's act is told, and nothing fails.
    assert is_refused(approved, "act-is-genuine", "mallory")
