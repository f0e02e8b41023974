"""Which column holds what: words with two meanings, and what the owner says about it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.errors import MailflowError
from mailflow.model.imports import Meaning
from mailflow.reading.contacts.columns import wishes
from mailflow.reading.contacts.headings import group, kind, meaning, words
from tests.unit.reading.contacts.test_programs import mails, taken

M = Meaning


@pytest.mark.parametrize(
    ("heading", "means"),
    [
        ("E-mail 1 - Value", M.EMAIL), ("E-mail 1 - Type", M.IGNORED), ("E-mail", M.EMAIL),
        ("WorkEmail", M.EMAIL), ("Email Display Name", M.IGNORED), ("Mailing Address", M.POSTAL),
        ("Phone 1 - Value", M.PHONE), ("Company Phone", M.PHONE), ("Assistant's Phone", M.IGNORED),
        ("Business Fax", M.FAX), ("Company", M.ORG), ("Company Address", M.POSTAL),
        ("Company Website", M.URL), ("Job Title", M.TITLE), ("Organization 1 - Name", M.ORG),
        ("Organization 1 - Title", M.TITLE), ("Group Membership", M.TAGS), ("Labels", M.TAGS),
        ("Phone 1 - Label", M.IGNORED), ("Birthday", M.IGNORED), ("Geburtstag", M.IGNORED),
        ("Private", M.IGNORED), ("Land/Region geschäftlich", M.COUNTRY), ("Postal Code", M.CODE),
        ("Code postal (bureau)", M.CODE), ("Business Street 2", M.STREET), ("PLZ", M.CODE),
        ("Date of birth", M.IGNORED), ("LinkedIn URL", M.URL), ("Notizen", M.NOTES),
        ("Contact Name", M.NAME), ("Your first name", M.GIVEN), ("Shoe size", None), ("", None),
    ],
)  # fmt: skip
def test_a_heading_tells_what_its_column_holds(heading: str, means: Meaning | None) -> None:
    assert meaning(heading) is means


@given(st.text(max_size=200))
def test_any_heading_has_a_meaning_or_none(heading: str) -> None:
    assert meaning(heading) in (None, *Meaning)
    assert kind(heading) in ("", "mobile", "work", "home")
    assert isinstance(group(heading), str)
    assert all(words(heading))


def test_nom_is_the_family_name_beside_prenom() -> None:
    found = taken("Prénom;Nom;Mail\nZoé;Dupont;zoe@x.org\n")
    assert (found.people[0].card.given, found.people[0].card.family) == ("Zoé", "Dupont")


def test_nombre_is_the_given_name_beside_apellidos() -> None:
    found = taken("Nombre;Apellidos;Correo\nAna;Díaz Gil;ana@x.org\n")
    assert (found.people[0].card.given, found.people[0].card.family) == ("Ana", "Díaz Gil")


def test_a_title_is_a_position_unless_there_is_one() -> None:
    alone = taken("Name,Title,Email\nJane Roe,CTO,j@x.org\n").people[0].card
    beside = taken("Name,Title,Job Title,Email\nJane Roe,Dr.,CTO,j@x.org\n").people[0].card
    assert alone.title and beside.title
    assert (alone.title.value, beside.title.value) == ("CTO", "CTO")


def test_the_address_of_one_place_is_not_mixed_with_that_of_another() -> None:
    found = taken(
        "Name,Email,Business Street,Business City,Home Street,Home City\n"
        "Jane Roe,j@x.org,,,Elm St 1,Bath\nRaj Rao,r@x.org,High St 2,York,Oak St 3,Hull\n"
    )
    assert [person.card.postal for person in found.people] == ["Elm St 1, Bath", "High St 2, York"]


def test_the_owner_says_which_column_is_which() -> None:
    text = "Who,Where,What\nJane Roe,jane@acme.io,CTO\n"
    found = taken(text, wanted=wishes(["name=Who,email=where", "title=3"]))
    card = found.people[0].card
    assert card.name and card.title
    assert (card.name.value, mails(card), card.title.value) == ("Jane Roe", ["jane@acme.io"], "CTO")


def test_what_the_owner_says_replaces_what_was_proposed() -> None:
    text = "Name,Email,Private Email,Notes\nJane Roe,j@work.org,j@home.org,secret\n"
    found = taken(text, wanted=wishes(["email=Private Email", "notes="]))
    assert mails(found.people[0].card) == ["j@home.org"]
    assert found.people[0].card.notes == ""


@pytest.mark.parametrize("asked", ["name", "nonsense=Name", "=x", "ignored=Name"])
def test_a_wish_that_is_none_is_answered_with_the_fields(asked: str) -> None:
    with pytest.raises(MailflowError, match="FIELD=HEADING"):
        wishes([asked])


@pytest.mark.parametrize("heading", ["Nowhere", "9", "0", "٣"])
def test_a_column_that_is_not_there_is_answered_with_those_that_are(heading: str) -> None:
    with pytest.raises(MailflowError, match="“Name”, “Email”"):
        taken("Name,Email\nJane Roe,j@x.org\n", wanted=wishes([f"title={heading}"]))
