"""Words of the lines that introduce quotations, by language."""

from mailflow.reading.tables import by_language, words

VERBS = """
en wrote | writes | sent | said | wrote in message | spake | scribbled
de schrieb | schrieben | schrieb folgendes | schreibt | hat geschrieben
fr a écrit | écrivait | a ecrit | écrit | à écrit
es escribió | ha escrito | escribio | escribía
it ha scritto | scrive | ha scritto quanto segue
pt escreveu | escreveu o seguinte
nl schreef | geschreven | het volgende geschreven | schreef het volgende | heeft geschreven
da skrev | skrev følgende
no skrev | skreiv
sv skrev | skrev följande
fi kirjoitti | kirjoitti seuraavaa
pl napisał | napisał(a) | napisała | pisze
cs napsal | napsal(a) | napsala
sk napísal | napísal(a) | napísala | napísal/a
hu írta | ezt írta | a következőt írta
ro a scris
hr je napisao/la | je napisao | je napisala | napisao
sl je napisal/a | je napisal | je napisala
sr је написао/ла | је написао
el έγραψε
ru написал | написала | написал(а) | пишет | писал
uk пише | написав | написала | написав(ла)
bg написа
tr yazdı | şunu yazdı | şunları yazdı
ca va escriure | ha escrit
eu idatzi du
et kirjutas
lt rašė
lv rakstīja
vi đã viết
id menulis
zh 写道 | 寫道 | 写到 | 来信写道
ja のメール | wrote | は書きました
ko 작성 | 님이 작성 | 님이 씀
he כתב | כתב/ה | כתבה | כתב
ar كتب | كتبت | كتب/ت
fa نوشت
th เขียนว่า
"""
"""The verb that ends an attribution, or stands between date and name (“schreef Jane:”)."""

OPENERS = """
on at am le el il in op den d. dnia w dne dňa em no på pe la în u dana dne: στις pada vào 在 于 於
ב-
ב בתאריך
em: le: am: on: op: el: il: ngày date: lúc kl. kl tarihinde tir. man. ons. tor. fre. lør. søn.
"""
"""First words of attributions, before the date."""

NO_NAMES = frozenset(
    words(
        """heeft wrote schrieb skrev a at um klo kl klo. om o v à las alle às użytkownik uživatel
    používateľ пользователь користувач kullanıcısı időpontban am pm giorno data from de"""
    )
)
"""Words that stand between the date and the name."""

TAILS = ':：-–—* \u00a0\u202f،_>"'
"""What may stand after the verb."""


PHRASES = by_language(VERBS)
LAST_WORDS = frozenset(phrase.rpartition(" ")[2] for phrase in PHRASES)
INNER = (*(f" {w} " for w in words("On Am Le El Il Em Op Den Dnia")), "-On ", " W dniu ")
"""Openers that may follow other text in the same line."""
STARTS = frozenset(words(OPENERS))
NO_SPACES = ("写道", "寫道", "写到", "のメール", "작성", "님이 씀", "เขียนว่า")
