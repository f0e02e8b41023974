"""Exit codes, and errors as sentences on standard error."""

import sys
from enum import IntEnum

from mailflow.errors import (
    Ambiguous,
    ConfigError,
    MailboxError,
    MailflowError,
    NotFound,
    StoreError,
    TransportError,
)


class ExitCode(IntEnum):
    """What the shell is told; documented in `mailflow --help` and docs/operations.md."""

    FINE = 0  # all is well
    FOUND = 1  # something needs the owner: a failed check, a wrong template, a refused verdict
    USAGE = 2  # the command was not understood
    CONFIG = 3  # the configuration has problems
    MAIL = 4  # the mail account cannot be reached or refused
    STORE = 5  # the store or a file cannot be used
    NAME = 6  # nobody or nothing of that name, or several


EPILOG = (
    "Exit codes: 0 all is well · 1 something needs you · 2 the command was not understood"
    " · 3 the configuration · 4 the mail account · 5 the store or a file"
    " · 6 no such person or thing, or several of that name."
)

CODES: tuple[tuple[type[BaseException], ExitCode], ...] = (
    (ConfigError, ExitCode.CONFIG),
    (MailboxError, ExitCode.MAIL),
    (TransportError, ExitCode.MAIL),
    (StoreError, ExitCode.STORE),
    (NotFound, ExitCode.NAME),
    (Ambiguous, ExitCode.NAME),
    (MailflowError, ExitCode.FOUND),
    (OSError, ExitCode.STORE),
)
"""The first class that fits gives the code."""

EXPECTED = (MailflowError, OSError)


def report(error: BaseException) -> ExitCode:
    """Print what happened as the owner should read it, and say which code to leave with."""
    print(f"mailflow: {sentence(error)}", file=sys.stderr)
    return next(code for kind, code in CODES if isinstance(error, kind))


def sentence(error: BaseException) -> str:
    """The error without the words of the machine."""
    if isinstance(error, OSError) and not isinstance(error, MailflowError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or error}."
    return str(error)
