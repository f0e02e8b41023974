"""The servers of common mail providers, by the domain of the address."""

from dataclasses import dataclass

from mailflow.config.values import Login, Wrap

AN_APPS_OWN = "It wants an app password, made in its security settings, not your usual one."
SWITCH_ON = "Switch on IMAP in its web settings first."
NO_PASSWORDS = (
    "It takes no passwords from mail programs any more, only access tokens (OAuth2): answer the"
    " question for the password with the command that prints a fresh one, of a program such as"
    " oama, pizauth or mutt_oauth2.py."
)


@dataclass(frozen=True, slots=True)
class Provider:
    """Where mail of some domains is read and sent. `hint` is a sentence the owner needs.

    `user` is how one logs in: the whole address, or only the part before the @.
    """

    name: str
    domains: tuple[str, ...]
    imap: str
    smtp: str
    imap_port: int = 993
    smtp_port: int = 465
    imap_wrap: Wrap = Wrap.TLS
    smtp_wrap: Wrap = Wrap.TLS
    is_user_local: bool = False
    hint: str = ""

    @property
    def login(self) -> Login:
        return Login.OAUTH2 if self.hint == NO_PASSWORDS else Login.PASSWORD

    def user(self, local: str, domain: str) -> str:
        return local if self.is_user_local else f"{local}@{domain}"


def _starttls(
    name: str, domains: str, imap: str, smtp: str, *, is_user_local: bool = False, hint: str = ""
) -> Provider:
    """IMAP by TLS, SMTP by STARTTLS on the submission port."""
    return Provider(
        name, tuple(domains.split()), imap, smtp, smtp_port=587, smtp_wrap=Wrap.STARTTLS,
        is_user_local=is_user_local, hint=hint,
    )  # fmt: skip


def _tls(name: str, domains: str, imap: str, smtp: str, hint: str = "") -> Provider:
    """Both by TLS from the first byte."""
    return Provider(name, tuple(domains.split()), imap, smtp, hint=hint)


PROVIDERS = (
    _tls("Gmail", "gmail.com googlemail.com", "imap.gmail.com", "smtp.gmail.com", AN_APPS_OWN),
    _starttls(
        "Outlook.com",
        "outlook.com outlook.de outlook.fr hotmail.com hotmail.de hotmail.fr hotmail.co.uk live.com"
        " live.de msn.com",
        "outlook.office365.com",
        "smtp-mail.outlook.com",
        hint=NO_PASSWORDS,
    ),
    _starttls(
        "Microsoft 365",
        "onmicrosoft.com",
        "outlook.office365.com",
        "smtp.office365.com",
        hint=NO_PASSWORDS,
    ),
    _starttls(
        "iCloud",
        "icloud.com me.com mac.com",
        "imap.mail.me.com",
        "smtp.mail.me.com",
        is_user_local=True,
        hint=AN_APPS_OWN,
    ),
    _tls(
        "Yahoo",
        "yahoo.com yahoo.co.uk yahoo.de yahoo.fr yahoo.es yahoo.it ymail.com rocketmail.com",
        "imap.mail.yahoo.com",
        "smtp.mail.yahoo.com",
        AN_APPS_OWN,
    ),
    _tls("AOL", "aol.com aim.com", "imap.aol.com", "smtp.aol.com", AN_APPS_OWN),
    _tls(
        "Fastmail",
        "fastmail.com fastmail.fm fastmail.net sent.com",
        "imap.fastmail.com",
        "smtp.fastmail.com",
        AN_APPS_OWN,
    ),
    _tls("GMX", "gmx.net gmx.de gmx.at gmx.ch", "imap.gmx.net", "mail.gmx.net", SWITCH_ON),
    _tls("GMX", "gmx.com gmx.us gmx.co.uk", "imap.gmx.com", "mail.gmx.com", SWITCH_ON),
    _starttls("WEB.DE", "web.de email.de", "imap.web.de", "smtp.web.de", hint=SWITCH_ON),
    _tls("Posteo", "posteo.de posteo.net posteo.eu posteo.at", "posteo.de", "posteo.de"),
    _tls("mailbox.org", "mailbox.org", "imap.mailbox.org", "smtp.mailbox.org"),
    _tls("Zoho", "zoho.com zohomail.com", "imap.zoho.com", "smtp.zoho.com", SWITCH_ON),
    _tls("Zoho", "zoho.eu zohomail.eu", "imap.zoho.eu", "smtp.zoho.eu", SWITCH_ON),
    Provider(
        "Proton Mail through its Bridge",
        ("proton.me", "protonmail.com", "protonmail.ch", "pm.me"),
        "127.0.0.1",
        "127.0.0.1",
        imap_port=1143,
        smtp_port=1025,
        imap_wrap=Wrap.STARTTLS,
        smtp_wrap=Wrap.STARTTLS,
        hint="The password is the one its Bridge shows; export the Bridge's certificate and name"
        " the file as ca_file.",
    ),
    _tls("IONOS", "ionos.de online.de onlinehome.de", "imap.ionos.de", "smtp.ionos.de"),
    _tls("IONOS", "ionos.com ionos.co.uk", "imap.ionos.com", "smtp.ionos.com"),
    _tls(
        "T-Online",
        "t-online.de magenta.de",
        "secureimap.t-online.de",
        "securesmtp.t-online.de",
        "It wants the password for mail programs, set in its customer centre.",
    ),
    _starttls("freenet", "freenet.de", "mx.freenet.de", "mx.freenet.de"),
    _tls("Orange", "orange.fr wanadoo.fr", "imap.orange.fr", "smtp.orange.fr"),
    _tls("Free", "free.fr", "imap.free.fr", "smtp.free.fr"),
    _tls("La Poste", "laposte.net", "imap.laposte.net", "smtp.laposte.net"),
    _tls("SFR", "sfr.fr", "imap.sfr.fr", "smtp.sfr.fr"),
    _tls("Libero", "libero.it", "imapmail.libero.it", "smtp.libero.it"),
    _tls(
        "Mail.ru",
        "mail.ru bk.ru inbox.ru list.ru internet.ru",
        "imap.mail.ru",
        "smtp.mail.ru",
        AN_APPS_OWN,
    ),
    _tls(
        "Yandex",
        "yandex.com yandex.ru ya.ru",
        "imap.yandex.com",
        "smtp.yandex.com",
        AN_APPS_OWN,
    ),
    _tls("Bluewin", "bluewin.ch", "imaps.bluewin.ch", "smtpauths.bluewin.ch"),
    _tls("Seznam", "seznam.cz email.cz", "imap.seznam.cz", "smtp.seznam.cz"),
    _tls("WP", "wp.pl", "imap.wp.pl", "smtp.wp.pl", SWITCH_ON),
    _tls("Runbox", "runbox.com", "mail.runbox.com", "mail.runbox.com"),
    _tls("Comcast", "comcast.net", "imap.comcast.net", "smtp.comcast.net"),
    _tls("Naver", "naver.com", "imap.naver.com", "smtp.naver.com", SWITCH_ON),
    _tls("QQ", "qq.com foxmail.com", "imap.qq.com", "smtp.qq.com", AN_APPS_OWN),
)

WITHOUT_IMAP = frozenset({"tuta.com", "tutanota.com", "tutanota.de", "tuta.io", "hey.com"})
"""Providers that let no mail program in."""


def provider_of(domain: str) -> Provider | None:
    """The provider of a mail domain, or of the domain above it; None if it is not in the table."""
    folded = domain.casefold()
    return next(
        (
            provider
            for provider in PROVIDERS
            for known in provider.domains
            if folded == known or folded.endswith(f".{known}")
        ),
        None,
    )


def plausible(domain: str) -> Provider:
    """What many smaller providers do: imap.DOMAIN and smtp.DOMAIN."""
    return _tls(domain, domain, f"imap.{domain}", f"smtp.{domain}")
