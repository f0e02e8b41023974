"""The secret a mail to the owner carries, so that only its reader can approve what it shows."""

import base64
import hmac

from mailflow.model.address import Address
from mailflow.model.mail import InboundMessage

LENGTH = 26
"""Characters of a token: 128 bits in base32 without padding."""

ALPHABET = frozenset("abcdefghijklmnopqrstuvwxyz234567")
MAX_CANDIDATES = 20
MAX_SEEN = 1000
PREFIX = "mailflow-"
PLAIN_PREFIX = "letter-"
"""How the Message-ID of a letter begins that asks nothing and carries no token."""
ADDRESSED_IN = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to")


def derive(secret: bytes, token_id: int, salt: bytes) -> str:
    """The token with that id: 128 bits of HMAC-SHA-256 (RFC 2104) as 26 lower-case base32
    characters (RFC 4648 §6), which survive a mail system that folds the case of local parts."""
    message = b"mailflow token\0" + token_id.to_bytes(8, "big", signed=True) + salt
    bits = hmac.digest(secret, message, "sha256")[:16]
    return base64.b32encode(bits).decode("ascii").rstrip("=").lower()


def digest(secret: bytes, token: str) -> bytes:
    """What is stored in the token's place: 32 bytes, keyed, of the token in lower case."""
    return hmac.digest(secret, b"mailflow digest\0" + token.lower().encode(), "sha256")


def same(a: bytes, b: bytes) -> bool:
    """Equality in a time that does not tell where the two differ."""
    return hmac.compare_digest(a, b)


def reply_to(service: Address, token: str) -> Address:
    """The sub-address (RFC 5233) that answers with the token."""
    return service.tagged(token)


def message_id(token: str, domain: str) -> str:
    """The Message-ID that makes every reply carry the token in its In-Reply-To."""
    return f"<{PREFIX}{token}@{domain}>"


def candidates(message: InboundMessage, service: Address) -> tuple[str, ...]:
    """Every token the message may be carrying, in lower case, each once, at most 20.

    Looked for in the addresses it was sent to and in the nearest of our letters it refers to: an
    ok to a letter that asks nothing is no ok to what was asked earlier in the thread. Whether one
    is real is for the store to say.
    """
    addressed = [str(named.address) for named in message.recipients[:MAX_SEEN]]
    addressed += [v.strip().strip("<>") for name in ADDRESSED_IN for v in message.header_all(name)]
    found = [_in_address(text, service) for text in addressed[:MAX_SEEN]]
    found.append(_in_nearest_letter(message, service))
    return tuple(dict.fromkeys(token for token in found if token))[:MAX_CANDIDATES]


def plain_message_id(letter_id: int, domain: str) -> str:
    """The Message-ID of a letter without a token."""
    return f"<{PLAIN_PREFIX}{letter_id}@{domain}>"


def _in_nearest_letter(message: InboundMessage, service: Address) -> str | None:
    """The token of the latest of our letters in the thread, None when that one has no token."""
    own_domain = service.key.rpartition("@")[2]
    for text in (message.in_reply_to or "", *reversed(message.references[-MAX_SEEN:])):
        token = _in_message_id(text)
        local, _, domain = text.strip().strip("<>").lower().partition("@")
        if token or (local.startswith(PLAIN_PREFIX) and domain == own_domain):
            return token
    return None


def _in_address(text: str, service: Address) -> str | None:
    """The tag that `Address.tagged` put behind the service's own local part."""
    local, _, domain = text.strip().lower().rpartition("@")
    own_local, _, own_domain = service.key.rpartition("@")
    joint = "-" if "+" in own_local else "+"
    if domain != own_domain or not local.startswith(own_local + joint):
        return None
    return _checked(local[len(own_local) + 1 :])


def _in_message_id(text: str) -> str | None:
    local = text.strip().strip("<>").lower().partition("@")[0]
    return _checked(local[len(PREFIX) :]) if local.startswith(PREFIX) else None


def _checked(token: str) -> str | None:
    return token if len(token) == LENGTH and set(token) <= ALPHABET else None
