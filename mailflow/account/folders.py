"""Which mailbox is Sent, Drafts and so on: the owner's word, then the server's, then the name."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mailflow.errors import NoSuchMailbox
from mailflow.model.wire import Folders


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of LIST (RFC 9051 §7.3.1); `delimiter` "" when the server has no hierarchy."""

    name: str
    delimiter: str
    flags: frozenset[str] = frozenset()

    @property
    def is_selectable(self) -> bool:
        return not self.flags & {"\\noselect", "\\nonexistent"}


_NAMES: dict[str, tuple[str, ...]] = {
    "sent": (
        "Sent", "Sent Items", "Sent Messages", "Sent Mail", "Gesendet", "Gesendete Elemente",
        "Gesendete Objekte", "Gesendete Nachrichten", "Envoyés", "Éléments envoyés",
        "Messages envoyés", "Enviados", "Elementos enviados", "Mensajes enviados",
        "Itens enviados", "Posta inviata", "Inviati", "Inviata", "Verzonden", "Verzonden items",
        "Verzonden berichten", "Wysłane", "Elementy wysłane", "Отправленные", "Надіслані",
        "Odeslané", "Odeslaná pošta", "Skickat", "Skickade objekt", "Sendt", "Sendte elementer",
        "Lähetetyt", "Elküldött", "Trimise", "Gönderilmiş Öğeler", "Gönderilenler",
        "已发送", "已发送邮件", "寄件備份", "送信済み", "送信済みアイテム", "送信済みメール",
        "보낸편지함", "보낸 편지함",
    ),
    "drafts": (
        "Drafts", "Draft", "Entwürfe", "Brouillons", "Borradores", "Rascunhos", "Bozze",
        "Concepten", "Kopie robocze", "Wersje robocze", "Szkice", "Черновики", "Чернетки",
        "Koncepty", "Utkast", "Kladder", "Luonnokset", "Piszkozatok", "Ciorne", "Taslaklar",
        "草稿", "草稿箱", "下書き", "임시보관함",
    ),
    "all": ("All Mail", "Alle Nachrichten", "Tous les messages", "Todos", "Tutti i messaggi"),
    "archive": (
        "Archive", "Archives", "Archiv", "Archivo", "Archivio", "Archief", "Arquivo", "Архив",
    ),
    "trash": (
        "Trash", "Deleted Items", "Deleted Messages", "Papierkorb", "Gelöschte Elemente",
        "Gelöschte Objekte", "Corbeille", "Éléments supprimés", "Papelera", "Lixeira", "Cestino",
        "Prullenbak", "Kosz", "Корзина", "已删除", "ゴミ箱",
    ),
    "junk": (
        "Junk", "Spam", "Junk E-mail", "Junk Email", "Bulk Mail", "Indésirables",
        "Courrier indésirable", "Correo no deseado", "Posta indesiderata", "Ongewenste e-mail",
        "Спам", "垃圾邮件", "迷惑メール",
    ),
}  # fmt: skip
"""What mail programs call each folder, most usual first."""

_PARENTS = frozenset({"", "inbox", "[gmail]", "[google mail]"})
"""Where a folder of that name is the account's own and not a project's."""


def choose(listing: Sequence[Listed], *, sent: str | None, drafts: str | None) -> Folders:
    """The special mailboxes (RFC 6154) of an account.

    `sent` and `drafts` are the owner's overrides; NoSuchMailbox when the server has no such folder.
    """
    usable = [listed for listed in listing if listed.is_selectable]
    return Folders(
        inbox=next((f.name for f in usable if f.name.upper() == "INBOX"), "INBOX"),
        sent=_overridden(usable, sent) or _find(usable, "sent"),
        drafts=_overridden(usable, drafts) or _find(usable, "drafts"),
        all=_find(usable, "all"),
        archive=_find(usable, "archive"),
        trash=_find(usable, "trash"),
        junk=_find(usable, "junk"),
    )


def missing(name: str, listing: Iterable[Listed]) -> NoSuchMailbox:
    """The sentence for a folder that is configured but not there."""
    there = ", ".join(f"“{listed.name}”" for listed in listing if listed.is_selectable)
    return NoSuchMailbox(
        f"There is no folder “{name}” in the account; there are {there or 'none'}. "
        f"Correct its name in the configuration or create it in your mail program."
    )


def path_on_server(path: str, listing: Sequence[Listed], prefix: str) -> str:
    """How “mailflow/Done” is written where levels are split by another sign, below `prefix`.

    A mailbox that has exactly that name already is meant as it is.
    """
    if path.upper() == "INBOX" or any(listed.name == path for listed in listing):
        return path
    translated = path.replace("/", _delimiter(listing))
    return translated if translated.startswith(prefix) else prefix + translated


def common_prefix(listing: Sequence[Listed]) -> str:
    """“INBOX.” where every mailbox lies below INBOX, else nothing."""
    below = f"INBOX{_delimiter(listing)}"
    others = [listed.name for listed in listing if listed.name.upper() != "INBOX"]
    return below if others and all(name.startswith(below) for name in others) else ""


def _delimiter(listing: Sequence[Listed]) -> str:
    return next((listed.delimiter for listed in listing if listed.delimiter), "/")


def _overridden(listing: Sequence[Listed], name: str | None) -> str | None:
    if name is None:
        return None
    if any(listed.name == name for listed in listing):
        return name
    raise missing(name, listing)


def _find(listing: Sequence[Listed], role: str) -> str | None:
    """By flag; else by name, the most usual name first."""
    flagged = (listed.name for listed in listing if f"\\{role}" in listed.flags)
    named = {_plain_name(listed): listed.name for listed in reversed(listing)}
    by_name = (named[n.casefold()] for n in _NAMES[role] if n.casefold() in named)
    return next(flagged, None) or next(by_name, None)


def _plain_name(listed: Listed) -> str:
    """The folded name without its parent, or with it where the parent makes it another's."""
    parent, _, name = listed.name.rpartition(listed.delimiter or "\0")
    own = name if parent.casefold() in _PARENTS else listed.name
    return unicodedata.normalize("NFC", own).casefold()
