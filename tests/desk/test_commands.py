"""The command as people and scripts use it, over real repositories."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace

import pytest

from conftest import BODY, HEAD

SUBMIT = ("submit", "contrast", "--by", "an-author", "--name", "An Author")


def test_status_says_where_an_article_stands_and_what_it_waits_for(site):
    assert "draft" in site.imprimatur("status").stdout
    site.imprimatur(*SUBMIT)
    told = site.imprimatur("status").stdout
    assert re.search(r"contrast +submitted +\d{4}-\d\d-\d\d +an editor to assign reviewers", told)


def test_status_of_one_article_shows_its_record_and_its_parts(site):
    site.imprimatur(*SUBMIT)
    told = site.imprimatur("status", "contrast").stdout
    assert "reference park2019spinal" in told
    assert "submit, round 1, by An Author; signature absent" in told


def test_status_as_json_can_be_read_by_a_program(site):
    site.imprimatur(*SUBMIT)
    told = json.loads(site.imprimatur("status", "--format", "json").stdout)
    assert told["contrast"]["standing"] == "submitted"
    assert told["contrast"]["round"] == 1


def test_submit_writes_one_act_that_names_the_present_text(site):
    done = site.imprimatur(*SUBMIT)
    assert done.returncode == 0, done.stderr
    (act,) = (site.root / "editorial/records/contrast").iterdir()
    assert re.fullmatch(r"\d{8}T\d{6}Z-submit-an-author\.yml", act.name)
    assert site.imprimatur("check").returncode == 0


def test_submit_says_what_is_lacking_and_how_text_and_act_come_to_the_others(site):
    works = site.root / "bibliography.bib"
    works.write_bytes(works.read_bytes() + b"\n")
    told = site.imprimatur(*SUBMIT).stdout.splitlines()
    assert told[1].startswith("It waits for an editor to assign reviewers; and for approval by 2")
    assert told[2] == "Now commit it with the text, and have it merged:"
    files = "bibliography.bib editorial/records/contrast"
    assert told[3:] == [f"  git add {files}", '  git commit -m "contrast: submit, round 1"']


def test_submit_says_at_once_that_nobody_knows_who_commits_here(site):
    site.git("config", "user.email", "a-stranger@demonstration.example")
    done = site.imprimatur(*SUBMIT)
    cure = "imprimatur appoint ID --contributor --git a-stranger@demonstration.example"
    assert cure in done.stderr
    named = ("--contributor", "--name", "An Author", "--git", "A-Stranger@demonstration.example")
    site.imprimatur("appoint", "an-author", *named)
    site.write("docs/articles/contrast.md", (HEAD + BODY).replace("39%", "29%"))
    done = site.imprimatur(*SUBMIT)
    assert "round 2" in done.stdout
    assert not done.stderr


def test_submit_twice_writes_nothing_twice(site):
    site.imprimatur(*SUBMIT)
    again = site.imprimatur(*SUBMIT)
    assert "submitted already" in again.stdout
    assert len(list((site.root / "editorial/records/contrast").iterdir())) == 1


def test_an_edit_after_submit_is_noticed_and_a_new_submit_opens_a_new_round(site):
    site.imprimatur(*SUBMIT)
    path = site.root / "docs/articles/contrast.md"
    path.write_text(path.read_text().replace("39%", "29%"))
    refused = site.imprimatur("check")
    assert refused.returncode == 1
    assert "record-matches-manuscript" in refused.stdout
    assert site.imprimatur(*SUBMIT).returncode == 0
    assert "round 2" in site.imprimatur("status", "contrast").stdout


def test_a_text_with_a_finding_is_not_submitted(site):
    site.article(body="\n/// answer\nText [@nowhere2020].\n///\n")
    done = site.imprimatur(*SUBMIT)
    assert done.returncode == 1
    assert "citation-resolves" in done.stderr
    assert not (site.root / "editorial/records").exists()


@pytest.mark.parametrize("by", ["An Author", "../x", "", "\u0430na"])
def test_an_identifier_that_is_none_is_refused(site, by):
    done = site.imprimatur("submit", "contrast", "--by", by, "--name", "An Author")
    assert done.returncode == 2
    assert "lower-case letters" in done.stderr
    assert not (site.root / "editorial/records").exists()


def test_check_names_file_line_rule_and_cure(site):
    site.article(body="\n/// answer\nText [@parc2019spinal].\n///\n")
    done = site.imprimatur("check")
    assert done.returncode == 1
    assert "docs/articles/contrast.md:13: citation-resolves: `@parc2019spinal`" in done.stdout
    assert "nearest keys: @park2019spinal" in done.stdout


def test_check_annotates_on_github(site):
    site.article(body="\n/// answer\n100% of [@parc2019spinal].\n///\n")
    told = site.imprimatur("check", "--format", "github").stdout
    where = "::error file=docs/articles/contrast.md,line=13,title=citation-resolves::"
    assert where in told
    assert all(line.startswith("::") for line in told.splitlines())


def test_check_as_json_can_be_read_by_a_program(site):
    told = json.loads(site.imprimatur("check", "--format", "json").stdout)
    assert told["outcome"] == "refused"
    assert told["findings"][0]["rule"] == "article-has-record"
    assert set(told["findings"][0]) == {"path", "line", "rule", "message", "cure"}


def test_check_finds_a_broken_link_and_a_broken_anchor(site):
    site.article(
        body="\n/// answer\nSee [this](nowhere.md) and [that](#nowhere) [@park2019spinal].\n///\n"
    )
    told = site.imprimatur("check").stdout
    assert told.count("docs/articles/contrast.md:13: link-resolves") == 2


def test_the_gate_refuses_what_is_pending_and_names_what_it_did_not_look_at(site):
    site.imprimatur(*SUBMIT)
    done = site.imprimatur("gate")
    assert done.returncode == 1
    assert "article-has-record" in done.stdout
    assert "-submit-an-author.yml in the working tree is not what it holds" in done.stdout
    site.commit()
    told = site.imprimatur("gate").stdout
    assert "article-is-approved" in told
    assert "article-has-record" not in told
    assert "working tree" not in told


def test_the_gate_says_that_it_cannot_examine_without_git(site):
    shutil.move(site.root / ".git", site.root.parent / "elsewhere")
    done = site.imprimatur("gate")
    assert done.returncode == 2
    assert "git init" in done.stderr


def test_the_gate_grants_nothing_where_there_is_nothing(site):
    (site.root / "docs/articles/contrast.md").unlink()
    site.commit()
    done = site.imprimatur("gate")
    # The pages around the articles, which no editor approved, are refused besides.
    assert done.returncode == 1
    assert "0 articles examined" in done.stdout


def test_build_preview_says_where_to_open_it_and_what_is_pending(site):
    site.imprimatur(*SUBMIT)
    done = site.imprimatur("build", "--preview")
    assert done.returncode == 0, done.stdout
    assert "Pending: contrast is submitted, and waits for an editor" in done.stdout
    assert "Search works only where the site is served: mkdocs serve\n" in done.stdout
    assert done.stdout.strip().endswith("site/index.html")
    assert (site.root / "site/articles/contrast.html").is_file()


def test_build_without_preview_names_the_two_ways(site):
    done = site.imprimatur("build")
    assert done.returncode == 2
    assert "build --preview" in done.stderr
    assert "imprimatur publish" in done.stderr


def test_references_are_listed_one_a_line_as_plain_text(site):
    done = site.imprimatur("references", "list", "park2019spinal", "liu2017vertebral")
    assert done.returncode == 0
    first, second = done.stdout.splitlines()
    assert first.startswith("Park A, Lee B, Kim C. Sufficient? J Demonstr. 2019;1:1-9. doi:10.1000")
    assert second.startswith("Liu T, Wang S.")


def test_references_offer_the_nearest_key(site):
    done = site.imprimatur("references", "list", "parc2019spinal")
    assert done.returncode == 1
    assert "park2019spinal" in done.stderr


def test_rules_are_explained_with_a_bad_and_a_good_example(site):
    told = site.imprimatur("rules", "citation-resolves").stdout
    assert "Bad:  [@park2091spinal]" in told
    assert "Good: [@park2019spinal]" in told
    everything = site.imprimatur("rules").stdout
    assert everything.count("  Bad:  ") == everything.count("  Good: ") > 30


@pytest.mark.parametrize(
    "arguments",
    [
        ("status", "nowhere"),
        ("rules", "citation-resolvs"),
        ("submit", "nowhere", "--by", "a", "--name", "A"),
        ("-C", "..", "status"),
        ("nonsense",),
        ("check", "--format", "nonsense"),
        ("references", "list", "--bib", "nowhere.bib"),
    ],
)
def test_what_cannot_be_examined_exits_2_with_a_sentence(site, arguments):
    done = site.imprimatur(*arguments)
    assert done.returncode == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


BROKEN = {
    "editorial/policy.yml": [
        "",
        "version: two\n",
        "a: &x 1\nb: *x\n",
        "\ufeffversion: 1\n",
        "- a\n",
    ],
    "editorial/board.yml": ["", "people: []\npeople: []\n", "\x00", "{" * 5000],
    "bibliography.bib": [
        "",
        "@article{",
        "\ufeff",
        "@article{a,}\n@article{A,}\n",
        '@string{a="b"',
    ],
    "docs/articles/contrast.md": [
        "",
        "\n---\n",
        "---\n",
        "\x00",
        "---\n---\n",
        "---\ntitle: x\n---\n",
    ],
    "editorial/records/contrast/x.yml": ["<<<<<<< HEAD\n"],
    "editorial/records/contrast/20261123T101512Z-submit-a.yml": ["<<<<<<< HEAD\n", "act: submit\n"],
}


@pytest.mark.parametrize(
    ("path", "text"), [(path, text) for path, texts in BROKEN.items() for text in texts]
)
def test_a_broken_file_is_named_and_nothing_ends_in_a_traceback(site, path, text):
    site.write(path, text)
    site.write("../built/index.html", "<!doctype html><title>Demonstration</title>")
    for command in (("status", "contrast"), ("check", "--site", "../built")):
        done = site.imprimatur(*command)
        said = done.stdout + done.stderr
        assert "Traceback" not in said
        assert "fault of the program" not in said
    assert done.returncode == 1
    assert path in said


def test_unreadable_bytes_are_named_with_their_line(site):
    site.write("docs/articles/contrast.md", b"---\ntitle: \xff\n---\n")
    told = site.imprimatur("check").stdout
    assert "docs/articles/contrast.md:2: manuscript-is-readable: byte 0xff is no UTF-8" in told


def test_a_missing_bibliography_is_named(site):
    (site.root / "bibliography.bib").unlink()
    told = site.imprimatur("check").stdout
    assert "bibliography.bib: bibliography-is-readable: there is no such file" in told
    assert "citation-resolves" in told


def test_a_preview_is_never_built_over_files_that_somebody_keeps(site):
    site.write("../precious/thesis.txt", "Ten years of work.")
    done = site.imprimatur("build", "--preview", "--to", "../precious")
    assert done.returncode == 2
    assert "building would delete them" in done.stderr
    assert (site.root / "../precious/thesis.txt").is_file()
    assert [each.name for each in (site.root / "../precious").iterdir()] == ["thesis.txt"]


def test_a_preview_is_built_over_an_older_preview(site):
    site.imprimatur(*SUBMIT)
    for _ in range(2):
        assert site.imprimatur("build", "--preview", "--to", "../built").returncode == 0


@pytest.mark.parametrize("path", ["editorial/records", "editorial/records/contrast"])
def test_a_record_that_cannot_be_written_is_said_in_a_sentence(site, path):
    site.write(path, "A file where a folder belongs.")
    done = site.imprimatur(*SUBMIT)
    assert done.returncode == 2
    assert "fault of the program" not in done.stderr
    assert path in done.stderr


def test_a_file_that_stops_the_host_is_named_by_its_rule_all_the_same(site):
    (site.root / "docs/loop").symlink_to(".")
    done = site.imprimatur("check")
    assert done.returncode == 1
    assert "docs/loop: file-name-is-plain: this is a symbolic link" in done.stdout
    assert "not checked: link-resolves" in done.stdout
    assert "MkDocs could not build the preview" in done.stderr


def test_a_site_that_cannot_be_built_is_never_granted(site):
    site.imprimatur(*SUBMIT)
    site.write("mkdocs.yml", "site_name: Demonstration\nplugins: [nonsense]\n")
    done = site.imprimatur("check")
    assert done.returncode == 2
    assert "Could not examine everything" in done.stdout


def test_the_name_of_a_file_may_be_no_text(site):
    (site.root / "docs/articles").joinpath("\udcff.md").write_bytes(b"")
    for command in ("status", "check"):
        done = site.imprimatur(command)
        assert "\\udcff" in done.stdout
        assert "fault of the program" not in done.stderr


def test_the_command_works_from_another_folder(site):
    for folder in ("docs", "editorial"):
        done = replace(site, root=site.root / folder).imprimatur("-C", "..", "status")
        assert "contrast" in done.stdout


def test_windows_line_ends_in_the_configuration_change_nothing(site):
    site.imprimatur(*SUBMIT)
    path = site.root / "mkdocs.yml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert site.imprimatur("check").returncode == 0


def test_references_can_be_listed_with_the_keys_to_cite(site):
    told = site.imprimatur("references", "list", "--with-keys", "park2019spinal").stdout
    assert told.startswith("@park2019spinal\tPark A,")


def test_an_identifier_is_judged_even_where_nothing_is_to_be_written(site):
    site.imprimatur(*SUBMIT)
    done = site.imprimatur("submit", "contrast", "--by", "An Author", "--name", "An Author")
    assert done.returncode == 2


@pytest.mark.parametrize(
    ("slip", "cure"),
    [
        ("title: Pain: does it help?", "put the value in quotation marks"),
        ('title: "Does it help?', "close the quotation mark"),
        ("title: @home, does it help?", "put the value in quotation marks"),
        ('title: "Is it" so?', "stands in single ones: 'Is it \"really\" so?'"),
    ],
)
def test_a_slip_in_the_front_matter_is_answered_with_its_cure(site, slip, cure):
    path = site.root / "docs/articles/contrast.md"
    path.write_text(re.sub(r"title: .*", slip, path.read_text()))
    site.write("../built/index.html", "<!doctype html><title>Demonstration</title>")
    assert cure in site.imprimatur("check", "--site", "../built").stdout


def kept(site) -> bool:
    """Whether the gate says that every act is as it was first committed."""
    site.commit()
    return "record-is-kept" not in site.imprimatur("gate", "--site", "../built").stdout


def test_an_act_that_is_edited_or_deleted_is_noticed_until_it_is_restored(site):
    site.write("../built/index.html", "<!doctype html><title>Demonstration</title>")
    site.imprimatur(*SUBMIT)
    assert kept(site)
    (act,) = (site.root / "editorial/records/contrast").iterdir()
    written = act.read_bytes()
    act.write_bytes(written.replace(b"An Author", b"Bob"))
    assert not kept(site)
    act.unlink()
    assert not kept(site)
    act.write_bytes(written)
    assert kept(site)


def test_what_is_tidied_on_a_branch_before_it_is_merged_does_not_count(site):
    site.write("../built/index.html", "<!doctype html><title>Demonstration</title>")
    site.git("checkout", "-q", "-b", "proposal")
    site.imprimatur(*SUBMIT)
    site.commit()
    (act,) = (site.root / "editorial/records/contrast").iterdir()
    act.unlink()
    site.commit()
    site.git("checkout", "-q", "main")
    site.git("merge", "-q", "--no-ff", "-m", "Merge", "proposal")
    assert kept(site)


def test_a_folder_inside_the_site_will_do(site):
    assert "contrast" in site.imprimatur("-C", "docs/articles", "status").stdout


@pytest.mark.parametrize("named", ["docs/articles/contrast.md", "Contrast", "contrst"])
def test_a_slug_that_is_nearly_right_is_answered_with_the_right_one(site, named):
    done = site.imprimatur("status", named)
    assert done.returncode == 2
    assert "did you mean `contrast`?" in done.stderr


def test_a_preview_of_what_could_not_be_examined_is_not_called_good(site):
    (site.root / "docs/articles/contrast.md").unlink()
    done = site.imprimatur("build", "--preview")
    assert done.returncode == 2
    assert (site.root / "site/index.html").is_file()


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("docs", "docs belongs to the site's own sources"),
        ("docs/out/../live", "docs belongs to the site's own sources"),
        ("overrides", "overrides belongs to the site's own sources"),
        (".git/live", ".git belongs to the site's own sources"),
        ("notes/live", "notes belongs to the site's own sources"),
        (".", "the site's own sources lie in it"),
        ("..", "the site's own sources lie in it"),
    ],
)
def test_nothing_is_published_over_what_the_site_is_made_from(site, place, told):
    site.write("notes/tracked.txt", "Kept.\n")
    site.commit()
    before = sorted(each for each in site.root.rglob("*") if ".git" not in each.parts)
    done = site.imprimatur("publish", "--to", place)
    assert done.returncode == 2
    assert "is no place to publish to: " in done.stderr
    assert told in done.stderr
    assert f"name a folder of its own, such as --to {site.root / 'site-live'}" in done.stderr
    assert sorted(each for each in site.root.rglob("*") if ".git" not in each.parts) == before


def test_a_first_publication_that_is_refused_says_that_nothing_is_live_yet(site):
    site.commit()
    (site.root / "old.releases/release-000001").mkdir(parents=True)
    (site.root / "old").symlink_to("old.releases/release-000001")
    site.git("add", "-f", "old")
    for place, state in (("new", "not there yet"), ("old", "as it was")):
        done = site.imprimatur("publish", "--to", place)
        assert done.returncode == 1
        assert f"Nothing was published: {site.root / place} is {state}.\n" in done.stdout


def test_no_file_that_lies_where_it_runs_is_taken_for_a_module(site):
    for name in ("yaml.py", "click.py", "markdown.py"):
        (site.root / name).write_text("open('ran', 'w')\n", encoding="utf-8")
    assert site.imprimatur("--help").returncode == 0
    assert not (site.root / "ran").exists()
