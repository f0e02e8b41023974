"""Words of machines: subjects of automatic answers, phrases of absence, addresses nobody
reads."""

from mailflow.reading.tables import phrases

AUTO_SUBJECT_ROWS = """
automatic reply | automatic response | automated reply | automated response | auto reply
auto-reply | autoreply | auto response | auto-response
autoresponse | auto responder | autoresponder | out of office autoreply | out of office auto reply
out of office reply | out of office | out-of-office
out of the office | vacation reply | vacation response | vacation message | vacation notice
away from my mail | away message | absence notice
automatische antwort | abwesenheitsnotiz | abwesenheitsnachricht | abwesenheit
abwesenheitsassistent | automatische rückantwort | autom. antwort
automatische abwesenheitsnotiz | automatische eingangsbestätigung | eingangsbestätigung
nicht im büro
réponse automatique | reponse automatique | absence du bureau | message d'absence
réponse d'absence | absent du bureau | absence de bureau
respuesta automática | respuesta automatica | fuera de la oficina | fuera de oficina
auto respuesta | aviso de ausencia
risposta automatica | fuori ufficio | risposta automatica per assenza | assenza dall'ufficio
messaggio automatico | avviso di assenza
resposta automática | resposta automatica | fora do escritório | ausência temporária
ausência do escritório
automatisch antwoord | automatische beantwoording | afwezigheidsbericht | niet aanwezig | afwezig
automatisch bericht
autosvar | automatisk svar | automatisk besvarelse | fraværsmelding | ikke på kontoret | fravær
autosvar ved fravær | frånvaro | automatiskt svar | frånvaromeddelande
automaattinen vastaus | poissaoloviesti | poissa toimistosta | lomavastaaja | automaattivastaus
automatyczna odpowiedź | odpowiedź automatyczna | autoodpowiedź | nieobecność w biurze
poza biurem
automatická odpověď | automatická odpoveď | mimo kancelář | nepřítomnost | mimo kancelárie
automatikus válasz | házon kívül | irodán kívül | răspuns automat | raspuns automat
absent de la birou | automatski odgovor | samodejni odgovor | автоматски одговор
автоматический ответ | автоответ | автоответчик | нет на рабочем месте | автоматична відповідь
автовідповідь | автоматичен отговор
otomatik yanıt | otomatik cevap | ofis dışında | αυτόματη απάντηση | απουσία από το γραφείο
εκτός γραφείου
自动答复 | 自动回复 | 自動回覆 | 自動答覆 | 自動回應 | 外出 | 自動返信 | 自動応答 | 不在通知
不在のお知らせ | 자동 회신 | 자동 응답 | 자동응답 | 부재중
부재 중
trả lời tự động | thư trả lời tự động | balasan otomatis | jawaban otomatis | מענה אוטומטי
תשובה אוטומטית | رد تلقائي | الرد التلقائي | resposta automàtica | fora de l'oficina
"""

WEAK_SUBJECT_ROWS = """
ooo | oof | away | absence | absent | abwesend | urlaub | im urlaub | vacation | on vacation
holiday | on leave | auto
congés | vacances | vacaciones | ausencia | ferie | in ferie | assenza | férias | ausência
vakantie | ferie | semester
loma | urlop | dovolená | szabadság | concediu | отпуск | відпустка | izin | tatil | 休暇 | 休假
휴가
"""
"""Words that lead an automatic answer's subject, but may lead a person's as well."""

NAMED_ROWS = """
is out of the office | is out of office | is on vacation | is on leave | is away
ist nicht im büro | ist außer haus
ist abwesend | est absent | est absente | est en congé | está fuera de la oficina
è fuori ufficio | está ausente
is afwezig | är inte på kontoret | er ikke på kontoret | on poissa | jest poza biurem
je mimo kancelář
"""
"""What follows the sender's own name in the subject of some servers."""

AWAY_ROWS = """
i am out of the office | i'm out of the office | i am currently out of | i'm currently out of
i will be out of the office | i am away from | i am on vacation | i'm on vacation
i am on annual leave | i'm on annual leave | i am on leave | i am on holiday | i'm on holiday
i will be away | currently away | currently on leave | limited access to email
limited access to my email
thank you for your email. i am | this is an automated | this is an automatic | automated response
automatic reply | i am on maternity leave | i am on parental leave | i'm away until
ich bin nicht im büro | ich bin derzeit nicht | ich bin zur zeit nicht | ich bin zurzeit nicht
ich bin im urlaub | ich bin bis | ich bin ab dem | nicht im hause | ich bin außer haus
dies ist eine automatische
je suis absent | je suis actuellement absent | je suis en congé | je suis en vacances
je serai absent | absent du bureau | ceci est un message automatique
estoy fuera de la oficina | estaré fuera | me encuentro fuera | estoy de vacaciones
estoy ausente | estaré ausente | este es un mensaje automático
sono fuori ufficio | sarò fuori ufficio | sono assente | sarò assente | sono in ferie
sarò in ferie | questo è un messaggio automatico
estou fora do escritório | estarei fora | estou ausente | estarei ausente | estou de férias
esta é uma mensagem automática
ik ben afwezig | ik ben niet aanwezig | ik ben met vakantie | ik ben op vakantie
ik ben momenteel niet | dit is een automatisch
jag är på semester | jag är inte på kontoret | jag är borta | jag är ledig | jeg er på ferie
jeg er ikke på kontoret | jeg er fraværende | olen lomalla | olen poissa
jestem na urlopie | przebywam na urlopie | jestem poza biurem | jsem na dovolené
jsem mimo kancelář | я в отпуске | нахожусь в отпуске | меня нет в офисе | szabadságon vagyok
izindeyim | ofis dışındayım | 休暇をいただいて | 不在にして | 休假中 | 不在办公室 | 부재중입니다
"""

CHALLENGE_ROWS = """
please confirm your message | confirm your email to | verification required | sender verification
your message is waiting | challenge: | [spamarrest] | spam arrest
please verify your email so | message requires confirmation | anti-spam verification
mail delivery confirmation required
"""

NO_REPLY = (
    "noreply",
    "donotreply",
    "nepasrepondre",
    "noresponder",
    "naoresponda",
    "nichtantworten",
    "keineantwort",
    "noreplies",
    "notification",
    "autoreply",
    "autoresponder",
    "mailerdaemon",
    "autoconfirm",
    "automailer",
    "newsletter",
    "unsubscribe",
)
"""Beginnings of local parts that no person writes from, without dots, dashes and underscores."""


AUTO_SUBJECTS = phrases(AUTO_SUBJECT_ROWS)
AWAY_PHRASES = phrases(AWAY_ROWS)
WEAK_SUBJECTS = phrases(WEAK_SUBJECT_ROWS)
NAMED_SUBJECTS = phrases(NAMED_ROWS)
CHALLENGES = phrases(CHALLENGE_ROWS)
