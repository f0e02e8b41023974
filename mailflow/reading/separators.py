"""Lines that part a mail: “Original Message”, “Forwarded message”, rules and delimiters."""

from mailflow.reading.tables import phrases, words

ORIGINAL = """
original message | reply message | original-nachricht | ursprüngliche nachricht
originalnachricht | originalmeldung
antwort nachricht | originele bericht | oorspronkelijk bericht | origineel bericht
message d'origine | message original
message initial | message d’origine | mensaje original | mensagem original | messaggio originale
messaggio originario
oprindelig meddelelse | oprindelig besked | oprindelig mail | original besked
opprinnelig melding | ursprungligt meddelande | originalmeddelande
originalmelding | alkuperäinen viesti | wiadomość oryginalna | oryginalna wiadomość
treść oryginalnej wiadomości | původní zpráva | původní e-mail
pôvodná správa | eredeti üzenet | mesaj original | mesajul original | исходное сообщение
оригинальное сообщение | первоначальное сообщение
оригінальне повідомлення | вихідне повідомлення | orijinal ileti | orijinal mesaj | özgün ileti
αρχικό μήνυμα | originalna poruka | izvorna poruka
izvorno sporočilo | original appointment | 原始邮件 | 回复的原邮件
回复的邮件 | 回覆的郵件 | 原始郵件 | 原邮件 | 邮件原件
元のメッセージ | 元のメール | オリジナルメッセージ
원본 메시지 | 원본 메일
thư gốc | tin nhắn gốc | pesan asli | הודעה מקורית | الرسالة الأصلية | missatge original
algne kiri
"""

FORWARDED = """
forwarded message | forwarded mail | begin forwarded message | forwarded by
start forwarded message | begin forwarded text | fwd.msg
weitergeleitete nachricht | anfang der weitergeleiteten nachricht | weitergeleitete e-mail
weitergeleitet von | weitergeleitete mail
message transféré | message transmis | début du message transféré | début du message réexpédié
courriel transféré | message réexpédié
mensaje reenviado | inicio del mensaje reenviado | mensagem encaminhada | mensagem reencaminhada
início da mensagem encaminhada
início da mensagem reencaminhada | iniciar mensagem encaminhada | messaggio inoltrato
inizio messaggio inoltrato | inizio del messaggio inoltrato
doorgestuurd bericht | begin doorgestuurd bericht | videresendt meddelelse | videresendt besked
start på videresendt besked | videresendt mail
videresendt melding | videresendt e-post | begynnelse på videresendt melding
start på videresendt melding | starten på den videresendte e-posten
videresendt e-mail | vidarebefordrat meddelande | vidarebefordrat mejl | vidarebefordrat brev
börja vidarebefordrat brev
edelleenlähetetty viesti | välitetty viesti | välitetty viesti alkaa | przekazana wiadomość
treść przekazanej wiadomości | wiadomość przesłana dalej
początek przekazywanej wiadomości | początek wiadomości przesłanej dalej | přeposlaná zpráva
začátek přeposílané zprávy | přeposlaná správa | preposlaná správa
začiatok preposlanej správy | továbbított üzenet | továbbított levél kezdete
továbbított üzenet kezdete | mesaj redirecționat | mesaj redirecţionat
începutul mesajului redirecționat | inceputul mesajului redirectionat
începe mesajul redirecționat | mesaj redirectionat | mesaj retransmis
пересылаемое сообщение | перенаправленное сообщение | пересланное сообщение
начало переадресованного сообщения | начало пересылаемого сообщения
пересылаемое письмо | пересланное письмо | переслане повідомлення | перенаправлене повідомлення
переадресоване повідомлення
початок листа, що пересилається | початок переадресованого повідомлення | препратено съобщение
προωθημένο μήνυμα | μήνυμα που προωθήθηκε | έναρξη προωθημένου μηνύματος
i̇letilen i̇leti | iletilen ileti | i̇letilmiş mesaj | iletilmiş mesaj | yönlendirilen ileti
iletilen mesaj | iletilmiş ileti başlangıcı | i̇letilmiş ileti başlangıcı | i̇leti başlangıcı
ileti başlangıcı | yönlendirilmiş ileti
proslijeđena poruka | započni proslijeđenu poruku | početak proslijeđene poruke
posredovano sporočilo | прослеђена порука | prosleđena poruka
转发的邮件 | 转发的信息 | 转发邮件信息 | 转发邮件 | 被转发邮件 | 轉寄郵件 | 轉寄的郵件
轉寄的信件 | 開始轉寄郵件 | 开始转发的邮件 | 以下是转发的邮件
转发邮件如下
転送されたメール | 転送メッセージ | 転送されたメッセージ | メッセージを転送 | 転送メール
전달된 메일 | 전달된 메시지 | 전달한 메시지 | 전달된 이메일
chuyển tiếp | thư được chuyển tiếp | tin nhắn được chuyển tiếp | bắt đầu thư được chuyển tiếp
pesan terusan | pesan yang diteruskan | awal pesan terusan
הודעה מועברת | הודעה שהועברה | תחילת ההודעה שהועברה | ההודעה שהועברה | رسالة محولة
رسالة معاد توجيهها | بداية الرسالة المعاد توجيهها | ข้อความที่ส่งต่อ
missatge reenviat | inici del missatge reenviat | edastatud kiri | persiųstas laiškas
pārsūtīts ziņojums | پیام ارسال شده | پیام هدایت‌شده
"""

PREFIXES = """
fw fwd fwd fw: wg tr rv enc i: inoltra vb vs vl fs vid vid. pd dt továbbítás továbbított redir
redir. videresend ilt iln i̇lt i̇ln İlt
转发 轉寄 转寄 転送 전달 переслано пд πρθ προωθ doorst doorgest edasi fwrd forward forwarded
továbbít vidare
rede weitergeleitet
"""
"""What clients put before a forwarded subject; “vs” and “sv” may be replies in Nordic languages."""

REPLIES = words(
    """re aw sv vs antw rif r res odp ynt ref r.e. ad vá 回复 回覆 答复 返信 회신 отв на απ ang atb
    svar"""
)


ORIGINALS = frozenset(phrases(ORIGINAL))
FORWARDS = frozenset(phrases(FORWARDED))
FORWARD_PREFIXES = frozenset(
    word.strip(":.").lower() for word in words(PREFIXES) if word.strip(":.")
)
REPLY_PREFIXES = frozenset(REPLIES)
RULE = "-_=*~#+—–─━‐"
RULE_END = "->"
MAX_SEPARATOR = 120


def is_rule(line: str, least: int = 2) -> bool:
    """Nothing but dashes, underscores and the like."""
    bare = line.strip(" \t\u00a0*").removesuffix(RULE_END)
    return len(bare) >= least and not bare.strip(RULE + " ")


def phrase_of(line: str) -> tuple[str, str, str] | None:
    """What a separator line says: ("forward" | "original", the phrase, the rest of the line).

    A forward phrase counts between dashes or alone before a colon, an original phrase only between
        dashes, so that a sentence about a forwarded message is none.
    """
    text = line[: MAX_SEPARATOR * 4].replace("\u00a0", " ").strip(" \t\u00a0\ufeff*_>\u200e\u200f")
    dashed = text[:2] in {"--", "==", "__", "——"} or text[:3] in {"- -", "***", "~~~"}
    if dashed:
        inner = text.lstrip(RULE + " ")
        phrase, rest = _up_to_rule(inner)
    elif text.endswith((":", "：")) and len(text) < MAX_SEPARATOR:
        phrase, rest = text.rstrip(":： \u00a0"), ""
    else:
        return None
    low = phrase.strip(" \u00a0:：*").lower()
    if low in FORWARDS or any(part.strip() in FORWARDS for part in low.split("/")):
        return "forward", phrase.strip(), rest
    if dashed and low in ORIGINALS:
        return "original", phrase.strip(), rest
    if dashed and low.startswith(("forwarded by", "forwarded message from", "weitergeleitet von")):
        return "forward", phrase.strip(), rest
    return None


def _up_to_rule(text: str) -> tuple[str, str]:
    """The words before the closing dashes, and what stands after those."""
    at = text.find("--")
    for mark in ("==", "__", "——", "***"):
        found = text.find(mark)
        at = found if at < 0 or 0 <= found < at else at
    if at < 0:
        return text.rstrip(RULE + " "), ""
    return text[:at], text[at:].lstrip(RULE + " *")


def subject_says(subject: str | None) -> str:
    """ "forward", "reply" or "" by the prefix of a subject."""
    text = (subject or "").strip().lower()[:60]
    for _ in range(3):
        if text.startswith("["):
            tag, closed, rest = text.partition("]")
            if tag.strip("[ ") in FORWARD_PREFIXES:
                return "forward"
            text = rest.strip() if closed else text[1:]
    prefix, colon, _ = text.replace("：", ":").partition(":")
    prefix = prefix.strip().split("[")[0].split("(")[0].strip().strip(".")
    if not colon:
        return ""
    if prefix in FORWARD_PREFIXES:
        return "forward"
    return "reply" if prefix in REPLY_PREFIXES else ""
