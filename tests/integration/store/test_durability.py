"""What must be on the disk before the next step, and what may be done again after a power cut."""

from sqlalchemy import text

from mailflow.store.database import Store


def durability(store: Store, *, is_redone: bool) -> str:
    with store.begin(is_redone=is_redone) as s:
        is_sqlite = s.get_bind().dialect.name == "sqlite"
        asked = "PRAGMA synchronous" if is_sqlite else "SHOW synchronous_commit"
        return str(s.scalar(text(asked)))


def test_a_transaction_is_on_the_disk_when_it_ends(store: Store) -> None:
    assert durability(store, is_redone=False) in {"2", "on"}


def test_what_is_simply_done_again_does_not_wait_for_the_disk(store: Store) -> None:
    assert durability(store, is_redone=True) in {"1", "off"}


def test_a_hasty_transaction_leaves_no_haste_behind(store: Store) -> None:
    durability(store, is_redone=True)
    assert durability(store, is_redone=False) in {"2", "on"}
