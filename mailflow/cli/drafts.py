"""The drafts that wait: list, show, approve, drop, put off, rewrite."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from mailflow.cli import show
from mailflow.cli.context import house, records
from mailflow.cli.failures import ExitCode
from mailflow.cli.unseen import demand_seen
from mailflow.errors import MailflowError

if TYPE_CHECKING:
    from mailflow.model.command import Verdict
    from mailflow.model.draft import Draft
    from mailflow.tick.house import House

app = typer.Typer(help="List the drafts, or decide on them by number.")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Number = Annotated[int, typer.Argument(help="The draft's number, as `mailflow drafts` has it.")]
Numbers = Annotated[list[int], typer.Argument(help="Drafts by number.")]
Yes = Annotated[bool, typer.Option("--yes", help="Don't show it first and don't ask.")]


@app.callback(invoke_without_command=True)
def drafts(
    ctx: typer.Context,
    settled: Annotated[bool, typer.Option("--all", help="Also those that are settled.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the drafts, or decide on them by number."""
    if ctx.invoked_subcommand is not None:
        return
    from mailflow.model.draft import LIVE
    from mailflow.store import facts

    with records(ctx) as r:
        found = facts.drafts(r.s, r.owner_id, None if settled else tuple(LIVE))
    zone = r.config.identity.zone
    columns = {
        "number": "No.", "to_name": "To", "subject": "Subject", "status": "Status", "at": "When",
        "note": "Note",
    }  # fmt: skip
    rows = [_row(draft) if as_json else _shown(draft, zone) for draft in found]
    show.listing(rows, columns, as_json=as_json, empty="No draft waits for you.")


@app.command("show")
def show_(ctx: typer.Context, number: Number, as_json: AsJson = False) -> None:
    """Show one draft whole."""
    from mailflow.store import facts

    with records(ctx) as r:
        draft = facts.draft(r.s, r.owner_id, number)
    if as_json:
        show.as_data({**_row(draft), "body": draft.body})
    else:
        _display(draft)


@app.command()
def ok(ctx: typer.Context, numbers: Numbers, yes: Yes = False) -> None:
    """Approve drafts; each is shown first."""
    from mailflow.model.command import Approve

    _decide(ctx, numbers, Approve(), None if yes else "Send this?", is_unseen=yes)


@app.command()
def skip(ctx: typer.Context, numbers: Numbers) -> None:
    """Drop drafts; they will not be sent."""
    from mailflow.model.command import Reject

    _decide(ctx, numbers, Reject())


@app.command()
def later(
    ctx: typer.Context,
    number: Number,
    when: Annotated[list[str], typer.Argument(help="3d, 2w, mon, 14 May …")],
) -> None:
    """Put a draft off."""
    from mailflow.daemon import clock
    from mailflow.model import when as days
    from mailflow.model.command import Snooze

    words = " ".join(when)
    with house(ctx) as h:
        until = days.when(words, clock(), h.identity.zone)
        if until is None:
            raise MailflowError(f"“{words}” is no time to come; write 3d, 2w, mon or 14 May.")
        _judge(h, number, Snooze(until))


@app.command()
def edit(
    ctx: typer.Context,
    number: Number,
    file: Annotated[
        typer.FileText | None, typer.Option("--file", help="The new text; - is standard input.")
    ] = None,
    send: Annotated[bool, typer.Option("--send", help="And approve it as it is.")] = False,
) -> None:
    """Rewrite a draft, in $EDITOR or from a file."""
    from mailflow.model.command import Edit, SendAsIs
    from mailflow.store import facts

    with records(ctx) as r:  # closed while the owner writes: the daemon goes on meanwhile
        before = facts.draft(r.s, r.owner_id, number)
    text = file.read() if file is not None else edited(before.body)
    if not text.strip() or text.strip() == before.body.strip():
        print("Nothing was changed.")
        raise typer.Exit(ExitCode.FOUND)
    with house(ctx) as h:
        if send:
            demand_seen(h, number)
        _judge(h, number, SendAsIs(text) if send else Edit(text), version=before.version)


@app.command()
def sent(ctx: typer.Context, number: Number) -> None:
    """Say that an uncertain draft did go out."""
    from mailflow.model.command import Happened

    _decide(ctx, [number], Happened())


@app.command()
def again(ctx: typer.Context, number: Number) -> None:
    """Say that an uncertain draft did not go out, and send it."""
    from mailflow.model.command import SendAgain

    _decide(ctx, [number], SendAgain(), question="Send this?")


def edited(text: str) -> str:
    """What the owner's editor leaves of the text."""
    import os
    import shlex
    import subprocess
    import tempfile
    from pathlib import Path

    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with tempfile.TemporaryDirectory(prefix="mailflow-") as folder:
        path = Path(folder) / "draft.txt"  # the folder is for the owner only
        path.write_text(show.safe(text), encoding="utf-8")
        done = subprocess.run([*shlex.split(editor), str(path)], check=False)  # noqa: S603 - the owner's own editor
        if done.returncode != 0:
            raise MailflowError(f"The editor “{editor}” failed; the draft was left as it was.")
        return path.read_text(encoding="utf-8")


def _decide(
    ctx: typer.Context, numbers: Sequence[int], verdict: "Verdict", question: str | None = None,
    *, is_unseen: bool = False,
) -> None:  # fmt: skip
    """Apply one verdict to several drafts; what could not be done is said at the end."""
    failures: list[MailflowError] = []
    with house(ctx) as h:
        for number in numbers:
            try:
                version = _confirmed(h, number, question) if question else None
                if is_unseen:
                    demand_seen(h, number)
                if version != 0:
                    _judge(h, number, verdict, version=version)
            except MailflowError as error:
                failures.append(error)
    if len(failures) == 1:
        raise failures[0]
    if failures:
        raise MailflowError(" ".join(str(error) for error in failures))


def _confirmed(h: "House", number: int, question: str) -> int:
    """Show the draft and ask; the version that was shown, 0 for no."""
    from mailflow.store import facts

    with h.store.begin() as s:
        draft = facts.draft(s, h.owner_id, number)
    _display(draft)
    return draft.version if typer.confirm(question) else 0


def _judge(h: "House", number: int, verdict: "Verdict", version: int | None = None) -> None:
    """Apply a verdict to the version the owner saw; raises MailflowError when it is too late."""
    from mailflow.daemon import clock
    from mailflow.store import facts
    from mailflow.tick.judge import apply_verdict

    with h.store.begin() as s:
        draft = facts.draft(s, h.owner_id, number)
        if version is not None and draft.version != version:
            raise MailflowError(f"Draft {number} changed meanwhile; look at it again.")
        state = str(draft.state).replace("_", " ")
        said = apply_verdict(s, h, clock(), draft, verdict)
    if said is None:
        raise MailflowError(f"Draft {number} is {state}, so that cannot be done with it.")
    print(f"{number}: {said}")


def _display(draft: "Draft") -> None:
    names = (draft.to_name, draft.second_name)
    to = ", ".join(
        f"{name} <{address}>" if name else str(address)
        for name, address in zip(names, draft.recipients, strict=False)
    )
    lint = "".join(f"Look at: {each}\n" for each in draft.lint)
    reason = f"Why: {draft.reason}\n" if draft.reason else ""
    show.text(
        f"Draft {draft.id}, {str(draft.state).replace('_', ' ')}\n"
        f"To: {to}\nSubject: {draft.subject}\n{reason}{lint}\n{draft.body}"
    )


def _shown(draft: "Draft", zone: ZoneInfo) -> dict[str, Any]:
    """A draft in one line; when it left, or when it moves on by itself."""
    from mailflow.model.draft import LIVE

    at = draft.sent_at or (draft.due_at if draft.state in LIVE else None)
    notes = (*draft.lint, draft.held_because, draft.failure)
    return {
        **_row(draft),
        "to_name": " and ".join(filter(None, (draft.to_name, draft.second_name))) or str(draft.to),
        "status": str(draft.state).replace("_", " "),
        "at": show.moment(at, zone),
        "note": [note for note in notes if note],
    }


def _row(draft: "Draft") -> dict[str, Any]:
    return {
        "number": draft.id,
        "to": ", ".join(map(str, draft.recipients)),
        "to_name": draft.to_name,
        "subject": draft.subject,
        "purpose": draft.purpose,
        "state": str(draft.state),
        "version": draft.version,
        "due_at": draft.due_at,
        "reason": draft.reason,
        "sent_at": draft.sent_at,
        "lint": list(draft.lint),
        "held_because": draft.held_because,
        "failure": draft.failure,
    }
