"""How things stand: whether the daemon runs, what waits for the owner, what is in trouble."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from mailflow.cli import show
from mailflow.cli.context import Records
from mailflow.config import Config
from mailflow.errors import StoreInUse
from mailflow.model.draft import DraftState
from mailflow.store import facts
from mailflow.store.database import Store

WORDS = {
    DraftState.AWAITING_APPROVAL: "waiting for your ok",
    DraftState.UNCERTAIN: "of which nobody knows whether it went out: say so",
    DraftState.APPROVED: "approved, to leave when it is time",
    DraftState.SNOOZED: "put off",
    DraftState.DRAFTED: "about to be shown to you",
    DraftState.SENDING: "being sent",
}
WAITS_FOR_OWNER = (DraftState.AWAITING_APPROVAL, DraftState.UNCERTAIN)
WEEK = timedelta(days=7)


def standing(r: Records) -> dict[str, Any]:
    """The state of things as `--json` shows it."""
    told = facts.summary_facts(r.s, r.owner_id, r.now, since=r.now - WEEK, period="")
    drafts = Counter(line.draft.state for line in told.drafts)
    paused = told.paused_until
    return {
        "store": r.store.place,
        "people": told.people,
        "drafts": {state.value: drafts[state] for state in WORDS},
        "quarantined": told.quarantined,
        "paused_until": paused if paused and paused > r.now else None,
        "mailboxes": [
            {"account": w.account, "mailbox": w.mailbox, "read_at": w.seen_at} for w in told.watched
        ],
        "trouble": [{"at": line.at, "text": line.text} for line in told.trouble],
        "needs_you": bool(told.quarantined or any(drafts[state] for state in WAITS_FOR_OWNER)),
    }


def is_running(config: Config) -> bool:
    """Whether another process holds the store."""
    store = Store.connect(config.store_url)
    try:
        store.hold(config.state_dir)
    except StoreInUse:
        return True
    finally:
        store.close()
    return False


def sentences(told: Mapping[str, Any], zone: ZoneInfo) -> Iterator[str]:
    """The same in words, what needs the owner first."""
    yield "mailflow is running." if told["running"] else "mailflow is not running: mailflow run"
    if told["paused_until"]:
        yield f"Everything is paused until {show.moment(told['paused_until'], zone)}."
    for state, words in WORDS.items():
        count = told["drafts"][state.value]
        if count:
            yield f"{count} {'drafts' if count > 1 else 'draft'} {words}: mailflow drafts"
    if told["quarantined"]:
        yield f"{told['quarantined']} in quarantine, unread: mailflow quarantine list"
    yield from (f"Trouble: {line['text']}" for line in told["trouble"])
    for mailbox in told["mailboxes"]:
        read_at = show.moment(mailbox["read_at"], zone) or "never"
        yield f"{mailbox['account']}, {mailbox['mailbox']}: last read {read_at}."
    people = "1 person" if told["people"] == 1 else f"{told['people']} people"
    yield f"{people} in {told['store']}."
