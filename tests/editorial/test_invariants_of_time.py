"""The invariants where policies change, acts are held back and rounds come in any order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import find, given, settings
from hypothesis import strategies as st

from cases import BOARD, POLICY, START, Story, having, person, without
from imprimatur.editorial import Board, Change, Decision, Edit, FiledAct, Policy, State
from imprimatur.manuscript import Digest, digest_of

JUDGES = ("demo-ana", "demo-ben", "demo-cai", "demo-editor")
DIFF = digest_of("diff")
LINES = ("I read it.", "I slept well.")


def asking(version: int, quorum: int = 2, lines: int = 0, **more: object) -> Policy:
    """A policy that asks for so many approvals, and for so many lines of the checklist."""
    needs = {"quorum": quorum, "checklist": LINES[:lines]}
    general = POLICY.classes["general"].model_copy(update=needs)
    return POLICY.model_copy(update={"version": version, "classes": {"general": general}, **more})


POLICIES = (
    asking(1),
    asking(2, lines=1),
    asking(3, quorum=1),
    asking(4, quorum=3, lines=2),
    asking(5, light_review=False),
    asking(6, site="elsewhere.example"),
    asking(7, lines=1),
)
STEPS = ("approve",) * 8 + ("lightly",) * 3 + ("submit", "edit", "policy", "policy")
RARER = ("object", "withdraw", "reinstate", "concern", "overrule", "write", "leave", "back")


class Telling:
    """A story under a policy that changes; the acts of a proposal may be merged in any order."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw, self.story, self.policies = draw, Story(), [POLICIES[0]]
        self.texts = [self.story.manifest]

    @property
    def policy(self) -> Policy:
        """The one in force."""
        return self.policies[-1]

    def act(self, name: str, by: str, **more: object) -> FiledAct:
        """An act that arrives now, and was signed a while ago; for the address of that day."""
        late = self.draw(st.sampled_from((0,) * 6 + (1, 3)))
        at = START + timedelta(days=self.story.day + 1 - late)
        landing = {"policy": self.policy, "sites": frozenset(each.site for each in self.policies)}
        site = self.draw(st.sampled_from((self.policy.site,) * 6 + (self.policies[0].site,)))
        plain = {"signed_at": at, "landing": landing, "site": site}
        return self.story.act(name, by, **plain | more)

    def submit(self) -> None:
        """Somebody hands the text in, mostly under the next number."""
        numbers = [each.act.round for each in self.story.acts if each.act.act == "submit"]
        number = max(numbers, default=0) + 1
        number = self.draw(st.sampled_from((number,) * 5 + (max(1, number - 2), number + 3)))
        holds = frozenset(each.commit for each in self.story.changes)
        self.story.act(
            "submit",
            "an-author",
            round=number,
            site=self.policy.site,
            landing={"policy": self.policy, "holds": holds},
        )

    def review(self, **more: object) -> None:
        """Somebody reviews the round of this text that was begun last."""
        story = self.story
        mine = [
            each
            for each in story.acts
            if each.act.act == "submit" and each.act.manuscript == story.manifest.digest
        ]
        if not mine:
            return
        lines = self.draw(st.sampled_from((LINES,) * 5 + ((), LINES[:1])))
        audiences = self.draw(st.sampled_from((story.manifest.audiences,) * 6 + (("clinician",),)))
        if more.get("decision", "approve") == "approve":
            more |= {"checklist": lines, "audiences": audiences}
        plain = {"round": mine[-1].act.round, "previous": mine[-1].digest}
        self.act("review", self.draw(st.sampled_from(JUDGES)), **plain | more)

    def lightly(self) -> None:
        """A small edit of this text is handed in and looked at alone."""
        before = self.story.manifest.digest
        after = self.story.edit(f"It helps, edit {self.story.day}.").digest
        self.texts.append(self.story.manifest)
        self.story.edits.append(Edit(since=before, to=after, diff=DIFF, is_light=True))
        self.submit()
        self.review(light={"since": before, "diff": DIFF})

    def step(self, name: str) -> None:  # noqa: C901 - one thing a branch
        """One thing that happens next."""
        story, acts = self.story, self.story.acts
        if name == "approve":
            self.review()
        elif name == "lightly":
            self.lightly()
        elif name == "submit":
            self.submit()
        elif name == "edit":
            story.edit(f"It harms, edit {story.day}.")
            self.texts.append(story.manifest)
            self.submit()
        elif name == "back":
            story.manifest = self.draw(st.sampled_from(self.texts))
        elif name == "policy":
            self.policies.append(self.draw(st.sampled_from(POLICIES)))
        elif name == "object":
            self.review(decision=Decision.REJECT)
        elif name in {"withdraw", "concern"}:
            number = self.draw(st.sampled_from((story.round(), 1, 9_999_999)))
            self.act(name, "demo-cai", round=number)
        elif name in {"reinstate", "overrule"} and acts:
            by = "demo-second" if name == "reinstate" else "demo-chief"
            self.act(name, by, previous=self.draw(st.sampled_from(acts)).digest)
        elif name == "write":
            who = (f"{self.draw(st.sampled_from(JUDGES))}@tests.example",)
            commit = f"{len(story.changes):040x}"
            story.changes.append(Change(commit=commit, order=story.day + 1, addresses=who))
        elif name == "leave":
            who = self.draw(st.sampled_from(JUDGES))
            story.board = self.draw(st.sampled_from([BOARD, without(who)]))


@st.composite
def told(draw: st.DrawFn) -> Telling:
    """A text for two audiences that is mostly approved at first, and whatever happens then."""
    telling = Telling(draw)
    audiences = draw(st.sampled_from([("clinician",), ("clinician", "patient")]))
    telling.story.manifest = replace(telling.story.manifest, audiences=audiences)
    telling.texts = [telling.story.manifest]
    telling.submit()
    telling.review()
    telling.review()
    for name in draw(st.lists(st.sampled_from(STEPS + STEPS + RARER), max_size=12)):
        telling.step(name)
    return telling


def shown(telling: Telling, policy: Policy | None = None, board: Board | None = None) -> bool:
    """Whether its text is shown by the policy in force, unless another is given."""
    return telling.story.standing(policy=policy or telling.policy, board=board).is_published


def order(filed: FiledAct) -> int:
    """When it arrived."""
    assert filed.landing is not None
    return filed.landing.order


def whole_text(telling: Telling, lights: int) -> Digest:
    """The text behind so many small edits of the present one."""
    since = {each.to: each.since for each in telling.story.edits}
    text = telling.story.manifest.digest
    for _ in range(lights):
        text = since[text]
    return text


def test_what_is_told_reaches_texts_that_are_shown_in_many_ways():
    find(told(), lambda each: shown(each) and len(each.policies) > 2)
    find(told(), lambda each: len(each.story.standing(policy=each.policy).lights) > 1)
    find(told(), lambda each: each.story.standing(policy=each.policy).state is State.CONCERN)
    find(told(), lambda each: shown(each) and each.policy.site == "elsewhere.example")


@settings(max_examples=400)
@given(told())
def test_i1_what_is_shown_was_approved_whole_by_enough_members_and_stands(telling: Telling):
    story, policy = telling.story, telling.policy
    found = story.standing(policy=policy)
    if not found.is_published:
        return
    text = whole_text(telling, len(found.lights))
    assert len(found.lights) <= 3
    needs = policy.classes["general"]
    good = {
        filed.act.by: order(filed)
        for filed in story.acts
        if filed.act.decision is Decision.APPROVE
        and filed.act.light is None
        and filed.act.manuscript == text
        and story.board.person(filed.act.by)
        and set(story.manifest.audiences) <= set(filed.act.audiences)
        and filed.landing is not None
        and filed.landing.policy is not None
        and set(filed.landing.policy.classes["general"].checklist) <= set(filed.act.checklist)
        and filed.act.site == filed.landing.policy.site
    }
    names = {each.name for each in found.approvals}
    assert names <= set(good)
    assert len(names) >= needs.quorum
    last = max(good[name] for name in names)
    for filed in story.acts:
        if filed.act.act == "withdraw":
            assert order(filed) < last
    objected = {
        filed.act.by: place
        for place, filed in enumerate(story.acts)
        if filed.act.decision is Decision.REJECT and filed.act.manuscript == story.manifest.digest
    }
    for by, place in objected.items():
        assert any(
            later.act.previous == story.acts[place].digest
            or (later.act.by, later.act.manuscript) == (by, story.manifest.digest)
            for later in story.acts[place + 1 :]
        )


@settings(max_examples=300)
@given(told(), st.sampled_from(JUDGES))
def test_i6_nobody_who_leaves_is_revoked_or_found_out_adds_visibility(telling: Telling, who: str):
    roles = next(each.roles for each in BOARD.people if each.id == who)
    own = tuple(f"{each}@tests.example" for each in (who, "demo-ben"))
    for board in (
        without(who, board=telling.story.board),
        having(person(who, *roles, revoked_from="2026-01-03T00:00:00Z"), telling.story.board),
        having(person(who, *roles, git=own), telling.story.board),
    ):
        assert shown(telling, board=board) <= shown(telling)


@settings(max_examples=300)
@given(told())
def test_a_stricter_policy_of_the_day_never_adds_visibility(telling: Telling):
    needs = telling.policy.classes["general"]
    for update in ({"quorum": needs.quorum + 1}, {"valid_months": 1, "grace_days": 0}):
        classes = {"general": needs.model_copy(update=update)}
        stricter = telling.policy.model_copy(update={"classes": classes})
        assert shown(telling, policy=stricter) <= shown(telling)
    forbidding = telling.policy.model_copy(update={"light_review": False})
    assert shown(telling, policy=forbidding) <= shown(telling)


@settings(max_examples=200)
@given(told(), st.integers(0, 20))
def test_one_withdrawal_takes_down_whenever_it_was_signed_and_whatever_it_names(
    telling: Telling, days: int
):
    story = telling.story
    at, story.board = START + timedelta(days=max(0, story.day - days)), BOARD
    landing = {"policy": telling.policy, "sites": frozenset(e.site for e in telling.policies)}
    site = telling.policies[0].site
    number = story.round() * 10**6
    story.act("withdraw", "demo-cai", signed_at=at, landing=landing, site=site, round=number)
    assert not shown(telling)


@settings(max_examples=200)
@given(told())
def test_the_next_round_of_the_next_number_can_always_be_approved(telling: Telling):
    """Whatever was done before, if nothing stands against the text, or was answered."""
    story = telling.story
    story.board, story.changes = BOARD, []
    telling.policies.append(POLICIES[0])
    landing = {"policy": telling.policy}
    for filed in tuple(story.acts):
        name = {"withdraw": "reinstate"}.get(filed.act.act)
        name = "overrule" if filed.act.decision is Decision.REJECT else name
        if name:
            by = "demo-second" if name == "reinstate" else "demo-chief"
            story.act(name, by, previous=filed.digest, landing=landing)
    story.edit("It is quite another text.")
    numbers = [each.act.round for each in story.acts if each.act.round < 10**6]
    story.submit(round=max(numbers) + 1, landing=landing)
    story.approve("demo-ana", "demo-ben", checklist=LINES, landing=landing)
    assert shown(telling)
