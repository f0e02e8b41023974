"""Finding a mail by its exact Message-ID, on servers that search for any part of a header."""

import re

from imapclient import IMAPClient

_SAFE = re.compile(r"[A-Za-z0-9<>@.=_+$-]+")
"""What every server takes as it stands (RFC 9051's ATOM), and what cannot end the command."""

_BATCH = 500
_FIELD = "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"


def find_message_id(client: IMAPClient, message_id: str) -> list[int]:
    """UIDs in the open mailbox whose Message-ID is this one, to the letter.

    SEARCH HEADER finds substrings and ignores case (RFC 9051 §6.4.4), so it is asked for the
    longest harmless stretch, and each candidate's header field is compared.
    """
    wanted = " ".join(message_id.split())
    stretches = _SAFE.findall(wanted)
    if not stretches:
        return []
    longest: str = max(stretches, key=len)
    candidates = sorted(client.search(["HEADER", "Message-ID", longest]))
    found: list[int] = []
    for start in range(0, len(candidates), _BATCH):
        answer = client.fetch(candidates[start : start + _BATCH], [_FIELD])
        found += [uid for uid, items in answer.items() if _message_id_in(items) == wanted]
    return sorted(found)


def _message_id_in(items: dict[bytes, object]) -> str:
    """The field's value unfolded; bytes that are not UTF-8 survive as surrogates."""
    raw = next((v for k, v in items.items() if k.startswith(b"BODY[")), b"")
    text = raw.decode("utf-8", "surrogateescape") if isinstance(raw, bytes) else ""
    return " ".join(text.partition(":")[2].split())
