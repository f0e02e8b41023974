"""Keeping house: quarantine, templates, the summary at will, instructions, the schema, versions."""

from pathlib import Path
from typing import Annotated

import typer

from mailflow.cli import show
from mailflow.cli.context import house, load_config, records
from mailflow.cli.failures import ExitCode
from mailflow.errors import NotFound

app = typer.Typer()
quarantine = typer.Typer(help="Mails that could not be read, and are kept.")
templates = typer.Typer(help="The mail texts.")
app.add_typer(quarantine, name="quarantine")
app.add_typer(templates, name="templates")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def tell(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(help="As you would write it by mail.")],
) -> None:
    """Carry out an instruction: tell every jane 3w."""
    from mailflow.daemon import clock
    from mailflow.reading import command
    from mailflow.tick.carry_out import carry_out
    from mailflow.tick.mail import Intake

    now = clock()
    with house(ctx) as h:
        line = " ".join(words)
        found = command.read(line, "", now=now, zone=h.identity.zone)
        is_done = bool(found)
        if not found:
            show.text(f"I do not understand “{line}”; `mailflow tell help` lists what I do.")
        for position, each in enumerate(found):
            source = f"command line {now.isoformat()} {position}"
            with h.store.begin() as s:
                said, _ = carry_out(s, h, Intake(now=now), each, source)
            show.text(said.said)
            is_done = is_done and said.is_done
    raise typer.Exit(ExitCode.FINE if is_done else ExitCode.FOUND)


@app.command()
def summary(
    ctx: typer.Context,
    now: Annotated[bool, typer.Option("--now", help="Mail it to yourself now.")] = False,
    html: Annotated[Path | None, typer.Option(help="Also write it as a page.")] = None,
) -> None:
    """Show this week's summary as it stands."""
    from mailflow.cli.preview import preview, queue_now

    with house(ctx) as h:
        if now:
            is_queued = queue_now(h)
            print("It is on its way." if is_queued else "This week's summary is out already.")
            raise typer.Exit(ExitCode.FINE if is_queued else ExitCode.FOUND)
        rendered = preview(h)
    if html is not None:
        html.write_text(rendered.html, encoding="utf-8")
    show.text(f"{rendered.subject}\n\n{rendered.body}")


@quarantine.command("list")
def list_(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List them with the reason."""
    from mailflow.model.mail import InboundMessage
    from mailflow.reading import parse
    from mailflow.store import record

    with records(ctx) as r:
        found = record.quarantined(r.s, r.owner_id)
    zone = r.config.identity.zone
    rows = []
    for each in found:
        head = parse.head(each.data, received_at=each.quarantined_at)
        rows.append(
            {
                "number": each.id,
                "at": each.quarantined_at,
                "when": show.moment(each.quarantined_at, zone),
                "mailbox": each.location.mailbox,
                "from": str(head.sender or "") if isinstance(head, InboundMessage) else "",
                "subject": head.subject if isinstance(head, InboundMessage) else "",
                "reason": each.reason,
                "bytes": len(each.data),
            }
        )
    columns = {
        "number": "No.", "when": "When", "from": "From", "subject": "Subject", "reason": "Why",
    }  # fmt: skip
    show.listing(rows, columns, as_json=as_json, empty="Every mail could be read.")


@quarantine.command()
def replay(
    ctx: typer.Context,
    numbers: Annotated[list[int] | None, typer.Argument(help="By number; all if none.")] = None,
) -> None:
    """Try again to read what is in quarantine."""
    from mailflow.daemon import clock
    from mailflow.store import record
    from mailflow.tick.replay import replay as read_again

    with house(ctx) as h:
        with h.store.begin() as s:
            waiting = {each.id: each for each in record.quarantined(s, h.owner_id)}
        missing = [number for number in numbers or () if number not in waiting]
        if missing:
            raise NotFound(f"There is no mail {missing[0]} in quarantine.")
        left = 0
        for number in numbers or tuple(waiting):
            reason = read_again(h, waiting[number], clock())
            left += reason is not None
            show.text(f"{number}: {reason or 'read; it is out of quarantine.'}")
    raise typer.Exit(ExitCode.FOUND if left else ExitCode.FINE)


@templates.command()
def check(ctx: typer.Context) -> None:
    """Try every mail text with all and with no facts."""
    from mailflow.cli.trial import complaints

    found = list(complaints(load_config(ctx)))
    for complaint in found:
        show.text(complaint)
    if not found:
        print("Every mail text can be written.")
    raise typer.Exit(ExitCode.FOUND if found else ExitCode.FINE)


@app.command()
def upgrade(ctx: typer.Context) -> None:
    """Bring an older store up to this version."""
    from mailflow.store.database import Store
    from mailflow.store.schema import Standing, demand

    config = load_config(ctx)
    store = Store.connect(config.store_url)
    try:
        store.hold(config.state_dir)
        before = store.standing()
        if before is Standing.RIGHT:
            print("The store is up to date.")
            return
        if before is Standing.NEWER:
            demand(before, store.place)
        store.upgrade()
    finally:
        store.close()
    print(f"The store {store.place} is up to date now.")


@app.command()
def version() -> None:
    """Print the version."""
    from mailflow import __version__

    print(f"mailflow {__version__}")
