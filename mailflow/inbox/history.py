"""A mailbox's past, oldest first: header fields in batches that suit the server, with a cursor."""

import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from mailflow.account.bulk import Answer, NextSet
from mailflow.errors import MailboxError
from mailflow.model.history import Head
from mailflow.model.wire import Cursor, Folders

FIRST, SMALLEST, LARGEST = 250, 10, 300
QUICK_S, SLOW_S = 0.5, 2.0
"""Waiting less for a batch makes the next one larger, waiting more makes it smaller."""

PAUSE_S, LONGEST_PAUSE_S = 1.0, 60.0
WINDOW, WIDEST = 10_000, 2**31
"""UIDs that are searched at once, so that no answer grows with the mailbox."""

AGAIN_AFTER = 1_000
"""Mails asked for after one that was passed over, until that one is asked for again: the cursor
waits for it, and a line that breaks often must get on all the same."""

MAX_COMPLAINTS = 100
"""So many refusals in a row are not bad mails, but a server that wants to be left alone."""


class Source(Protocol):
    """An account whose past can be read; `ImapAccount` is one."""

    def cursor(self, mailbox: str) -> Cursor: ...

    def search_between(
        self, mailbox: str, cursor: Cursor, last: int, since: date | None
    ) -> list[int]: ...

    def still_there(self, mailbox: str, cursor: Cursor, uids: Sequence[int]) -> list[int]: ...

    def heads(
        self, mailbox: str, cursor: Cursor, next_set: NextSet
    ) -> Generator[Answer, None, None]: ...


@dataclass(frozen=True, slots=True)
class Batch:
    """Heads of a mailbox; everything up to `cursor` has been read once they are recorded."""

    cursor: Cursor
    heads: list[Head] = field(default_factory=list)
    refused: int = 0
    """Mails that are there and that the server would not read out, not even one by one."""


@dataclass(slots=True)
class Pace:
    """How much to ask for at a time, told by how the server bears it."""

    size: int = FIRST
    pause: float = 0.0

    def answered(self, count: int, seconds: float) -> None:
        """`count` mails came after `seconds`."""
        self.pause = 0.0
        if seconds > SLOW_S:
            self.size = max(SMALLEST, self.size // 2)
        elif seconds < QUICK_S and count >= self.size:
            self.size = min(LARGEST, self.size * 2)

    def refused(self) -> None:
        """The server said no: half as much, after a pause, each time a longer one."""
        self.size = max(SMALLEST, self.size // 4)
        self.pause = min(LONGEST_PAUSE_S, self.pause * 2 or PAUSE_S)


def mailboxes(folders: Folders, chosen: Sequence[str] = ()) -> tuple[str, ...]:
    """Where the past lies: Sent first, which tells the owner's mail whatever address it is from;
    with All Mail, which has all of INBOX, INBOX is left out."""
    inbox = None if folders.all else folders.inbox
    usual = (folders.sent, inbox, folders.archive, folders.all, *chosen)
    return tuple(dict.fromkeys(name for name in usual if name))


def walk(
    source: Source,
    mailbox: str,
    end: Cursor,
    after: int,
    since: date | None,
    sleep: Callable[[float], None] = time.sleep,
) -> Generator[Batch, None, None]:
    """Read the mails with UIDs above `after` up to `end`, that came on `since` or later.

    1. Search a window of UIDs, wider where there is little. 2. Ask for what is in it in sets, two
    under way at a time. 3. What is refused is asked for again, more slowly, in smaller sets.
    4. What was passed over without a word, and is still there, is asked for once more by itself.
    The last batch ends at `end`. MailboxError when the line breaks: go on from the last cursor.
    """
    pace, width = Pace(), WINDOW
    while after < end.last_uid:
        last = min(after + width, end.last_uid)
        place = Cursor(end.uidvalidity, after)
        uids = source.search_between(mailbox, place, last, since)
        width = min(WIDEST, width * 4) if len(uids) < WINDOW // 8 else WINDOW
        if uids:
            yield from _window(source, mailbox, place, uids, pace, sleep)
        after = last
        yield Batch(Cursor(end.uidvalidity, after))


def _window(
    source: Source,
    mailbox: str,
    place: Cursor,
    uids: Sequence[int],
    pace: Pace,
    sleep: Callable[[float], None],
) -> Iterator[Batch]:
    """The heads of a window, and how many of its mails were passed over twice."""
    left = _Left(uids, pace)
    while left.is_open:
        yield from _asked(source, mailbox, place, left, sleep)
        if not left.passed_over:
            continue
        there = source.still_there(mailbox, place, sorted(left.passed_over))
        again = _Left(there, pace, is_one_by_one=True)
        yield from _asked(source, mailbox, place, again, sleep)
        left.passed_over.clear()
        yield Batch(Cursor(place.uidvalidity, left.reached), refused=len(again.passed_over))


def _asked(
    source: Source, mailbox: str, place: Cursor, left: "_Left", sleep: Callable[[float], None]
) -> Iterator[Batch]:
    answers = source.heads(mailbox, place, left.next_set)
    with closing(answers):
        for answer in answers:
            lost = 0
            if answer.refusal:
                left.pace.refused()
                sleep(left.pace.pause)
                lost = left.refused(answer.uids)
                if left.complaints > MAX_COMPLAINTS:
                    raise MailboxError(
                        f"The server will not read out the folder “{mailbox}”: {answer.refusal}"
                    )
            else:
                left.pace.answered(len(answer.uids), answer.seconds)
                left.answered(answer.uids, [head.uid for head in answer.heads])
            reached = max(place.last_uid, left.reached)
            yield Batch(Cursor(place.uidvalidity, reached), answer.heads, lost)


class _Left:
    """What of a window is still to be asked for; refused sets come back in halves."""

    def __init__(self, uids: Sequence[int], pace: Pace, *, is_one_by_one: bool = False) -> None:
        self.pace = pace
        self.complaints = 0
        """Refusals in a row."""
        self.passed_over: set[int] = set()
        """What no answer told of: gone, or left out by the server."""
        self._uids, self._at, self._is_one_by_one = uids, 0, is_one_by_one
        self._waits_from = 0
        """How far it had come when the first of `passed_over` was missed."""
        self._refused: deque[Sequence[int]] = deque()
        self._under_way: list[Sequence[int]] = []
        self._asked_alone: set[int] = set()

    def next_set(self) -> Sequence[int] | None:
        """What to ask for next; None too when what was passed over has waited long enough."""
        if self._refused:
            uids = self._refused.popleft()
        else:
            uids = self._uids[self._at : self._at + self._size()]
            self._at += len(uids)
        if not uids:
            return None
        self._under_way.append(uids)
        return uids

    def _size(self) -> int:
        if self._is_one_by_one:
            return 1
        has_waited = self.passed_over and self._at - self._waits_from >= AGAIN_AFTER
        return 0 if has_waited else self.pace.size

    def answered(self, uids: Sequence[int], had: Iterable[int]) -> None:
        self.complaints = 0
        if not self.passed_over:
            self._waits_from = self._at
        self.passed_over |= set(uids).difference(had)
        self._under_way.remove(uids)

    def refused(self, uids: Sequence[int]) -> int:
        """How many mails are given up: one that was refused alone, twice."""
        self.complaints += 1
        self._under_way.remove(uids)
        if len(uids) > 1:
            middle = len(uids) // 2
            self._refused.extendleft((uids[middle:], uids[:middle]))
        elif uids[0] in self._asked_alone:
            return 1
        else:
            self._asked_alone.add(uids[0])
            self._refused.appendleft(uids)
        return 0

    @property
    def is_open(self) -> bool:
        """Whether there is something to ask for."""
        return bool(self._refused) or self._at < len(self._uids)

    @property
    def reached(self) -> int:
        """The UID up to which everything was had or is given up."""
        firsts = [uids[0] for uids in (*self._under_way, *self._refused)]
        if self.passed_over:
            firsts.append(min(self.passed_over))
        if self._at < len(self._uids):
            firsts.append(self._uids[self._at])
        return min(firsts) - 1 if firsts else self._uids[-1]
