"""An out-of-office told by its words alone, in an answer that bears no header of a machine's."""

import re
from collections.abc import Iterable

from mailflow.model.closing import bare, is_delimiter, is_farewell
from mailflow.model.mail import InboundMessage
from mailflow.model.text import folded
from mailflow.reading import body

MAX_CHARS, MAX_SENTENCES = 3000, 20
SENTENCE_END = re.compile(r"(?:(?<=[a-zà-ÿ)\]][.!])|(?<=\d{4}[.!]))\s+(?=[^\d\s])|\n")

ABSENT = (
    "out of office", "out of the office", "away from the office", "away from my desk",
    "not in the office", "on vacation", "on holiday", "on annual leave", "on leave",
    "on parental leave", "on maternity leave", "on paternity leave", "on sick leave",
    "nicht im buro", "ausser haus", "im urlaub", "abwesend", "in elternzeit", "nicht im haus",
    "absent du bureau", "suis absent", "en conge", "en vacances", "serai absent",
    "fuera de la oficina", "de vacaciones", "estoy ausente", "estare ausente",
    "fuori ufficio", "fuori sede", "in ferie", "sono assente", "saro assente",
    "afwezig", "niet op kantoor", "met vakantie", "op vakantie", "met verlof",
    "fora do escritorio", "de ferias", "estou ausente", "estarei ausente",
)  # fmt: skip
"""That somebody is away, folded."""

OF_ONESELF = (
    "i am ", "i'm ", "i will be ", "i'll be ", "i shall be ", "am currently ", "please note that i",
    "please be advised that i", "currently ", "out of ", "on vacation", "on holiday", "ich bin ",
    "ich befinde mich ", "bin ", "je suis ", "je serai ", "j'ai ", "estoy ", "estare ",
    "me encuentro ", "sono ", "saro ", "ik ben ", "momenteel ", "estou ", "estarei ",
    "encontro-me ", "unfortunately i", "leider bin ich ", "actuellement ", "thank you for ",
    "thanks for ", "danke fur ", "vielen dank fur ",
)  # fmt: skip
"""How the sentence that somebody is away begins."""

ELSE = frozenset(
    ["but", "so", "yes", "ok", "okay", "sure", "let's", "lets", "let", "we", "us", "he",
     "she", "him", "then", "agree", "agreed", "accept", "draft", "looks", "talk", "meet", "great",
     "what", "sell", "aber", "ja", "nein", "wir", "mais", "oui", "nous", "pero", "si", "sin",
     "nosotros", "ma", "noi", "maar", "wij", "mas", "sim"]
)  # fmt: skip
"""Words with which a sentence says something besides."""

POLITE = (
    "thank you for your email", "thank you for your e-mail", "thank you for your mail",
    "thank you for your message", "thanks for your email", "thanks for your e-mail",
    "thanks for your mail", "thanks for your message", "thank you for contacting",
    "thank you for reaching out", "thanks for reaching out", "limited access to", "no access to",
    "not have access to", "not be checking", "in urgent cases", "for urgent", "if urgent",
    "is urgent", "in case of emergency", "for immediate assistance", "in my absence",
    "during my absence", "during this time", "not be forwarded", "urgent matters",
    "vielen dank fur ihre", "danke fur ihre", "vielen dank fur deine", "danke fur deine",
    "in dringenden", "bei dringenden", "wenden sie sich", "wende dich", "nicht weitergeleitet",
    "eingeschrankt", "keinen zugriff", "merci pour votre", "merci de votre", "remercie de votre",
    "remercie pour votre", "en cas d'urgence", "pour toute urgence", "acces limite",
    "gracias por su", "gracias por tu", "en caso de urgencia", "asuntos urgentes",
    "acceso limitado", "grazie per la sua", "grazie per il", "grazie per la tua", "per urgenze",
    "in caso di urgenza", "accesso limitato", "bedankt voor uw", "dank voor uw",
    "bedankt voor je", "voor dringende", "bij dringende", "obrigado pela sua", "obrigada pela sua",
    "obrigado pelo seu", "obrigada pelo seu", "em caso de urgencia", "assuntos urgentes",
)  # fmt: skip
"""What is said to whoever it may be; without one of these a person may have typed it."""

BACK = (
    "reply to your", "respond to your", "answer your", "will reply", "will respond",
    "will answer", "ll reply", "ll respond", "get back to you", "return on", "returning",
    "will return", "be back", "am back", "my return", "when i return", "wieder erreichbar",
    "wieder im", "wieder da", "zuruck", "beantworten", "melde mich", "mon retour", "de retour",
    "repondrai", "mi regreso", "volvere", "respondere", "a la vuelta", "rientro", "rispondero",
    "terug", "beantwoord", "meu retorno", "responderei", "regresso",
)  # fmt: skip
"""When and how one will hear from them."""

GREETINGS = frozenset(
    ["hi", "hello", "dear", "hallo", "guten", "sehr", "bonjour", "hola", "ciao", "buongiorno",
     "beste", "ola", "hey", "good", "moin", "liebe", "lieber", "gentile", "estimado", "estimada"]
)  # fmt: skip
ANYBODY = GREETINGS | {
    "there", "all", "everyone", "everybody", "sender", "sir", "madam", "or", "colleagues",
    "friends", "tag", "geehrte", "geehrter", "damen", "und", "herren", "morning", "afternoon",
    "day", "a", "tous", "todos", "tutti", "zusammen", "team", "mevrouw", "heer", "geachte",
}  # fmt: skip
"""The words of a greeting that is meant for whoever it may be."""


def says_away(message: InboundMessage) -> str | None:
    """The words of an out-of-office when the answer holds nothing else; None for a person's.

    Every sentence of its own must be one that such texts are made of, one of them that somebody
    is away and one that is said to whoever writes; a question, a name in the greeting or a word
    about anything else make it a person's.
    """
    text = body.plain(message)[:MAX_CHARS]
    if not any(phrase in folded(text) for phrase in ABSENT):
        return None
    absent, polite = "", False
    for sentence in _own(body.split(message).new_text[:MAX_CHARS]):
        low = f" {' '.join(folded(sentence).split())} "
        said = next((phrase for phrase in ABSENT if phrase in low), "")
        if said and not low.strip().startswith(OF_ONESELF):
            return None
        is_polite = any(phrase in low for phrase in POLITE)
        is_known = said or is_polite or any(phrase in low for phrase in BACK)
        is_else = "?" in low or not ELSE.isdisjoint(bare(word) for word in low.split())
        if is_else or not (is_known or _is_greeting(low) or _is_details(low)):
            return None
        absent, polite = absent or said, polite or is_polite
    return absent if absent and polite else None


def _own(text: str) -> Iterable[str]:
    """The sentences up to the farewell."""
    for sentence in SENTENCE_END.split(text)[:MAX_SENTENCES]:
        if is_delimiter(sentence) or is_farewell(sentence):
            return
        if bare(sentence):
            yield sentence


def _is_greeting(low: str) -> bool:
    words = [bare(word) for word in low.replace("/", " ").split()]
    return words[:1] != [] and words[0] in GREETINGS and set(words) <= ANYBODY


def _is_details(low: str) -> bool:
    """A line of who to turn to: an address or a number, and hardly a word besides."""
    digits = sum(character.isdigit() for character in low)
    return len(low.split()) <= 8 and ("@" in low or digits >= 6)
