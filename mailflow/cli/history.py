"""The owner's past: read it from the mailboxes, and make contacts of the people in it."""

import sys
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailflow.cli import show
from mailflow.cli.context import house
from mailflow.cli.failures import ExitCode
from mailflow.cli.progress import follow
from mailflow.errors import MailflowError
from mailflow.model.amount import amount

if TYPE_CHECKING:
    from mailflow.model.history import Correspondent
    from mailflow.tick.history import Progress
    from mailflow.tick.house import House

app = typer.Typer()
importing = typer.Typer(no_args_is_help=True, help="Take in what you have already.")
app.add_typer(importing, name="import")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
SHOWN = 40
"""More people than this are not listed without being asked for."""


@importing.command()
def history(
    ctx: typer.Context,
    since: Annotated[str, typer.Option(help="How far back: 18m, 3y, 2021-05-01, or all.")] = "3y",
    mailbox: Annotated[
        list[str] | None, typer.Option(help="One more mailbox to read; can be repeated.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read who wrote to whom, when, in your past mail.

    Header fields only, of INBOX, Sent, Archive or All Mail and the mailboxes you name. Nothing is
    changed on the server. Stop it whenever you like: the next time it goes on from there.
    """
    from mailflow.account.imap import ImapAccount
    from mailflow.daemon import clock
    from mailflow.tick import history as past

    with house(ctx) as h:
        now = clock()
        day = since_day(since, now.astimezone(h.identity.zone).date())
        accounts = [ImapAccount(config) for config in h.config.accounts]
        try:
            steps = past.import_history(h, accounts, now, since=day, chosen=mailbox or ())
            last, is_whole = follow(steps, is_quiet=as_json)
        finally:
            for account in accounts:
                account.close()
        with h.store.begin() as s:
            found = past.acquaintances(s, h.owner_id)
        if as_json:
            people = [_row(each) for each in found]
            done = {"read": last.read, "personal": last.personal, "refused": last.refused}
            show.as_data({"complete": is_whole, **done, "people": people})
        else:
            show.text(_said(last, is_whole=is_whole))
            _offer(h, found, now, asks=is_whole)
    raise typer.Exit(ExitCode.FINE if is_whole else ExitCode.FOUND)


@app.command()
def adopt(
    ctx: typer.Context,
    numbers: Annotated[
        list[int] | None, typer.Argument(help="People by number; without any, they are listed.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make contacts of people from your past mail.

    They come with their history and warmth. Nothing is drafted to them for a week; then, at most
    twice a week, a letter to somebody you have lost touch with.
    """
    from mailflow.daemon import clock
    from mailflow.store import facts
    from mailflow.tick import history as past

    with house(ctx) as h:
        if not numbers:
            with h.store.begin() as s:
                found = past.acquaintances(s, h.owner_id)
            if as_json or not found:
                empty = "Nobody is left to adopt: mailflow import history reads your past mail."
                show.listing([_row(each) for each in found], {}, as_json=as_json, empty=empty)
            else:
                _list(found)
            return
        with h.store.begin() as s:
            people = facts.correspondents(s, h.owner_id, list(dict.fromkeys(numbers)))
        ids = _adopt(h, people, clock())
    if as_json:
        show.as_data([{"number": p.id, "contact": pk} for p, pk in zip(people, ids, strict=True)])


def since_day(text: str, today: date) -> date | None:
    """`3y`, `18m`, `2w`, `90d` before today, a day in ISO 8601, or None for `all`; raises
    MailflowError."""
    from datetime import timedelta

    word = text.strip().lower()
    if word == "all":
        return None
    try:
        if word[-1:] in DAYS and word[:-1].isascii() and word[:-1].isdigit():
            return today - timedelta(days=int(word[:-1]) * DAYS[word[-1]])
        return date.fromisoformat(word)
    except (ValueError, OverflowError):
        raise MailflowError(
            f"--since: “{text}” is no time past; write 18m, 3y, 2021-05-01 or all."
        ) from None


def _said(last: "Progress", *, is_whole: bool) -> str:
    lines = [f"{amount(last.read, 'mail')} read, {last.personal:,} of them between you and people."]
    if last.refused:
        lines.append(f"{last.refused} could not be had from the server and were left out.")
    if not is_whole:
        lines.append("Stopped. The same command goes on from here.")
    return "\n".join(lines)


def _offer(h: "House", found: "Sequence[Correspondent]", now: datetime, *, asks: bool) -> None:
    """List them; ask whom to adopt where somebody can answer."""
    if not found:
        return
    _list(found)
    if not (asks and sys.stdin.isatty()):
        return
    answer = str(typer.prompt("Adopt whom (numbers, all, or nothing)", default="")).lower()
    of_number = {each.id: each for each in found}
    words = answer.replace(",", " ").split()
    unknown = [w for w in words if not (w.isascii() and w.isdigit() and int(w) in of_number)]
    if words == ["all"]:
        _adopt(h, found, now)
    elif unknown:
        show.text(f"“{unknown[0]}” is none of these numbers; nobody was adopted.")
    elif words:
        _adopt(h, [of_number[int(word)] for word in dict.fromkeys(words)], now)


def _adopt(h: "House", people: "Sequence[Correspondent]", now: datetime) -> tuple[int, ...]:
    from mailflow.tick import history as past

    with h.store.begin() as s:
        ids = past.adopt(s, h, people, now)
    show.text("\n".join(f"Adopted: {each.label} <{each.address}>." for each in people))
    return ids


def _list(found: "Sequence[Correspondent]") -> None:
    columns = {
        "number": "No.", "name": "Name", "address": "Address", "mails": "They, you",
        "last": "Last", "rhythm": "Every",
    }  # fmt: skip
    are = "is no contact" if len(found) == 1 else "are no contacts"
    show.text(f"{amount(len(found), 'person', 'people')} you write with {are} yet.")
    show.text("“They, you” counts the mails each way; “Every” is the usual pause in days.")
    show.table([_row(each) | _told(each) for each in found[:SHOWN]], columns)
    if len(found) > SHOWN:
        show.text(f"… and {len(found) - SHOWN} more: mailflow adopt --json")
    show.text(
        "mailflow adopt NUMBER… makes contacts of them. Of the others Monday's summary offers a "
        "few each week."
    )


def _told(each: "Correspondent") -> dict[str, Any]:
    """Short enough for eighty columns."""
    gap = each.median_gap_days
    return {
        "mails": f"{each.heard:,}, {each.written:,}",
        "last": f"{each.last_at:%b %Y}",
        "rhythm": "" if gap is None else f"{gap:,.0f} d",
    }


def _row(each: "Correspondent") -> dict[str, Any]:
    gap = each.median_gap_days
    return {
        "number": each.id,
        "name": each.name,
        "address": str(each.address),
        "heard": each.heard,
        "written": each.written,
        "first_at": each.first_at,
        "last_at": each.last_at,
        "last": f"{each.last_at:%d %b %Y}",
        "median_gap_days": gap,
        "rhythm": "" if gap is None else amount(round(gap), "day"),
        "language": each.language,
    }
