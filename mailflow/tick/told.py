"""One thing that fails is told of and stops no other."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import structlog

from mailflow.errors import MailflowError, StoreUnavailable
from mailflow.model.summary import TroubleKind
from mailflow.store import record
from mailflow.tick.house import House

log = structlog.get_logger()


@contextmanager
def told_of(house: House, what: str, key: str, now: datetime) -> Iterator[None]:
    """A failure inside is logged, told of in the summary once per `key`, and goes no further.

    `what` completes “I could not …”. Only a store that cannot be written ends the pass.
    """
    try:
        yield
    except StoreUnavailable:
        raise
    except Exception as error:
        log.exception("failed", what=what)
        with house.store.begin() as s:
            text = f"I could not {what}: {said(error)}"
            record.add_trouble(s, house.owner_id, TroubleKind.FAULT, text, now, key=key)


def said(error: Exception) -> str:
    """A sentence of ours, or what a bug had to say."""
    return str(error) if isinstance(error, MailflowError) else f"{type(error).__name__}: {error}"
