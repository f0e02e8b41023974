"""Running mailflow: the daemon, one pass, the state of things, the demo."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailflow.cli import show
from mailflow.cli.context import Records, load_config, records
from mailflow.cli.failures import ExitCode

if TYPE_CHECKING:
    from mailflow.model.actions import Action

app = typer.Typer()
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def run(ctx: typer.Context) -> None:
    """Run until stopped."""
    config = load_config(ctx)
    from mailflow import daemon  # after the log, which knows how to import structlog lightly

    raise typer.Exit(daemon.run(config))


@app.command()
def once(
    ctx: typer.Context,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what would be done.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make one pass and leave.

    Reads the mail, decides, drafts, and sends what you approved.
    """
    from mailflow import daemon

    actions = daemon.once(load_config(ctx), dry=dry_run)
    with records(ctx) as r:
        rows = _told(r, actions)
    columns = {"action": "Action", "of": "Of", "when": "By", "reason": "Why"}
    empty = "Nothing would be done." if dry_run else "Done; nothing had to be decided."
    show.listing(rows, columns, as_json=as_json, empty=empty)


@app.command()
def status(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Tell how things stand and what waits for you."""
    from mailflow.cli.standing import is_running, sentences, standing

    with records(ctx) as r:
        told = standing(r)
    told["running"] = is_running(r.config)
    if as_json:
        show.as_data(told)
    else:
        show.text("\n".join(sentences(told, r.config.identity.zone)))
    raise typer.Exit(ExitCode.FOUND if told["needs_you"] else ExitCode.FINE)


@app.command()
def demo(
    folder: Annotated[Path, typer.Option(help="Where to leave the mails.")] = Path(".demo"),
    keep: Annotated[
        bool, typer.Option("--keep", help="Leave the servers up, for a mail client of yours.")
    ] = False,
) -> None:
    """Play the whole story on this machine, in a minute."""
    from mailflow.demo.play import play

    raise typer.Exit(play(folder, keep=keep))


def _told(r: Records, actions: "Sequence[Action]") -> list[dict[str, Any]]:
    """The actions as rows, with people and drafts by the names the owner knows."""
    from mailflow.cli.decided import drafts_of, people_of, row
    from mailflow.store import facts

    people = {c.id: c.label for c in facts.contacts(r.s, r.owner_id, tuple(people_of(actions)))}
    found = (facts.draft(r.s, r.owner_id, number) for number in drafts_of(actions))
    drafts = {d.id: f"draft {d.id} to {d.to_name or d.to}" for d in found}
    rows = [row(action, people, drafts) for action in actions]
    zone = r.config.identity.zone
    return [{**told, "when": show.moment(told.get("until"), zone)} for told in rows]
