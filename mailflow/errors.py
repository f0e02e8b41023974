"""Every exception mailflow raises on purpose, with a message written for the owner.

    MailflowError
    ├── ConfigError          the configuration has problems; all of them, with dotted keys
    ├── AddressError         a text is not a mail address
    ├── MailboxError         the IMAP side failed; the daemon reconnects, the owner may have to act
    │   ├── LoginRefused     the server refused the password or token
    │   └── NoSuchMailbox    a folder the owner named is not there
    ├── TransportError       the SMTP side failed; `permanent` says whether trying again can help
    ├── StoreError           the database cannot be used as it is
    │   ├── SchemaMismatch   its schema is older or newer than this program
    │   ├── StoreInUse       another mailflow runs on it
    │   └── StoreUnavailable it is locked, full or unreachable; trying later may help
    ├── DraftingError        a mail cannot be written
    │   ├── MissingFact      the template needs a fact that is not known
    │   └── TemplateFault    the template itself is wrong (file and line)
    ├── IllegalMove          a state machine was asked for a move its table does not have
    ├── NotFound             the owner named something that does not exist
    └── Ambiguous            the owner named something that could be several; carries the candidates

Everyday refusals are values, not exceptions: `Unreadable`, `Refused`, `Unclear`.
"""

from collections.abc import Sequence


class MailflowError(Exception):
    """Something mailflow can say in a sentence; the command line prints it without a traceback."""


class ConfigError(MailflowError):
    """The configuration has problems: each is one sentence that starts with the dotted key."""

    def __init__(self, problems: Sequence[str], source: str = "the configuration") -> None:
        self.problems = tuple(problems)
        self.source = source
        lines = "\n".join(f"  - {problem}" for problem in self.problems)
        super().__init__(f"{source} needs your attention:\n{lines}")


class AddressError(MailflowError, ValueError):
    """The text is not a mail address; the message says why."""


class MailboxError(MailflowError):
    """The mail account cannot be read or written just now."""


class LoginRefused(MailboxError):
    """The server refused the user name, password or token."""


class NoSuchMailbox(MailboxError):
    """A folder named in the configuration is not in the account."""


class TransportError(MailflowError):
    """Mail could not be handed to the outgoing server."""

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.permanent = permanent


class StoreError(MailflowError):
    """The database cannot be used as it is."""


class SchemaMismatch(StoreError):
    """The database's schema is older or newer than this program."""


class StoreInUse(StoreError):
    """Another mailflow process works on this store."""


class StoreUnavailable(StoreError):
    """The database is locked, full or unreachable; the transaction in hand was not committed."""


class DraftingError(MailflowError):
    """A mail cannot be written; nothing was sent."""


class MissingFact(DraftingError):
    """A template needs a fact that is not known."""

    def __init__(self, template: str, fact: str) -> None:
        super().__init__(
            f"The template {template} needs “{fact}”, which is not known; "
            f"tell me or make that sentence optional in the template."
        )
        self.template = template
        self.fact = fact


class TemplateFault(DraftingError):
    """A template is wrong in itself."""

    def __init__(self, template: str, line: int | None, reason: str) -> None:
        where = template if line is None else f"{template}, line {line}"
        super().__init__(f"The template {where} cannot be used: {reason}")
        self.template = template
        self.line = line


class IllegalMove(MailflowError):
    """A state machine has no such move; nothing was changed."""


class NotFound(MailflowError):
    """The owner named something that does not exist."""


class Ambiguous(MailflowError):
    """The owner named something that could be several."""

    def __init__(self, message: str, candidates: Sequence[str]) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)
