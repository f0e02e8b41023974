"""Finding Sent, Drafts and the others on servers that tell much, little or nothing."""

import pytest

from mailflow.account.folders import Listed, choose, common_prefix, path_on_server
from mailflow.errors import MailboxError


def listing(*names: str, delimiter: str = "/", **flagged: str) -> list[Listed]:
    """`Sent="\\Sent"` gives that folder that flag, lower-cased as the wire does."""
    flags = {name: frozenset({flag.lower()}) for name, flag in flagged.items()}
    return [Listed(name, delimiter, flags.get(name, frozenset())) for name in (*names, *flags)]


def sent_of(*names: str, delimiter: str = "/", **flagged: str) -> str | None:
    return choose(
        listing("INBOX", *names, delimiter=delimiter, **flagged), sent=None, drafts=None
    ).sent


@pytest.mark.parametrize(
    "name",
    [
        "Sent", "sent", "Sent Items", "Sent Messages", "Gesendet", "Gesendete Elemente",
        "Gesendete Objekte", "Envoyés", "Éléments envoyés", "Enviados", "Posta inviata",
        "Verzonden", "Wysłane", "Отправленные", "已发送", "送信済み", "[Gmail]/Sent Mail",
        "[Google Mail]/Gesendet", "INBOX/Sent", "Envoye\u0301s",
    ],
)  # fmt: skip
def test_sent_is_found_by_its_usual_names(name: str) -> None:
    assert sent_of("Work", name) == name


def test_a_name_with_a_prefix_and_a_dot_is_found() -> None:
    assert sent_of("INBOX.Work", "INBOX.Sent", delimiter=".") == "INBOX.Sent"


@pytest.mark.parametrize("name", ["Clients/Sent", "Sent/2019", "Unsent", "Archive/Gesendet"])
def test_a_folder_of_the_owners_own_is_not_mistaken_for_it(name: str) -> None:
    assert sent_of(name) is None


def test_the_servers_flag_counts_more_than_a_name() -> None:
    assert sent_of("Sent", Ausgang="\\Sent") == "Ausgang"


def test_the_most_usual_name_wins() -> None:
    assert sent_of("Enviados", "Sent Items", "Sent") == "Sent"


def test_a_folder_that_cannot_be_opened_is_no_folder() -> None:
    parent = Listed("Sent", "/", frozenset({"\\noselect"}))
    assert choose([parent], sent=None, drafts=None).sent is None


def test_the_owners_word_counts_most_and_must_be_true() -> None:
    there = listing("INBOX", "Mine", Sent="\\Sent", Drafts="\\Drafts")
    assert choose(there, sent="Mine", drafts=None).sent == "Mine"
    with pytest.raises(MailboxError, match=r"no folder “Their”.*“Mine”"):
        choose(there, sent=None, drafts="Their")


def test_every_special_folder_has_its_place() -> None:
    found = choose(
        listing(
            "Inbox", S="\\Sent", D="\\Drafts", A="\\All", R="\\Archive", T="\\Trash", J="\\Junk"
        ),
        sent=None,
        drafts=None,
    )
    names = (found.inbox, found.sent, found.drafts, found.all, found.archive, found.trash)
    assert (*names, found.junk) == ("Inbox", "S", "D", "A", "R", "T", "J")


def test_a_path_is_written_the_servers_way() -> None:
    plain, dotted = listing("INBOX", "Sent"), listing("INBOX", "INBOX.Sent", delimiter=".")
    assert path_on_server("mailflow/Done", plain, "") == "mailflow/Done"
    assert path_on_server("mailflow/Done", dotted, "INBOX.") == "INBOX.mailflow.Done"
    assert path_on_server("INBOX.Sent", dotted, "INBOX.") == "INBOX.Sent"
    assert path_on_server("INBOX", dotted, "INBOX.") == "INBOX"


def test_a_prefix_is_told_from_where_everything_lies() -> None:
    assert common_prefix(listing("INBOX", "INBOX.Sent", "INBOX.Work", delimiter=".")) == "INBOX."
    assert common_prefix(listing("INBOX", "INBOX/Sub", "Sent")) == ""
    assert common_prefix(listing("INBOX")) == ""
