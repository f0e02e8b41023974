"""A mail address as one value: parsed once, shown as written, compared folded."""

from dataclasses import dataclass, field
from functools import lru_cache

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

from mailflow.errors import AddressError

# A server of one's own may well have mail at .local or .test: whether it arrives is not for the
# syntax to say.
SPECIAL_USE_DOMAIN_NAMES.clear()

MAX_LENGTH = 320
"""64 octets of local part, `@`, 255 of domain (RFC 5321 §4.5.3.1)."""


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """`local@domain`; equal when the folded keys are equal.

    Example: `Address.parse("Jane@ACME.io")` shows as `Jane@acme.io` and equals `jane@acme.io`.
    """

    key: str
    written: str = field(compare=False)

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Read one bare address. Syntax only, never the network; raises AddressError."""
        return _parse(text.strip())

    @classmethod
    def maybe(cls, text: str | None) -> "Address | None":
        """Like `parse`, but None for what is not an address."""
        try:
            return cls.parse(text) if text else None
        except AddressError:
            return None

    @property
    def local(self) -> str:
        return self.written.rpartition("@")[0]

    @property
    def domain(self) -> str:
        return self.written.rpartition("@")[2]

    def tagged(self, tag: str) -> "Address":
        """The sub-address (RFC 5233): `ada@` gives `ada+tag@`, `ada+x@` gives `ada+x-tag@`."""
        joint = "-" if "+" in self.local else "+"
        return Address.parse(f"{self.local}{joint}{tag}@{self.domain}")

    def __str__(self) -> str:
        return self.written


@lru_cache(maxsize=4096)
def _parse(text: str) -> Address:
    if len(text) > MAX_LENGTH:
        raise AddressError(f"“{text[:40]}…” is too long for a mail address.")
    try:
        valid = validate_email(
            text, check_deliverability=False, globally_deliverable=False, allow_smtputf8=True
        )
    except (EmailNotValidError, ValueError) as error:
        raise AddressError(f"“{text}” is not a mail address: {error}") from None
    return Address(key=valid.normalized.casefold(), written=valid.normalized)


@dataclass(frozen=True, slots=True)
class NamedAddress:
    """An address with the display name a header gave it (RFC 5322 name-addr), maybe empty."""

    address: Address
    name: str = ""

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else str(self.address)
