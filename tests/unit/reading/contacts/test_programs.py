"""Files as Google, Outlook, LinkedIn and other address books write them."""

import pytest

from mailflow.model.card import Card
from mailflow.model.imports import ContactFormat, ContactsFile
from mailflow.model.mail import Unreadable
from mailflow.reading.contacts.read import read

GOOGLE_OLD = (
    "Name,Given Name,Additional Name,Family Name,Yomi Name,Name Prefix,Birthday,Notes,"
    "Group Membership,E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Type,E-mail 2 - Value,"
    "Phone 1 - Type,Phone 1 - Value,Address 1 - Type,Address 1 - Formatted,Address 1 - Street,"
    "Organization 1 - Type,Organization 1 - Name,Organization 1 - Title,Website 1 - Value\n"
    'Dr. Jane Q. Roe,Jane,Q.,Roe,,Dr.,1980-01-01,"tall,\nlikes tea",'
    "* myContacts ::: Founders ::: * friends,* Work,jane@acme.io,Home,jane@home.example,"
    'Mobile,+49 171 1234567 ::: 030 1234567,Work,"Hauptstr. 5\n10115 Berlin\nGermany",'
    "Hauptstr. 5,,Acme,CTO,https://acme.io\n"
)
GOOGLE_NEW = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Name Prefix,Nickname,File As,"
    "Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,"
    "E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,"
    "Custom Field 1 - Label,Custom Field 1 - Value\n"
    "Raj,,Rao,,,Raju,,Pay,Founder,,1980-01-01,,https://x.example/p.jpg,* myContacts ::: PyCon 24,"
    "Work,raj@pay.example,Mobile,0171 7654321,CRM,17\n"
)
LINKEDIN = (
    'Notes:\n"When exporting your connection data, you may notice that some of the email addresses '
    "are missing. You will only see email addresses for connections who have allowed their "
    'connections to see or download their email address."\n\n'
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Jane,Roe,https://www.linkedin.com/in/janeroe,,Acme,CTO,10 Mar 2021\n"
    'Raj,Rao,https://www.linkedin.com/in/raj,raj@pay.example,Pay,"Founder, CEO",01 Jan 2020\n'
    ",,,,,,\n"
)

# what Outlook calls: given, family, company, position, business street, city, code, phones at
# work and mobile, address, its type and display name, categories, notes
OUTLOOK = {
    "en": ("Title,First Name,Last Name,Company,Job Title,Business Street,Business City,"
           "Business Postal Code,Business Phone,Mobile Phone,E-mail Address,E-mail Type,"
           "E-mail Display Name,Categories,Notes"),
    "de": ("Anrede;Vorname;Nachname;Firma;Position;Straße geschäftlich;Ort geschäftlich;"
           "Postleitzahl geschäftlich;Telefon geschäftlich;Mobiltelefon;E-Mail-Adresse;E-Mail-Typ;"
           "E-Mail: Angezeigter Name;Kategorien;Notizen"),
    "fr": ("Titre;Prénom;Nom;Société;Fonction;Rue (bureau);Ville (bureau);Code postal (bureau);"
           "Téléphone (bureau);Tél. mobile;Adresse de messagerie;Type de messagerie;"
           "Nom complet de l'adresse de messagerie;Catégories;Notes"),
    "es": ("Tratamiento;Nombre;Apellidos;Organización;Puesto;Calle del trabajo;Ciudad de trabajo;"
           "Código postal del trabajo;Teléfono del trabajo;Móvil;Dirección de correo electrónico;"
           "Tipo de correo electrónico;Nombre de pantalla de correo electrónico;Categorías;Notas"),
    "it": ("Titolo;Nome;Cognome;Società;Posizione;Via (uff.);Città (uff.);CAP (uff.);Ufficio;"
           "Cellulare;Indirizzo posta elettronica;Tipo posta elettronica;"
           "Nome visualizzato posta elettronica;Categorie;Note"),
    "nl": ("Aanhef;Voornaam;Achternaam;Bedrijf;Functie;Werkadres straat;Werkadres plaats;"
           "Werkadres postcode;Telefoon op werk;Mobiele telefoon;E-mailadres;Type e-mail;"
           "Weergegeven naam voor e-mail;Categorieën;Notities"),
    "pt": ("Título;Nome;Sobrenome;Empresa;Cargo;Rua do endereço comercial;"
           "Cidade do endereço comercial;CEP do endereço comercial;Telefone comercial;Celular;"
           "Endereço de email;Tipo de email;Nome para exibição do email;Categorias;Anotações"),
}  # fmt: skip
ROW = ("Dr.", "Zoë", "Öller", "Acme & Söhne", "Leiterin", "Hauptstr. 5", "Berlin", "10115",
       "030 1234567", "0171 7654321", "zoe@acme.example", "SMTP", "Zoë Öller (zoe@acme.example)",
       "Kunden;VIP", "=gut=")  # fmt: skip


def taken(data: str | bytes, name: str = "contacts.csv", **asked: object) -> ContactsFile:
    raw = data.encode() if isinstance(data, str) else data
    found = read(raw, name, region="DE", **asked)  # type: ignore[arg-type] # by name
    assert isinstance(found, ContactsFile), found
    return found


def refused(data: str | bytes, name: str = "contacts.csv") -> str:
    found = read(data.encode() if isinstance(data, str) else data, name, region="DE")
    assert isinstance(found, Unreadable)
    return found.reason


def mails(card: Card) -> list[str]:
    return [reading.value for reading in card.emails]


def named(card: Card) -> tuple[str, str, str]:
    return (card.name.value if card.name else "", card.given, card.family)


def test_googles_older_headings_are_understood() -> None:
    found = taken(GOOGLE_OLD)
    assert found.format is ContactFormat.GOOGLE
    assert "“E-mail 1 - Type”" in found.evidence
    (person,) = found.people
    card = person.card
    assert named(card) == ("Dr. Jane Q. Roe", "Jane", "Roe")
    assert mails(card) == ["jane@acme.io", "jane@home.example"]
    assert [phone.e164 for phone in card.phones] == ["+491711234567", "+49301234567"]
    assert card.org and card.org.value == "Acme"
    assert card.title and card.title.value == "CTO"
    assert card.notes == "tall,\nlikes tea"
    assert card.postal == "Hauptstr. 5, 10115 Berlin, Germany"
    assert card.urls == ("https://acme.io",)
    assert person.line == 2


def test_googles_newer_headings_are_understood() -> None:
    found = taken(GOOGLE_NEW)
    assert found.format is ContactFormat.GOOGLE
    (person,) = found.people
    assert named(person.card) == ("Raj Rao", "Raj", "Rao")
    assert mails(person.card) == ["raj@pay.example"]
    assert person.card.phones[0].e164 == "+491717654321"
    assert person.card.tags == ("PyCon-24",)
    assert person.card.notes == ""


def test_groups_become_tags_and_the_programs_own_groups_do_not() -> None:
    (person,) = taken(GOOGLE_OLD).people
    assert person.card.tags == ("Founders", "friends")


def test_birthdays_are_nobodys_business() -> None:
    for text in (GOOGLE_OLD, GOOGLE_NEW):
        assert "1980" not in repr(taken(text))


def test_linkedins_preamble_is_passed_over() -> None:
    found = taken(LINKEDIN, "Connections.csv")
    assert found.format is ContactFormat.LINKEDIN
    jane, raj = found.people
    assert (jane.line, raj.line) == (5, 6)
    assert named(jane.card) == ("Jane Roe", "Jane", "Roe")
    assert jane.card.emails == ()
    assert jane.card.urls == ("https://www.linkedin.com/in/janeroe",)
    assert jane.card.notes == "Connected on LinkedIn on 10 Mar 2021."
    assert raj.card.title and raj.card.title.value == "Founder, CEO"
    assert found.left_out == ()


def test_nobody_from_a_file_was_met() -> None:
    vcard = "BEGIN:VCARD\nVERSION:3.0\nFN:Jane Roe\nEND:VCARD\n"
    for text in (GOOGLE_OLD, GOOGLE_NEW, LINKEDIN, vcard):
        for person in taken(text).people:
            assert (person.card.form, person.card.event, person.card.met_on) == ("", "", None)


@pytest.mark.parametrize("language", OUTLOOK)
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_outlook_is_understood_in_its_language(language: str, charset: str) -> None:
    head = OUTLOOK[language]
    separator = "," if "," in head else ";"
    row = separator.join(f'"{cell}"' for cell in ROW)
    found = taken(f"{head}\r\n{row}\r\n".encode(charset))
    assert found.format is ContactFormat.OUTLOOK
    (person,) = found.people
    card = person.card
    assert named(card) == ("Zoë Öller", "Zoë", "Öller")
    assert card.org and card.org.value == "Acme & Söhne"
    assert card.title and card.title.value == "Leiterin"
    assert mails(card) == ["zoe@acme.example"]
    assert card.postal == "Hauptstr. 5, 10115 Berlin"
    assert {(p.e164, p.kind) for p in card.phones} >= {("+491717654321", "mobile")}
    assert "+49301234567" in {p.e164 for p in card.phones}
    assert card.tags == ("Kunden", "VIP")
    assert card.notes == "=gut="
    assert found.left_out == ()


def test_an_internal_name_of_exchange_is_no_address_and_is_said() -> None:
    head = OUTLOOK["en"]
    row = ",Jane,Roe,,,,,,,,/o=ExchangeLabs/ou=Group/cn=Recipients/cn=17,EX,Jane,,"
    found = taken(f"{head}\n{row}\n")
    assert [each.line for each in found.left_out] == [2]
    assert "Exchange" in found.left_out[0].reason
    assert found.people[0].card.emails == ()


@pytest.mark.parametrize(
    ("heads", "name"),
    [
        ("name,email", "Jane Roe"),
        ("Full Name,E-Mail", "Jane Roe"),
        ("Nom complet;Courriel", "Jane Roe"),
        ("Attendee Name\tEmailAddress", "Jane Roe"),
        ("naam|e-mail adres", "Jane Roe"),
        ("mail,name", "Jane Roe"),
    ],
)
def test_a_plain_table_is_read_by_its_headings(heads: str, name: str) -> None:
    separator = next(s for s in ",;\t|" if s in heads)
    cells = ["Jane Roe", "jane@acme.io"]
    row = separator.join(cells if not heads.startswith("mail") else cells[::-1])
    found = taken(f"{heads}\n{row}\n")
    assert found.format is ContactFormat.CSV
    assert named(found.people[0].card)[0] == name
    assert mails(found.people[0].card) == ["jane@acme.io"]


def test_a_table_without_headings_is_read_by_its_contents() -> None:
    found = taken("Jane Roe,jane@acme.io,x\nRaj Rao,raj@pay.example,y\n")
    assert [c.heading for c in found.columns] == ["column 1", "column 2"]
    assert [person.line for person in found.people] == [1, 2]
    assert found.unknown == ("column 3",)
    assert "without headings" in found.evidence


def test_a_column_of_addresses_is_found_under_any_heading() -> None:
    found = taken("Name,Kontaktweg\nJane Roe,jane@acme.io\n")
    assert mails(found.people[0].card) == ["jane@acme.io"]


def test_headings_nobody_knows_are_passed_over_for_their_contents() -> None:
    found = taken("Wer,Wohin,Schuhe\nJane Roe,jane@acme.io,38\nRaj Rao,raj@x.org,44\n")
    assert [(c.heading, c.meaning) for c in found.columns] == [("Wer", "name"), ("Wohin", "email")]
    assert found.unknown == ("Schuhe",)
    assert [person.line for person in found.people] == [2, 3]


def test_what_is_not_understood_is_named_if_anything_stands_there() -> None:
    found = taken("Name,Shoe size,Empty\nJane Roe,38,\n")
    assert found.unknown == ("Shoe size",)


def test_a_file_that_tells_nothing_of_people_asks_which_is_which() -> None:
    said = refused("a;b\n1;2\n")
    assert "“a”, “b”" in said
    assert "--map" in said


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"PK\x03\x04rest", "Excel workbook"),
        (b"\xd0\xcf\x11\xe0rest", "old Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"!BDN\x00", "Outlook data file"),
        (b"SQLite format 3\x00", "database"),
        (b"<!DOCTYPE html><p>", "web page"),
        (b"", "empty"),
        (b" \n \n", "empty"),
        (bytes(range(1, 32)) * 40, "no text"),
    ],
)
def test_other_files_are_told_by_name(head: bytes, words: str) -> None:
    assert words in refused(head)


def test_the_format_can_be_told() -> None:
    found = taken(GOOGLE_NEW, format=ContactFormat.CSV)
    assert (found.format, found.evidence) == (ContactFormat.CSV, "you said so")
    assert mails(found.people[0].card) == ["raj@pay.example"]
