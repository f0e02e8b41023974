"""What mail clients call the fields of a quoted or forwarded mail, one row per language.

Each row: language, then the words for from, date, to, cc and subject, alternatives with a bar; a
row goes on in lines that are indented. Adding a client is adding a row or a word.
"""

from enum import StrEnum


class Field(StrEnum):
    """A field of a header block."""

    FROM = "from"
    DATE = "date"
    TO = "to"
    CC = "cc"
    SUBJECT = "subject"
    OTHER = "other"


ORDER = (Field.FROM, Field.DATE, Field.TO, Field.CC, Field.SUBJECT)

ROWS = """
en ; From | Von/From ; Date | Sent | Sent on | Sent at ; To ; Cc | CC | Copy ; Subject | Subj
ca ; De | De part de ; Data | Enviat | Enviat el ; Per a | A ; A/c | Cc ; Assumpte | Tema
cs ; Od | Odesílatel ; Datum | Odesláno | Odesláno dne ; Komu | Pro | Adresát ; Kopie | Cc
   ; Předmět | Věc
da ; Fra | Afsender ; Dato | Sendt | Afsendt ; Til | Modtager ; Cc | Kopi ; Emne
de ; Von | Absender ; Datum | Gesendet | Gesendet am | Am ; An | Empfänger
   ; Cc | Kopie | Kopie (CC) ; Betreff | Betrifft | Thema
el ; Από | Αποστολέας ; Ημερομηνία | Ημ/νία | Στάλθηκε | Απεσταλμένα | Εστάλη ; Προς
   ; Κοιν | Κοιν. | Κοινοποίηση ; Θέμα
es ; De | Remitente ; Fecha | Enviado | Enviado el | Enviado a las ; Para | A | Destinatario
   ; CC | Copia | Con copia | C.c. ; Asunto | Tema
et ; Saatja | Kellelt ; Kuupäev | Saadetud ; Saaja | Adressaat | Kellele ; Koopia | Cc ; Teema
eu ; Nork | Igorlea ; Data | Bidaltze-data | Bidalia ; Nori | Hartzailea ; Cc | Kopia ; Gaia
fa ; از ; تاریخ | تاریخ ارسال ; به ; رونوشت ; موضوع
fi ; Lähettäjä ; Päivämäärä | Lähetetty | Päiväys | Lähetyspäivä ; Vastaanottaja ; Kopio | Cc
   ; Aihe | Otsikko
fr ; De | Expéditeur ; Date | Envoyé | Envoyé le | Message du | Date d'envoi
   ; À | A | Pour | Destinataire ; Cc | Copie | Copie à ; Objet | Sujet
he ; מאת ; תאריך | נשלח | בתאריך ; אל | עבור ; עותק | העתק ; נושא
ar ; من ; التاريخ | تاريخ | تم الإرسال | تاريخ الإرسال ; إلى | الى ; نسخة | نسخة إلى
   ; الموضوع | موضوع
hr ; Od | Šalje | Pošiljatelj ; Datum | Poslano ; Za | Prima | Primatelj ; Cc | Kopija
   ; Predmet | Naslov
hu ; Feladó | Küldő ; Dátum | Elküldve | Küldve ; Címzett ; Másolat | Másolatot kap ; Tárgy
id ; Dari ; Tanggal | Dikirim | Terkirim ; Kepada | Ke | Untuk ; Cc | Tembusan ; Subjek | Perihal
it ; Da | Mittente ; Data | Inviato | Inviato il ; A | Destinatario ; Cc | Copia ; Oggetto
ja ; 差出人 | From | 送信元 | 送信者 | 発信者 ; 日付 | 送信日時 | 日時 | 送信日
   ; 宛先 | 送信先 | To ; CC | Cc | 写し ; 件名 | 題名
ko ; 보낸사람 | 보낸 사람 | 발신 | 발신자 ; 날짜 | 보낸 날짜 | 보낸날짜 | 일시 | 보냄
   ; 받는사람 | 받는 사람 | 수신 | 수신자 ; 참조 | Cc ; 제목
lt ; Nuo | Siuntėjas ; Data | Išsiųsta ; Kam | Gavėjas | Iki ; Kopija | Cc ; Tema
lv ; No | Sūtītājs ; Datums | Nosūtīts ; Kam | Adresāts ; Kopija | Cc ; Tēma | Temats
nl ; Van | Afzender ; Datum | Verzonden | Verzonden op ; Aan | Ontvanger ; Cc | CC | Kopie
   ; Onderwerp | Betreft
no ; Fra | Avsender ; Dato | Sendt ; Til | Mottaker ; Kopi | Cc ; Emne
pl ; Od | Nadawca | De ; Data | Wysłano | Wysłane | Data wysłania ; Do | Adresat
   ; DW | Dw | Kopia | Do wiadomości ; Temat
pt ; De | Remetente ; Data | Enviado | Enviada | Enviada em | Enviado em | Enviado a ; Para | A
   ; Cc | CC | Cópia ; Assunto | Tema
ro ; De la | de la | Expeditor | Expeditorul ; Data | Dată | Trimis | Trimis la
   ; Către | Catre | La | Destinatar | Destinatarul ; Cc | Copie ; Subiect | Subiectul
ru ; От | От кого | Отправитель ; Дата | Отправлено ; Кому | Получатель ; Копия | Копии ; Тема
sk ; Od | Odosielateľ ; Dátum | Odoslané | Odoslaná ; Komu | Pre | Adresát ; Kópia | Kopia | Cc
   ; Predmet | Vec
sl ; Od | Pošiljatelj ; Datum | Poslano ; Za | Komu | Prejemnik ; Kp | V vednost | Kopija ; Zadeva
sr ; Од | Šalje | Шаље ; Датум | Послато | Poslato ; За | Коме | Prima ; Коп | Копија | Kopija
   ; Наслов | Тема
bg ; От | Подател ; Дата | Изпратено ; До | Получател ; Копие | Як ; Относно | Тема
sv ; Från | Avsändare ; Datum | Skickat ; Till | Mottagare ; Kopia | Cc ; Ämne | Angående
th ; จาก ; วันที่ | ส่งเมื่อ ; ถึง ; สำเนา | สำเนาถึง ; เรื่อง | หัวเรื่อง
tr ; Kimden | Gönderen ; Tarih | Gönderilen | Gönderildi | Gönderme Tarihi ; Kime | Alıcı
   ; Bilgi | Cc | Kopya ; Konu
uk ; Від | Від кого | Відправник ; Дата | Відправлено | Надіслано ; Кому ; Копія ; Тема
vi ; Từ | Người gửi ; Ngày | Đã gửi | Gửi lúc | Vào ; Đến | Tới | Người nhận ; Cc | Đồng kính gửi
   ; Chủ đề | Tiêu đề
zh ; 发件人 | 寄件人 | 寄件者 | 发信人 | 發件人 | 自
   ; 日期 | 发送时间 | 發送時間 | 寄件日期 | 发送日期 | 傳送日期 | 时间 | 時間 | 傳送時間
   ; 收件人 | 收件者 | 至 ; 抄送 | 副本 | 副本抄送 ; 主题 | 主題 | 主旨 | 标题 | 標題
"""

EXTRA = """
Reply-To | Reply to | Reply | Risposta | Rispondi a | Répondre à | Responder a | Responder para
Antwort an | Antworten an
Importance | Wichtigkeit | Prioriteit | Urgentie | Belangrijk | Importancia | Importância
Importanza | Priority
Priorität | Priorité | Tärkeys | Vigtighed | Prioritet | Prioridad | Ważność | Důležitost
Важность
Bcc | BCC | Blindkopie | Cci | CCI | Cco | CCO | Ccn | Skrytá kopie | UDW
Attachments | Attachment | Anlagen | Anhang | Anhänge | Pièces jointes | Adjuntos | Datos adjuntos
Bijlagen | Allegati
Vedhæftede filer | Vedlegg | Bilagor | Liitteet | Załączniki | Přílohy | Вложения | 添付ファイル
附件
Anexos
Message-ID | Message-Id | Organization | Organisation | Mailed-by | Mailed-By | Signed-by
Newsgroups | Groups | Resent-From
Return-Path | Sender | User-Agent | X-Mailer | MIME-Version | Content-Type | In-Reply-To
References | List-Id | Followup-To
Delivered-To | Received | X-Message-ID | Message | Conversation | Required attendees
Optional attendees | When | Where
Distribution | Folder | Auto-forwarded by | Fwd by | Sensitivity | Vertraulichkeit | Categories
"""


def _words(cell: str) -> list[str]:
    return [word.strip() for word in cell.split("|") if word.strip()]


LOCALES: dict[str, dict[Field, list[str]]] = {}
LABELS: dict[str, frozenset[Field]] = {}

for _row in ROWS.replace("\n   ;", " ;").strip().splitlines():
    _language, *_cells = [cell.strip() for cell in _row.split(";")]
    LOCALES[_language] = {name: _words(cell) for name, cell in zip(ORDER, _cells, strict=True)}
    for _name, _cell in LOCALES[_language].items():
        for _word in _cell:
            LABELS[_word.lower()] = LABELS.get(_word.lower(), frozenset()) | {_name}
for _row in EXTRA.strip().splitlines():
    for _word in _words(_row):
        LABELS.setdefault(_word.lower(), frozenset({Field.OTHER}))

MAX_LABEL = max(map(len, LABELS)) + 6


def label_of(line: str) -> tuple[frozenset[Field], str] | None:
    """The fields a line's label may stand for, and its value; None for a line without a label.

    Bold marks (`*From:*`), a space before the colon and full-width colons are read as well.
    """
    head = line[: MAX_LABEL + 12]
    colon = head.find(":")
    wide = head.find("：")
    if colon < 0 or 0 <= wide < colon:
        colon = wide
    if colon <= 0:
        return None
    word = head[:colon].strip(" \t\u00a0\u200b\u200e\u200f\u202a\u202b\u202c*_·•|#").lower()
    found = LABELS.get(word)
    if found is None:
        return None
    return found, line[colon + 1 :].strip(" \t\u00a0\u200e\u200f*_")
