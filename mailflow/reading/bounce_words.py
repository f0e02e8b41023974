"""The words by which mail servers say that a mail came back; one line per server or language."""

from mailflow.reading.tables import phrases, words

DAEMONS = frozenset(
    words(
        """mailer-daemon mailerdaemon mailer_daemon mailer-deamon mail-daemon maildaemon daemon
        mail_daemon mdaemon postmaster post_master post.master bounce bounces bounced mailmaster
        bounce-notification mail-delivery mail.delivery maildelivery mail_delivery notes smtp mta
        mx uucp mmdf listserv microsoftexchange mailsystem mail-system mailadmin mmailer nobody
        root internet-gateway emailgateway dsn delivery-status
        microsoftexchange329e71ec88ae4615bbc36ab6ce41109e"""
    )
)
"""Local parts of machines that return mail, without what follows a `+`."""

DAEMON_NAMES = (
    "mail delivery sub",
    "mail delivery sys",
    "mail delivery serv",
    "mailer-daemon",
    "mail administrator",
    "system administrator",
    "postmaster",
    "internet mail delivery",
    "microsoft outlook",
    "mail daemon",
    "delivery status",
    "mailsystem",
)

SUBJECTS = """
undeliver | non-deliver | nondeliver | not deliver | non remis | non distribu | nicht zustellbar
unzustellbar
delivery status | delivery notification | delivery failure | delivery report | delivery problem
delivery unsuccess
delivery error | delivery has failed | delivery delayed | delivery incomplete | delivery subsystem
mail delivery failed
failure notice | failure delivery | failed mail | failed delivery | mail failure | send failed
sending failed | message failure
mail delivery | returned mail | returned message | return mail | mail returned | message returned
returned to sender
mail could not be | could not be delivered | can't be delivered | cannot be delivered
unable to deliver | not be delivered
error sending | mail system error | mail error | user unknown | unknown user | unknown address
invalid address | no such user
address error | mailbox full | mailbox is full | mailbox unavailable | over quota | quota exceeded
message delayed | delayed mail
warning: message | warning: could not send | warning: mail | delivery attempt | bounced mail
bounce notification
rejected | dsn: | ndn: | nondelivery | undelivered mail | errore di consegna | mancato recapito
impossibile recapitare
message status - undeliverable | mail failed | returning to sender | メールエラー | 邮件发送失败
发送失败 | 投递失败
notification d'échec | échec de remise | echec de la remise | zustellung fehlgeschlagen
mail-zustellung | fehlgeschlagene zustellung | no se puede entregar | no se ha podido entregar
no entregado | error de entrega
falha na entrega | não entregue | niet bezorgd | onbestelbaar | kan niet worden bezorgd
ej levererat | kunne ikke leveres
nie dostarczon | niedostarczon | nedoručiteln | nelze doručit | не доставлен | недоставлен
не удается доставить | 退信 | 系统退信
無法傳遞 | 未传递 | 配信不能 | 送信できませんでした | メール配信エラー | 배달되지 않음 | 전송 실패
iletilemedi | teslim edilemedi
permanent fail | permanent delivery | problems sending | problem delivering | message not sent
mail not sent | nachricht konnte nicht
"""

BODIES = """
could not be delivered | couldn't be delivered | was not delivered | wasn't delivered
not been delivered | cannot be delivered | can't be delivered
unable to deliver | not able to deliver | undeliverable | non-deliverable | failed to deliver
delivery failed | delivery has failed | failed permanently
delivery to the following | delivery attempts | delivery failure | delivery error
permanent error | permanent fatal errors | permanent failure | fatal error
transient non-fatal | temporary failure | addresses had | did not reach | problem delivering
problems delivering | message delivery
returned to you | returned to sender | returning message | returned message | returned mail
being returned | is returned | mail returned
message that you sent | message you sent | your message to | your mail to | your message was not
your mail message | your email message
user unknown | unknown user | unknown address | unknown recipient | no such user | no such account
no such mailbox | no mailbox here
user does not exist | user doesn't exist | mailbox unavailable | mailbox full | mailbox is full
mailbox not found | over quota | exceeded the quota
exceeded storage | recipient rejected | address rejected | recipient address | invalid recipient
invalid address | invalid user | bad address
not listed in | not a known user | account has been | account is disabled | has been disabled
is disabled | unrouteable | host unknown | host not found
message was rejected | message rejected | rejected your message | was rejected by | action: failed
action: delayed | final-recipient | failed recipient
transcript of session | reason for failure | error message below | the following error
following addresses | following recipient | following address
following errors | delivery status | smtp error | status: 5. | status: 4. | 550 5. | 550-5.
554 5. | 552 5. | mailbox quota
konnte nicht zugestellt | nicht zustellbar | n'a pas pu être | n'a pu être | no se pudo entregar
no ha podido ser | non è stato possibile | impossibile
não foi possível | não pôde ser | kon niet worden | kunde inte levereras | kunne ikke leveres
nie mogła zostać | nelze doručit | не удалось доставить | не было доставлено
配信できませんでした | 宛先不明 | 送信できません | 無法傳遞 | 无法投递 | 退回 | 보낼 수 없
전송할 수 없 | user not found | expired
has been returned | encountered an error | no valid recipients | failed addresses | no matches
looping | too many hops | 无法发送 | 发送失败 | 投递失败 | not accepting mail | excessive size
exceeds
"""

STRONG = """
could not be delivered to | could not be delivered | was not delivered to
unable to deliver your message | did not reach the following | delivery to the following
n'a pas pu etre delivre | n'a pas pu être | konnte nicht zugestellt werden | no se pudo entregar
no ha podido ser entregado | non è stato possibile consegnare
"""
"""Of the phrases above, those that nobody but a mail server writes."""

RETURNED = """
below this line is a copy of the message | this is a copy of the message
this is a copy of your message | copy of the message, including
copy of the message's headers | unsent message below | unsent message follows
original message follows | original message headers
original message header | message text follows | text of the message | text of your message
included message | message contents | returned message below
start of returned message | begin returned message | returned message follows
message header follows | header of the original | headers of the original
your original message | the original message | original message | message headers follow
non-delivered message | undelivered message | message follows | mail follows
included below | attached below | returned content | copy of the original | original mail
ursprüngliche nachricht | the body of the message | your message reads
rejected message follows | text of your e-mail | here is your message | start of message
forwarded message | message header and
"""

RECIPIENT_LABELS = """
final-recipient | original-recipient | x-actual-recipient | recipient | failed recipient
recipients | recipient address | intended recipient | rcpt to | rcpt
failed recipient(s) | failed address | undeliverable address | invalid recipient | address
addresses | mailbox | e-mail | email | to | user | addressee
your message to | mail to | delivery to | deliver to | destination | destinataire | empfänger
destinatario | vastaanottaja | 宛先 | 收件人 | no such user | user unknown | unknown user
did not reach the following recipient(s) | could not be delivered to | undelivered to
not delivered to | bad recipient | recipient(s) | original recipient | email address
"""

NOT_RECIPIENTS = """
from: | sender: | reply-to | contact | postmaster | administrator | support | help | mail from
envelope-from | questions | abuse | forward this | please send
originator | report | send mail to | sent by | mailfrom | return-path | received: | by:
message-id | for help
"""

ANNOUNCING = """
following recipient | following address | following email address | following e-mail address
folgenden empfänger | destinataires suivants | siguientes destinatarios | seguenti destinatari
"""
"""What announces the list of those that a mail did not reach, before a colon."""


SUBJECT_PHRASES = phrases(SUBJECTS)
BODY_PHRASES = phrases(BODIES + STRONG)
RETURNED_PHRASES = phrases(RETURNED)
STRONG_PHRASES = phrases(STRONG)
LABELS = phrases(RECIPIENT_LABELS)
NOT_RECIPIENT_PHRASES = phrases(NOT_RECIPIENTS)
ANNOUNCING_PHRASES = phrases(ANNOUNCING)
