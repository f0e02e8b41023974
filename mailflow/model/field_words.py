"""The fields of a person as the owner calls them; the only such table."""

IN_WORDS = {
    "given": "first name",
    "family": "family name",
    "email": "mail address",
    "emails": "mail address",
    "phone": "phone number",
    "org": "company",
    "urls": "links",
    "postal": "postal address",
    "event": "place where you met",
    "met_on": "when you met",
    "wants": "what they want",
    "offers": "what they offer",
    "promised": "what you promised",
    "through": "introducer",
    "own_band": "warmth",
    "every_days": "cadence",
    "is_focus": "place on the focus list",
}
"""Only what is called otherwise than its column. "when …" and "what …" take no article, so a
sentence that may be about any field lists it behind a colon."""


def in_words(field: str) -> str:
    """The owner's word for a field of a card or a column of a contact."""
    return IN_WORDS.get(field, field.replace("_", " "))
