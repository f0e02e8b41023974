"""Whether an introduction may begin: every reason against it is a sentence with what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from mailflow.model.contact import Contact
from mailflow.model.description import descriptor_of, gives_away, shared_company
from mailflow.model.introducing import Introduce
from mailflow.model.introduction import Introduction, Naming, Side
from mailflow.model.introduction_facts import PairFacts, SideFacts
from mailflow.model.introduction_states import IntroductionState, SideEvent, advance_side
from mailflow.model.policy import Identity, Policy
from mailflow.model.text import folded, printable

MAX_REASON = 400

STANDING = (
    ("investor", "chairman", "chairwoman", "chair", "president", "minister", "professor"),
    ("ceo", "founder", "cofounder", "partner", "owner", "managing", "geschaftsfuhrer", "dean"),
    ("cto", "cfo", "coo", "cmo", "cpo", "chief", "vp", "vice", "director", "directeur"),
    ("head", "lead", "principal", "leiter", "leiterin", "editor", "doctor"),
)
"""Words of titles, those first who are asked for most: their time is the scarcer."""

ANYWAY = "If that is no matter, write “introduce anyway …”."


@dataclass(frozen=True, slots=True)
class NotBegun:
    """Nothing was started; `reasons` are sentences for the owner, each with what to do."""

    reasons: tuple[str, ...]


def begin(
    command: Introduce,
    one: SideFacts,
    two: SideFacts,
    pair: PairFacts,
    identity: Identity,
    policy: Policy,
    now: datetime,
) -> Introduction | NotBegun:
    """The introduction as it is to be recorded (its id 0), or every reason against it.

    `one` and `two` are whom the command's first and second name. What is only a warning does not
    stop an `introduce anyway`.
    """
    sides = (
        _side(command, one, is_first=True, now=now),
        _side(command, two, is_first=False, now=now),
    )
    reasons = [*_against(command, one, two, pair, identity, policy, now)]
    if not reasons:
        reasons = [*_showing(sides, (one.contact, two.contact))]
    if not command.is_anyway:
        reasons += [f"{warning} {ANYWAY}" for warning in _warnings(one, two, pair, identity)]
    if reasons:
        return NotBegun(tuple(reasons))
    first, second = sides if _is_in_order(command, one, two) else sides[::-1]
    return Introduction(
        id=0, first=first, second=second, state=IntroductionState.DRAFT, created_at=now,
        since_at=now, due_at=now + policy.introduction_expires_after,
    )  # fmt: skip


def _side(command: Introduce, facts: SideFacts, *, is_first: bool, now: datetime) -> Side:
    """One side as the command wants it: the one who asked is named, the other described."""
    has_asked = command.first_asked if is_first else command.second_asked
    naming = command.naming_first if is_first else command.naming_second
    given = printable(command.as_first if is_first else command.as_second, 100)
    why = command.why_first if is_first else command.why_second
    plain = Side(contact_id=facts.contact.id, why="")
    return Side(
        contact_id=facts.contact.id,
        why=printable(why, MAX_REASON).rstrip(" .;"),
        naming=naming or (Naming.NAME if has_asked and not given else Naming.DESCRIPTOR),
        descriptor=given or descriptor_of(facts.contact),
        state=advance_side(plain.state, SideEvent.REQUEST) if has_asked else plain.state,
        has_requested=has_asked,
        consent_at=now if has_asked else None,
    )


def _against(
    command: Introduce, one: SideFacts, two: SideFacts, pair: PairFacts,
    identity: Identity, policy: Policy, now: datetime,
) -> Iterator[str]:  # fmt: skip
    """What stands in the way whatever the owner says."""
    a, b = one.contact, two.contact
    if a.id == b.id:
        yield f"Both names mean {a.label}; tell me the other one's address."
        return
    for contact, why in ((a, command.why_first), (b, command.why_second)):
        if not why.strip():
            yield f"Why would {contact.label} want it? Write what they gain, in a few words."
    for side in (one, two):
        yield from _against_side(side, identity)
    if pair.is_never:
        yield (
            f"You told me never to introduce {a.label} and {b.label} to each other; to change "
            f"that, write “may introduce {a.label} and {b.label}”."
        )
    if pair.open_id is not None:
        yield (
            f"{a.label} and {b.label}: that is introduction {pair.open_id}, under way already. "
            f"To end it, write “cancel introduction {pair.open_id}”."
        )
    elif pair.asked_at is not None and now - pair.asked_at < policy.introduction_again_after:
        free = _day(pair.asked_at + policy.introduction_again_after, identity)
        yield (
            f"These two were asked about each other on {_day(pair.asked_at, identity)}; asking "
            f"again so soon would press them. You may from {free} on."
        )


def _against_side(side: SideFacts, identity: Identity) -> Iterator[str]:
    contact = side.contact
    if contact.address is None:
        yield (
            f"I know no mail address of {contact.label}; "
            f"write “met {contact.label} <ADDRESS>” first."
        )
        return
    if identity.is_owner(contact.address) or contact.address == identity.service:
        yield f"{contact.address} is your own address; name two other people."
    elif not contact.name.strip() or "@" in contact.name:
        yield f"I know no name for {contact.address}; write “met NAME <{contact.address}>” first."
    if side.suppressed is not None:
        yield (
            f"{contact.label} is on the suppression list ({side.suppressed.because}), "
            "so I cannot ask; bring them together by your own hand, if at all."
        )
    if side.is_never:
        yield (
            f"You told me never to introduce {contact.label}; to change that, "
            f"write “may introduce {contact.label}”."
        )


def _showing(sides: tuple[Side, Side], contacts: tuple[Contact, Contact]) -> Iterator[str]:
    """Whether each side can be shown to the other as wished, without saying more."""
    for side, contact, other in (
        (sides[0], contacts[0], contacts[1]),
        (sides[1], contacts[1], contacts[0]),
    ):
        yield from _showing_one(side, contact)
        # what the other gains stands in the ask to the other, who must not learn too much from it
        why = sides[1].why if side is sides[0] else sides[0].why
        is_named = side.naming is not Naming.DESCRIPTOR
        if found := gives_away(why, contact, named=is_named):
            advice = (
                "leave that out" if is_named else f"reword it, or write “{contact.label} by name”"
            )
            yield (
                f"What {other.label} gains says “{found}”, and {other.label} must not learn that "
                f"of {contact.label} from the question; {advice}."
            )


def _showing_one(side: Side, contact: Contact) -> Iterator[str]:
    if side.naming is Naming.NAME_AND_LINK and not contact.urls:
        yield (
            f"I know no web page of {contact.label}; write “{contact.label} by name”, "
            "or send me a card that has one."
        )
    if side.naming is not Naming.DESCRIPTOR:
        return
    if not side.descriptor:
        yield (
            f"How shall I describe {contact.label} without a name? Add a line such as "
            f"“{contact.label} as a founder in payroll software”, or “{contact.label} by name”."
        )
    elif found := gives_away(side.descriptor, contact):
        yield (
            f"“{side.descriptor}” says “{found}”, which tells who {contact.label} is; describe "
            f"them without it, or write “{contact.label} by name”."
        )


def _warnings(one: SideFacts, two: SideFacts, pair: PairFacts, identity: Identity) -> Iterator[str]:
    a, b = one.contact, two.contact
    if company := shared_company(a, b):
        yield f"{a.label} and {b.label} are both at {company}, so they may know each other."
    if pair.introduced_at is not None:
        day = _day(pair.introduced_at, identity)
        yield f"You introduced {a.label} and {b.label} to each other on {day}."
    if pair.shared_at is not None:
        about = f" (“{printable(pair.shared_subject, 60)}”)" if pair.shared_subject else ""
        yield (
            f"{a.label} and {b.label} were in the same mail on "
            f"{_day(pair.shared_at, identity)}{about}, so they may know each other."
        )


def _is_in_order(command: Introduce, one: SideFacts, two: SideFacts) -> bool:
    """Whether the command's first is asked first: whoever did not ask for it, else the owner's
    choice, else the one whose time is scarcer, else the one who wants nothing, else as written."""
    if command.first_asked != command.second_asked:
        return command.second_asked
    if command.ask_first:
        return command.ask_first == command.first
    ranks = _rank(one.contact.title), _rank(two.contact.title)
    if ranks[0] != ranks[1]:
        return ranks[0] < ranks[1]
    return bool(two.contact.wants) or not one.contact.wants


def _rank(title: str) -> int:
    words = set("".join(c if c.isalnum() else " " for c in folded(title)).split())
    ranked = (at for at, group in enumerate(STANDING) if words & set(group))
    return next(ranked, len(STANDING))


def _day(at: datetime, identity: Identity) -> str:
    return f"{at.astimezone(identity.zone):%-d %B %Y}"
