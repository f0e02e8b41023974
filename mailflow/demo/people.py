"""Who lives in the demo's world: the owner and two people she meets."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from mailflow.model.address import Address, NamedAddress


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a mailbox of their own; the address is the user name as well."""

    name: str
    address: Address

    @property
    def named(self) -> NamedAddress:
        return NamedAddress(self.address, self.name)

    def __str__(self) -> str:
        return str(self.named)


ADA = Person("Ada Lindgren", Address.parse("ada@lindgren.example"))
JANE = Person("Jane Roe", Address.parse("jane@acme.example"))
RAJ = Person("Raj Rao", Address.parse("raj@payroll.example"))
EVERYBODY = (ADA, JANE, RAJ)

SERVICE = ADA.address.tagged("mailflow")
"""Where the owner writes to mailflow: a sub-address of her own."""

ZONE = ZoneInfo("Europe/Berlin")
"""Where the story plays."""

PASSWORD = "demo"  # noqa: S105  the world is on this machine only and gone when the story ends
