"""What goes out, in one place: drafts, claims, placements, tokens and letters."""

from mailflow.store.claims import NotClaimed, claim, mark_filed, sending, settle, unfiled
from mailflow.store.correcting import rewrite
from mailflow.store.drafts import edit, hold, move
from mailflow.store.erasing import ERASE, close_erasure
from mailflow.store.letters import (
    add_letter,
    answers_since,
    claim_letter,
    letters_about,
    queued_letters,
    sending_letters,
    settle_letter,
)
from mailflow.store.new_drafts import OfIntroduction, add_draft
from mailflow.store.placing import (
    Placement,
    newest_draft,
    placed,
    placement_of,
    placements_of,
    to_place,
)
from mailflow.store.showing import mark_shown, to_show, want_shown
from mailflow.store.tokens import (
    TokenItem,
    TokenRow,
    add_token,
    find_token,
    set_token_hash,
    token_salts,
    use_token_item,
    void_tokens,
)

__all__ = [
    "ERASE",
    "NotClaimed",
    "OfIntroduction",
    "Placement",
    "TokenItem",
    "TokenRow",
    "add_draft",
    "add_letter",
    "add_token",
    "answers_since",
    "claim",
    "claim_letter",
    "close_erasure",
    "edit",
    "find_token",
    "hold",
    "letters_about",
    "mark_filed",
    "mark_shown",
    "move",
    "newest_draft",
    "placed",
    "placement_of",
    "placements_of",
    "queued_letters",
    "rewrite",
    "sending",
    "sending_letters",
    "set_token_hash",
    "settle",
    "settle_letter",
    "to_place",
    "to_show",
    "token_salts",
    "unfiled",
    "use_token_item",
    "void_tokens",
    "want_shown",
]
