"""What every mail account promises, real or in memory: one suite for all of them."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from imapclient import IMAPClient

from mailflow.account.imap import ImapAccount
from mailflow.config import AccountConfig
from mailflow.errors import MailboxError
from mailflow.model.mail import Oversize, RawMessage
from mailflow.model.wire import Cursor, MailStore
from tests.fakes import MemoryMailStore
from tests.servers.dovecot import Dovecot

AT = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
PLENTY = 2**31
BARE = "imap_capability = IMAP4rev1 LITERAL+"
"""No UIDPLUS, MOVE, SPECIAL-USE, NAMESPACE, IDLE: a server of the last century."""


@dataclass
class Account:
    """A fresh account as the suite sees it, with what its owner does in it by other means."""

    store: MailStore
    flag: Callable[[str, int, str], None]
    flags: Callable[[str], dict[int, frozenset[str]]]
    renumber: Callable[[str], None] | None
    has_uidplus: bool = True

    def put(self, *bodies: str, mailbox: str = "INBOX", at: datetime = AT) -> list[bytes]:
        """Store mails unread, as if they had come in."""
        mails = [mail(body) for body in bodies]
        for data in mails:
            self.store.append(mailbox, data, (), at)
        return mails

    def everything(self, mailbox: str = "INBOX") -> list[RawMessage]:
        got = self.store.fetch_after(mailbox, self.start(mailbox), max_bytes=PLENTY, limit=10_000)
        return [each for each in got if isinstance(each, RawMessage)]

    def start(self, mailbox: str = "INBOX") -> Cursor:
        return Cursor(self.store.cursor(mailbox).uidvalidity, 0)


def mail(body: str, *, message_id: str = "") -> bytes:
    head = f"Message-ID: {message_id}\r\n" if message_id else ""
    return f"From: jane@acme.test\r\n{head}Subject: hello\r\n\r\n{body}\r\n".encode()


def memory() -> Account:
    store = MemoryMailStore("ada@example.test")

    def flag(mailbox: str, uid: int, flag: str) -> None:
        store.mailboxes[mailbox].mails[uid].flags |= {flag}

    def flags(mailbox: str) -> dict[int, frozenset[str]]:
        return {uid: kept.flags for uid, kept in store.mailboxes[mailbox].mails.items()}

    return Account(store, flag, flags, store.renumber)


@contextlib.contextmanager
def over_imap(config: AccountConfig, password: str, **more: bool) -> Iterator[Account]:
    """A real server's account, and a second line to it for the owner's own mail program."""
    store = ImapAccount(config)
    own = IMAPClient(config.imap.host, config.imap.port, ssl=False, timeout=10)
    own.login(config.imap.user, password)

    def flag(mailbox: str, uid: int, flag: str) -> None:
        own.select_folder(mailbox)
        own.add_flags([uid], [flag.encode()])

    def flags(mailbox: str) -> dict[int, frozenset[str]]:
        own.select_folder(mailbox, readonly=True)
        uids = own.search("ALL")
        answer = own.fetch(uids, ["FLAGS"])
        kept = {uid: {f.decode() for f in items[b"FLAGS"]} for uid, items in answer.items()}
        return {uid: frozenset(found - {"\\Recent"}) for uid, found in kept.items()}

    def renumber(mailbox: str) -> None:
        own.rename_folder(mailbox, f"{mailbox} before")
        own.create_folder(mailbox)

    try:
        yield Account(store, flag, flags, renumber, **more)
    finally:
        store.close()
        own.logout()


@pytest.fixture(scope="session")
def old_dovecot() -> Iterator[Dovecot]:
    """Dovecot as a server that can do next to nothing, its folders below INBOX."""
    server = Dovecot(imap=BARE, separator=".", prefix="INBOX.", zone="America/Los_Angeles")
    yield server
    server.stop()


TOLERANT = [
    "memory",
    pytest.param("dovecot", marks=pytest.mark.dovecot),
    pytest.param("old_dovecot", marks=pytest.mark.dovecot),
    pytest.param("cyrus", marks=pytest.mark.cyrus),
]
BACKENDS = [*TOLERANT, "pymap"]


@pytest.fixture(params=BACKENDS)
def account(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Account]:
    match request.param:
        case "memory":
            yield memory()
        case "pymap":
            from mailflow.demo.people import ADA, PASSWORD
            from mailflow.demo.world import World

            with (
                World(tmp_path / "demo") as world,
                over_imap(world.account_of(ADA), PASSWORD) as made,
            ):
                yield made
        case name:
            server = request.getfixturevalue(name)
            config = server.account(server.new_user())
            with over_imap(config, "secret", has_uidplus=name != "old_dovecot") as made:
                yield made


def test_the_special_folders_are_found(account: Account) -> None:
    folders = account.store.folders()
    assert folders.inbox == "INBOX"
    assert folders.sent is not None
    assert folders.drafts is not None
    assert folders.sent.endswith("Sent")
    assert folders.drafts.endswith("Drafts")


def test_an_empty_mailbox_ends_at_nothing(account: Account) -> None:
    cursor = account.store.cursor("INBOX")
    assert cursor.uidvalidity > 0
    assert account.everything() == []
    assert account.store.cursor("INBOX") == cursor


def test_mails_come_whole_in_order_and_only_those_after_the_cursor(account: Account) -> None:
    mails = account.put("one", "two", "three", "four")
    assert [each.data for each in account.everything()] == mails
    second = account.everything()[1]
    cursor = Cursor(second.location.uidvalidity, second.location.uid)
    rest = account.store.fetch_after("INBOX", cursor, max_bytes=PLENTY, limit=10)
    assert [each.data for each in rest if isinstance(each, RawMessage)] == mails[2:]
    end = account.store.cursor("INBOX")
    assert list(account.store.fetch_after("INBOX", end, max_bytes=PLENTY, limit=10)) == []


def test_a_mail_knows_where_it_lies_and_when_it_came(account: Account) -> None:
    account.put("one", at=AT.astimezone(UTC) + timedelta(hours=5))
    (got,) = account.everything()
    assert (got.location.account, got.location.mailbox) == (account.store.name, "INBOX")
    assert got.location.uidvalidity == account.store.cursor("INBOX").uidvalidity
    assert got.received_at == AT + timedelta(hours=5)
    assert got.received_at.utcoffset() == timedelta(0)


def test_no_more_than_the_limit_is_fetched_and_the_lowest_first(account: Account) -> None:
    mails = account.put(*map(str, range(7)))
    got = account.store.fetch_after("INBOX", account.start(), max_bytes=PLENTY, limit=3)
    assert [each.data for each in got if isinstance(each, RawMessage)] == mails[:3]


def test_gaps_between_uids_hide_nothing(account: Account) -> None:
    account.put(*map(str, range(60)))
    uids = [each.location.uid for each in account.everything()]
    account.store.remove("INBOX", uids[1:-1])
    if not account.has_uidplus:
        return
    got = account.store.fetch_after("INBOX", account.start(), max_bytes=PLENTY, limit=2)
    assert [each.location.uid for each in got] == [uids[0], uids[-1]]


def test_of_an_oversize_mail_only_the_head_comes(account: Account) -> None:
    small, big = account.put("small", "x" * 5000)
    first, second = account.store.fetch_after(
        "INBOX", account.start(), max_bytes=len(small), limit=10
    )
    assert isinstance(first, RawMessage)
    assert isinstance(second, Oversize)
    assert second.head == big.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    assert second.size == len(big)
    assert second.received_at == AT


def test_mails_are_fetched_by_uid_and_those_that_are_gone_left_out(account: Account) -> None:
    mails = account.put("one", "two", "three")
    uids = [each.location.uid for each in account.everything()]
    got = list(account.store.fetch("INBOX", [uids[2], uids[0], 9999, uids[2]]))
    assert [each.data for each in got] == [mails[0], mails[2]]
    assert list(account.store.fetch("INBOX", [])) == []


def test_reading_everything_changes_no_flag(account: Account) -> None:
    account.put("one", "two", "three", "x" * 4000)
    uids = [each.location.uid for each in account.everything()]
    account.flag("INBOX", uids[0], "\\Seen")
    account.flag("INBOX", uids[1], "\\Flagged")
    before = account.flags("INBOX")
    account.store.folders()
    account.everything()
    list(account.store.fetch("INBOX", uids))
    list(account.store.fetch_after("INBOX", account.start(), max_bytes=100, limit=100))
    account.store.search_message_id("INBOX", "<1@acme.test>")
    account.store.search_since("INBOX", AT.date())
    assert account.flags("INBOX") == before
    assert before[uids[2]] == frozenset()


def test_an_appended_mail_has_its_flags_its_date_and_the_uid_that_was_told(
    account: Account,
) -> None:
    drafts = account.store.folders().drafts
    assert drafts is not None
    uid = account.store.append(drafts, mail("draft"), ("\\Draft", "\\Seen"), AT)
    (got,) = account.everything(drafts)
    assert uid in ({got.location.uid} if account.has_uidplus else {None, got.location.uid})
    assert got.received_at == AT
    assert account.flags(drafts)[got.location.uid] == {"\\Draft", "\\Seen"}


WELL_FORMED = [
    "<simple@acme.test>",
    '<"quo\\"ted"@acme.test>',
    "<per%cent*star@acme.test>",
    "<{7}@acme.test>",
    f"<{'x' * 300}@acme.test>",
]
ILL_FORMED = [
    "<back\\slash@acme.test>",
    "<()@acme.test>",
    "no-brackets@acme.test",
    "<with space@acme.test>",
    "<two@at@acme.test>",
]


@pytest.mark.parametrize("message_id", WELL_FORMED)
def test_a_message_id_is_found_to_the_letter(account: Account, message_id: str) -> None:
    only_this_one_is_found(account, message_id)


@pytest.mark.parametrize("account", TOLERANT, indirect=True)  # pymap fails on what it cannot parse
@pytest.mark.parametrize("message_id", ILL_FORMED)
def test_so_is_one_that_breaks_the_rules(account: Account, message_id: str) -> None:
    only_this_one_is_found(account, message_id)


def only_this_one_is_found(account: Account, message_id: str) -> None:
    it = mail("it", message_id=message_id)
    account.store.append("INBOX", it, (), AT)
    account.store.append("INBOX", mail("longer", message_id=f"<x{message_id}x>"), (), AT)
    account.store.append("INBOX", mail(f"it names {message_id}"), (), AT)
    found = account.store.search_message_id("INBOX", message_id)
    assert [got.data for got in account.store.fetch("INBOX", found)] == [it]


@pytest.mark.parametrize(
    "odd",
    ["", " ", "<>", '"', "<a@b>\r\nA1 DELETE INBOX", "<a\0b@c>", "<ü@acme.test>", "\r\n", "\udcff"],
)
def test_an_odd_message_id_finds_nothing_and_harms_nothing(account: Account, odd: str) -> None:
    mails = account.put("one", "two")
    assert account.store.search_message_id("INBOX", odd) == []
    assert [each.data for each in account.everything()] == mails


def test_a_part_of_a_message_id_finds_nothing(account: Account) -> None:
    account.store.append("INBOX", mail("it", message_id="<abc@acme.test>"), (), AT)
    for part in ("abc@acme.test", "<abc@acme.test", "abc", "<ABC@acme.test>"):
        assert account.store.search_message_id("INBOX", part) == []


def test_mails_are_searched_by_the_day_they_came(account: Account) -> None:
    for days in range(4):
        account.put(str(days), at=AT.replace(hour=12) + timedelta(days=days))
    uids = [each.location.uid for each in account.everything()]
    assert account.store.search_since("INBOX", date(2026, 3, 3)) == uids[2:]
    assert account.store.search_since("INBOX", date(2026, 4, 1)) == []


def test_the_day_a_mail_came_is_told_in_utc_wherever_the_server_lives(account: Account) -> None:
    for minutes in (-1, 0, 24 * 60 - 1, 24 * 60):
        account.put("x", at=datetime(2026, 3, 3, tzinfo=UTC) + timedelta(minutes=minutes))
    uids = [each.location.uid for each in account.everything()]
    assert account.store.search_since("INBOX", date(2026, 3, 3)) == uids[1:]
    assert account.store.search_since("INBOX", date(2026, 3, 4)) == uids[3:]


def test_only_the_named_mails_are_removed(account: Account) -> None:
    account.put("mine", "his, marked for deletion", "his")
    uids = [each.location.uid for each in account.everything()]
    account.flag("INBOX", uids[1], "\\Deleted")
    account.store.remove("INBOX", [uids[0]])
    account.store.remove("INBOX", [])
    left = account.flags("INBOX")
    if account.has_uidplus:
        assert list(left) == uids[1:]
    else:
        assert left[uids[0]] == {"\\Deleted"}
    assert left[uids[2]] == frozenset()


def test_mail_is_moved_to_a_mailbox_made_for_it(account: Account) -> None:
    mails = account.put("one", "two", "three")
    uids = [each.location.uid for each in account.everything()]
    for uid in uids[:2]:
        account.store.move("INBOX", [uid], "Done")
    done = "Done" if account.has_uidplus else "INBOX.Done"
    assert [each.data for each in account.everything(done)] == mails[:2]
    if account.has_uidplus:
        assert [each.data for each in account.everything()] == mails[2:]


def test_a_missing_folder_is_named_with_those_that_are_there(account: Account) -> None:
    questions: Sequence[Callable[[], object]] = (
        lambda: account.store.cursor("Nowhere"),
        lambda: account.store.search_message_id("Nowhere", "<a@b>"),
        lambda: account.store.append("Nowhere", mail("x"), (), AT),
        lambda: account.store.remove("Nowhere", [1]),
        lambda: list(account.store.fetch("Nowhere", [1])),
    )
    for ask in questions:
        with pytest.raises(MailboxError, match=r"no folder “Nowhere”.*“.*Sent”"):
            ask()
    assert account.everything() == []


def test_a_renumbered_mailbox_is_noticed_and_not_read_by_old_uids(account: Account) -> None:
    assert account.renumber is not None
    account.store.move("INBOX", [], "Work")
    account.put("x")
    (got,) = account.everything()
    account.store.move("INBOX", [got.location.uid], "Work")
    work = "Work" if account.has_uidplus else "INBOX.Work"
    before = account.store.cursor(work)
    account.renumber(work)
    after = account.store.cursor(work)
    assert after.uidvalidity != before.uidvalidity
    with pytest.raises(MailboxError, match="renumbered"):
        list(account.store.fetch_after(work, before, max_bytes=PLENTY, limit=10))


def test_other_questions_may_be_asked_while_mails_are_fetched(account: Account) -> None:
    mails = account.put(*("x" * 100_000 for _ in range(60)))
    sent = account.store.folders().sent
    assert sent is not None
    got = []
    for each in account.store.fetch_after("INBOX", account.start(), max_bytes=PLENTY, limit=100):
        assert isinstance(each, RawMessage)
        got.append(each.data)
        if len(got) in {1, 45}:
            assert account.store.search_message_id(sent, "<1@acme.test>") == []
    assert got == mails


def test_an_account_that_was_closed_can_be_used_again(account: Account) -> None:
    mails = account.put("one")
    account.store.close()
    account.store.close()
    assert [each.data for each in account.everything()] == mails
