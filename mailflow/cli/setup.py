"""`init` and `doctor`: from nothing to a configuration that is known to work."""

import os
from pathlib import Path
from typing import Annotated

import typer

from mailflow.cli.context import config_path, load_config
from mailflow.cli.failures import ExitCode

app = typer.Typer()
PAST = "Your past mail can tell whom you know, and how well: mailflow import history"


@app.command()
def doctor(
    ctx: typer.Context,
    mail: Annotated[bool, typer.Option(help="Send trial mails to yourself.")] = True,
    wait: Annotated[int, typer.Option(help="Seconds to wait for them.", min=1)] = 60,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check everything; each finding says what to do."""
    from mailflow.cli.doctor.run import examine, is_healthy

    found = examine(config_path(ctx), load_config(ctx), sends_mail=mail, wait=wait, as_json=as_json)
    raise typer.Exit(ExitCode.FINE if is_healthy(found) else ExitCode.FOUND)


@app.command()
def init(
    ctx: typer.Context,
    name: Annotated[str, typer.Option(help="Your name.")] = "",
    address: Annotated[str, typer.Option(help="Your mail address.")] = "",
    imap: Annotated[str, typer.Option(help="HOST or HOST:PORT to read mail.")] = "",
    imap_security: Annotated[str, typer.Option(help="tls, starttls or plain.")] = "",
    smtp: Annotated[str, typer.Option(help="HOST or HOST:PORT to send mail.")] = "",
    smtp_security: Annotated[str, typer.Option(help="tls, starttls or plain.")] = "",
    ca_file: Annotated[Path | None, typer.Option(help="Your own certificate authority.")] = None,
    user: Annotated[str, typer.Option(help="The login, if not your address.")] = "",
    password_command: Annotated[str, typer.Option(help="A command that prints it.")] = "",
    password_env: Annotated[str, typer.Option(help="The variable that holds it.")] = "",
    password_file: Annotated[str, typer.Option(help="The file that holds it.")] = "",
    service: Annotated[str, typer.Option(help="The address you will write to.")] = "",
    zone: Annotated[str, typer.Option(help="Your time zone.")] = "",
    state_dir: Annotated[str, typer.Option(help="Where to keep the store.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; take what is proposed.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite an old file.")] = False,
    check: Annotated[bool, typer.Option(help="Run the doctor afterwards.")] = True,
    mail: Annotated[bool, typer.Option(help="Let the doctor send trial mails.")] = True,
) -> None:
    """Write the configuration from six answers."""
    from mailflow.cli.doctor.run import examine, is_healthy
    from mailflow.cli.vouching import offer
    from mailflow.cli.wizard import Given, Wizard

    path = config_path(ctx)
    question = f"{path} is there already. Replace it?"
    if path.exists() and not force and (yes or not typer.confirm(question)):
        print(f"{path} was left as it is.")
        raise typer.Exit(ExitCode.FOUND)
    given = Given(
        name, address, imap, imap_security, smtp, smtp_security, ca_file, user,
        password_command, password_env, password_file, service, zone, state_dir,
    )  # fmt: skip
    Wizard(given, path, os.environ, is_silent=yes).run()
    print(f"Written: {path}")
    if check:
        found = examine(path, load_config(ctx), sends_mail=mail, wait=60, as_json=False)
        offer(found, path, os.environ, is_silent=yes)
        print(PAST)
        raise typer.Exit(ExitCode.FINE if is_healthy(found) else ExitCode.FOUND)
    print(PAST)
