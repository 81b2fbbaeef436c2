"""The whole life of an article, as steps: people, keys, text and source are for show only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from imprimatur.desk.stage import Edit, Heading, Look, Run

if TYPE_CHECKING:
    from imprimatur.desk.stage import Step

_SLUG: Final = "paper-boats"
_TEXT: Final = f"docs/articles/{_SLUG}.md"
_PAGE: Final = f"../live/articles/{_SLUG}/index.html"
_PUBLISH: Final = "imprimatur publish --to ../live"
_HOME: Final = "demonstration.example"
_ALL: Final = "imprimatur status"
_SUBMIT: Final = f'imprimatur submit {_SLUG} --by an-author --name "Demonstration Author"'

_WORK: Final = """

@misc{demonstration2020boats,
  evidence_kind = {other-research},
  author = {{Demonstration Author}},
  title = {Demonstration: paper boats on a pond. No such study exists},
  howpublished = {Demonstration},
  year = {2020}
}
"""
_BODY: Final = """

/// answer
In this demonstration, 42 of 100 paper boats were afloat after 10 minutes [@demonstration2020boats].
///

/// evidence | research
Each boat was folded from a seperate sheet of paper [@demonstration2020boats].
///
"""


def _appoint(identifier: str, name: str, role: str, proof: str = "") -> Run:
    return Run(
        line=(
            f'imprimatur appoint {identifier} --name "Demonstration {name}" --credentials MD '
            f'--affiliation "Demonstration clinic" --role {role} --interests none '
            f"--git {identifier}@{_HOME} --key ../keys/{identifier}.pub{proof}"
        ),
        says="Everybody can read that file.",
    )


def _commit(message: str) -> tuple[Run, Run]:
    return Run(line="git add ."), Run(line=f'git commit --quiet -m "{message}"')


def _review(identifier: str, *, says: str, light: bool = False) -> tuple[Run, ...]:
    line = (
        f"imprimatur review {_SLUG} --approve --conflict none "
        f"{'--light ' if light else ''}--checked all --by {identifier} "
        f"--key ../keys/{identifier} --yes"
    )
    return Run(line=line, says=says), *_commit(f"review: {identifier}")


STEPS: Final[tuple[Step, ...]] = (
    Heading(words="Who you are, for Git, and three keys"),
    Run(line='git config --global user.name "Demonstration Author"'),
    Run(line=f"git config --global user.email an-author@{_HOME}"),
    Run(line="mkdir keys"),
    Run(line='ssh-keygen -q -t ed25519 -N "" -f keys/an-editor'),
    Run(line='ssh-keygen -q -t ed25519 -N "" -f keys/reviewer-one'),
    Run(line='ssh-keygen -q -t ed25519 -N "" -f keys/reviewer-two'),
    Heading(words="A site from nothing"),
    Run(line=f"imprimatur init --site {_HOME} site", says="Made a site"),
    Run(line="cd site"),
    Edit(
        told="In editorial/policy.yml, light_review: false becomes light_review: true.",
        path="editorial/policy.yml",
        old="light_review: false",
        new="light_review: true",
    ),
    Edit(
        told="And, in the same file, version: 1 becomes version: 2.",
        path="editorial/policy.yml",
        old="version: 1",
        new="version: 2",
    ),
    *_commit("policy: let one earlier approver pass a harmless edit"),
    Heading(words="The people"),
    Run(
        line=(
            'imprimatur appoint an-author --contributor --name "Demonstration Author" '
            f"--git an-author@{_HOME}"
        ),
        says="without rights on the board",
    ),
    _appoint("an-editor", "Editor", "editor"),
    _appoint("reviewer-one", "Reviewer One", "reviewer"),
    Run(
        line="imprimatur appoint reviewer-two --prove --key ../keys/reviewer-two > ../proof.txt",
        says="It holds no secret.",
    ),
    _appoint("reviewer-two", "Reviewer Two", "reviewer", " --proof ../proof.txt"),
    *_commit("board: appoint an editor and two reviewers"),
    Heading(words="The site's own pages"),
    Run(
        line="imprimatur site --by an-editor --key ../keys/an-editor --yes",
        says="no list of this site was approved before",
    ),
    *_commit("site: approve version 1"),
    Heading(words="An article"),
    Run(
        line=(
            f'imprimatur new {_SLUG} --title "Do paper boats float?" --summary "A demonstration." '
            '--topic demonstration --author "Demonstration Author" '
            '--affiliation "Demonstration clinic" --interests none --evidence-through 2020-12-31'
        ),
        says="Wrote docs/articles",
    ),
    Edit(
        told="In bibliography.bib, below what is there:",
        path="bibliography.bib",
        after="%   }",
        new=_WORK,
    ),
    Edit(
        told=f"In {_TEXT}, in place of all below the second line ---:",
        path=_TEXT,
        after="\n---",
        new=_BODY,
    ),
    Run(line="imprimatur check", says="article-has-record", code=1),
    *_commit("article: paper boats"),
    Heading(words="Submitted, and reviewers assigned"),
    Run(line=_SUBMIT, says="round 1"),
    *_commit("submit: paper boats"),
    Run(
        line=(
            f"imprimatur assign {_SLUG} --reviewer reviewer-one --reviewer reviewer-two "
            "--by an-editor --key ../keys/an-editor --yes"
        ),
        says="assign-an-editor.yml",
    ),
    *_commit("assign: two reviewers"),
    Heading(words="Two reviews, and it is approved"),
    *_review("reviewer-one", says="one more"),
    *_review("reviewer-two", says="review-reviewer-two.yml"),
    Run(line=_ALL, says="approved"),
    Run(line=f"imprimatur verify {_SLUG}", says="approved exactly this text"),
    Run(line=_PUBLISH, says="Published: 1 "),
    Look(
        told="The page of the article now says Approved, with the names of both reviewers.",
        path=_PAGE,
        holds='data-standing="approved"',
    ),
    Heading(words="One digit is changed"),
    Edit(
        told=f"In {_TEXT}, 42 of 100 becomes 24 of 100.",
        path=_TEXT,
        old="42 of 100",
        new="24 of 100",
    ),
    *_commit("article: correct a figure"),
    Run(line=_ALL, says="lapsed: body changed"),
    Run(line=_PUBLISH, says="Nothing was published", code=1),
    Look(
        told="The page that readers see still holds the figure that was approved, 42 of 100.",
        path=_PAGE,
        holds="42 of 100",
    ),
    Heading(words="A new round for the new text"),
    Run(line=_SUBMIT, says="round 2"),
    *_commit("submit: paper boats, corrected"),
    *_review("reviewer-one", says="one more"),
    *_review("reviewer-two", says="review-reviewer-two.yml"),
    Run(line=_ALL, says="approved"),
    Heading(words="A misspelling is mended: one earlier approver is enough"),
    Edit(
        told=f"In {_TEXT}, seperate becomes separate.",
        path=_TEXT,
        old="seperate",
        new="separate",
    ),
    *_commit("article: mend a misspelling"),
    Run(line=_SUBMIT, says="round 3"),
    *_commit("submit: paper boats, spelling mended"),
    *_review("reviewer-one", says="review-reviewer-one.yml", light=True),
    Run(line=_ALL, says="approved"),
    Heading(words="One person takes it down"),
    Run(
        line=(
            f'imprimatur withdraw {_SLUG} --reason "The boats were not counted twice." '
            "--by reviewer-two --key ../keys/reviewer-two --yes"
        ),
        says="withdraw-reviewer-two.yml",
    ),
    *_commit("withdraw: paper boats"),
    Run(line=_ALL, says="withdrawn"),
    Run(line=_PUBLISH, says="Published: 1 "),
    Look(
        told="The page of the article now holds a notice, and its text no more.",
        path=_PAGE,
        holds='data-standing="withdrawn"',
    ),
)
