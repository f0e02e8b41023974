"""Invented weeks to summarise, at example domains; run as a module it writes the golden texts."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from mailflow.drafting.render import Rendered, Templates
from mailflow.measuring.summary import build
from mailflow.measuring.warmth import measure
from mailflow.model.address import Address, NamedAddress
from mailflow.model.contact import Band, Contact, Tier
from mailflow.model.draft import Draft, DraftState, Purpose
from mailflow.model.history import Correspondent
from mailflow.model.interaction import Deed, Direction, Interaction
from mailflow.model.policy import Identity, Policy
from mailflow.model.suggestion import Offer, Suggestion
from mailflow.model.summary import (
    DraftLine,
    DueLine,
    FollowUpLine,
    IntroductionLine,
    NewcomerLine,
    OutcomeLine,
    PromiseLine,
    ReplyLine,
    Summary,
    SummaryFacts,
    TroubleKind,
    TroubleLine,
    TurnLine,
    WarmthLine,
    WatchLine,
)

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
ADA = Identity(
    "Ada Lovelace",
    (Address.parse("ada@example.org"),),
    Address.parse("ada+mailflow@example.org"),
    ZoneInfo("Europe/Vienna"),
)
GOLDEN = Path(__file__).parent / "golden"
TEMPLATES = Path(__file__).parents[3] / "templates"


def ago(days: float = 0, hours: float = 0) -> datetime:
    return NOW - timedelta(days=days, hours=hours)


def person(number: int, name: str, **more: object) -> Contact:
    bare = Contact(
        id=number,
        name=name,
        given=name.split(maxsplit=1)[0],
        created_at=ago(30),
        addresses=(Address.parse(f"p{number}@example.com"),),
    )
    return replace(bare, **more)  # type: ignore[arg-type] # the fields of a contact, by name


def waiting(number: int, contact: Contact, subject: str, **more: object) -> DraftLine:
    created = ago(2)
    draft = Draft(
        id=number,
        contact_id=contact.id,
        purpose=Purpose.FOLLOW_UP,
        state=DraftState.AWAITING_APPROVAL,
        version=1,
        to=Address.parse(f"p{contact.id}@example.com"),
        to_name=contact.name,
        subject=subject,
        body="Hello",
        created_at=created,
        due_at=created,
    )
    return DraftLine(
        replace(draft, **more),  # type: ignore[arg-type] # the fields of a draft, by name
        contact,
    )


def wrote(
    contact: Contact, days: float, way: Direction = Direction.IN, answers: datetime | None = None
) -> Interaction:
    deed = Deed.REPLY if answers else Deed.MAIL
    source = f"{contact.id} {days} {way}"
    return Interaction(contact.id, way, deed, ago(days), source, answers_at=answers)


JANE = person(1, "Jane Roe", title="CTO", org="Acme", event="PyCon", met_on=date(2026, 11, 22))
RAJ = person(2, "Raj Rao", title="Founder", org="Ledgerly", is_focus=True, tier=Tier.INNER)
MEI = person(
    3,
    "Mei-Lin Østergaard-Fitzgerald of the Northern Harbours",
    title="Head of International Partnerships and Programmes",
    org="The Very Long Name Institute for Applied Sciences",
    event="Summit on the Long Names of Europe",
)
SARA = person(4, "שרה לוי", org="מכון", event="PyCon", through="Raj Rao")
TOM = person(5, "Tom Ek", event="Nordic Founders Dinner")
INES = person(6, "Inês Prata", is_focus=True)
YUKI = person(7, "山田 由紀", org="例会社")


def course(contact: Contact, days: list[int], before: int | None, *weekly: int) -> WarmthLine:
    """Somebody who wrote on those days, each time in answer to a mail some hours before."""
    mails = [
        mail
        for day in days
        for mail in (wrote(contact, day + 0.3, Direction.OUT), wrote(contact, day))
    ]
    warmth = measure(mails, NOW, contact.given)
    return WarmthLine(replace(contact, warmth=warmth), before, weekly)


FULL = SummaryFacts(
    period="2026-W48",
    since=ago(7),
    people=148,
    added=3,
    bands=((Band.CLOSE, 11), (Band.WARM, 34), (Band.COOL, 61), (Band.DORMANT, 42)),
    drafts=(
        waiting(
            1,
            JANE,
            "PyCon, and the benchmark I promised",
            created_at=ago(hours=18),
            reason="The 24 hours since you met end today at 15:00.",
        ),
        waiting(
            2,
            MEI,
            "Following up on our talk about the long names of harbours in the north",
            lint=("It is 148 words long; 125 are easier to answer.",),
            reason="You met at the summit on Friday.",
        ),
        waiting(
            3,
            TOM,
            "Re: The seed round",
            purpose=Purpose.NUDGE_1,
            created_at=ago(5),
            reason="Tom has not answered in four business days; there is something new to say.",
        ),
        waiting(
            4,
            SARA,
            "How is the new lab?",
            purpose=Purpose.KEEP_IN_TOUCH,
            reason="Two months without a word, and you keep her key.",
        ),
        waiting(
            5,
            RAJ,
            "The deck you asked for",
            state=DraftState.UNCERTAIN,
            version=2,
        ),
        waiting(6, INES, "Approved already", state=DraftState.APPROVED),
    ),
    due=(
        DueLine(INES, ago(-4), "Key people are due after two months; it has been 59 days."),
        DueLine(RAJ, ago(-1), "You said every three weeks, and it has been 20 days."),
    ),
    replies=(
        ReplyLine(JANE, wrote(JANE, 2, answers=ago(2, 3)), "Re: Benchmarks"),
        ReplyLine(INES, wrote(INES, 5, answers=ago(6, 20)), "Re: Lisbon in spring?", True),
        ReplyLine(SARA, wrote(SARA, 3), "שאלה קטנה"),
        ReplyLine(YUKI, wrote(YUKI, 4), "来週の予定"),
    ),
    warmth=(
        course(JANE, [1, 10, 19, 28, 37], 41, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1),
        course(TOM, [75, 85, 95, 105], 79, 2, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        course(YUKI, [4], 32, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2),
        course(RAJ, [4, 18, 32, 46], None, 0, 0, 0, 0, 0, 2, 0, 2, 0, 2, 0, 2),
    ),
    turns=(
        TurnLine(TOM, ago(16), ago(40), 1, 0),
        TurnLine(RAJ, ago(4), ago(3), 0, 2, "introduced me to his bank"),
        TurnLine(SARA, ago(3), ago(90)),
    ),
    promises=(
        PromiseLine(3, JANE, "the benchmark of the parser", ago(1), date(2026, 11, 27)),
        PromiseLine(2, RAJ, "two names for the advisory board", ago(20), date(2026, 11, 20)),
    ),
    introductions=(
        IntroductionLine(1, JANE, RAJ, "asking_first", ago(5), "Raj has until 3 December."),
    ),
    newcomers=(
        NewcomerLine(
            1, NamedAddress(Address.parse("mara.lindt@example.net"), "Mara Lindt"), ago(2), 2, 1
        ),
        NewcomerLine(2, NamedAddress(Address.parse("o.b@example.net")), ago(6)),
    ),
    acquaintances=(
        Correspondent(
            8, Address.parse("lena@past.example"), "Lena Weiß", 11, 14, ago(900), ago(204)
        ),
        Correspondent(9, Address.parse("mara.lindt@example.net"), "Mara", 2, 2, ago(90), ago(2)),
    ),
    outcomes=(
        OutcomeLine(RAJ, "sent us his accountant as a client", ago(3), 5000),
        OutcomeLine(SARA, "a talk at the university", ago(90)),
        OutcomeLine(JANE, "the pilot", ago(150), 20000),
        OutcomeLine(TOM, "a candidate", ago(200)),
    ),
    follow_ups=(
        FollowUpLine(ago(0, 18)),
        *(
            FollowUpLine(ago(days), ago(days, -hours))
            for days, hours in ((3, 5), (5, 30), (9, 10), (12, 20), (16, 50), (18, 8), (30, 5))
        ),
        FollowUpLine(ago(50)),
    ),
    sent=9,
    new_people=4,
    trouble=(
        TroubleLine(
            TroubleKind.BOUNCE,
            "Your mail to p17@example.com came back for good; nothing more goes to that address.",
            ago(2),
        ),
        TroubleLine(TroubleKind.QUARANTINE, "Set aside: a mail of 31 MB.", ago(2)),
    ),
    quarantined=1,
    held=2,
    watched=(
        WatchLine("work", "INBOX", ago(hours=1)),
        WatchLine("work", "Sent", ago(2)),
        WatchLine("home", "INBOX", None),
    ),
)

FIRST = SummaryFacts(
    period="2026-W48",
    since=ago(7),
    is_first=True,
    people=1,
    added=1,
    bands=((Band.COOL, 1),),
    drafts=FULL.drafts[:1],
    new_people=1,
)

EMPTY = SummaryFacts(
    period="2026-W48",
    since=ago(7),
    people=148,
    bands=((Band.COOL, 148),),
    follow_ups=(FollowUpLine(ago(9), ago(9, -3)),),
)

CROWD = [person(100 + n, f"Person {n}") for n in range(200)]

MANY = SummaryFacts(
    period="2026-W48",
    since=ago(7),
    people=10_000,
    drafts=tuple(
        waiting(n, CROWD[n], f"Subject {n}", purpose=list(Purpose)[n % 5], created_at=ago(n / 30))
        for n in range(200)
    ),
    due=tuple(DueLine(CROWD[n], ago(-(n % 7)), "Two months are over.") for n in range(200)),
    replies=tuple(
        ReplyLine(CROWD[n], wrote(CROWD[n], n / 40, answers=ago(n / 40 + 1)), "Re: hello")
        for n in range(200)
    ),
    warmth=tuple(course(CROWD[n], [n, n + 9], 50 + n % 20 - 9) for n in range(0, 200, 4)),
    turns=tuple(TurnLine(CROWD[n], ago(20 + n / 9), None) for n in range(200)),
    promises=tuple(PromiseLine(n, CROWD[n], f"thing {n}", ago(3)) for n in range(1, 60)),
    introductions=tuple(
        IntroductionLine(n, CROWD[n], CROWD[n + 1], "ready", ago(n)) for n in range(60)
    ),
    newcomers=tuple(
        NewcomerLine(n, NamedAddress(Address.parse(f"n{n}@example.net"), f"New {n}"), ago(1), n)
        for n in range(1, 60)
    ),
    outcomes=tuple(OutcomeLine(CROWD[n], f"outcome {n}", ago(n / 20)) for n in range(60)),
    trouble=tuple(
        TroubleLine(TroubleKind.FAULT, f"Something odd, number {n}.", ago(1)) for n in range(60)
    ),
    quarantined=2000,
)

OFFERS = replace(
    FIRST,
    is_first=False,
    offers=(
        Offer(
            RAJ,
            JANE,
            Suggestion(
                RAJ.id,
                JANE.id,
                "Raj is looking for payroll startups to back, and this is somebody who offers "
                "payroll "
                "benchmark data",
                "Jane is looking for seed investors, and this is somebody from the world of seed "
                "investors",
            ),
        ),
        Offer(
            YUKI,
            SARA,
            Suggestion(
                YUKI.id,
                SARA.id,
                "",
                "שרה is looking for 半導体 labs, and this is somebody who works as "
                "Head of Fabrication",
            ),
        ),
    ),
)

HOLIDAY = replace(FIRST, is_first=False, paused_until=datetime(2026, 12, 3, 8, tzinfo=UTC))
HOLIDAYS = Policy(holidays=frozenset({"2026-11-26", "2026-11-27", "2026-12-25"}))

WEEKS: dict[str, tuple[SummaryFacts, Policy]] = {
    "full": (FULL, Policy()),
    "first": (FIRST, Policy()),
    "empty": (EMPTY, Policy()),
    "many": (MANY, Policy()),
    "holiday": (HOLIDAY, HOLIDAYS),
    "offers": (OFFERS, Policy()),
}


def made(week: str) -> Summary:
    facts, policy = WEEKS[week]
    return build(facts, ADA, policy, NOW)


@cache
def templates() -> Templates:
    return Templates({path.stem: path.read_text("utf-8") for path in TEMPLATES.glob("*.j2")})


def rendered(summary: Summary) -> Rendered:
    return templates().render("summary", summary.values)


def text_of(week: str) -> str:
    letter = rendered(made(week))
    return f"Subject: {letter.subject}\n\n{letter.body}"


if __name__ == "__main__":
    for week in WEEKS:
        (GOLDEN / f"{week}.txt").write_text(text_of(week), "utf-8")
