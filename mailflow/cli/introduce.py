"""Introductions: begin one, list those under way, end one, say what an answer means."""

from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from mailflow.cli import show
from mailflow.cli.context import house, records
from mailflow.cli.failures import ExitCode
from mailflow.errors import MailflowError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailflow.model.contact import Contact
    from mailflow.model.introduction import Introduction, Naming, Side
    from mailflow.tick.introduce import Command

app = typer.Typer()
listed = typer.Typer(help="List introductions, or decide on them by number.")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Who = Annotated[str, typer.Argument(help="An address, or a name if only one person has it.")]
Number = Annotated[int, typer.Argument(help="Its number, as `mailflow introductions` has it.")]
SHOWN = "How the {} is shown to the {}: descriptor, name, or name_and_link."


@app.command()
def introduce(
    ctx: typer.Context,
    first: Who,
    second: Who,
    why_first: Annotated[str, typer.Option(help="What the first gains.")],
    why_second: Annotated[str, typer.Option(help="What the second gains.")],
    as_first: Annotated[str, typer.Option(help="The first, described without a name.")] = "",
    as_second: Annotated[str, typer.Option(help="The second, described without a name.")] = "",
    show_first: Annotated[str, typer.Option(help=SHOWN.format("first", "second"))] = "",
    show_second: Annotated[str, typer.Option(help=SHOWN.format("second", "first"))] = "",
    first_asked: Annotated[
        bool, typer.Option("--first-asked", help="The first asked you for it.")
    ] = False,
    second_asked: Annotated[
        bool, typer.Option("--second-asked", help="The second asked you for it.")
    ] = False,
    ask_second_first: Annotated[
        bool, typer.Option("--ask-second-first", help="Ask the second before the first.")
    ] = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Begin it although they may know each other.")
    ] = False,
) -> None:
    """Introduce two people, if both want it.

    Each is asked in a mail of its own, and learns of the other only what you allow. Nothing is
    sent without your ok: the first question waits as a draft.
    """
    from mailflow.model.introducing import Introduce

    command = Introduce(
        first, second, why_first, why_second, _naming(show_first), _naming(show_second),
        as_first, as_second, first_asked, second_asked,
        second if ask_second_first else "", anyway,
    )  # fmt: skip
    _carry_out(ctx, command)


@listed.callback(invoke_without_command=True)
def introductions(
    ctx: typer.Context,
    ended: Annotated[bool, typer.Option("--all", help="Also those that ended.")] = False,
    as_json: AsJson = False,
) -> None:
    """List introductions, or decide on them by number."""
    if ctx.invoked_subcommand is not None:
        return
    from mailflow.model.introduction_states import AFTERWARDS, OPEN
    from mailflow.store import facts

    with records(ctx) as r:
        found = facts.introductions(r.s, r.owner_id, None if ended else OPEN | AFTERWARDS)
        ids = {side.contact_id for each in found for side in each.sides}
        people = {each.id: each for each in facts.contacts(r.s, r.owner_id, sorted(ids))}
    zone = r.config.identity.zone
    columns = {
        "number": "No.", "first": "First asked", "second": "Second", "state": "State",
        "since": "Since", "note": "Note",
    }  # fmt: skip
    rows = [_row(each, people, zone, as_json=as_json) for each in found]
    show.listing(rows, columns, as_json=as_json, empty="No introduction is under way.")


@listed.command()
def cancel(ctx: typer.Context, number: Number) -> None:
    """End an introduction; neither side learns of the other."""
    from mailflow.model.introducing import CancelIntroduction

    _carry_out(ctx, CancelIntroduction(number))


@listed.command()
def rule(
    ctx: typer.Context,
    number: Number,
    words: Annotated[list[str], typer.Argument(help="counts as yes, it helped: …, and so on.")],
    who: Annotated[str, typer.Option(help="Whose answer it is about.")] = "",
) -> None:
    """Say what an answer counts as, or what came of it."""
    from mailflow.daemon import clock
    from mailflow.model.introducing import RuleIntroduction
    from mailflow.model.ruling_words import ruling_in

    said = " ".join(words)
    with records(ctx) as r:
        zone = r.config.identity.zone
    ruling = ruling_in(said, now=clock(), zone=zone)
    if ruling is None:
        raise MailflowError(
            f"“{said}” is no answer I know; write counts as yes, counts as no, ask again: …, "
            "they are in touch, no word yet, it helped: …, or nothing came of it."
        )
    _carry_out(ctx, RuleIntroduction(number, ruling, who))


def _carry_out(ctx: typer.Context, command: "Command") -> None:
    """The same as by mail; what could not be done is said, and nothing of it is done."""
    from mailflow.daemon import clock
    from mailflow.tick.introduce import about_introductions

    with house(ctx) as h, h.store.begin() as s:
        line, waiting = about_introductions(s, h, clock(), command, "")
    show.text(line.said)
    if waiting:
        show.text("Its next mail waits for your ok: mailflow drafts")
    raise typer.Exit(ExitCode.FINE if line.is_done else ExitCode.FOUND)


def _naming(word: str) -> "Naming | None":
    from mailflow.model.introduction import Naming

    try:
        return Naming(word.replace("-", "_")) if word else None
    except ValueError:
        said = f"“{word}” is none of descriptor, name, name_and_link."
        raise MailflowError(said) from None


def _row(
    each: "Introduction", people: "Mapping[int, Contact]", zone: ZoneInfo, *, as_json: bool
) -> dict[str, Any]:
    """One introduction; the words a side answered are shown where they wait to be judged."""
    names = [people[side.contact_id].label for side in each.sides]
    waiting = [_quoted(side, people) for side in each.sides if _is_to_judge(side)]
    row = {
        "number": each.id,
        "first": names[0],
        "second": names[1],
        "state": each.state.replace("_", " "),
        "since": each.since_at if as_json else show.moment(each.since_at, zone),
        "note": [*waiting, *([each.outcome] if each.outcome else [])],
    }
    if as_json:
        row |= {
            "sides": [
                {
                    "contact": side.contact_id, "why": side.why, "naming": str(side.naming),
                    "descriptor": side.descriptor, "state": str(side.state),
                    "asked_at": side.asked_at, "answered_at": side.answered_at,
                    "consent_at": side.consent_at, "words": side.words,
                }
                for side in each.sides
            ],
            "due_at": each.due_at,
            "introduced_at": each.introduced_at,
        }  # fmt: skip
    return row


def _is_to_judge(side: "Side") -> bool:
    return side.state in ("conditional", "ambiguous")


def _quoted(side: "Side", people: "Mapping[int, Contact]") -> str:
    return f"{people[side.contact_id].label}: “{side.words}”"
