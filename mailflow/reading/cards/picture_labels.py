"""Labels on cards (`Tel.`, `M`, `电话`, `e-mail:`), also glued to what they label."""

from collections.abc import Collection

from mailflow.model.text import folded
from mailflow.reading.cards.picture_spelling import skeleton
from mailflow.reading.cards.vocabulary import (
    EMAIL,
    FAX,
    LABELS,
    MOBILE,
    NAME,
    ORG,
    PHONE,
    POSTAL,
    REGISTER,
    TITLE,
    URL,
)

ANY = frozenset({EMAIL, FAX, MOBILE, NAME, ORG, PHONE, POSTAL, REGISTER, TITLE, URL})
DIALLED = frozenset({PHONE, MOBILE, FAX, REGISTER})
MORE: dict[str, str] = {
    word: kind
    for kind, words in {
        PHONE: "b h r off res ofc phones tels tel1 tel2 ph1 ph2 contact lan fixed dl board"
        " tel/fax t/f tel&fax phone/fax tele telf tlfo ext landlinie desk dd"
        " did dt tei te1 te| tel:: teltax telmobile toll free tollfree"
        " local geral festnetz privat private zentral ufficio oficina escritorio"
        " kontor toimisto biuro irodai vezetekes is sabit merkez",
        MOBILE: "meb mcb rnob c cp hp m/p mobilnr mobilni gsm. mobilen telemobil cep"
        " kom komorkowy telcel"
        " celulares m1 m2 mob1 mob2 mobi mobiie moblle movile hand whats whatsap viber telegram"
        " wechat line didong dd di",
        REGISTER: "ust-idnr ustidnr ust-id-nr ust.-id vatid vat-id vatno tax taxid tin gst gstno"
        " steuernummer steuer-nr npi dre# bar# nmls lic# license# rg ie ccm cedula nit ruc rut",
        FAX: "ax fex fak fax: f/x faxno telfax fax1 faks belgegecer tvfax efax",
        EMAIL: "e-maii emaii ernail e-rnail e-mai1 emai1 mails emails eposta e-posta e-post epost"
        " adrese-mail el-post mejl sahkoposti correo-e correoe mel",
        URL: "w.w.w webs site: web: hp: homepage: websites webpage",
    }.items()
    for word in words.split()
}
EAST: tuple[tuple[str, str], ...] = (
    ("手机", MOBILE), ("手機", MOBILE), ("移动电话", MOBILE), ("行動電話", MOBILE),
    ("行动电话", MOBILE), ("流動電話", MOBILE), ("携帯", MOBILE),
    ("携帯電話", MOBILE), ("휴대폰", MOBILE), ("핸드폰", MOBILE),
    ("移动", MOBILE), ("行動", MOBILE), ("传真", FAX), ("傳真", FAX), ("ファックス", FAX),
    ("ファクス", FAX), ("FAX番号", FAX), ("팩스", FAX), ("电话", PHONE), ("電話", PHONE),
    ("电話", PHONE), ("總機", PHONE), ("总机", PHONE), ("直通", PHONE), ("直線", PHONE),
    ("代表", PHONE), ("전화", PHONE), ("座机", PHONE), ("热线", PHONE), ("邮箱", EMAIL),
    ("電郵", EMAIL), ("电邮", EMAIL), ("邮件", EMAIL), ("電子郵件", EMAIL), ("電子信箱", EMAIL),
    ("信箱", EMAIL), ("メール", EMAIL), ("이메일", EMAIL), ("网址", URL), ("網址", URL),
    ("网站", URL), ("官网", URL), ("地址", POSTAL), ("住所", POSTAL), ("주소", POSTAL),
    ("邮编", REGISTER), ("郵編", REGISTER), ("統一編號", REGISTER), ("統編", REGISTER),
    ("微信", REGISTER), ("Q Q", REGISTER), ("QQ", REGISTER), ("тел", PHONE), ("моб", MOBILE),
    ("факс", FAX), ("почта", EMAIL), ("τηλ", PHONE), ("κιν", MOBILE), ("φαξ", FAX),
)  # fmt: skip
TELEPHONES = frozenset(
    ["tel", "telefon", "telefono", "telephone", "phone", "mobile", "mobil", "mob", "cell", "cel",
     "movil", "handy", "gsm", "tlf", "puh", "cellulare", "celular", "telefone"]
)  # fmt: skip
"""Labels that stand before nothing but a number to dial."""
FILLERS = frozenset(["no", "nr", "num", "number", "numero", "nummer", "line", "ligne"])
"""Words between a label and its number."""
MARKS = ".:()[]/|,;-–—·•*'\"“”<>_=+#&♦●▪►◆☎✆✉☏📞📱📧🌐 "
MAX_LABEL = 24
MISREAD = {
    skeleton(word): kind
    for kind, words in {
        MOBILE: "mobile mobil handy cell portable",
        PHONE: "phone telephone telefon direct office",
        FAX: "telefax",
        EMAIL: "email e-mail",
        URL: "website",
    }.items()
    for word in words.split()
}
"""Labels by what is left of them when letters that look alike are one."""


def key(word: str) -> str:
    """The word as the tables have it: folded, without points and brackets around it."""
    return folded(word).strip(MARKS)


def kind(word: str) -> str | None:
    """What kind of label the word is: "phone", "mobile", "fax", "email", …; None for no label."""
    if len(word) > MAX_LABEL:
        return None
    plain = key(word)
    if len(plain) > 3 and plain not in MORE and plain not in LABELS:
        return MISREAD.get(skeleton(plain)) or (None if word.isascii() else eastern(word))
    return MORE.get(plain) or LABELS.get(plain) or (eastern(word) if not word.isascii() else None)


def eastern(text: str) -> str | None:
    """The kind of the last Chinese, Japanese, Korean, Russian or Greek label in a short text."""
    plain = text.replace(" ", "").casefold()
    found = [(plain.rfind(word.casefold()), kind) for word, kind in EAST]
    at, best = max(found, key=lambda item: item[0])
    return best if at >= 0 else None


def is_label(text: str, kinds: Collection[str]) -> bool:
    """Whether nothing but labels of those kinds stands there: `Tel.`, `Office phone:`, `T / F`."""
    if len(text) > MAX_LABEL or any(c.isdigit() for c in text) or "@" in text:
        return False
    words = [w for w in text.replace("/", " ").replace(":", " ").split() if key(w)]
    return bool(words) and all((found := kind(w)) is not None and found in kinds for w in words)


def before(text: str) -> tuple[str, int]:
    """The kind the last words of `text` say a number is, and how many characters they take; a fax
    only when no word says telephone."""
    words = text.split()
    kinds: list[str] = []
    taken = 0
    for word in reversed(words[-4:]):
        if key(word) in FILLERS:
            taken += 1
            continue
        parts = [p for p in word.replace("/", " ").replace("&", " ").replace(":", " ").split() if p]
        found = [kind(p) for p in parts if key(p)]
        if not all(k in DIALLED for k in found):
            if (glued := kind(word)) in DIALLED and glued is not None:
                found = [glued]
            else:
                break
        kinds += [k for k in found if k]
        taken += 1
    if not kinds:
        return _eastern_before(text)
    rest = text.rstrip()
    for word in reversed(words[-taken:]):
        rest = rest[: len(rest) - len(word)].rstrip()
    return _one(kinds), len(text) - len(rest)


def _eastern_before(text: str) -> tuple[str, int]:
    tail = text[-12:]
    found = None if tail.isascii() else eastern(tail)
    return (found, len(tail)) if found in DIALLED and found is not None else ("", 0)


def _one(kinds: list[str]) -> str:
    """Several labels of one number: `Tel/Fax` is a telephone that also takes faxes."""
    if REGISTER in kinds:
        return REGISTER
    if MOBILE in kinds:
        return MOBILE
    return PHONE if PHONE in kinds else kinds[0]
