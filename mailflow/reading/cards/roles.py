"""Addresses as fields of a card, and those that belong to no person: offices, robots, lists."""

from mailflow.model.address import Address
from mailflow.model.card import CERTAIN, Reading

SHARED = frozenset(
    ["info", "contact", "contacts", "kontakt", "contacto", "contatti", "contato", "hello", "hallo",
     "hi", "office", "mail", "email", "post", "sales", "support", "service", "help", "helpdesk",
     "admin", "administrator", "team", "enquiries", "inquiries", "enquiry", "inquiry", "marketing",
     "press", "presse", "media", "pr", "jobs", "careers", "hr", "recruiting", "billing", "accounts",
     "accounting", "invoice", "invoices", "rechnung", "finance", "legal", "privacy", "security",
     "abuse", "webmaster", "hostmaster", "reception", "secretary", "sekretariat", "vertrieb",
     "ventas", "vendas", "commercial", "feedback", "welcome", "orders", "order", "booking",
     "bookings", "events", "event", "registration", "customerservice", "customercare",
     "kundenservice", "general", "central", "zentrale", "buero", "bureau", "secretariat",
     "accueil", "verwaltung"]
)  # fmt: skip
ROBOTS = frozenset(
    ["noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "nobody", "notify", "robot",
     "notification", "notifications", "notifier", "alerts", "alert", "mailer-daemon", "postmaster",
     "bounce", "bounces", "newsletter", "news", "updates", "invitations", "messages-noreply",
     "calendar-notification", "automated", "auto", "system", "daemon", "mailer", "digest"]
)  # fmt: skip
LISTS = ("-request", "-bounces", "-owner", "-subscribe", "-unsubscribe", "-announce", "-list")


def kind(address: Address) -> str | None:
    """What the address is when it is no person's: "a shared mailbox", "a robot's address",
    "a mailing list"; None for a person's as far as its spelling tells."""
    local = address.local.lower().partition("+")[0]
    host = address.domain.lower()
    if local in ROBOTS or local.replace(".", "-") in ROBOTS or "noreply" in local.replace("-", ""):
        return "a robot's address"
    if local in SHARED:
        return "a shared mailbox"
    if local.endswith(LISTS) or host.startswith(("lists.", "list.", "groups.", "googlegroups.")):
        return "a mailing list"
    return None


def reading(address: Address, source: str) -> Reading:
    """The address as a field of a card; unsure when its domain has no dot."""
    if "." in address.domain:
        return Reading(str(address), CERTAIN, source)
    doubt = f"“{address}” is written without an ending such as .com; is that all of it?"
    return Reading(str(address), 0.5, source, doubt)
