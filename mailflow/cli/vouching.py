"""What `init` proposes so that a mail which only pretends to be from the owner is not obeyed."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import typer

from mailflow.cli.answers import put_in_place
from mailflow.cli.doctor.finding import Finding

# Only a trial mail of the owner's own shows it: its topmost header is the server's. In a mail that
# already lay in the mailbox it may be whatever the sender wrote.
SECTION = """
[security]
# Your mail server's name in Authentication-Results, as a mail from you to yourself showed it: what
# {name} did not vouch for is not obeyed, even if it has your address as sender.
authserv_id = "{name}"
"""


def offer(found: Iterable[Finding], path: Path, env: Mapping[str, str], *, is_silent: bool) -> None:
    """Write the server that was seen to vouch for the owner's mail into the new configuration,
    after a yes; with `is_silent` without asking. Raises ConfigError."""
    name = next((finding.authserv_id for finding in found if finding.authserv_id), "")
    question = f"Obey only mail from you that {name} vouches for?"
    if not name or not (is_silent or typer.confirm(question, default=True)):
        return
    put_in_place(path, path.read_text(encoding="utf-8") + SECTION.format(name=name), env)
    print(f'Written: security.authserv_id = "{name}"')
