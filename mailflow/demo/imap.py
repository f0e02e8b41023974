"""The demo's IMAP server: pymap in memory, with the folders people have and special uses named."""

import asyncio
from argparse import Namespace
from collections.abc import Iterable, Sequence
from datetime import datetime

from proxyprotocol.reader import ProxyProtocolReader
from pymap.backend.dict import Config, Login
from pymap.backend.dict.filter import FilterSet
from pymap.backend.dict.mailbox import MailboxSet
from pymap.concurrent import Subsystem
from pymap.config import BackendCapability
from pymap.imap import IMAPServer
from pymap.listtree import ListEntry, ListTree
from pymap.parsing.message import AppendMessage
from pymap.user import UserMetadata
from pysasl.hashing import Cleartext

from mailflow.model.address import Address

SPECIAL = {"Sent": b"Sent", "Drafts": b"Drafts", "Trash": b"Trash"}
"""Mailbox names and the special use each announces (RFC 6154)."""


class _SpecialEntry(ListEntry):  # type: ignore[misc]  # pymap is not seen by the type checker
    @property
    def attributes(self) -> Sequence[bytes]:
        return [*super().attributes, SPECIAL[self.name]]


class _SpecialTree(ListTree):  # type: ignore[misc]  # the same
    def list_matching(self, ref_name: str, filter_: str) -> Iterable[ListEntry]:
        for entry in super().list_matching(ref_name, filter_):
            if entry.name in SPECIAL:
                yield _SpecialEntry(entry.name, entry.exists, entry.marked, entry.has_children)
            else:
                yield entry


class _Mailboxes(MailboxSet):  # type: ignore[misc]  # the same
    async def list_mailboxes(self) -> ListTree:
        plain = await super().list_mailboxes()
        return _SpecialTree(self.delimiter).update(*(entry.name for entry in plain.list()))


class _Settings(Config):  # type: ignore[misc]  # the same
    @property
    def backend_capability(self) -> BackendCapability:
        return BackendCapability(
            idle=True, object_id=True, multi_append=True, custom=[b"SPECIAL-USE"]
        )

    @property
    def greeting(self) -> bytes:
        return b"the demo's mailboxes are ready"  # pymap would ask the name server for a name


class Mailboxes:
    """Every person's mail, kept in memory and served by IMAP. Its methods run on the event loop."""

    def __init__(self, password: str) -> None:
        self._password = password
        self._settings = _Settings(
            Namespace(passlib_cfg=None, proxy_protocol=None),
            host="127.0.0.1",
            port=0,
            demo_data=False,
            demo_user="",
            demo_password="",
            tls_enabled=False,
            invalid_user_sleep=0.0,
            hash_context=Cleartext(),
            cpu_subsystem=Subsystem.for_asyncio(),
        )
        self._login = Login(self._settings)
        self._sets: dict[Address, MailboxSet] = {}

    async def add(self, user: Address) -> None:
        """Give somebody a mailbox with the folders they would expect."""
        folders = _Mailboxes()
        for name in SPECIAL:
            await folders.add_mailbox(name)
        self._sets[user] = folders
        self._settings.set_cache[str(user)] = (folders, FilterSet())
        self._login.users_dict[str(user)] = UserMetadata(
            self._settings, str(user), password=self._password
        )

    def has(self, user: Address) -> bool:
        return user in self._sets

    async def store(self, user: Address, folder: str, data: bytes, at: datetime) -> None:
        """Put a mail into a folder, as a delivery agent would; IDLE tells whoever watches it."""
        mailbox = await self._sets[user].get_mailbox(folder)
        await mailbox.append(AppendMessage(data, at, frozenset()), recent=True)

    async def read(self, user: Address, folder: str) -> list[bytes]:
        """Every mail of a folder as it is stored, oldest first."""
        mailbox = await self._sets[user].get_mailbox(folder)
        return [bytes(message._content) async for message in mailbox.messages()]

    async def serve(self, port: int) -> asyncio.Server:
        """Listen on this machine; port 0 takes a free one."""
        self._settings.apply_context()
        server = IMAPServer(self._login, self._settings)
        reader = ProxyProtocolReader(self._settings.proxy_protocol)
        return await asyncio.start_server(reader.get_callback(server), "127.0.0.1", port)
