"""A mailbox's past: what comes off the line is what the library says, and nothing is changed."""

import os
import random
import socket
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from mailflow.account.bulk import FIELDS, Answer, NextSet
from mailflow.account.imap import ImapAccount
from mailflow.config import AccountConfig
from mailflow.errors import MailboxError
from mailflow.inbox.history import Batch, Pace, mailboxes, walk
from mailflow.model.history import Head
from mailflow.model.wire import Cursor, Folders
from tests.odd_mail import odd_mail
from tests.servers import process
from tests.servers.dovecot import PASSWORD, USER, Dovecot
from tests.servers.imap import ScriptedImap, serving

AT = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
BACKENDS = [
    pytest.param("dovecot", marks=pytest.mark.dovecot),
    pytest.param("cyrus", marks=pytest.mark.cyrus),
    "pymap",
]


@dataclass
class Owner:
    """An account and its owner's own mail program."""

    config: AccountConfig
    own: IMAPClient
    account: ImapAccount = field(init=False)

    def __post_init__(self) -> None:
        self.account = ImapAccount(self.config)

    def put(self, *mails: bytes) -> None:
        for number, data in enumerate(mails):
            # Cyrus takes no mail whose header fields it cannot make sense of
            with suppress(IMAPClientError):
                self.own.append("INBOX", data, msg_time=AT + timedelta(days=number))

    def flags(self) -> dict[int, set[bytes]]:
        self.own.select_folder("INBOX", readonly=True)
        answer = self.own.fetch(self.own.search("ALL"), ["FLAGS"])
        return {uid: set(items[b"FLAGS"]) - {b"\\Recent"} for uid, items in answer.items()}

    def by_the_library(self) -> list[Head]:
        """What imapclient's own FETCH says."""
        self.own.normalise_times = False
        self.own.select_folder("INBOX", readonly=True)
        uids = self.own.search("ALL")
        heads = []
        for at in range(0, len(uids), 1000):
            items = [f"BODY.PEEK[HEADER.FIELDS ({FIELDS})]", "INTERNALDATE"]
            for uid, got in self.own.fetch(uids[at : at + 1000], items).items():
                data = next(bytes(got[key] or b"") for key in got if key.startswith(b"BODY["))
                heads.append(Head(uid, data, got[b"INTERNALDATE"].astimezone(UTC)))
        return sorted(heads, key=lambda head: head.uid)

    def walked(self, since: date | None = None, after: int = 0) -> list[Batch]:
        return list(walk(self.account, "INBOX", self.account.cursor("INBOX"), after, since))


@pytest.fixture(params=BACKENDS)
def owner(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Owner]:
    if request.param == "pymap":
        from mailflow.demo.people import ADA
        from mailflow.demo.people import PASSWORD as DEMO
        from mailflow.demo.world import World

        with World(tmp_path / "demo") as world:
            yield from owning(world.account_of(ADA), DEMO)
    else:
        server = request.getfixturevalue(request.param)
        yield from owning(server.account(server.new_user()), PASSWORD)


def owning(config: AccountConfig, password: str) -> Iterator[Owner]:
    own = IMAPClient(config.imap.host, config.imap.port, ssl=False, timeout=60)
    own.login(config.imap.user, password)
    made = Owner(config, own)
    yield made
    made.account.close()
    own.logout()


def heads_of(batches: list[Batch]) -> list[Head]:
    return [head for batch in batches for head in batch.heads]


def test_the_heads_are_those_the_library_reads_and_no_flag_changes(owner: Owner) -> None:
    dice = random.Random(1)
    mails = [odd_mail(dice).replace(b"\x00", b"") + b"body\r\n" for _ in range(40)]
    plain = [
        b"From: a@b.example\r\nSubject: x\r\n\r\nUID 7 {3}\r\n",
        b"X-Other: 1\r\n\r\nnothing\r\n",
    ]
    owner.put(*mails, *plain)
    before = owner.flags()
    batches = owner.walked()
    assert heads_of(batches) == owner.by_the_library()
    assert batches[-1].cursor == owner.account.cursor("INBOX")
    assert owner.flags() == before
    assert len(before) > 20


def test_only_what_came_since_and_after_is_read(owner: Owner) -> None:
    owner.put(*(f"From: a{n}@b.example\r\n\r\nx\r\n".encode() for n in range(10)))
    late = heads_of(owner.walked(since=(AT + timedelta(days=6)).date()))
    assert {head.received_at for head in late} == {AT + timedelta(days=n) for n in (6, 7, 8, 9)}
    uids = [head.uid for head in heads_of(owner.walked())]
    assert [head.uid for head in heads_of(owner.walked(after=uids[6]))] == uids[7:]
    assert owner.walked(after=owner.account.cursor("INBOX").last_uid) == []


def test_drafts_are_no_past_mail(owner: Owner) -> None:
    owner.own.append("INBOX", b"From: ada@example.org\r\n\r\nx\r\n", [b"\\Draft"])
    assert heads_of(owner.walked()) == []


def test_the_line_can_be_used_after_a_walk_that_was_left_in_the_middle(owner: Owner) -> None:
    owner.put(*(f"From: a{n}@b.example\r\n\r\nx\r\n".encode() for n in range(10)))
    steps = walk(owner.account, "INBOX", owner.account.cursor("INBOX"), 0, None)
    next(steps)
    steps.close()
    assert len(heads_of(owner.walked())) == 10


@pytest.mark.dovecot
@pytest.mark.slow
def test_ten_thousand_odd_mails_are_read_as_the_library_reads_them(dovecot: Dovecot) -> None:
    user = dovecot.new_user()
    folder = dovecot.maildir(user)
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    dice = random.Random(7)
    for number in range(10_000):
        path = folder / "cur" / f"{1700000000 + number}.M{number}.host:2,"
        path.write_bytes(odd_mail(dice))
        os.utime(path, (1700000000 + number, 1700000000 + number))
    process.give(folder, USER)
    for owner in owning(dovecot.account(user), PASSWORD):
        owner.walked()  # Dovecot says lone CRs otherwise the first time than from its cache
        heads = heads_of(owner.walked())
        for mine, theirs in zip(heads, owner.by_the_library(), strict=True):
            assert mine == theirs
        assert len(heads) == 10_000


# ── servers that do as they like ───────────────────────────────────────────────────────────────

FETCH = r"UID FETCH "


def scripted(*lines: str) -> list[Batch]:
    with serving(ScriptedImap()) as server:
        server.answer("UID SEARCH", "* SEARCH 1 2 3", "OK done")
        server.answer(FETCH, *lines)
        with closing(ImapAccount(server.account())) as account:
            return list(walk(account, "INBOX", Cursor(7, 3), 0, None))


def test_items_may_come_in_any_order_and_among_other_news() -> None:
    head = "From: a@b.example\r\n\r\n"
    heads = heads_of(
        scripted(
            "* 4 EXISTS",
            "* 1 FETCH (FLAGS (\\Seen))",
            f"* 1 FETCH (BODY[HEADER.FIELDS (FROM)] {{{len(head)}}}\r\n{head}"
            ' UID 1 INTERNALDATE "2-Mar-2026 00:30:00 +0100")',
            "* OK [ALERT] UID 9 is nice",
            '* 2 FETCH (UID 2 INTERNALDATE "02-MAR-2026 00:30:00 +0100"'
            " BODY[HEADER.FIELDS (FROM)] NIL)",
            '* 3 FETCH (INTERNALDATE "nonsense" BODY[HEADER.FIELDS ("FROM" "TO")] "" UID 3)',
            "OK done",
        )
    )
    assert [(h.uid, h.data) for h in heads] == [(1, head.encode()), (2, b""), (3, b"")]
    assert heads[0].received_at == heads[1].received_at == AT
    assert heads[2].received_at == datetime(1970, 1, 1, tzinfo=UTC)


def test_literals_may_stand_where_strings_are_expected() -> None:
    head = "From: a@b.example\r\n\r\n"
    body = f"BODY[HEADER.FIELDS (FROM)] {{{len(head)}}}\r\n{head}"
    when = "INTERNALDATE {26}\r\n02-Mar-2026 00:30:00 +0100"
    heads = heads_of(
        scripted(
            f"* 1 FETCH ({body} UID 1 {when} FLAGS (\\Seen))",
            f'* 2 FETCH ({when} X-GM-LABELS ("BODY[ x" {{7}}\r\nUID 9 ") UID 2 {body})',
            f'* 3 FETCH (ENVELOPE ("UID 9" {{3}}\r\nxyz) {when} {body} UID 3)',
            "* 4 FETCH (ENVELOPE ({3}\r\nxyz) UID 4)",
            "OK done",
        )
    )
    assert [(h.uid, h.data, h.received_at) for h in heads] == [
        (uid, head.encode(), AT) for uid in (1, 2, 3)
    ]


class Backwards(ScriptedImap):
    """Answers two fetches at a time, the second first."""

    def _converse(self, client: socket.socket, reader: BinaryIO) -> None:
        waiting: list[bytes] = []
        for raw in reader:
            tag, _, command = raw.decode().strip().partition(" ")
            if command.startswith("UID FETCH"):
                uid, head = command.split()[2], "From: a@b.example\r\n\r\n"
                said = f"BODY[HEADER.FIELDS (FROM)] {{{len(head)}}}\r\n{head}"
                ends = f"{tag} OK done" if uid != "3" else f"{tag} NO not this one"
                waiting.insert(0, f"* {uid} FETCH (UID {uid} {said})\r\n{ends}\r\n".encode())
                if len(waiting) == 2:
                    client.sendall(b"".join(waiting))
                    waiting.clear()
                continue
            *lines, end = self._usual(command)
            client.sendall("".join(f"{each}\r\n" for each in (*lines, f"{tag} {end}")).encode())


def test_a_server_may_end_the_second_command_before_the_first() -> None:
    sets = iter([[1], [2], [3], [4]])
    with (
        serving(Backwards()) as server,
        closing(ImapAccount(server.account())) as account,
    ):
        answers = list(account.heads("INBOX", Cursor(7, 0), lambda: next(sets, None)))
    assert [(a.uids, [h.uid for h in a.heads]) for a in answers] == [
        ([1], [1]), ([2], [2]), ([3], []), ([4], [4])
    ]  # fmt: skip
    assert [a.refusal for a in answers] == ["", "", "NO not this one", ""]


def test_of_an_endless_header_its_beginning_is_kept() -> None:
    line = "X: " + "y" * 95 + "\r\n"
    data = line * 5000
    (head,) = heads_of(
        scripted(f"* 1 FETCH (UID 1 BODY[HEADER.FIELDS (X)] {{{len(data)}}}\r\n{data})", "OK done")
    )
    assert 100_000 < len(head.data) < 140_000
    assert head.data.endswith(b"y\r\n")


@pytest.mark.parametrize("said", ["* BYE too much", "what", "* 1 FETCH (UID 1 BODY[] {5000}"])
def test_a_line_that_breaks_is_told_in_a_sentence(said: str) -> None:
    with serving(ScriptedImap()) as server:
        server.answer("UID SEARCH", "* SEARCH 1 2 3", "OK done")
        server.answer(FETCH, said, "OK done")
        with (
            closing(ImapAccount(server.account())) as account,
            pytest.raises(MailboxError, match="localhost"),
        ):
            list(walk(account, "INBOX", Cursor(7, 3), 0, None))


# ── servers that leave mails out ───────────────────────────────────────────────────────────────

HEAD = "BODY[HEADER.FIELDS (FROM)] {21}\r\nFrom: a@b.example\r\n\r\n"


def left_out(there: str, alone: str) -> tuple[list[Batch], list[str]]:
    """Of three mails the second is left out; a second search tells who is `there`, and asked by
    itself it is `alone`. What was read, and what was asked for."""
    with serving(ScriptedImap()) as server:
        server.answer("UID SEARCH", "* SEARCH 1 2 3", "OK done")
        server.answer("UID SEARCH UID 2$", f"* SEARCH {there}", "OK done")
        one, three = (f"* {uid} FETCH (UID {uid} {HEAD})" for uid in (1, 3))
        server.answer("UID FETCH 1:3 ", one, three, "OK done")
        server.answer("UID FETCH 2 ", *filter(None, [alone]), "OK done")
        with closing(ImapAccount(server.account())) as account:
            batches = list(walk(account, "INBOX", Cursor(7, 3), 0, None))
        asked = [line.split()[3] for line in server.heard if "UID FETCH" in line]
    return batches, asked


def test_what_is_left_out_of_an_answer_is_asked_for_again_by_itself() -> None:
    batches, asked = left_out(there="2", alone=f"* 2 FETCH (UID 2 {HEAD})")
    assert [head.uid for head in heads_of(batches)] == [1, 3, 2]
    assert sum(batch.refused for batch in batches) == 0
    assert asked == ["1:3", "2"]


def test_what_is_left_out_twice_is_counted() -> None:
    batches, asked = left_out(there="2", alone="")
    assert [head.uid for head in heads_of(batches)] == [1, 3]
    assert sum(batch.refused for batch in batches) == 1
    assert asked == ["1:3", "2"]
    assert [batch.cursor.last_uid for batch in batches] == [1, 1, 3, 3]


def test_what_was_deleted_meanwhile_is_neither_asked_for_nor_counted() -> None:
    batches, asked = left_out(there="", alone=f"* 2 FETCH (UID 2 {HEAD})")
    assert [head.uid for head in heads_of(batches)] == [1, 3]
    assert sum(batch.refused for batch in batches) == 0
    assert asked == ["1:3"]


# ── servers that complain ──────────────────────────────────────────────────────────────────────


@dataclass
class Tired:
    """A source that refuses some UIDs for ever, and sets larger than it likes; leaves others out
    for ever or when asked for in company; and has lost some since they were searched for."""

    bad: frozenset[int] = frozenset()
    silent: frozenset[int] = frozenset()
    shy: frozenset[int] = frozenset()
    gone: frozenset[int] = frozenset()
    most: int = 10_000
    asked: list[int] = field(default_factory=list)
    last: int = 1000

    def cursor(self, mailbox: str) -> Cursor:
        return Cursor(1, self.last)

    def search_between(
        self, mailbox: str, cursor: Cursor, last: int, since: date | None
    ) -> list[int]:
        return list(range(cursor.last_uid + 1, last + 1))

    def still_there(self, mailbox: str, cursor: Cursor, uids: Sequence[int]) -> list[int]:
        return [uid for uid in uids if uid not in self.gone]

    def heads(self, mailbox: str, cursor: Cursor, next_set: NextSet) -> "Iterator[Answer]":
        under_way = [uids for uids in (next_set(), next_set()) if uids]
        while under_way:
            uids = under_way.pop(0)
            self.asked.append(len(uids))
            if len(uids) > self.most or self.bad & set(uids):
                yield Answer(uids, [], "NO [LIMIT] slow down", 0.1)
            else:
                out = self.silent | self.gone | (self.shy if len(uids) > 1 else set())
                yield Answer(uids, [Head(uid, b"", AT) for uid in uids if uid not in out], "", 0.1)
            while len(under_way) < 2 and (more := next_set()):
                under_way.append(more)


def test_a_mail_that_cannot_be_had_is_left_out_and_no_other() -> None:
    pauses: list[float] = []
    source = Tired(bad=frozenset({321}))
    batches = list(walk(source, "INBOX", Cursor(1, 1000), 0, None, pauses.append))  # type: ignore[arg-type]
    uids = sorted(head.uid for head in heads_of(batches))
    assert uids == [uid for uid in range(1, 1001) if uid != 321]
    assert sum(batch.refused for batch in batches) == 1
    assert pauses
    assert max(pauses) <= 60


def test_a_server_that_complains_is_asked_for_less_after_a_pause() -> None:
    pauses: list[float] = []
    source = Tired(most=50)
    batches = list(walk(source, "INBOX", Cursor(1, 1000), 0, None, pauses.append))  # type: ignore[arg-type]
    assert len(heads_of(batches)) == 1000
    assert source.asked[0] > 50
    assert len([pause for pause in pauses if pause]) < 200


def test_the_cursor_never_passes_what_was_not_had() -> None:
    source = Tired(bad=frozenset({7, 8}), most=60)
    had: set[int] = set()
    for batch in walk(source, "INBOX", Cursor(1, 1000), 0, None, lambda _: None):  # type: ignore[arg-type]
        had |= {head.uid for head in batch.heads}
        assert set(range(1, batch.cursor.last_uid + 1)) - had <= {7, 8}
    assert len(had) == 998


SOME = st.frozensets(st.integers(1, 60))
MANY = st.frozensets(st.integers(1, 2500), max_size=12)


@given(bad=SOME, silent=SOME, shy=SOME, gone=SOME, most=st.integers(1, 80))
def test_every_mail_is_had_or_counted_or_gone(
    bad: frozenset[int],
    silent: frozenset[int],
    shy: frozenset[int],
    gone: frozenset[int],
    most: int,
) -> None:
    nothing_is_lost(Tired(bad - gone, silent, shy, gone, most=most, last=60))


@settings(max_examples=40)
@given(bad=MANY, silent=MANY, shy=MANY, gone=MANY)
def test_so_it_is_where_what_was_passed_over_need_not_wait_for_the_rest(
    bad: frozenset[int], silent: frozenset[int], shy: frozenset[int], gone: frozenset[int]
) -> None:
    nothing_is_lost(Tired(bad - gone, silent, shy, gone, last=2500))


def nothing_is_lost(source: Tired) -> None:
    """Walk it: what there is comes once, or is counted once, before the cursor has passed it."""
    bad, silent, gone, last = source.bad, source.silent, source.gone, source.last
    had: list[int] = []
    lost, reached = 0, 0
    for batch in walk(source, "INBOX", Cursor(1, last), 0, None, lambda _: None):  # type: ignore[arg-type]
        had += [head.uid for head in batch.heads]
        lost += batch.refused
        assert batch.cursor.last_uid >= reached, "the cursor went back"
        reached = batch.cursor.last_uid
        if reached < last:
            assert set(range(1, reached + 1)) - set(had) <= bad | silent | gone
    unreadable = (bad | silent) - gone
    assert sorted(had) == [uid for uid in range(1, last + 1) if uid not in unreadable | gone]
    assert (lost, reached) == (len(unreadable), last)


@pytest.mark.parametrize("bad", [frozenset(), frozenset({3, 900, 4000})])
def test_the_cursor_does_not_wait_long_for_what_was_passed_over(bad: frozenset[int]) -> None:
    """Else a line that breaks often would begin at the same place for ever."""
    source = Tired(bad, silent=frozenset({2, 1500, 4900}), shy=frozenset({7}), last=5000)
    had: set[int] = set()
    lost, waits = 0, 0
    for batch in walk(source, "INBOX", Cursor(1, 5000), 0, None, lambda _: None):  # type: ignore[arg-type]
        had |= {head.uid for head in batch.heads}
        lost += batch.refused
        waits = max(waits, len([uid for uid in had if uid > batch.cursor.last_uid]))
    assert had == set(range(1, 5001)) - bad - source.silent
    assert lost == len(bad | source.silent)
    assert 1000 <= waits < 2500


def test_a_server_that_passes_over_everything_is_read_to_the_end() -> None:
    silent = frozenset(range(1, 3001))
    source = Tired(silent=silent, last=3000)
    batches = list(walk(source, "INBOX", Cursor(1, 3000), 0, None, lambda _: None))  # type: ignore[arg-type]
    assert sum(batch.refused for batch in batches) == 3000
    assert batches[-1].cursor == Cursor(1, 3000)


def test_a_server_that_refuses_everything_is_left_alone() -> None:
    with pytest.raises(MailboxError, match="slow down"):
        list(walk(Tired(most=0), "INBOX", Cursor(1, 1000), 0, None, lambda _: None))  # type: ignore[arg-type]


def test_the_pace_follows_the_server() -> None:
    pace = Pace()
    first = pace.size
    for _ in range(10):
        pace.answered(pace.size, 0.01)
    assert pace.size > first
    fast = pace.size
    pace.answered(pace.size, 10)
    assert pace.size < fast
    for _ in range(10):
        pace.refused()
    assert (pace.size, pace.pause) == (10, 60)


def test_inbox_is_not_read_twice_where_there_is_all_mail() -> None:
    folders = Folders("INBOX", "Sent", "Drafts", all="All Mail")
    assert mailboxes(folders, ["Projects", "Sent"]) == ("Sent", "All Mail", "Projects")
    assert mailboxes(Folders("INBOX", None, None, archive="Archive")) == ("INBOX", "Archive")
