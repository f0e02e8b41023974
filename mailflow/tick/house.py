"""What one pass through the stages works with: the owner's store, accounts, words and secret."""

import random
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mailflow.config import Config
from mailflow.drafting.render import Templates
from mailflow.model.policy import Identity, Policy
from mailflow.model.scan import Scan, Unscannable
from mailflow.model.wire import MailStore, Post
from mailflow.outbox.backoff import DELAYS, next_try
from mailflow.store.database import Store


@dataclass
class Copies:
    """What this process knows of the drafts' copies in Drafts, besides what the store does.

    No copy can there be of drafts made after `newest` (an id), by the one process that holds the
    store, and never `tried`. Without `newest` nothing is known. `failures` counts, by draft, how
    often in a row its copy was refused, and says when it is tried again (aware UTC).
    """

    newest: int | None = None
    tried: set[int] = field(default_factory=set)
    failures: dict[int, tuple[int, datetime]] = field(default_factory=dict)

    def may_have(self, draft_id: int) -> bool:
        return self.newest is None or draft_id <= self.newest or draft_id in self.tried

    def failed(self, draft_id: int, now: datetime) -> int:
        """Once more; how often by now. The second time may be at once, then it rests longer and
        longer."""
        count = self.failures.get(draft_id, (0, now))[0] + 1
        again_at = now if count == 1 else next_try(count - 1, now) or now + DELAYS[-1]
        self.failures[draft_id] = (count, again_at)
        return count

    def is_resting(self, draft_id: int, now: datetime) -> bool:
        return draft_id in self.failures and now < self.failures[draft_id][1]


Scanning = Callable[[bytes, str], Scan | Unscannable]
"""Looks at one picture: its bytes, and how to call it in sentences."""


def without_scanner(data: bytes, called: str) -> Scan | Unscannable:
    """A house without a picture reader keeps its pictures for one that has."""
    return Unscannable(f"I cannot read pictures here; {called} is kept.", is_missing=True)


@dataclass(frozen=True)
class House:
    """Everything a tick may use, opened once by the daemon or the command line.

    `secret` keys the tokens and the suppression list; it lives in a file beside the store. `dice`
    draws the spacing between sends.
    """

    config: Config
    owner_id: int
    store: Store
    accounts: Mapping[str, MailStore]
    posts: Mapping[str, Post]
    templates: Templates
    secret: bytes = field(repr=False)
    dice: random.Random = field(default_factory=secrets.SystemRandom)
    copies: Copies = field(default_factory=Copies)
    scan: Scanning = without_scanner
    rest: Callable[[], object] = bool
    """Lets go of what was not needed for a while; called once a pass."""

    @property
    def identity(self) -> Identity:
        return self.config.identity

    @property
    def policy(self) -> Policy:
        return self.config.policy

    @property
    def main(self) -> str:
        """The account the owner writes from: the first one."""
        return self.config.accounts[0].name

    def salt(self) -> bytes:
        return self.dice.randbytes(16)

    def new_message_id(self) -> str:
        """An unguessable Message-ID at the owner's own domain (RFC 5322 §3.6.4)."""
        return f"<{self.dice.randbytes(16).hex()}@{self.identity.address.domain}>"
