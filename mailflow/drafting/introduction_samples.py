"""Introductions of every kind, to try the templates on: named and described, asked for and not."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

from mailflow.drafting.introduction_letters import introduction_question
from mailflow.drafting.introductions import Pair, both_values, side_values
from mailflow.drafting.samples import AT, FULL, OWNER, SPARSE
from mailflow.model.contact import Contact
from mailflow.model.introduction import Introduction, Naming, Side
from mailflow.model.introduction_events import AskOwner, Matter
from mailflow.model.introduction_states import IntroductionState

ASKS = ("intro_ask", "intro_later", "intro_again", "intro_reconfirm", "intro_nudge",
        "intro_closing")  # fmt: skip
WHYS = ("she needs payroll data for a benchmark", "to see how they hire", "a first customer")
TEXT = "It is about payroll in small companies, and a call in May would be early enough."
LINK = "https://example.com/raj"


def introduction_samples() -> Mapping[str, Sequence[Mapping[str, object]]]:
    """Values for each kind of mail of an introduction, and for the question to the owner."""
    pairs = [*_pairs()]
    asks = {
        kind: [
            side_values(pair, contact.id, OWNER, situation=kind, now=AT, text=text)
            for pair in pairs
            for contact in (pair.first, pair.second)
            for text in ("", TEXT)
        ]
        for kind in ASKS
    }
    answers = (("counts as yes", "and I go on"), ("counts as no", "and it ends"))
    questions = [
        introduction_question(
            AskOwner(5, 1, matter, "Jane answered, and the answer asks something back.", words,
                     answers),
            "Jane Roe", OWNER,
        )
        for matter in Matter
        for words in ("", "Who is it?")
    ]  # fmt: skip
    both = [both_values(pair, OWNER) for pair in pairs]
    return {**asks, "introduction": both, "introduction_question": questions}


def _pairs() -> Sequence[Pair]:
    raj = replace(SPARSE, name="Raj Rao", given="Raj")
    rich = replace(raj, title="Founder", org="Initech", urls=(LINK,), through="Bob Ash")
    choices = product(Naming, (False, True), (False, True), WHYS, (raj, rich))
    return [_pair(*choice) for choice in choices]


def _pair(naming: Naming, has_asked: bool, has_answered: bool, why: str, raj: Contact) -> Pair:
    answered_at = AT if has_answered else None
    first = Side(FULL.id, why, Naming.DESCRIPTOR, "a CTO", answered_at=answered_at)
    second = Side(raj.id, why, naming, "a founder", has_requested=has_asked)
    state = IntroductionState.ASKING_FIRST
    return Pair(Introduction(5, first, second, state, AT, AT), FULL, raj)
