"""``imprimatur new`` begins an article under a name that nothing else had."""

from __future__ import annotations

import pytest

from conftest import BODY
from imprimatur.editorial import Repository
from terminal import typed

TITLE = ("--title", "Does it help: really?")
WHOLE = (
    *TITLE, "--summary", "A demonstration.", "--topic", "radiology", "--topic", "oncology",
    "--author", "Demonstration author", "--affiliation", "Nowhere", "--interests", "none",
    "--evidence-through", "2025-02-21", "--audience", "clinician",
)  # fmt: skip


def text(site, slug="second"):
    return (site.root / f"docs/articles/{slug}.md").read_text()


def test_a_new_article_says_what_to_write_where_and_check_asks_for_what_is_empty(site):
    done = site.imprimatur("new", "second", *TITLE)
    assert done.returncode == 0, done.stderr
    assert "imprimatur submit second" in done.stdout
    assert 'title: "Does it help: really?"' in text(site)
    told = site.imprimatur("check").stdout
    assert "second.md:6: front-matter-is-valid: `summary` is empty" in told
    assert "`evidence_through` is empty" in told


def test_with_everything_given_the_head_is_whole_and_only_the_text_is_missing(site):
    done = site.imprimatur("new", "second", *WHOLE)
    assert done.returncode == 0, done.stderr
    front = Repository(site.root).manuscript("second").value.front
    assert front.title == "Does it help: really?"
    assert front.topics == ("radiology", "oncology")
    assert front.authors[0].interests == "none"
    told = site.imprimatur("check").stdout
    assert "front-matter" not in told
    assert "second.md:" in told
    assert "evidence-is-cited" in told


def test_an_article_that_is_filled_in_can_be_submitted(site):
    site.imprimatur("new", "second", *WHOLE)
    head = text(site).split("\n---\n")[0] + "\n---\n"
    site.write("docs/articles/second.md", head + BODY)
    site.commit()
    done = site.imprimatur("submit", "second", "--by", "an-author", "--name", "An Author")
    assert done.returncode == 0, done.stderr


def test_the_template_cites_nothing_and_says_where_the_keys_are(site):
    done = site.imprimatur("new", "second", *TITLE)
    assert "references list --with-keys" in done.stdout
    assert "@" not in text(site)


def test_where_there_is_no_work_yet_it_is_asked_for(site):
    site.write("bibliography.bib", "% nothing yet\n")
    done = site.imprimatur("new", "second", *TITLE)
    assert done.returncode == 0
    assert "holds no work yet" in done.stdout


@pytest.mark.parametrize(
    "slug", ["Second", "two words", "../second", "a--b", "index", "", "x" * 65]
)
def test_a_bad_name_is_refused_and_nothing_is_written(site, slug):
    before = sorted((site.root / "docs").rglob("*"))
    done = site.imprimatur("new", *TITLE, "--", slug)
    assert done.returncode == 2
    assert "name" in done.stderr
    assert sorted((site.root / "docs").rglob("*")) == before


def test_a_taken_name_is_refused_and_the_text_stays(site):
    before = text(site, "contrast")
    done = site.imprimatur("new", "contrast", *TITLE)
    assert done.returncode == 2
    assert "never used twice" in done.stderr
    assert text(site, "contrast") == before


def test_a_name_that_only_records_have_is_taken(site):
    site.write("editorial/records/second/20261123T101512Z-submit-x.yml", "x\n")
    done = site.imprimatur("new", "second", *TITLE)
    assert done.returncode == 2
    assert "records" in done.stderr


def test_a_name_that_was_once_used_is_taken_for_good(site):
    site.git("rm", "-q", "docs/articles/contrast.md")
    site.commit()
    done = site.imprimatur("new", "contrast", *TITLE)
    assert done.returncode == 2
    assert "the history knows" in done.stderr


def test_a_name_that_another_branch_uses_is_taken(site):
    site.git("checkout", "-q", "-b", "proposal")
    site.article("second")
    site.commit()
    site.git("checkout", "-q", "main")
    assert site.imprimatur("new", "second", *TITLE).returncode == 2


def test_where_the_history_is_cut_off_no_name_is_known_to_be_free(site, tmp_path):
    site.commit()
    site.git("clone", "-q", "--depth", "1", site.root.as_uri(), str(tmp_path / "shallow"))
    done = site.imprimatur("-C", str(tmp_path / "shallow"), "new", "second", *TITLE)
    assert done.returncode == 2
    assert "--unshallow" in done.stderr


def test_which_form_a_topic_and_a_title_have_is_said_in_words(site):
    wrong = ("--topic", "emergency medicine", "--topic", "radiology", "--title", " Blank")
    done = site.imprimatur("new", "second", *wrong)
    assert done.returncode == 2
    assert done.stderr.endswith(
        "nothing was written:\n"
        "  --title ' Blank': it is written on one line, with nothing blank around it\n"
        "  --topic 'emergency medicine': it is written in lower-case letters, digits and single "
        "hyphens, such as emergency-medicine\n"
    )
    head = text(site, "contrast").replace("[radiology]", "[Emergency Medicine]")
    site.write("docs/articles/contrast.md", head)
    told = site.imprimatur("check").stdout
    assert '`topics.0` is "Emergency Medicine": it is written in lower-case letters' in told


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_written(site):
    wrong = ("--evidence-through", "1.2.2026", "--audience", "doctor", "--class", "x")
    done = site.imprimatur("new", "second", *TITLE, *wrong)
    assert done.returncode == 2
    assert "--evidence-through '1.2.2026': a day is written as" in done.stderr
    assert "--audience 'doctor': the policy has clinician, patient" in done.stderr
    assert "--class 'x': the policy has general" in done.stderr
    assert not (site.root / "docs/articles/second.md").exists()


def test_without_a_readable_policy_nothing_is_begun(site):
    site.write("editorial/policy.yml", "version: one\n")
    done = site.imprimatur("new", "second", *TITLE)
    assert done.returncode == 2
    assert "policy-is-readable" in done.stderr
    assert not (site.root / "docs/articles/second.md").exists()


def test_a_script_that_gives_no_title_is_told_so(site):
    done = site.imprimatur("new", "second")
    assert done.returncode == 2
    assert "--title" in done.stderr


def test_at_a_terminal_the_title_is_asked_for(site):
    done = typed(site, ["What now?"], "new", "second")
    assert done.returncode == 0, done.stderr
    assert "title: What now?" in text(site)
