"""Past mail read beside: while one batch is written down, a second process reads the next."""

import gc
import marshal
import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from mailflow.inbox.history import Batch
from mailflow.model.address import Address, NamedAddress
from mailflow.model.history import Head, PastMail
from mailflow.model.interaction import Direction
from mailflow.reading.history import Own, past_mail

WORTH_IT = 4000
"""So many mails make up for the start of a process."""

LEAVES_WITHIN = 5.0
"""Seconds for the process to end when its line is closed; then it is ended."""

NAMES_KEPT = 4096
EPOCH = datetime.fromtimestamp(0, UTC)
MICROSECOND = timedelta(microseconds=1)

Understood = tuple[Batch, list[PastMail]]


class PastReader:
    """Reads batches of heads; with a process beside, one is read while the one before is used.

    The process is a fork: it shares the memory of this one, and ends with it. When it is lost,
    what it had is read here.
    """

    def __init__(self, own: Own) -> None:
        self._own = own
        self._beside: _Beside | None = None

    @classmethod
    @contextmanager
    def open(cls, own: Own, mails: int) -> "Iterator[PastReader]":
        """A reader for so many mails; beside this process where that is quicker and safe."""
        reader = cls(own)
        if mails >= WORTH_IT and can_fork():
            with suppress(OSError):  # no process or memory to be had: it is read in place
                reader._beside = _Beside(own)
        try:
            yield reader
        finally:
            reader._alone()

    @property
    def process_id(self) -> int | None:
        """The process beside, if there is one."""
        return self._beside.process_id if self._beside else None

    def read(self, batches: Iterable[Batch], *, in_sent: bool) -> Iterator[Understood]:
        """Each batch with its mails between the owner and people, in order. A batch is taken from
        `batches` before the one ahead of it is given out."""
        ahead: Batch | None = None
        for batch in batches:
            understood = None if ahead is None else (ahead, self._answer(ahead, in_sent=in_sent))
            self._ask(batch, in_sent=in_sent)
            if understood is not None:
                yield understood
            ahead = batch
            if self._beside is None:
                yield batch, self._here(batch, in_sent=in_sent)
                ahead = None
        if ahead is not None:
            yield ahead, self._answer(ahead, in_sent=in_sent)

    def _ask(self, batch: Batch, *, in_sent: bool) -> None:
        if self._beside is not None:
            try:
                self._beside.ask(batch.heads, in_sent=in_sent)
            except OSError:
                self._alone()

    def _answer(self, batch: Batch, *, in_sent: bool) -> list[PastMail]:
        if self._beside is not None:
            try:
                return self._beside.answer()
            except (OSError, EOFError):
                self._alone()
        return self._here(batch, in_sent=in_sent)

    def _here(self, batch: Batch, *, in_sent: bool) -> list[PastMail]:
        return understand(batch.heads, self._own, in_sent=in_sent)

    def _alone(self) -> None:
        beside, self._beside = self._beside, None
        if beside is not None:
            beside.end()


class _Beside:
    """The process, as seen from here: what is asked is answered in order."""

    def __init__(self, own: Own) -> None:
        context = get_context("fork")
        self._line, theirs = context.Pipe()
        gc.collect()
        gc.freeze()  # the collector writes into what it looks at: what is shared stays shared
        with theirs:
            made = context.Process(target=_serve, args=(theirs, self._line, own), daemon=True)
            try:
                made.start()
            except OSError:
                self._line.close()
                gc.unfreeze()
                raise
        self._process = made

    @property
    def process_id(self) -> int | None:
        return self._process.pid

    def ask(self, heads: Iterable[Head], *, in_sent: bool) -> None:
        told = [(head.uid, head.data, _number(head.received_at)) for head in heads]
        self._line.send_bytes(marshal.dumps((in_sent, told)))

    def answer(self) -> list[PastMail]:
        told = marshal.loads(self._line.recv_bytes())  # noqa: S302 # from our own fork
        return [unpacked(each) for each in told]

    def end(self) -> None:
        self._line.close()
        self._process.join(LEAVES_WITHIN)
        self._process.kill()
        self._process.join()
        self._process.close()
        gc.unfreeze()


def can_fork() -> bool:
    """Whether a second process would have a core of its own, and a fork is safe: of several
    threads, only one would live on in it."""
    return (
        sys.platform == "linux"
        and len(os.sched_getaffinity(0)) > 1
        and threading.active_count() == 1
    )


def understand(heads: Iterable[Head], own: Own, *, in_sent: bool) -> list[PastMail]:
    """The mails between the owner and people."""
    read = (past_mail(head.data, head.received_at, own, in_sent=in_sent) for head in heads)
    return [mail for mail in read if mail is not None]


def packed(mail: PastMail) -> tuple[Any, ...]:
    """A mail in what `marshal` knows: nothing that comes back can be more than data."""
    offset = mail.utc_offset
    return (
        mail.message_id, str(mail.direction),
        [(each.address.key, each.address.written, each.name) for each in mail.others],
        _number(mail.at), mail.people, mail.subject, mail.in_reply_to,
        None if offset is None else offset // MICROSECOND, mail.language,
    )  # fmt: skip


def unpacked(told: tuple[Any, ...]) -> PastMail:
    """The mail that was `packed`."""
    message_id, direction, others, at, people, subject, in_reply_to, offset, language = told
    return PastMail(
        message_id, Direction(direction), tuple([_named(*each) for each in others]),
        _instant(at), people, subject, in_reply_to,
        None if offset is None else timedelta(microseconds=offset), language,
    )  # fmt: skip


def _serve(line: Connection, other_end: Connection, own: Own) -> None:
    """The process: answer until the other end is closed, by its process' end if need be."""
    other_end.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who has the terminal
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with suppress(EOFError, OSError):
        while True:
            in_sent, told = marshal.loads(line.recv_bytes())  # noqa: S302 # from whom forked us
            heads = [Head(uid, data, _instant(at)) for uid, data, at in told]
            mails = understand(heads, own, in_sent=in_sent)
            line.send_bytes(marshal.dumps([packed(mail) for mail in mails]))


@lru_cache(maxsize=NAMES_KEPT)
def _named(key: str, written: str, name: str) -> NamedAddress:
    return NamedAddress(Address(key, written), name)


def _number(at: datetime) -> int:
    return (at - EPOCH) // MICROSECOND


def _instant(number: int) -> datetime:
    return EPOCH + timedelta(microseconds=number)
