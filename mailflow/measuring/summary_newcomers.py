"""People who are no contacts yet: numbered, with what went between them and the owner."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from mailflow.measuring.summary_words import capital, command, count, name, on_day, text, times
from mailflow.model.address import Address, NamedAddress
from mailflow.model.history import Correspondent
from mailflow.model.summary import Line, NewcomerLine, Section, SummaryFacts

WROTE, FROM_PAST = 6, 3
"""People in one summary: those who wrote this week, and those of past years."""

AGAIN = "You wanted to be asked again."

Named = tuple[tuple[int, NamedAddress], ...]


def newcomers(
    facts: SummaryFacts, after: int, today: date, zone: ZoneInfo
) -> tuple[Section | None, Named]:
    """The section, and who stands behind each number; they count on from `after`.

    Whoever wrote this week comes first, then people of past years; nobody is in it twice. Of both,
    those come first whom the owner put off until now.
    """
    again = facts.asked_again
    by_mails = sorted(
        facts.newcomers,
        key=lambda n: (n.sender.address.key not in again, -min(n.mails_in, n.mails_out), -n.id),
    )
    wrote = by_mails[:WROTE]
    known = {each.sender.address.key for each in facts.newcomers}
    past = [each for each in facts.acquaintances if each.address.key not in known][:FROM_PAST]
    faces = [
        *((each.sender, _of_week(each, today, zone)) for each in wrote),
        *((NamedAddress(each.address, each.name), _of_past(each, today, zone)) for each in past),
    ]
    if not faces:
        return None, ()
    numbered = tuple(enumerate(faces, after + 1))
    lines = tuple(
        _line(number, named, f"{AGAIN} {why}" if named.address.key in again else why)
        for number, (named, why) in numbered
    )
    rest = len(facts.newcomers) - len(wrote)
    left_out = capital(f"{count(rest, 'other new face')} wrote as well.") if rest else ""
    section = Section("newcomers", "New faces", lines, _hint([n for n, _ in numbered]), left_out)
    return section, tuple((number, named) for number, (named, _) in numbered)


def _line(number: int, named: NamedAddress, why: str) -> Line:
    address = text(str(named.address), 80)
    who = name(_shown(named.name, named.address))
    return Line(who=who, text=address, number=number, reason=why)


def _shown(written: str, address: Address) -> str:
    """The name, unless it only repeats the address."""
    return "" if written.strip().casefold() == address.key else written


def _of_week(each: NewcomerLine, today: date, zone: ZoneInfo) -> str:
    wrote = f"Wrote {on_day(each.last_at, today, zone)}"
    if each.mails_out:
        return f"{wrote}; {_both(each.mails_in, each.mails_out)} so far."
    return f"{wrote}, {times(each.mails_in)} so far." if each.mails_in > 1 else f"{wrote}."


def _of_past(each: Correspondent, today: date, zone: ZoneInfo) -> str:
    last = on_day(each.last_at, today, zone)
    return f"From your past mail: {_both(each.heard, each.written)}, the last {last}."


def _both(heard: int, written: int) -> str:
    return f"{count(heard, 'mail')} from them and {count(written, 'mail')} from you"


def _hint(numbers: Sequence[int]) -> str:
    keep, leave = command(f"ok {numbers[0]}"), command(f"skip {numbers[-1]}")
    return (
        f"{keep} keeps somebody as a contact, with the mail you two exchanged; for a week "
        f"nothing is drafted to them. {leave} leaves somebody out from now on."
    )
