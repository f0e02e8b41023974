"""Opening, listing and naming the mailboxes of a connection."""

import contextlib
from collections.abc import Iterator, Sequence

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from mailflow.account import folders
from mailflow.account.folders import Listed
from mailflow.errors import MailboxError
from mailflow.model.wire import Cursor


def examine(client: IMAPClient, mailbox: str) -> Cursor:
    """Open for reading only (EXAMINE): nothing done in it can change a flag.

    Tells where the mailbox ends; MailboxError when there is no such mailbox.
    """
    try:
        answer = client.select_folder(mailbox, readonly=True)
    except IMAPClientAbortError:
        raise
    except IMAPClientError:
        complain_if_missing(client, mailbox)
        raise
    if b"UIDVALIDITY" not in answer:
        raise MailboxError(f"The folder “{mailbox}” has no lasting UIDs, so it cannot be followed.")
    uidnext = answer.get(b"UIDNEXT")
    last = uidnext - 1 if uidnext else _highest_uid(client, answer[b"EXISTS"])
    return Cursor(answer[b"UIDVALIDITY"], last)


@contextlib.contextmanager
def writing(client: IMAPClient, mailbox: str) -> Iterator[None]:
    """Open read-write for as long as it takes; only for mail that is mailflow's own to change."""
    examine(client, mailbox)
    client.select_folder(mailbox)
    yield
    examine(client, mailbox)


def listing(client: IMAPClient) -> list[Listed]:
    """Every mailbox of the account with its flags, the special-use ones asked for."""
    lines = _special_listing(client) if _tells_special_use(client) else client.list_folders()
    return [
        Listed(
            name,
            (delimiter or b"").decode("ascii", "replace"),
            frozenset(flag.decode("ascii", "replace").lower() for flag in flags),
        )
        for flags, delimiter, name in lines
    ]


def personal_prefix(client: IMAPClient, there: Sequence[Listed]) -> str:
    """What the names of one's own mailboxes begin with, often nothing (RFC 2342)."""
    if not client.has_capability("NAMESPACE"):
        return folders.common_prefix(there)
    personal = client.namespace().personal
    return str(personal[0][0]) if personal else ""


def found_or_made(client: IMAPClient, path: str) -> str:
    """The server's name for a mailbox like “mailflow/Done”, which is made when it is missing."""
    there = listing(client)
    name = folders.path_on_server(path, there, personal_prefix(client, there))
    if name != "INBOX" and all(listed.name != name for listed in there):
        client.create_folder(name)
        with contextlib.suppress(IMAPClientError):
            client.subscribe_folder(name)
    return name


def complain_if_missing(client: IMAPClient, mailbox: str) -> None:
    """Raise the sentence for a missing folder if that was the trouble."""
    there = listing(client)
    known = {listed.name for listed in there if listed.is_selectable}
    if mailbox not in known and mailbox.upper() != "INBOX":
        raise folders.missing(mailbox, there)


def delete(client: IMAPClient, uids: Sequence[int]) -> None:
    """Delete by UID from the open mailbox; without UIDPLUS only mark, for a plain EXPUNGE would
    take away what the owner has marked too."""
    client.add_flags(uids, [b"\\Deleted"], silent=True)
    if client.has_capability("UIDPLUS"):
        client.uid_expunge(uids)


def _highest_uid(client: IMAPClient, count: int) -> int:
    """For servers from before UIDNEXT (RFC 2060)."""
    return max(client.search("UID *"), default=0) if count else 0


def _tells_special_use(client: IMAPClient) -> bool:
    return bool(client.has_capability("SPECIAL-USE") and client.has_capability("LIST-EXTENDED"))


def _special_listing(client: IMAPClient) -> list[tuple[tuple[bytes, ...], bytes, str]]:
    """LIST … RETURN (SPECIAL-USE) (RFC 6154 §2), for servers that don't tell it unasked."""
    wire = client._imap
    typ, data = wire._simple_command("LIST", '""', '"*"', "RETURN (SPECIAL-USE)")
    if typ != "OK":
        raise MailboxError(f"The folders cannot be listed: {data[0]!r}")
    typ, data = wire._untagged_response(typ, data, "LIST")
    lines: list[tuple[tuple[bytes, ...], bytes, str]] = client._proc_folder_list(data)
    return lines
