"""Signature delimiters, the lines phones add, and the footers of lists."""

from collections.abc import Sequence

from mailflow.reading.separators import is_rule
from mailflow.reading.tables import phrases, words

DELIMITERS = frozenset({"--", "-- ", "—-", "--\u00a0"})

MOBILE = """
sent from my | sent from mail for | sent from outlook | sent from yahoo | sent from the
sent from proton | sent from gmail | sent from typeapp | sent from windows mail
sent from mailbox | sent from a | sent from an | sent from samsung | sent from i
sent from bluemail | sent from aol | sent from nine | sent from spark | sent from hey
sent from surface | sent from superhuman | sent from mobile | sent from phone | sent from tutanota
sent from fastmail | sent from edison | sent from polymail | sent from front
sent with | sent via | sent using | sent by my | sent on the go | sent while mobile
get outlook for | download outlook for | from my iphone | from my ipad | from my android
from my mobile
typed on my | written on my | please excuse | sorry for typos | excuse typos | apologies for typos
yahoo mail: search, organize | sent securely
von meinem | von unterwegs | gesendet von | gesendet mit | gesendet über | gesendet aus
diese nachricht wurde von mein | mit freundlichen grüßen von meinem | outlook für
holen sie sich outlook | versendet mit
envoyé de mon | envoyé depuis | envoyé à partir | envoyé avec | envoyé par mon | envoyé via
télécharger outlook | obtenez outlook | obtenir outlook
enviado desde | enviado do meu | enviado de mi | enviado con | enviado via | enviado através
enviado com | enviado a partir | obtener outlook | obter o outlook | enviado pelo
baixe o outlook
inviato da | inviato dal | inviato con | inviato tramite | scarica outlook | ottieni outlook
inviata da
verzonden vanaf | verstuurd vanaf | verzonden met | verzonden via | verstuurd met | outlook voor
download outlook voor
sendt fra | sendt med | sendt via | hent outlook til | få outlook for | skickat från
skickades från | skickat med | hämta outlook för
lähetetty | hanki outlook | wysłane z | wysłano z | pobierz outlook | odesláno z | získat outlook
odoslané z | poslano s | poslano z | poslano iz
отправлено с | отправлено из | отправлено от | надіслано з | відправлено з | изпратено от
скачать outlook | получить outlook для
trimis de pe | trimis din | iphone'umdan gönderildi | ipad'imden gönderildi
telefonumdan gönderildi | στάλθηκε από | εστάλη από | elküldve | küldve a | iphone-omról küldve
发自我的 | 从我的 | 發自我的 | 從我的 | 通过我的 | 发送自 | 寄自 | iphoneから送信
androidから送信 | 나의 iphone에서 보냄
내 iphone에서 보냄 | 삼성 | đã gửi từ | được gửi từ | dikirim dari
נשלח מה | נשלח מ | מה-iphone שלי | أُرسلت من | مرسل من | ส่งจาก
"""

CLOSERS = (
    "'dan gönderildi",
    "'den gönderildi",
    "から送信",
    "에서 보냄",
    "에서 발송",
    "-omról küldve",
)

DEVICE_AFTER = frozenset({"the", "a", "an", "i"})
DEVICES = frozenset(
    words("""iphone ipad android blackberry phone mobile smartphone galaxy samsung htc nokia pixel
device cellphone ipod tablet handheld cell huawei xiaomi oneplus outlook mail gmail app yahoo tel
telefon téléphone wireless moto motorola sony windows nexus""")
)

FOOTER_WORDS = """
mailing list | listinfo | unsubscribe | list archive | mailing-list | to post to this group
subscribed to the google groups
abmelden | austragen | désabonner | darse de baja | mailman | sponsored by | do you yahoo
this sf.net email
to view this discussion | to unsubscribe | yahoo! groups | for more options, visit
reply to this email directly | view it on github | you are receiving this
you received this message because | manage your subscription | to respond, reply to this email
"""

MAX_MOBILE = 120
MAX_FOOTER = 60
"""Lines a list's footer may have, empty ones included."""


MOBILES = phrases(MOBILE)
FOOTERS = phrases(FOOTER_WORDS)
FIRST_WORDS = frozenset(phrase.partition(" ")[0][:4] for phrase in MOBILES)


def is_delimiter(line: str) -> bool:
    """`-- ` of RFC 3676 §4.3, also with its space lost on the way."""
    return line.rstrip() in {"--", "\u200b--"} or line.strip(" \u00a0") == "--"


def is_mobile_line(line: str) -> bool:
    """“Sent from my iPhone” and its like, in the languages of the clients."""
    text = line.strip(" \t\u00a0*_[(<-—–").lower().replace("’", "'")
    if not text or len(text) > MAX_MOBILE + 200:
        return False
    visible = text.partition("<http")[0].partition("(http")[0].partition("[http")[0]
    if len(visible) > MAX_MOBILE or visible.rstrip().endswith("?"):
        return False
    if visible.rstrip(" .").endswith(CLOSERS):
        return True
    if text.partition(" ")[0][:4] not in FIRST_WORDS:
        return False
    for phrase in MOBILES:
        if text.startswith(phrase):
            return _is_device(visible, phrase)
    return False


def _is_device(text: str, phrase: str) -> bool:
    """General phrases (“Sent from the …”) need a device or an app after them."""
    after = text[len(phrase) :].replace("-", " ").split()
    if phrase.rpartition(" ")[2] in DEVICE_AFTER or phrase.startswith(
        ("please", "sorry", "excuse")
    ):
        return any(word.strip(".,!") in DEVICES for word in text.split()[2:])
    return len(after) <= 12


def is_list_footer(lines: Sequence[str], at: int) -> bool:
    """A rule with a list's words close below it, near the end of the mail."""
    if len(lines) - at > MAX_FOOTER or not is_rule(lines[at]):
        return False
    rest = [line for line in lines[at + 1 : at + 40] if line.strip()]
    if not rest or len(rest) > 14:
        return False
    return _has(rest[:4], FOOTERS)


def is_underlined(lines: Sequence[str], at: int) -> bool:
    """A line of underscores with a few short lines below it, up to the end of the mail."""
    line = lines[at].strip()
    if at + 20 < len(lines) or len(line) < 5 or line.strip("_"):
        return False
    rest = [item for item in lines[at + 1 : at + 20] if item.strip()]
    return len(rest) <= 6 and at + 20 >= len(lines) and all(len(item) <= 80 for item in rest)


def _has(lines: Sequence[str], known: Sequence[str]) -> bool:
    text = " ".join(lines)[:2000].lower()
    return any(word in text for word in known)
