"""The reason for a number, in one sentence that a friend could say."""

from typing import NamedTuple

from mailflow.measuring.warmth_model import LATE_AFTER

QUIET_FROM = 14
"""Days of silence before the sentence speaks of it, however quick the rhythm was."""
QUESTIONS_TO_TELL = 3
"""Outcomes needed before an answer rate is mentioned."""


class Told(NamedTuple):
    """What the sentence may speak of: counts, hours and days as they are."""

    heard: int
    written: int
    meetings: int
    answered: int
    questions: int
    speed_hours: float
    silence: int
    usual: float
    """Days between their conversations; 0 when that cannot be said yet."""


def sentence(told: Told, name: str = "") -> str:
    """One sentence, true to the numbers it is made of; never a judgement.

    The name, which may be an address, stands in it as it is written.
    """
    who = name or "this person"
    if not (told.heard or told.written or told.meetings):
        return f"You and {who} have not been in touch by mail yet."
    first, is_good = _habit(told, who, begins=name or "This person")
    second, is_quiet = _rhythm(told)
    joint = ", but " if is_good and is_quiet else ", and "
    return f"{first}{joint}{second}." if second else f"{first}."


def _habit(told: Told, who: str, begins: str) -> tuple[str, bool]:
    """What is usual between the two, and whether it is good news; `begins` is who it is where the
    sentence begins with them."""
    if told.questions >= QUESTIONS_TO_TELL and told.answered:
        count = f"{told.answered} of your last {told.questions}"
        if told.answered == told.questions:
            count = f"all of your last {told.questions}"
        return f"{begins} answered {count} mails{_pace(told.speed_hours)}", True
    if told.questions >= QUESTIONS_TO_TELL:
        return f"{begins} has not answered your last {told.questions} mails", False
    if not told.heard and not told.meetings:
        return f"You wrote to {who} {_times(told.written)} without an answer so far", False
    if not told.written and not told.meetings:
        return f"{begins} wrote to you {_times(told.heard)} without a mail of yours", False
    met = f"met or talked {_times(told.meetings)}" if told.meetings else ""
    mail = f"{begins} wrote {_times(told.heard)} and you {_times(told.written)}"
    if not met:
        return mail, True
    if not told.heard and not told.written:
        return f"You and {who} {met}", True
    return f"You and {who} {met} and exchanged {_mails(told.heard + told.written)}", True


def _rhythm(told: Told) -> tuple[str, bool]:
    """How long it has been, against how long it usually is, and whether that is a silence."""
    is_mutual = bool(told.meetings or (told.heard and told.written))
    if is_mutual and told.silence >= max(QUIET_FROM, LATE_AFTER * told.usual):
        text = f"you two have been silent for {span(told.silence)}"
        if told.usual:
            text += f"; you used to be in touch every {_every(told.usual)}"
        return text, True
    if is_mutual and told.usual:
        return f"you two are in touch every {_every(told.usual)}", False
    if told.silence < 1:
        return "the last time was today", False
    return f"the last time was {span(told.silence)} ago", False


def _pace(hours: float) -> str:
    for limit, words in ((1.5, " within an hour"), (6, " within hours"), (26, " within a day")):
        if hours <= limit:
            return words
    return f", usually after {span(round(hours / 24))}"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _mails(count: int) -> str:
    return "a mail" if count == 1 else f"{count} mails"


def _every(days: float) -> str:
    whole = round(days)
    if whole <= 1:
        return "day or so"
    return "week" if whole == 7 else span(whole)


def span(days: int) -> str:
    """A stretch of days as one would say it: “9 weeks”."""
    for size, unit, least in ((365, "year", 730), (30, "month", 90), (7, "week", 14)):
        if days >= least:
            return f"{round(days / size)} {unit}s"
    return "a day" if days == 1 else f"{days} days"
