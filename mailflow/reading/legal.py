"""Footers of a lawyer's making: who may read the mail, and what everybody else must do."""

from collections.abc import Sequence

from mailflow.reading.page import Page, Sort
from mailflow.reading.separators import is_rule
from mailflow.reading.tables import by_language, phrases

MAIL = """
en this e-mail | this email | this message | this communication | this transmission | this mail
en this electronic | this e‑mail | this correspondence | this transmittal
de diese e-mail | diese email | diese mail | diese nachricht | dieser e-mail | dieser email
de dieser nachricht | dieser mail
fr ce message | ce courriel | cet e-mail | cet email | ce mail | ce courrier | cette communication
es este mensaje | este correo | este e-mail | este email | esta comunicación | presente mensaje
it questo messaggio | questa e-mail | questa mail | questa comunicazione | presente messaggio
it questa email | presente comunicazione | presente e-mail
pt esta mensagem | este e-mail | este email | este correio | presente mensagem | esta comunicação
nl dit bericht | deze e-mail | deze email | dit e-mailbericht | deze mail | dit e-mail
da denne e-mail | denne mail | denne meddelelse | denne besked
no denne e-posten | denne meldingen | denne eposten
sv detta e-post | detta meddelande | det här meddelandet | detta mejl | denna e-post
fi tämä viesti | tämä sähköposti | tämän viestin | tämän sähköpostin
pl ta wiadomość | niniejsza wiadomość | niniejsza korespondencja | tej wiadomości
cs tato zpráva | tento e-mail | této zprávy | tento email
ru это сообщение | данное сообщение | настоящее сообщение | это письмо | данное письмо
tr bu e-posta | bu mesaj | bu ileti | bu e-mail
ja このメール | 本メール | 本電子メール
zh 本邮件 | 此邮件 | 本郵件 | 此郵件
"""
"""How such a footer names the mail it stands in."""

ADDRESSEE = """
en intended recipient | intended solely | intended only | solely for the | only for the use of
en if you have received this | if you received this | if you are not the | named addressee
en named recipient | intended addressee | individual or entity | unintended recipient
de nicht der richtige | nicht der beabsichtigte | nicht der vorgesehene | nicht der angesprochene
de nicht der adressat | nicht der empfänger | nicht der bestimmungsgemäße | bestimmten empfänger
de ausschließlich für den | nur für den | irrtümlich erhalten haben | versehentlich erhalten haben
de irrtümlich zugesandt
fr à l'attention exclusive | à l'intention exclusive | exclusivement destiné | reçu par erreur
fr usage exclusif | n'êtes pas le destinataire | n'êtes pas destinataire
fr reçu ce message par erreur | reçu ce courriel par erreur | seul usage | reçu cet e-mail par
es exclusivamente a su destinatario | destinatario indicado | no es usted el destinatario
es uso exclusivo | no es el destinatario | mensaje por error | correo por error
es exclusivamente a la persona | exclusivamente al destinatario | exclusivo de su destinatario
it esclusivamente al destinatario | uso esclusivo | non siete il | non è il destinatario
it pervenuto per errore | ricevuto per errore | messaggio per errore | esclusivo utilizzo
it non fosse la persona | non fosse il
it ricevuto questo messaggio per errore | non siete i destinatari | persone sopra indicate
pt exclusivamente ao destinatário | uso exclusivo | não é o destinatário | mensagem por engano
pt não for o destinatário | mensagem por erro | e-mail por engano | e-mail por erro
pt exclusivamente ao seu destinatário | destinatário indicado
nl uitsluitend bestemd voor | niet de geadresseerde | niet de bedoelde | abusievelijk
nl niet voor u bestemd | ten onrechte ontvang | onterecht ontvang | bestemd voor de geadresseerde
da ikke er den rette modtager | kun beregnet | modtaget ved en fejl | ved en fejltagelse
no ikke er rette mottaker | kun beregnet | mottatt ved en feil | bare beregnet
sv endast avsett för | inte är den avsedda | inte är rätt mottagare | av misstag
fi tarkoitettu vain | tarkoitettu ainoastaan | erehdyksessä | et ole oikea
pl wyłącznie dla adresata | wyłącznie do adresata | nie jest adresatem | przez pomyłkę | omyłkowo
pl nie są państwo adresatem
cs pouze adresátovi | určena výhradně | nejste adresátem | nejste zamýšleným | omylem
ru исключительно для адресата | исключительно адресату | не являетесь адресатом | по ошибке
tr yanlışlıkla | gönderilen kişi | muhatabı değilseniz
ja 誤って受信 | 誤って送信 | 意図された受信者
zh 误收 | 誤收 | 指定收件人 | 预期收件人
"""
"""Whom it is for, and the case that somebody else reads it, as only such footers put it."""

ORDERS = """
en confidential | privileged | prohibited | unauthori | notify the sender | notify us | delete
en please notify | disclos | destroy
de vertraulich | unbefugt | unerlaubt | vernichten sie | löschen sie | untersagt | nicht gestattet
de geschützte
fr confidentiel | détruire | supprimer | interdit | avertir | expéditeur
es confidencial | eliminar | destru | prohibid | remitente | bórrelo | borrarlo
it riservat | confidenzial | eliminarlo | cancellar | vietat | distrugger | mittente | proibit
pt confidencia | apag | elimin | proibid | remetente | destru
nl vertrouwelijk | verwijder | vernietig | verboden | afzender | niet toegestaan
da fortrolig | slette | afsender
no konfidensiel | fortrolig | slette | avsender
sv konfidentiell | radera | avsändar | sekretess
fi luottamuksell | poista | tuhoa | hävittä
pl poufn | usun | zniszcz | zabronion | nadawc
cs důvěrn | smaž | vymaž | odstra | zakázán | odesílatel
ru конфиденциальн | удалит | уничтож | запрещ | отправител
tr gizli | siliniz | silin | yasak | gönderen
ja 機密 | 削除 | 禁
zh 机密 | 保密 | 機密 | 删除 | 刪除 | 禁止
"""
"""What such a reader must or must not do, and why."""

COMPANIONS = """
views or opinions | opinions expressed | opinions contained | computer virus | for viruses
free from virus | virus-free | does not accept liability | accepts no liability | liability for
environment before printing | before printing this | before you print | scanned by | swept by
virenfrei | keine haftung | bevor sie diese e-mail ausdrucken | umwelt, bevor | an die umwelt
avant d'imprimer | d'imprimer ce | virus informatique | antes de imprimir | medio ambiente
meio ambiente | prima di stampare | pensa all'ambiente | voordat u deze e-mail print
denk aan het milieu | kein verbindlich
"""
"""What stands beside them and is never one by itself."""

CAPTIONS = """
confidential | confidentiality | disclaimer | legal notice | privileged | important notice
vertraulichkeit | vertraulich | haftungsausschluss | rechtlicher hinweis | confidentialité
avertissement | avis de | aviso legal | aviso de | confidencialidad | confidencialidade
avviso di | riservatezza | nota legale | vertrouwelijk | proclaimer
"""

PERSONAL = (" i am ", " i'm ", " i have ", " i've ", " i think ", " i got ", " i was ", " i will ",
            " my ", " ich ", " j'ai ", " ik ben ", " ik heb ")  # fmt: skip
"""Nobody speaks of himself in a footer of a company."""

MIN_CHARS = 80
MAX_CHARS = 4000
MAX_BLOCKS = 12
MAX_LINES = 40
LONG_LINE = 100
SHORT_LINE = 40
"""Shorter than a paragraph's first line is where lines are wrapped."""

MAIL_PHRASES = by_language(MAIL)
ADDRESSEE_PHRASES = by_language(ADDRESSEE)
ORDER_PHRASES = by_language(ORDERS)
COMPANION_PHRASES = phrases(COMPANIONS)
CAPTION_PHRASES = phrases(CAPTIONS)
OPENERS = (*MAIL_PHRASES, *ADDRESSEE_PHRASES)


def is_legal(text: str) -> bool:
    """Whether a paragraph is such a footer: it names the mail, its reader, and an order to him."""
    low = _lowered(text)
    is_personal = low.rstrip().endswith("?") or _has(low, PERSONAL)
    return _has_words(low) and not is_personal


def _lowered(text: str) -> str:
    return f" {text[:MAX_CHARS].lower()} ".replace("’", "'")


def _has_words(low: str) -> bool:
    return (
        len(low) > MIN_CHARS
        and _has(low, MAIL_PHRASES)
        and _has(low, ADDRESSEE_PHRASES)
        and _has(low, ORDER_PHRASES)
    )


def sign_legal(page: Page) -> None:
    """The author's last paragraphs, before a quotation or the end, are signed if they are legal."""
    end = 0
    while end < len(page.lines):
        start = end
        while end < len(page.lines) and page.sorts[end] is Sort.OWN:
            end += 1
        if end > start:
            _sign_tail(page, start, end)
        else:
            end += 1


def _sign_tail(page: Page, start: int, end: int) -> None:
    """From the last paragraph upwards, as long as they are legal or stand beside legal ones."""
    cut = None
    for first, last in _blocks(page.lines, start, end):
        begins = _begins(page.lines, first, last)
        if begins is not None:
            cut = begins
            if begins > first:
                break
        elif cut is not None and _is_caption(page.lines[first:last]):
            cut = first
        elif not _is_companion(page.lines[first:last]):
            break
    if cut is not None:
        page.mark(cut, end, Sort.SIGNED)


def _blocks(lines: Sequence[str], start: int, end: int) -> list[tuple[int, int]]:
    """The last paragraphs, lowest first; a long line is a paragraph of its own."""
    found: list[tuple[int, int]] = []
    at = end
    while at > start and len(found) < MAX_BLOCKS:
        last = at
        at -= 1
        if not lines[at].strip():
            continue
        if len(lines[at]) <= LONG_LINE:
            while at > start and lines[at - 1].strip() and len(lines[at - 1]) <= LONG_LINE:
                at -= 1
        found.append((at, last))
        if last - at > MAX_LINES:
            break
    return found


def _begins(lines: Sequence[str], first: int, last: int) -> int | None:
    """The line of a paragraph from which on it is legal: a name may stand right above."""
    if not _has_words(_lowered(" ".join(lines[first : first + MAX_LINES][: last - first]))):
        return None
    is_above = True
    for index in range(first, min(last, first + MAX_LINES)):
        head = _lowered(lines[index][:LONG_LINE])
        is_short = len(head) < SHORT_LINE and index + 1 < last  # “Thanks for this message”
        if not _is_line(head) and not is_short and _has(head, OPENERS):
            if not is_legal(" ".join(lines[index:last])):
                return None
            return first if is_above else index
        is_above = is_above and (_is_line(head) or _has(head, CAPTION_PHRASES))
    return None


def _is_line(line: str) -> bool:
    """A rule, of stars as well."""
    return is_rule(line, 3) or not line.strip("* \t")


def _is_caption(block: Sequence[str]) -> bool:
    text = " ".join(block[:2]).lower()
    return len(block) == 1 and len(text.split()) <= 6 and _has(text, CAPTION_PHRASES)


def _is_companion(block: Sequence[str]) -> bool:
    """A rule, or a paragraph about opinions, viruses or trees."""
    if all(_is_line(line) for line in block[:4]):
        return len(block) <= 4
    return _has(_lowered(" ".join(block[:MAX_LINES])), COMPANION_PHRASES)


def _has(text: str, known: Sequence[str]) -> bool:
    return any(phrase in text for phrase in known)
