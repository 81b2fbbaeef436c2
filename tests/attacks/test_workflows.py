"""What a forge runs of a site: rows 53, 55 and 57, on the workflows that are to be copied."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
import yaml

from boards import BoardSite
from imprimatur.desk.blueprint import WORKFLOWS
from imprimatur.desk.main import command

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Site
    from keys import Key

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "plugins/imprimatur/desk/templates/workflows"
FILES = [*(FOLDER / name for name in WORKFLOWS), ROOT / ".github/workflows/check.yml"]
PIN = re.compile(r"uses: (?P<action>[\w./-]+)@(?P<hash>[0-9a-f]{40}) # v\d+\.\d+\.\d+")
COMMAND = re.compile(r'"\$RUNNER_TEMP/tools/bin/imprimatur" (.*)')


def read(path: Path) -> dict[str, Any]:
    # All values as they are written: YAML would take `on` for true.
    text = path.read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - makes text only
    return found


def jobs() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every job of the workflows to be copied, by its file and name."""
    for name in WORKFLOWS:
        for job, said in read(FOLDER / name)["jobs"].items():
            yield f"{name}:{job}", said


def step(name: str, job: str, words: str) -> dict[str, Any]:
    """The step of a job whose name begins so."""
    steps = read(FOLDER / name)["jobs"][job]["steps"]
    (found,) = [each for each in steps if each["name"].startswith(words)]
    return dict(found)


def run_script(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a step as the forge does: Bash that stops at the first failure."""
    return subprocess.run(
        [shutil.which("bash") or "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def run_job_step(
    said: dict[str, Any], folder: Path, known: dict[str, str], **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a step with its own environment. known: what the forge puts in its place."""
    own = {name: known.get(value, value) for name, value in said["env"].items()}
    assert not any("${{" in value for value in own.values())
    runner = {name: value for name, value in known.items() if "${{" not in name}
    return run_script(said["run"], folder, NO_MKDOCS_2_WARNING="1", **runner, **own, **more)


def test_53_no_proposal_can_choose_that_it_is_not_examined():
    told = read(FOLDER / "pull-request.yml")
    # Without filters: no path, label or branch of a proposal leaves it out.
    assert told["on"] == "pull_request"
    assert told["jobs"]["check"]["if"] == "${{ always() }}"
    assert all(
        "continue-on-error" not in each for _, job in jobs() for each in (job, *job["steps"])
    )
    assert all("|| true" not in each.get("run", "") for _, job in jobs() for each in job["steps"])


@pytest.mark.parametrize(
    ("result", "is_fine"),
    [("success", True), ("failure", False), ("skipped", False), ("cancelled", False), ("", False)],
)
def test_53_a_check_without_a_preview_is_red_and_not_skipped(
    result: str, *, is_fine: bool, tmp_path: Path
):
    script = step("pull-request.yml", "check", "Refuse where the preview")["run"]
    assert (run_script(script, tmp_path, PREVIEW=result).returncode == 0) is is_fine


def test_53_publishing_asks_the_gate_itself_and_deploys_only_what_it_granted():
    told = read(FOLDER / "publish.yml")["jobs"]
    scripts = [each.get("run", "") for each in told["build"]["steps"]]
    assert sum(" publish --to " in each for each in scripts) == 1
    assert "if" not in step("publish.yml", "build", "Derive anew")
    assert told["deploy"]["needs"] == "build"
    assert "if" not in told["deploy"]


def test_55_a_strangers_proposal_gets_no_secret_and_no_right_to_write():
    for path in FILES:
        text, told = path.read_text(encoding="utf-8"), read(path)
        assert "secrets." not in text, path
        # Their names stand in a comment that warns of them, and nowhere else.
        assert not {"pull_request_target", "workflow_run", "issue_comment"} & {*told["on"]}, path
    for name in WORKFLOWS:
        assert read(FOLDER / name)["permissions"] == "{}" or not read(FOLDER / name)["permissions"]
    proposal = read(FOLDER / "pull-request.yml")["jobs"].values()
    assert all(job["permissions"] == {"contents": "read"} for job in proposal)


def test_55_no_program_of_a_proposal_finds_the_token_with_which_it_was_fetched():
    checkouts = [
        each["with"].get("persist-credentials")
        for _, job in (*jobs(), *read(FILES[-1])["jobs"].items())
        for each in job["steps"]
        if each.get("uses", "").startswith("actions/checkout@")
    ]
    assert len(checkouts) >= 6
    assert set(checkouts) == {"false"}


def test_55_what_may_write_runs_nothing_of_the_repository():
    writing = {name: job for name, job in jobs() if "write" in job["permissions"].values()}
    assert set(writing) == {"publish.yml:deploy", "schedule.yml:tell"}
    for job in writing.values():
        assert not any("checkout" in each.get("uses", "") for each in job["steps"])
        assert not any("tools/bin" in each.get("run", "") for each in job["steps"])


def test_55_no_words_of_a_proposal_are_pasted_into_a_script():
    assert not [
        name for name, job in jobs() for each in job["steps"] if "${{" in each.get("run", "")
    ]


def test_57_every_action_is_named_by_its_whole_digest_and_each_by_one():
    found: dict[str, set[str]] = {}
    for path in FILES:
        for line in path.read_text(encoding="utf-8").splitlines():
            if "uses:" in line:
                pin = PIN.search(line)
                assert pin is not None, f"{path.name}: {line.strip()}"
                found.setdefault(pin["action"], set()).add(pin["hash"])
    assert len(found) == 6
    assert all(len(hashes) == 1 for hashes in found.values()), found


def test_57_packages_are_installed_by_their_digests_and_from_no_cache_of_another_run():
    installs = [
        line.strip()
        for _, job in jobs()
        for each in job["steps"]
        for line in each.get("run", "").splitlines()
        if "pip install" in line
    ]
    assert len(installs) == 4
    for line in installs:
        assert "--require-hashes" in line
        assert "--only-binary=:all:" in line
    text = "".join(path.read_text(encoding="utf-8") for path in FILES)
    assert "actions/cache" not in text
    assert not re.search(r"^\s+cache:", text, re.MULTILINE)


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_57_every_package_of_the_locks_has_its_digests(name: str):
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [each for each in text.splitlines() if each.strip() and each.lstrip()[0] != "#"]
    assert len(lines) > 20
    assert all("==" in each and "--hash=sha256:" in each for each in lines)


def test_57_nothing_is_found_in_the_workflows_by_an_auditor_who_looks_for_all(tmp_path: Path):
    program = Path(sys.executable).with_name("zizmor")
    arguments = [str(program), "--offline", "--pedantic", "--no-config", "--no-progress"]
    done = subprocess.run(
        [*arguments, *map(str, FILES)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    # It can find something, or its silence would prove nothing.
    bad = tmp_path / "bad.yml"
    bad.write_text(FILES[0].read_text("utf-8").replace("permissions: {}", "permissions: write-all"))
    done = subprocess.run([*arguments, str(bad)], capture_output=True, text=True, check=False)
    assert done.returncode != 0


def test_every_command_of_the_workflows_is_one_that_there_is():
    context = click.Context(command)
    scripts = [each.get("run", "") for _, job in jobs() for each in job["steps"]]
    lines = [line for script in scripts for line in COMMAND.findall(script)]
    assert len(lines) == 5
    for line in lines:
        words = shlex.split(line.partition(" > ")[0])
        name = next(each for each in words if each in command.list_commands(context))
        found = command.get_command(context, name)
        assert found is not None
        options = {each for param in found.params for each in param.opts}
        given = [each for each in words[words.index(name) :] if each.startswith("--")]
        assert set(given) <= options, line


@pytest.fixture
def checkout(site: Site, keys: Callable[..., Key], tmp_path: Path) -> tuple[BoardSite, Path]:
    """A site, and beside it a folder as a forge prepares it for the job that examines."""
    board = BoardSite(site, keys)
    board.appoint("demo-ana", "demo-ben")
    board.submit()
    board.commit()
    tools = tmp_path / "runner/tools/bin"
    tools.mkdir(parents=True)
    for name, module in (("imprimatur", "imprimatur.desk"), ("mkdocs", "mkdocs")):
        script = f'#!/bin/sh\nexec "{sys.executable}" -W ignore -m {module} "$@"\n'
        (tools / name).write_text(script)
        (tools / name).chmod(0o755)
    return board, tmp_path


def examined(board: BoardSite, folder: Path) -> subprocess.CompletedProcess[str]:
    """What the job says of the branch `proposal`, merged into the protected one."""
    base = board.git("rev-parse", "main").strip()
    board.git("switch", "-q", "--detach", "main")
    board.git("merge", "-q", "--no-ff", "-m", "merged", "proposal")
    head = board.git("rev-parse", "HEAD").strip()
    clone = folder / "work/proposal"
    # As a forge does it: only commits are fetched, and no branch of ours has a name there.
    board.git("clone", "-q", "--no-checkout", str(board.root), str(clone))
    board.git("-C", str(clone), "switch", "-q", "--detach", head)
    known = {
        "RUNNER_TEMP": str(folder / "runner"),
        "${{ github.event.pull_request.base.sha }}": base,
    }
    build, check = (
        step("pull-request.yml", *each)
        for each in (("preview", "Build the preview"), ("check", "Examine the proposal"))
    )
    built = run_job_step(build, clone.parent, known)
    assert built.returncode == 0, built.stderr
    return run_job_step(check, clone.parent, known)


def test_50_a_proposal_that_loosens_the_policy_is_judged_by_the_one_it_wants_to_change(checkout):
    board, folder = checkout
    board.git("switch", "-q", "-c", "proposal")
    policy = (board.root / "editorial/policy.yml").read_text(encoding="utf-8")
    loose = policy.replace("version: 2", "version: 3").replace("required", "optional")
    board.site.write("editorial/policy.yml", loose)
    board.act("review", "demo-ana", key=None)
    board.commit("demo-ana")
    done = examined(board, folder)
    assert done.returncode == 1
    assert "it is not signed, and the policy requires signatures" in done.stdout


def test_a_proposal_in_which_nothing_is_wrong_passes(checkout):
    board, folder = checkout
    board.git("switch", "-q", "-c", "proposal")
    board.act("review", "demo-ana")
    board.commit("demo-ana")
    done = examined(board, folder)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_proposal_that_deletes_a_signed_review_fails(checkout):
    board, folder = checkout
    review = board.act("review", "demo-ana", decision="reject")
    board.commit()
    board.git("switch", "-q", "-c", "proposal")
    review.unlink()
    board.commit()
    done = examined(board, folder)
    assert done.returncode == 1
    assert review.name in done.stdout
    assert "this record of the protected branch is missing in this proposal" in done.stdout


def test_in_an_emergency_what_was_taken_down_goes_though_the_site_is_not_approved(checkout):
    board, folder = checkout
    board.appoint("demo-editor", roles=["editor"])
    board.approve("demo-ana", "demo-ben")
    board.sign_site("demo-editor")
    board.commit()
    runner, live = folder / "runner", folder / "runner/live"
    known = {
        "RUNNER_TEMP": str(runner),
        "GITHUB_REPOSITORY": "demonstration/site",
        "${{ github.token }}": "none",
        "origin/${{ github.event.repository.default_branch }}": "main",
    }
    build = step("publish.yml", "build", "Publish what is approved")
    done = run_job_step(build, board.root, known)
    assert done.returncode == 0, done.stdout + done.stderr
    # Another machine, later: of the release there is only what readers can fetch.
    live.resolve().rename(folder / "online")
    live.unlink()
    shutil.rmtree(runner / "live.releases")
    for name, says in (("gh", "echo https://demonstration.example/site/"), ("curl", _FETCH)):
        (runner / "tools/bin" / name).write_text(f"#!/bin/sh\n{says}\n")
        (runner / "tools/bin" / name).chmod(0o755)
    board.act("withdraw", "demo-ana")
    board.site.write("docs/index.md", "# Nobody signed for this\n")
    board.commit()
    assert run_job_step(build, board.root, known).returncode == 1
    paths = {"PATH": f"{runner / 'tools/bin'}:{os.environ['PATH']}", "ONLINE": str(folder)}
    urgent = step("publish.yml", "build", "Publish the last release")
    done = run_job_step(urgent, board.root, known, **paths)
    assert done.returncode == 0, done.stdout + done.stderr
    page = (live / "articles/contrast/index.html").read_text(encoding="utf-8")
    assert 'data-standing="withdrawn"' in page
    assert "39%" not in page
    assert "Nobody signed for this" not in (live / "index.html").read_text(encoding="utf-8")


_FETCH = """\
for last; do :; done
test "$last" = https://demonstration.example/site/release.json || exit 9
while [ "$1" != --output ]; do shift; done
cp "$ONLINE/online/release.json" "$2"
"""


@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed here")
def test_the_weekly_list_names_what_is_due_and_refuses_what_is_not_proven(tmp_path: Path):
    script = step("schedule.yml", "due", "List the reviews")["run"]
    tools = tmp_path / "tools/bin"
    tools.mkdir(parents=True)
    (tools / "imprimatur").write_text('#!/bin/sh\ncat "$STATUS"\n')
    (tools / "imprimatur").chmod(0o755)

    def listed(**articles: dict[str, str | None]) -> subprocess.CompletedProcess[str]:
        shutil.rmtree(tmp_path / "told", ignore_errors=True)
        status = tmp_path / "given.json"
        status.write_text(json.dumps(articles), encoding="utf-8")
        return run_script(
            script, tmp_path, RUNNER_TEMP=str(tmp_path), TRUST="x", STATUS=str(status)
        )

    due = {"standing": "review-due", "due": "2020-01-31", "unproven": None}
    far = {"standing": "approved", "due": "2999-01-31", "unproven": None}
    draft = {"standing": "draft", "due": None, "unproven": None}
    done = listed(old=due, new=far, begun=draft)
    assert "- `old` is review-due; its review is due on 2020-01-31\n" in done.stdout
    assert "`new`" not in done.stdout
    assert "`begun`" not in done.stdout
    assert "No review is due within 90 days." in listed(new=far).stdout
    assert listed(old={**due, "unproven": "there is no branch"}).returncode != 0
    assert listed().returncode != 0


def test_a_new_site_gets_the_workflows_only_if_it_asks_for_them(tmp_path: Path):
    for arguments, there in ((("--github",), True), ((), False)):
        folder = tmp_path / str(there)
        command.main(
            ["init", "--site", "demonstration.example", *arguments, str(folder)],
            standalone_mode=False,
        )
        found = {each.name for each in folder.glob(".github/workflows/*")}
        assert found == (set(WORKFLOWS) if there else set())
