"""A random walk over the queue: whatever comes in whatever order, its laws hold."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from mailflow.model.address import Address
from mailflow.model.contact import Suppression
from mailflow.model.draft import LIVE, MOVES, Draft, DraftEvent, DraftState, Purpose
from mailflow.store import queue, record
from mailflow.store.claims import SETTLING, NotClaimed
from mailflow.store.database import Store, ensure_owner
from mailflow.store.tables import DraftEntry
from tests.builders import NOW
from tests.integration.store.world import WEEK, allowed, jane

JANE = Address.parse("jane@acme.io")
PLAIN_MOVES = sorted(set(DraftEvent) - {DraftEvent.EDIT, DraftEvent.CLAIM})
_names = count(1)


ORDINARY = {
    DraftState.DRAFTED: DraftEvent.SHOW,
    DraftState.AWAITING_APPROVAL: DraftEvent.APPROVE,
    DraftState.SNOOZED: DraftEvent.SHOW,
    DraftState.UNCERTAIN: DraftEvent.SEND_AGAIN,
}
WHICH = st.integers(0, 5)


@dataclass
class Expected:
    """What a draft should be."""

    purpose: Purpose
    state: DraftState = DraftState.DRAFTED
    version: int = 1
    body: str = "first"
    approved: tuple[int, str] | None = None
    message_id: str | None = None


class QueueWalk(RuleBasedStateMachine):
    """Moves, edits, tokens and claims in any order, checked against the table of moves."""

    tokens = Bundle("tokens")

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self.known: dict[int, Expected] = {}
        self.items: dict[int, tuple[int, int]] = {}  # token -> draft, version
        self.used: set[int] = set()
        self.void: set[int] = set()
        self.suppressed = self.paused = False
        self.numbers = count(1)
        with store.begin() as s:
            self.owner = ensure_owner(s, f"walker {next(_names)}", NOW)
            self.contact = jane(s, self.owner)

    @rule(purpose=st.sampled_from(list(Purpose)[:2]), steps=st.integers(0, 2))
    def add(self, purpose: Purpose, steps: int) -> None:
        """A new draft, which may already be shown, or shown and approved."""
        with self.store.begin() as s:
            made = queue.add_draft(
                s,
                self.owner,
                contact_id=self.contact,
                purpose=purpose,
                to=JANE,
                subject="s",
                body="first",
                now=NOW,
            )
        is_taken = any(e.purpose is purpose and e.state in LIVE for e in self.known.values())
        assert (made is None) == is_taken
        if made is not None:
            self.known[made] = Expected(purpose)
            for _ in range(steps):
                self.proceed(made)

    def pick(self, which: int) -> int:
        """Mostly a live draft; now and then the last that was settled."""
        live = [draft for draft, expected in self.known.items() if expected.state in LIVE]
        settled = [draft for draft in self.known if draft not in live]
        if which == 0 or not live:
            return (settled or live)[-1]
        return live[which % len(live)]

    @precondition(lambda self: self.known)
    @rule(which=WHICH)
    def go_on(self, which: int) -> None:
        """The ordinary way of a draft, so that the walk gets far."""
        self.proceed(self.pick(which))

    def proceed(self, draft: int) -> None:
        if self.known[draft].state is DraftState.APPROVED:
            self.race(draft, 1)
            return
        event = ORDINARY.get(self.known[draft].state)
        if event is not None:
            with self.store.begin() as s:
                moved = queue.move(s, self.owner, draft, event, NOW)
            self.check_move(draft, event, moved, is_current=True)

    @precondition(lambda self: self.known)
    @rule(
        which=WHICH, event=st.sampled_from(PLAIN_MOVES), back=st.integers(0, 2), any_=st.booleans()
    )
    def happen(self, which: int, event: DraftEvent, back: int, any_: bool) -> None:
        draft = self.pick(which)
        expected = self.known[draft]
        version = None if any_ else expected.version - back
        with self.store.begin() as s:
            moved = queue.move(s, self.owner, draft, event, NOW, version=version)
        self.check_move(draft, event, moved, is_current=version in {None, expected.version})

    def check_move(
        self, draft: int, event: DraftEvent, moved: Draft | None, *, is_current: bool
    ) -> None:
        expected = self.known[draft]
        target = MOVES.get((expected.state, event)) if is_current else None
        assert (moved and moved.state) == target
        if target is None:
            return
        expected.state = target
        if event is DraftEvent.APPROVE:
            expected.approved = (expected.version, expected.body)
        if target not in LIVE:
            self.void |= {token for token, (of, _) in self.items.items() if of == draft}

    @precondition(lambda self: self.known)
    @rule(which=WHICH, back=st.integers(0, 1))
    def edit(self, which: int, back: int) -> None:
        draft = self.pick(which)
        expected = self.known[draft]
        body = f"text {next(self.numbers)}"
        with self.store.begin() as s:
            edited = queue.edit(
                s, self.owner, draft, None, body, (), NOW, version=expected.version - back
            )
        target = None if back else MOVES.get((expected.state, DraftEvent.EDIT))
        assert (edited and edited.state) == target
        if edited is not None:
            expected.state, expected.version, expected.body = edited.state, edited.version, body
            self.void |= {token for token, (of, _) in self.items.items() if of == draft}

    @precondition(lambda self: self.known)
    @rule(target=tokens, which=WHICH)
    def issue(self, which: int) -> int:
        draft = self.pick(which)
        version = self.known[draft].version
        with self.store.begin() as s:
            token = queue.add_token(
                s, self.owner, "approve", [(1, draft, version)], NOW, NOW + WEEK, b"salt"
            )
        self.items[token] = (draft, version)
        return token

    @rule(token=tokens, late=st.booleans())
    def answer(self, token: int, late: bool) -> None:
        """An ok by mail: the token's item is used up, then the version it names is approved."""
        draft, version = self.items[token]
        at = NOW + (WEEK if late else timedelta())
        with self.store.begin() as s:
            is_opened = queue.use_token_item(s, self.owner, token, 1, at)
            assert is_opened == (not late and token not in self.used | self.void)
            if not is_opened:
                return
            self.used.add(token)
            moved = queue.move(s, self.owner, draft, DraftEvent.APPROVE, NOW, version=version)
        self.check_move(
            draft, DraftEvent.APPROVE, moved, is_current=version == self.known[draft].version
        )

    def may_be_claimed(self, draft: int) -> bool:
        is_approved = self.known[draft].state is DraftState.APPROVED
        return is_approved and not self.suppressed and not self.paused

    @precondition(lambda self: self.known)
    @rule(which=WHICH, racers=st.sampled_from([1, 1, 2]))
    def claim(self, which: int, racers: int) -> None:
        """One or two sessions at the same time try to take the draft."""
        self.race(self.pick(which), racers)

    def race(self, draft: int, racers: int) -> None:
        names = [f"<{self.owner}.{next(self.numbers)}@x>" for _ in range(racers)]
        with ThreadPoolExecutor(racers) as pool:
            outcomes = list(pool.map(lambda name: self.try_claim(draft, name), names))
        won = [outcome for outcome in outcomes if isinstance(outcome, Draft)]
        assert len(won) == int(self.may_be_claimed(draft))
        for claimed in won:
            expected = self.known[draft]
            assert expected.approved == (claimed.version, claimed.body), "not the text approved"
            assert claimed.message_id in {*names} if not expected.message_id else True
            expected.message_id = expected.message_id or claimed.message_id
            assert claimed.message_id == expected.message_id, "it was renamed"
            expected.state = DraftState.SENDING

    def try_claim(self, draft: int, name: str) -> Draft | NotClaimed:
        with self.store.begin() as s:
            return queue.claim(s, self.owner, draft, name, NOW)

    @precondition(lambda self: self.known)
    @rule(which=WHICH, event=st.sampled_from(sorted(SETTLING)))
    def settle(self, which: int, event: DraftEvent) -> None:
        draft = self.pick(which)
        with self.store.begin() as s:
            moved = queue.settle(s, self.owner, draft, event, NOW)
        self.check_move(draft, event, moved, is_current=True)

    @rule()
    def suppress_or_not(self) -> None:
        self.suppressed = not self.suppressed
        with self.store.begin() as s:
            if self.suppressed:
                record.suppress(s, self.owner, JANE, Suppression.OPTED_OUT, NOW)
            else:
                allowed(s, self.owner, JANE)

    @rule(everybody=st.booleans())
    def pause_or_not(self, everybody: bool) -> None:
        self.paused = not self.paused
        until = NOW + WEEK if self.paused else None
        with self.store.begin() as s:
            if everybody or not self.paused:
                record.pause_all(s, self.owner, until)
            if not everybody or not self.paused:
                record.update_contact(s, self.owner, self.contact, paused_until=until)

    @rule(token=consumes(tokens))
    def lose(self, token: int) -> None:
        """A token that is never answered."""

    @precondition(lambda self: self.known)
    @invariant()
    def the_store_agrees(self) -> None:
        with self.store.begin() as s:
            rows = s.scalars(select(DraftEntry).where(DraftEntry.owner_id == self.owner)).all()
        found = {row.id: row for row in rows}
        assert found.keys() == self.known.keys()
        for draft, expected in self.known.items():
            row = found[draft]
            assert (row.state, row.version, row.body) == (
                expected.state, expected.version, expected.body,
            )  # fmt: skip
            if row.state in {DraftState.APPROVED, DraftState.SENDING}:
                assert (row.approved_version, row.body) == expected.approved
            if expected.message_id:
                assert row.message_id == expected.message_id
        live = [row.purpose for row in rows if row.state in LIVE]
        assert len(live) == len(set(live)), "two live drafts of one purpose"


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_queue_keeps_its_laws_in_any_order(store: Store) -> None:
    profile = settings(
        max_examples=max(40, settings.default.max_examples // 2 if settings.default else 0),
        stateful_step_count=50,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    make_walk: Any = lambda: QueueWalk(store)  # noqa: E731 # Hypothesis takes any maker of walks
    run_state_machine_as_test(make_walk, settings=profile)
