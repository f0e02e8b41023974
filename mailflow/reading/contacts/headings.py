"""What the heading of a column means, in the languages that programs write them in."""

from mailflow.model.imports import Meaning
from mailflow.model.text import folded, printable

M = Meaning
FULL_NAMES = frozenset(["name", "nome", "nombre", "nom", "naam"])
"""Said of the whole name, or of the given or family name where the other has its own column."""

TITLES = frozenset(["title", "titel", "titre", "titulo", "titolo", "tratamiento"])
"""Said of a position, or of Dr. and Mrs. where the position has its own column (Outlook)."""

EXACT: dict[Meaning, tuple[str, ...]] = {
    M.NAME: (
        "full name", "contact name", "contact", "person", "display name", "attendee",
        "attendee name", "participant", "vollstandiger name", "nom complet", "nombre completo",
        "nome completo", "volledige naam", "ansprechpartner", "ansprechpartnerin",
    ),
    M.GIVEN: (
        "first name", "firstname", "first", "given name", "given", "givenname", "forename",
        "vorname", "prenom", "voornaam", "primer nombre", "primeiro nome", "nombre de pila",
    ),
    M.MIDDLE: (
        "middle name", "additional name", "middle", "weitere vornamen", "zweiter vorname",
        "deuxieme prenom", "segundo nombre", "secondo nome", "middelste naam", "segundo nome",
    ),
    M.FAMILY: (
        "last name", "lastname", "last", "family name", "surname", "sn", "nachname",
        "familienname", "zuname", "nom de famille", "apellidos", "apellido", "cognome",
        "achternaam", "sobrenome", "apelido", "ultimo nome",
    ),
    M.PREFIX: ("name prefix", "honorific", "salutation", "anrede", "civilite", "aanhef"),
    M.NICKNAME: ("nickname", "file as", "spitzname", "surnom", "apodo"),
    M.PHONE: ("ufficio", "abitazione", "particular", "principal"),
    M.ORG: (
        "company", "organization", "organisation", "employer", "org", "firma", "unternehmen",
        "arbeitgeber", "societe", "entreprise", "empresa", "compania", "organizacion", "societa",
        "azienda", "bedrijf", "organisatie", "organizacao", "affiliation", "institution",
        "current company", "company name", "organization name", "account name", "firmenname",
    ),
    M.TITLE: (
        "job title", "jobtitle", "position", "role", "designation", "organization title",
        "funktion", "stelle", "berufsbezeichnung", "fonction", "poste", "puesto", "cargo",
        "posizione", "qualifica", "functie", "functietitel", "mansione", "current position",
        "headline",
    ),
    M.TAGS: (
        "labels", "group membership", "categories", "category", "tags", "tag", "groups", "group",
        "kategorien", "kategorie", "gruppen", "etiquettes", "libelles", "categorias", "etiquetas",
        "categorie", "categorieen", "gruppi", "marcadores", "schlagworte",
    ),
    M.NOTES: (
        "notes", "note", "comment", "comments", "remarks", "remark", "notizen", "notiz",
        "bemerkung", "bemerkungen", "anmerkungen", "commentaire", "commentaires", "remarques",
        "notas", "nota", "observaciones", "commenti", "notities", "opmerkingen", "anotacoes",
        "observacoes", "description",
    ),
    M.CONNECTED: (
        "connected on", "verbunden am", "connecte le", "conectado el", "collegato il",
        "verbonden op", "conectado em", "data da conexao",
    ),
    M.CITY: ("location",),
    M.IGNORED: (
        "private", "privat", "prive", "privado", "privato", "office location", "name suffix",
        "suffix", "suffixe", "sufijo", "suffisso", "achtervoegsel", "sufixo", "titolo straniero",
        "initials", "initialen", "department", "abteilung", "organization department", "service",
        "departamento", "reparto", "afdeling", "photo", "keywords", "stichworter", "priority",
        "sensitivity", "gender", "geschlecht", "language", "profession", "beruf", "hobby",
        "account", "mileage", "spouse", "children", "kinder", "occupation", "maiden name",
        "short name", "billing information", "directory server", "referred by", "user id",
    ),
}  # fmt: skip
"""Whole headings, folded, without numbers."""

OF_PHRASE: dict[str, Meaning] = {
    phrase: meaning for meaning, phrases in EXACT.items() for phrase in phrases
}

IGNORED = frozenset(
    ["type", "typ", "tipo", "label", "display", "angezeigter", "weergegeven", "pantalla",
     "visualizzato", "exibicao", "complet", "birthday", "geburtstag", "geburtsdatum", "birth",
     "naissance", "anniversaire", "cumpleanos", "compleanno", "verjaardag", "aniversario",
     "anniversary", "jahrestag", "assistant", "assistent", "assistente", "asistente", "assistant's",
     "manager", "vorgesetzten", "phonetic", "yomi", "pager", "telex", "isdn", "callback", "tty",
     "radio", "relation", "event", "im", "custom", "jot", "photo", "bill", "avatar", "busy",
     "hobby", "ruckmeldung", "autotelefon", "horbehinderte"]
)  # fmt: skip
"""A heading with one of these words holds nothing to keep."""

MAIL = frozenset(
    ["email", "emails", "mail", "mails", "emailaddress", "emailadresse", "emailadres",
     "mailadresse", "mailaddress", "courriel", "messagerie", "correo", "correio", "epost",
     "elettronica"]
)  # fmt: skip
FAX = frozenset(["fax", "telefax", "telecopie", "telecopieur"])
MOBILE = frozenset(
    ["mobile", "mobil", "mobiltelefon", "mobilnummer", "handy", "handynummer", "cell", "cellphone",
     "cellular", "cellulare", "celular", "movil", "mobiele", "telemovel", "gsm", "natel"]
)  # fmt: skip
PHONE = MOBILE | frozenset(
    ["phone", "phones", "telephone", "telefon", "telefonnummer", "tel", "telefono", "telefone",
     "telefoon", "telefoonnummer", "haupttelefon", "phonenumber", "rufnummer", "whatsapp"]
)  # fmt: skip
WORK = frozenset(
    ["business", "work", "office", "company", "geschaftlich", "dienstlich", "bureau", "buro",
     "travail", "professionnel", "trabajo", "uff", "ufficio", "lavoro", "werk", "werkadres",
     "zakelijk", "comercial", "firma", "trabalho"]
)  # fmt: skip
HOME = frozenset(
    ["home", "privat", "private", "personal", "domicile", "personnel", "domicilio", "casa",
     "particular", "ab", "abitazione", "thuis", "huis", "huisadres", "prive", "residencial"]
)  # fmt: skip
URL = frozenset(
    ["url", "urls", "website", "web", "webseite", "webpage", "homepage", "webpagina", "site",
     "sitio", "linkedin", "profile", "profil", "internetseite", "xing"]
)  # fmt: skip
PIECES: tuple[tuple[Meaning, frozenset[str]], ...] = (
    (M.COUNTRY, frozenset(["country", "land", "pays", "pais", "paese", "nation"])),
    (M.CODE, frozenset(["zip", "zipcode", "postcode", "postleitzahl", "plz", "cap", "cep"])),
    (M.STREET, frozenset(["street", "strasse", "rue", "calle", "via", "straat", "rua"])),
    (M.CITY, frozenset(["city", "town", "ort", "stadt", "ville", "ciudad", "citta", "plaats",
                        "cidade", "wohnort"])),
    (M.STATE, frozenset(["state", "province", "region", "bundesland", "kanton", "dep", "estado",
                         "provincia", "provincie", "staat", "county"])),
)  # fmt: skip
POSTAL_CODES = ("postal code", "code postal", "codigo postal")
POSTAL = frozenset(
    ["address", "adresse", "anschrift", "direccion", "indirizzo", "adres", "endereco", "formatted",
     "postanschrift"]
)  # fmt: skip
ORG = frozenset(["company", "organization", "organisation", "employer", "firma", "unternehmen"])
NAMES: tuple[tuple[frozenset[str], Meaning], ...] = (
    (frozenset(["first", "name"]), M.GIVEN),
    (frozenset(["given", "name"]), M.GIVEN),
    (frozenset(["last", "name"]), M.FAMILY),
    (frozenset(["family", "name"]), M.FAMILY),
    (frozenset(["full", "name"]), M.NAME),
    (frozenset(["contact", "name"]), M.NAME),
    (frozenset(["job", "title"]), M.TITLE),
)
"""Words that mean it together, whatever else stands in the heading."""


def words(heading: str) -> tuple[str, ...]:
    """The words of a heading, folded: "E-mail 1 - Value" gives ("email", "1", "value")."""
    apart: list[str] = []
    previous = ""
    for character in printable(heading, 80):
        if character.isupper() and previous.islower():
            apart.append(" ")
        apart.append(character if character.isalnum() else " ")
        previous = character
    found = folded("".join(apart)).split()
    joined: list[str] = []
    for word in found:
        if joined and joined[-1] == "e" and word.startswith("mail"):
            joined[-1] = f"e{word}"
        else:
            joined.append(word)
    return tuple(joined)


def meaning(heading: str) -> Meaning | None:
    """What a column with this heading holds, as far as the heading alone tells."""
    found = words(heading)
    spoken = [word for word in found if not word.isdigit()]
    phrase, of = " ".join(spoken), frozenset(spoken)
    if phrase in FULL_NAMES:
        return M.NAME
    if phrase in TITLES:
        return M.TITLE
    if phrase in OF_PHRASE:
        return OF_PHRASE[phrase]
    if of & IGNORED:
        return M.IGNORED
    return _by_words(phrase, of)


def _by_words(phrase: str, of: frozenset[str]) -> Meaning | None:
    """Contact data before address, address before organisation: "company phone" is a phone."""
    if of & MAIL:
        return M.EMAIL
    if of & FAX:
        return M.FAX
    if of & PHONE:
        return M.PHONE
    if of & URL or phrase in {"page web", "pagina web", "pagina da web", "web page"}:
        return M.URL
    if any(code in phrase for code in POSTAL_CODES):
        return M.CODE
    for piece, known in PIECES:
        if of & known:
            return piece
    if of & POSTAL:
        return M.POSTAL
    for together, name in NAMES:
        if together <= of:
            return name
    if of & ORG:
        return M.TITLE if "title" in of else M.ORG
    return None


def kind(heading: str) -> str:
    """`mobile`, `work` or `home`, where the heading says so."""
    of = frozenset(words(heading))
    if of & MOBILE:
        return "mobile"
    return "work" if of & WORK else "home" if of & HOME else ""


def group(heading: str) -> str:
    """Which postal address a piece belongs to: `work`, `home`, its number, or nothing."""
    number = next((word for word in words(heading) if word.isdigit()), "")
    is_google = words(heading)[:1] == ("address",)
    return f"address {number}" if is_google else kind(heading)
