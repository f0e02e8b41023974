"""Running the checks in order and telling what they find."""

import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mailflow.cli import show
from mailflow.cli.doctor.finding import Check, Finding, Level, Patient, fault
from mailflow.cli.failures import EXPECTED, sentence
from mailflow.config import Config

MARKS = {Level.FINE: ("✓", "green"), Level.ADVICE: ("!", "yellow"), Level.FAULT: ("✗", "red")}


def examine(
    path: Path, config: Config, *, sends_mail: bool, wait: int, as_json: bool
) -> tuple[Finding, ...]:
    """Run every check, printing each finding as it comes, and a verdict; what was found.

    `wait` is in seconds: how long to look for the trial mails.
    """
    found: list[tuple[str, Finding]] = []
    for name, finding in _findings(path, config, sends_mail=sends_mail, wait=wait):
        found.append((name, finding))
        if not as_json:
            _tell(finding)
    if as_json:
        show.as_data(
            [
                {"check": name, "level": f.level, "sentence": f.sentence, "fix": f.fix}
                for name, f in found
            ]
        )
    faults = sum(finding.level is Level.FAULT for _, finding in found)
    if not as_json:
        print(_verdict(faults))
    return tuple(finding for _, finding in found)


def is_healthy(found: Iterable[Finding]) -> bool:
    """Whether nothing is at fault."""
    return all(finding.level is not Level.FAULT for finding in found)


def _findings(
    path: Path, config: Config, *, sends_mail: bool, wait: int
) -> Iterator[tuple[str, Finding]]:
    """The checks of the machine once, those of the account for each account."""
    from mailflow.account.imap import ImapAccount
    from mailflow.account.smtp import SmtpPost

    for position, account in enumerate(config.accounts):
        imap, post = ImapAccount(account), SmtpPost(account)
        patient = Patient(
            config=config,
            path=path,
            account=account,
            imap=imap,
            post=post,
            capabilities=imap.capabilities,
            now=lambda: datetime.now(UTC),  # the command line reads the clock
            sleep=time.sleep,
            wait=timedelta(seconds=wait),
            sends_mail=sends_mail and position == 0,
        )
        try:
            for name, check in checks(is_first=position == 0):
                yield from ((name, finding) for finding in _guarded(check, patient))
        finally:
            imap.close()
            post.close()


def checks(*, is_first: bool) -> Iterator[tuple[str, Check]]:
    """Every check by name, in the order in which one builds on the other."""
    from mailflow.cli.doctor import lines, machine, post

    if is_first:
        for check in (
            machine.configuration,
            machine.private_files,
            machine.disk,
            machine.store,
            machine.templates,
            machine.pictures,
        ):
            yield check.__name__, check
    for line in (lines.incoming, lines.mailboxes, lines.notices, lines.outgoing, post.round_trip):
        yield line.__name__, line


def _guarded(check: Check, patient: Patient) -> Iterator[Finding]:
    """A check that cannot be made is a finding, and the others are made all the same."""
    try:
        yield from check(patient)
    except EXPECTED as error:
        yield fault(sentence(error), "Put that right and run `mailflow doctor` again.")


def _tell(finding: Finding) -> None:
    from rich.text import Text

    mark, colour = MARKS[finding.level]
    console = show.console()
    line = Text.assemble((mark, colour), " ", show.safe(finding.sentence))
    console.print(line, soft_wrap=True)
    if finding.fix:
        console.print(Text.assemble("  → ", (show.safe(finding.fix), "bold")), soft_wrap=True)
    sys.stdout.flush()


def _verdict(faults: int) -> str:
    if faults == 0:
        return "Nothing stands in the way: mailflow run"
    return f"{faults} thing{'s' if faults > 1 else ''} to put right first."
