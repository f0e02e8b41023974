"""Web addresses in a line as an engine read it: `Www,acme.com`, `https:/acme.io`, `w.acme.io`."""

from dataclasses import dataclass

from mailflow.reading.cards.vocabulary import TOPS

MAX_LINK = 200
SCHEMES = ("https://", "http://", "https:/", "http:/", "https:", "http:", "https;//", "http;//",
           "httpsi//", "httpi//", "https//", "http//", "htps://", "htp://", "nttps://",
           "hitps://")  # fmt: skip
"""`https://` as engines read it."""
LEADS = ("www.", "www,", "wwww.", "ww.", "wwv.", "vww.", "wvw.", "vvvvvv.", "www:", "www-", "www ")
SOCIAL = ("linkedin.com", "twitter.com", "x.com", "github.com", "xing.com", "facebook.com",
          "instagram.com", "t.me", "wa.me", "youtube.com", "behance.net",
          "medium.com")  # fmt: skip
PATH = frozenset("-._~/?#[]@!$&'()*+,;=%")


@dataclass(frozen=True, slots=True)
class Link:
    """A web address in a line from `start` to `end`, tidied."""

    url: str
    start: int
    end: int


def find(text: str) -> list[Link]:
    """The web addresses in one line. Addresses of mail must be taken out before. Never raises."""
    found: list[Link] = []
    at = 0
    for word in text.split(" "):
        end = at + len(word)
        link = _headless(word, at) if word[:3].lower() == "www" else None
        link = (
            link or _link(word, text[end:], at)
            if "." in word or "," in word or ":" in word
            else None
        )
        if link is not None and (not found or link.start >= found[-1].end):
            found.append(link)
        at = end + 1
    return found


def _link(word: str, behind: str, start: int) -> Link | None:
    text = word.strip("()[]<>|\"'*•·")
    start += word.find(text) if text else 0
    is_lead = text.lower() in LEADS
    text = text if is_lead else text.rstrip(".,;:")
    scheme, rest = _scheme(text)
    lead = next((lead for lead in LEADS if rest.lower().startswith(lead)), "")
    bare = rest[len(lead) :].replace(",", ".") if lead else rest
    end = start + len(text)
    if not bare and lead:
        bare = behind.strip().split(" ", 1)[0]
        end += len(behind) - len(behind.lstrip()) + len(bare)
    elif behind[:1] == " " and bare.partition("/")[0].rpartition(".")[2].lower() not in TOPS:
        tail = behind[1:].split(" ", 1)[0]
        joined = bare + tail if tail[:1] == "." or bare.endswith(".") else ""
        if joined and host_of(joined):
            bare, end = joined, end + 1 + len(tail)
    if not (scheme or lead):
        bare, cut = _without_label(bare)
        start += cut
    host = host_of(bare)
    if not host or len(bare) > MAX_LINK or not _is_meant(bare, host, bool(scheme or lead)):
        return None
    path = bare[len(host) :]
    is_social = host.endswith(SOCIAL)
    shown = host.lower() + (path.lower() if is_social and path.isascii() else path)
    prefix = scheme + ("www." if lead else "")
    return Link(prefix + shown, start, end)


def _headless(word: str, start: int) -> Link | None:
    """`wwwacme.com`: the point behind `www` was lost."""
    if word[3:4] in {"w", ".", ",", ":", "-"}:
        return None
    host = host_of(word[3:])
    return Link(f"www.{host.lower()}", start, start + len(word)) if host else None


def _scheme(text: str) -> tuple[str, str]:
    lowered = text.lower()
    for scheme in SCHEMES:
        if lowered.startswith(scheme):
            rest = text[len(scheme) :].lstrip("/")
            return ("https://" if "s" in scheme else "http://"), rest
    return "", text


def _without_label(text: str) -> tuple[str, int]:
    """`w.acme.io`, `Web:acme.io`: the label stuck to a host, and its length."""
    lowered = text.lower()
    for label in ("web:", "website:", "w:", "url:", "site:", "w.", "web.", "internet:", "网址:",
                  "網址:", "url."):  # fmt: skip
        rest = lowered.removeprefix(label)
        if rest != lowered and "." in rest:
            return text[len(label) :], len(label)
    return text, 0


def host_of(text: str) -> str:
    """The host a text begins with, when it has an ending that hosts have, else nothing."""
    host = text.replace("?", "/").partition("/")[0].partition(":")[0].rstrip(".")
    labels = host.split(".")
    if len(labels) < 2 or len(labels) > 6 or labels[-1].lower() not in TOPS:
        return ""
    is_host = all(
        label and label.replace("-", "").isalnum() and label[0] != "-" and len(label) < 64
        for label in labels
    )
    return host if is_host and any(c.isalpha() for c in labels[-2]) and "@" not in host else ""


def _is_meant(text: str, host: str, is_marked: bool) -> bool:
    """Whether it is a web address and not `St.Co` or `M.Sc.It`: marked as one, or all in small or
    all in large letters with a name of two letters or more."""
    labels = host.split(".")
    if is_marked:
        return len(labels[-2]) > 1
    is_even = host == host.lower() or host == host.upper() or host[1:] == host[1:].lower()
    name = (
        labels[-3] if labels[-2] in {"co", "com", "org", "ac"} and len(labels) > 2 else labels[-2]
    )
    if not is_even or len(name) < 2 or (not any(c.islower() for c in text) and len(name) < 4):
        return False
    return labels[-1].islower() or host.isupper()


def bare_host(url: str) -> str:
    """The host of a tidied web address, without `www.`."""
    text = url.lower()
    for scheme in ("https://", "http://"):
        text = text.removeprefix(scheme)
    return text.removeprefix("www.").partition("/")[0].partition("?")[0].partition(":")[0]
