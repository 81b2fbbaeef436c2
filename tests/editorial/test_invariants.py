"""What no record, no board, no edit and no clock can change: the invariants of the law."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from hypothesis import assume, find, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cases import BOARD, NOW, POLICY, START, Story, having, key_of, person, text, without
from imprimatur.editorial import (
    ActName,
    Change,
    Decision,
    Edit,
    FiledAct,
    Record,
    Seal,
    Signature,
    Standing,
    State,
    standing,
)
from imprimatur.manuscript import digest_of

WORDS = ("It helps.", "It harms.", "It may help.")
MEMBERS = tuple(each.id for each in BOARD.people)
REVIEWERS = ("demo-ana", "demo-ben", "demo-cai", "demo-editor", "demo-second")
EDITORS = ("demo-editor", "demo-second", "demo-chief")
CONFLICTS = (
    {"declared": True, "none": True},
    {"declared": True, "none": False, "statement": "Fees"},
    None,
)
STEPS = ("submit", "approve", "approve", "approve", "object", "edit", "assign", "answer")
SECONDS = st.integers(0, 24 * 60 * 60 - 1)
RARER = ("concern", "withdraw", "retract", "supersede", "abstain", "write", "forge")


def step(story: Story, name: str, draw: st.DataObject) -> None:
    """One thing that somebody may do next."""
    if name == "submit":
        story.submit()
    elif name == "edit":
        story.edit(draw.draw(st.sampled_from(WORDS)))
    elif name == "write":
        who = f"{draw.draw(st.sampled_from(REVIEWERS))}@tests.example"
        change = Change(commit=f"{story.day:040x}", order=story.day + 1, addresses=(who,))
        story.changes.append(change)
    elif name == "approve":
        # Mostly without a conflict: else hardly any record would ever be approved.
        asked = draw.draw(st.sampled_from((CONFLICTS[0],) * 6 + CONFLICTS))
        story.act("review", draw.draw(st.sampled_from(REVIEWERS)), conflict_of_interest=asked)
    elif name in {"object", "abstain"}:
        decision = Decision.REVISE if name == "object" else Decision.ABSTAIN
        story.act("review", draw.draw(st.sampled_from(REVIEWERS)), decision=decision)
    elif name == "answer" and story.acts:
        kind = draw.draw(st.sampled_from(["overrule", "waive", "reinstate"]))
        by = draw.draw(st.sampled_from(EDITORS))
        story.act(kind, by, previous=draw.draw(st.sampled_from(story.acts)).digest)
    elif name == "forge":
        seal = draw.draw(
            st.sampled_from(
                [
                    Seal(signature=Signature.ABSENT),
                    Seal(signature=Signature.INVALID, fault="changed"),
                    Seal(signature=Signature.VALID, key=key_of("nobody")),
                ]
            )
        )
        story.act("review", draw.draw(st.sampled_from(REVIEWERS)), seal=seal)
    elif name in {"assign", "concern", "withdraw", "retract", "supersede"}:
        more = {"successor": "another"} if name == "supersede" else {}
        story.act(name, draw.draw(st.sampled_from(EDITORS)), **more)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """A record of up to sixteen deeds; most begin with a review that goes well."""
    story = Story()
    if draw(st.booleans()):
        story.approved()
    data = draw(st.data())
    for name in draw(st.lists(st.sampled_from(STEPS + STEPS + RARER), max_size=12)):
        step(story, name, data)
    return story


ASKING = POLICY.model_copy(
    update={
        "classes": {
            "general": POLICY.classes["general"].model_copy(update={"checklist": ("Read.",)})
        }
    }
)


WHOLE = {"audiences": ("clinician", "patient"), "checklist": ("Read.",)}
HALF = WHOLE | {"audiences": ("clinician",)}


@st.composite
def hasty_stories(draw: st.DrawFn) -> Story:
    """A text for two audiences, approvals that leave something out, and edits looked at alone."""
    story = Story()
    story.manifest = replace(story.manifest, audiences=("clinician", "patient"))
    story.submit()
    names = draw(st.lists(st.sampled_from(["lightly", "approve"]), max_size=3))
    for place, name in enumerate(["approve", "approve", *names]):
        by = REVIEWERS[place] if place < 2 else draw(st.sampled_from(REVIEWERS[:2]))
        said = dict(draw(st.sampled_from([WHOLE, WHOLE, WHOLE | {"checklist": ()}, HALF])))
        if name == "lightly":
            before, diff = story.manifest.digest, digest_of("diff")
            after = story.edit(f"It helps, edit {story.day}.").digest
            story.submit()
            story.edits.append(Edit(since=before, to=after, diff=diff, is_light=True))
            said |= {"light": {"since": before, "diff": diff}}
        story.act("review", by, **said)
    story.forgotten = draw(st.sampled_from([{}, dict.fromkeys(story.texts, ...)]))
    return story


def shows(found: Standing) -> bool:
    return found.is_published


def test_the_records_that_are_tried_reach_every_standing():
    for state in set(State) - {State.REVIEW_DUE, State.EXPIRED}:
        find(stories(), lambda story, state=state: story.standing().state is state)


@given(stories())
def test_i1_nothing_is_shown_without_a_quorum_for_exactly_these_bytes(story: Story):
    if not shows(story.standing()):
        return
    proven = {
        filed.act.by
        for filed in story.acts
        if filed.act.decision is Decision.APPROVE
        and filed.act.manuscript == story.manifest.digest
        and filed.seal.key == key_of(filed.act.by)
        and filed.act.by in MEMBERS
    }
    assert len(proven) >= POLICY.classes["general"].quorum


@settings(max_examples=300)
@given(hasty_stories())
def test_i1_nothing_is_shown_for_which_a_quorum_did_not_say_all_that_is_asked(story: Story):
    found = story.standing(policy=ASKING)
    if not shows(found):
        return
    whole = {
        filed.act.by
        for filed in story.acts
        if filed.act.decision is Decision.APPROVE
        and filed.act.light is None
        and filed.act.audiences == story.manifest.audiences
        and filed.act.checklist == ("Read.",)
    }
    assert {each.name for each in found.approvals} <= whole
    partial = {
        (filed.act.by, filed.act.signed_at)
        for filed in story.acts
        if (filed.act.audiences, filed.act.checklist) != (story.manifest.audiences, ("Read.",))
    }
    assert partial.isdisjoint((each.name, each.at) for each in found.lights)
    assert len(found.approvals) >= POLICY.classes["general"].quorum


def test_a_text_can_be_shown_after_a_light_review_of_an_edit():
    find(hasty_stories(), lambda story: bool(story.standing(policy=ASKING).lights))


@st.composite
def disputed_stories(draw: st.DrawFn) -> Story:
    """Two texts in turn, with members who approve one and object to the other."""
    story = Story()
    for words in ("It helps.", "It harms."):
        story.edit(words)
        story.submit()
        for by in ("demo-ana", "demo-ben", "demo-cai"):
            said = draw(st.sampled_from([None, "approve", "approve", "reject", "abstain"]))
            if said is not None:
                story.act("review", by, decision=said)
    story.edit(draw(st.sampled_from(["It helps.", "It harms."])))
    return story


@settings(max_examples=300)
@given(disputed_stories())
def test_i1_nothing_is_shown_to_which_somebody_objects_and_said_nothing_else_of_it(story: Story):
    if not shows(story.standing()):
        return
    for place, filed in enumerate(story.acts):
        against = filed.act.decision in {Decision.REVISE, Decision.REJECT}
        if against and filed.act.manuscript == story.manifest.digest:
            assert any(
                later.act.previous == filed.digest
                or (later.act.by, later.act.manuscript) == (filed.act.by, filed.act.manuscript)
                for later in story.acts[place + 1 :]
            )


@given(stories(), st.data())
def test_i1_one_letter_changed_shows_nothing(story: Story, data: st.DataObject):
    shown = shows(story.standing())
    before = story.manifest
    story.manifest = text(data.draw(st.sampled_from(["It help.", "It helps", "It helps. "])))
    assert not shows(story.standing())
    story.manifest = before
    assert shows(story.standing()) is shown


@given(stories(), st.data())
def test_i2_no_act_of_somebody_who_may_not_adds_visibility(story: Story, data: st.DataObject):
    before = shows(story.standing())
    who = data.draw(st.sampled_from(["demo-stranger", *REVIEWERS]))
    seal = Seal(signature=Signature.VALID, key=key_of("demo-stranger"))
    kind = data.draw(st.sampled_from(["review", "overrule", "waive", "reinstate", "assign"]))
    more: dict[str, object] = {"seal": seal, "role": "reviewer" if kind == "review" else "editor"}
    if kind in {"overrule", "waive", "reinstate"}:
        assume(story.acts)
        more["previous"] = data.draw(st.sampled_from(story.acts)).digest
    story.act(kind, who, **more)
    assert shows(story.standing()) <= before


@given(stories(), st.randoms(use_true_random=False))
def test_i3_the_order_of_files_does_not_matter(story: Story, random):
    before = story.standing()
    random.shuffle(story.acts)
    random.shuffle(story.changes)
    assert story.standing() == before


@given(stories(), st.data())
def test_i3_an_approval_taken_away_adds_nothing_while_nothing_else_hangs_on_it(
    story: Story, data: st.DataObject
):
    approvals = [each for each in story.acts if each.act.decision is Decision.APPROVE]
    assume(approvals)
    one_round = {each.act.manuscript for each in story.acts} == {story.manifest.digest}
    assume(one_round)
    before = story.standing()
    gone = data.draw(st.sampled_from(approvals))
    objected = {
        each.act.by for each in story.acts if each.act.decision in {"revise", "reject", "abstain"}
    }
    assume(gone.act.by not in objected)
    # A later review of the same person takes back the earlier, as with an interest not told before.
    reviews = [each for each in story.acts if each.act.act is ActName.REVIEW]
    assume(sum(each.act.by == gone.act.by for each in reviews) == 1)
    story.acts.remove(gone)
    assert shows(story.standing()) <= shows(before)


@given(stories(), st.sampled_from(["site", "article", "round", "manuscript"]))
def test_i4_an_approval_replayed_elsewhere_is_void(story: Story, field: str):
    before = story.standing()
    other = {
        "site": "other.example",
        "article": "another",
        "round": 99,
        "manuscript": digest_of("another text"),
    }
    replayed = [
        replace(each, act=each.act.model_copy(update={field: other[field]}), path=f"x{each.path}")
        for each in story.acts
        if each.act.decision is Decision.APPROVE
    ]
    story.acts += replayed
    assert shows(story.standing()) <= shows(before)


@given(stories(), st.data())
def test_i5_a_copy_of_an_act_counts_no_more_than_the_act(story: Story, data: st.DataObject):
    assume(story.acts)
    before = story.standing()
    copied = data.draw(st.sampled_from(story.acts))
    story.acts.append(replace(copied, path=f"{copied.path}-copy"))
    after = story.standing()
    assert shows(after) <= shows(before)
    assert len({each.name for each in after.approvals}) == len(after.approvals)


@given(stories(), st.sets(st.sampled_from(MEMBERS), min_size=1))
def test_i6_nobody_who_leaves_the_board_adds_visibility(story: Story, gone: set[str]):
    assert shows(story.standing(board=without(*gone))) <= shows(story.standing())


@given(
    stories(),
    st.sampled_from(MEMBERS),
    st.sampled_from(
        [
            {"keys": []},
            {"revoked_from": "2026-01-03T00:00:00Z"},
            {"term": {"from": "2026-01-01", "to": "2026-01-03"}},
            {"git": ["demo-ana@tests.example", "demo-ben@tests.example"]},
        ]
    ),
)
def test_i6_nothing_taken_from_a_member_adds_visibility(story: Story, who: str, changes):
    roles = next(each.roles for each in BOARD.people if each.id == who)
    board = having(person(who, *roles, **changes))
    assert shows(story.standing(board=board)) <= shows(story.standing())


@given(stories(), st.integers(0, 2000), st.integers(0, 2000))
def test_i8_the_clock_alone_never_adds_visibility(story: Story, days: int, more: int):
    earlier = NOW + timedelta(days=days)
    later = earlier + timedelta(days=more)
    assert shows(story.standing(later)) <= shows(story.standing(earlier))


@given(stories(), st.integers(0, 2000), SECONDS, SECONDS)
def test_once_all_acts_have_arrived_only_the_day_counts(
    story: Story, days: int, one: int, other: int
):
    # What is remembered of a standing holds until the day ends, and relies on this.
    day = datetime.combine(NOW.date() + timedelta(days=days), time(), UTC)
    instants = [day + timedelta(seconds=each) for each in (one, other)]
    assume(all(filed.landing and filed.landing.at <= min(instants) for filed in story.record.acts))
    first, second = (story.standing(now=instant) for instant in instants)
    assert first == second


@given(stories(), st.data())
def test_i9_a_retraction_is_for_ever(story: Story, data: st.DataObject):
    for editor in ("demo-editor", "demo-second"):
        story.act("retract", editor)
    assert story.standing().state is State.RETRACTED
    for name in data.draw(st.lists(st.sampled_from(STEPS + RARER), max_size=6)):
        step(story, name, data)
    assert story.standing().state is State.RETRACTED
    assert story.standing(board=without(*MEMBERS)).state is State.RETRACTED


@given(stories(), st.sampled_from(["withdraw", "supersede", "retract"]))
def test_one_person_takes_down_whatever_the_record_holds(story: Story, name: str):
    more = {"successor": "another"} if name == "supersede" else {}
    story.act(name, "demo-editor", **more)
    assert not shows(story.standing())


@given(stories())
def test_a_stricter_policy_never_adds_visibility(story: Story):
    # The policy of then is known; else a later text that two approved would never have replaced one
    # that three had approved.
    story.acts = [
        replace(each, landing=replace(each.landing, policy=POLICY)) if each.landing else each
        for each in story.acts
    ]
    needs = POLICY.classes["general"]
    stricter = POLICY.model_copy(
        update={"classes": {"general": needs.model_copy(update={"quorum": needs.quorum + 1})}}
    )
    assert shows(story.standing(policy=stricter)) <= shows(story.standing())


@given(stories())
def test_what_is_only_proposed_never_adds_visibility(story: Story):
    """The same record without what is proposed shows as much as with it, or more."""
    half = len(story.acts) // 2
    firm = standing(story.manifest, Record(acts=tuple(story.acts[:half])), BOARD, POLICY, NOW)
    loose = [
        replace(each, landing=replace(each.landing, order=2**62, at=NOW)) if each.landing else each
        for each in story.acts[half:]
    ]
    acts = (*story.acts[:half], *loose)
    both = standing(story.manifest, Record(acts=acts), BOARD, POLICY, NOW)
    assert shows(both) <= shows(firm)


class Life(RuleBasedStateMachine):
    """An article through any sequence of deeds; after each, the law is asked whether it holds."""

    def __init__(self) -> None:
        super().__init__()
        self.story = Story()
        self.withdrawn: list[FiledAct] = []
        self.retractors: set[str] = set()

    @initialize()
    def begins(self) -> None:
        self.story.submit()

    @rule(words=st.sampled_from(WORDS))
    def is_edited(self, words: str) -> None:
        self.story.edit(words)

    @rule()
    def is_handed_in(self) -> None:
        self.story.submit()

    @rule(by=st.sampled_from(REVIEWERS))
    def is_approved(self, by: str) -> None:
        self.story.act("review", by)

    @rule(by=st.sampled_from(REVIEWERS))
    def is_objected_to(self, by: str) -> None:
        self.story.act("review", by, decision="reject")
        assert not shows(self.story.standing())

    @rule(by=st.sampled_from(REVIEWERS))
    def is_withdrawn(self, by: str) -> None:
        roles = next(each.roles for each in BOARD.people if each.id == by)
        self.withdrawn.append(self.story.act("withdraw", by, role=str(roles[0])))
        assert not shows(self.story.standing())

    @precondition(lambda self: self.withdrawn)
    @rule()
    def is_reinstated(self) -> None:
        before, taken = shows(self.story.standing()), self.withdrawn.pop()
        self.story.act("reinstate", previous=taken.digest)
        # It puts nothing up, unless a round that was begun since has been approved meanwhile.
        began = [each for each in self.story.acts if each.act.act == "submit"]
        again = any(each.act.signed_at > taken.act.signed_at for each in began)
        assert again or shows(self.story.standing()) <= before

    @rule(by=st.sampled_from(["demo-editor", "demo-second"]))
    def is_retracted(self, by: str) -> None:
        self.story.act("retract", by)
        self.retractors.add(by)

    @rule(by=st.sampled_from(REVIEWERS))
    def is_written_by_a_member(self, by: str) -> None:
        address = (f"{by}@tests.example",)
        order = self.story.day + 1
        commit = f"{len(self.story.changes):040x}"
        self.story.changes.append(Change(commit=commit, order=order, addresses=address))

    @invariant()
    def a_retraction_by_two_is_for_ever(self) -> None:
        if len(self.retractors) > 1:
            assert self.story.standing().state is State.RETRACTED

    @invariant()
    def what_is_withdrawn_is_not_shown(self) -> None:
        if self.withdrawn or self.retractors:
            assert not shows(self.story.standing())

    @invariant()
    def what_is_shown_was_approved_by_two_people_in_one_round(self) -> None:
        found = self.story.standing()
        if shows(found):
            names = {each.name for each in found.approvals}
            assert len(names) >= POLICY.classes["general"].quorum
            assert found.round > 0
            assert found.granted == self.story.manifest.digest

    @invariant()
    def what_is_not_shown_says_what_it_waits_for(self) -> None:
        found = self.story.standing()
        assert shows(found) or found.waits_for or found.state is State.RETRACTED

    @invariant()
    def nobody_who_changed_the_text_since_is_among_those_who_approved_it(self) -> None:
        found = self.story.standing()
        if not shows(found):
            return
        first = next(
            each
            for each in self.story.acts
            if each.act.act == "submit" and each.act.round == found.round
        )
        assert first.landing is not None
        for each in found.approvals:
            given = [
                filed.landing.order
                for filed in self.story.acts
                if filed.act.by == each.name and filed.landing and filed.act.round == found.round
            ]
            wrote = [
                change.order
                for change in self.story.changes
                if change.addresses == (f"{each.name}@tests.example",)
            ]
            assert not any(first.landing.order < order <= min(given) for order in wrote)


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


def test_the_law_takes_a_record_of_a_thousand_acts_in_a_moment():
    story = Story()
    for _ in range(100):
        story.submit()
        for by in REVIEWERS:
            story.act("review", by)
        story.edit(f"Text {story.day}")
    assert story.standing(START + timedelta(days=9000)).state is State.LAPSED
