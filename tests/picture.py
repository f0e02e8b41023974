"""The week on the README's picture: the service itself lives through it, in memory.

Run: python -m tests.picture FILE.html; `make picture` then has a browser draw docs/summary.png.
"""

import sys
from collections.abc import Sequence
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

from mailflow.model.address import Address, NamedAddress
from mailflow.model.history import PastMail
from mailflow.model.interaction import Direction
from mailflow.store import record
from tests.laws.play import OWNER, Play

FRIENDS = {
    "Nora Nord <nora@nord.example>, Head of Space at Nord Hall": (range(3, 60, 9), "tier nora key"),
    "Pete Pier <pete@pier.example>, Editor at Pier 9": (range(140, 900, 30), "focus pete"),
    "Wei Zhang <wei@wei.example>, Architect at Studio Wei": (range(5, 300, 30), "every wei 6w"),
}
"""Days ago on which mail went both ways, and what Ada wants of the service."""

STRANGERS = {
    "Ana Lima <ana@lima.example>": range(60, 900, 30),
    "Otto Winter <otto@winter.example>": range(90, 900, 33),
    "Kim Sato <kim@sato.example>": range(120, 900, 36),
    "Lena Weiß <lena@atelier.example>": range(204, 900, 40),
}
"""People of past years whom Ada never made contacts; three are offered a week."""

MET_LAST_WEEK = (
    "met Jane Roe <jane@acme.io>, CTO at Acme @PyCon: wants seed investors for a payroll product; "
    "offers payroll data",
    "met Raj Rao <raj@first.example>, Partner at First Cheque @PyCon: wants payroll data; "
    "offers seed investors",
)
MET_ON_SUNDAY = (
    "met Inês Prata <ines@prata.example>, COO at Casa Prata @Lisbon Dinner: wants a translator",
    "met Tom Ek <tom@ek.example>, Designer @Lisbon Dinner: offers a workshop space",
)


def live() -> EmailMessage:
    """Two weeks of Ada's; the second summary, as it lies in her INBOX."""
    play = Play()
    try:
        _remember(play)
        _say(play, *MET_LAST_WEEK)
        for letter in _asking(play)[-2:]:
            play.answer(letter, "ok")
        play.tick()
        _until_summary(play, 1)
        _second_week(play)
        return _until_summary(play, 2)
    finally:
        play.close()


def _remember(play: Play) -> None:
    """Years of mail, as the import of history leaves them."""
    for who, (days, wish) in FRIENDS.items():
        _past(play, who, days)
        _say(play, f"met {who}", wish)
        play.answer(_asking(play)[-1], "skip")
    for who, days in STRANGERS.items():
        _past(play, who, days)
    play.tick()


def _asking(play: Play) -> list[EmailMessage]:
    """The letters that show a draft."""
    return [each for each in play.letters if str(each["Subject"]).startswith("Ready for you")]


def _past(play: Play, who: str, days: Sequence[int]) -> None:
    name, _, address = who.partition(">")[0].partition(" <")
    named = NamedAddress(Address.parse(address), name)
    mails = [
        PastMail(
            f"<{way} {day} {address}>",
            way,
            (named,),
            play.now - timedelta(days=day, hours=hours),
            1,
        )
        for day in days
        for way, hours in ((Direction.OUT, 7), (Direction.IN, 0))
    ]
    with play.house.store.begin() as s:
        record.add_past_mail(s, play.house.owner_id, mails)


def _second_week(play: Play) -> None:
    play.pass_time(timedelta(days=1))
    _write(play, "Nora Nord <nora@nord.example>", "Coffee on Thursday?")
    _write(play, "Mia Wong <mia@wong.example>", "Your talk at PyCon")
    play.account.deliver(play.mail(OWNER, "nora@nord.example", "Yes!", subject="Re: Coffee"),
                         play.now, "Sent")  # fmt: skip
    _say(
        play,
        "got raj: an introduction to his bank",
        "referral wei: a client for the spring value 5000",
        "promised jane: the benchmark by 1 december",
        "introduce wei and nora: Wei is looking for a hall / Nora has one to let",
    )
    play.pass_time(timedelta(days=4))
    _write(play, "Jane Roe <jane@acme.io>", "Re: PyCon, and the benchmark")
    _write(play, "Pete Pier <pete@pier.example>", "It has been a while")
    play.pass_time(timedelta(hours=18))
    _say(play, "coffee raj: he asked for the pilot", *MET_ON_SUNDAY)


def _write(play: Play, sender: str, subject: str) -> None:
    play.account.deliver(play.mail(sender, OWNER, "Hello Ada", subject=subject), play.now)
    play.tick()
    play.pass_time(timedelta(hours=3))


def _say(play: Play, *lines: str) -> None:
    for line in lines:
        play.tell(line)
        play.tick()
        play.pass_time(timedelta(minutes=10))


def _until_summary(play: Play, number: int) -> EmailMessage:
    for _ in range(60):
        found = [each for each in play.letters if str(each["Subject"]).startswith("Your week")]
        if len(found) == number:
            return found[-1]
        play.pass_time(timedelta(hours=4))
        play.tick()
    raise SystemExit("The summary did not come.")


if __name__ == "__main__":
    html = live().get_body(("html",))
    assert html is not None
    Path(sys.argv[1]).write_text(str(html.get_content()), encoding="utf-8")
