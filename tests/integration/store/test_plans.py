"""What is asked for each card goes by an index: its price must not grow with the people known."""

from typing import Any

import pytest
from sqlalchemy import text

from mailflow.store import addresses, contacts, namesakes, readings, showing, threads
from mailflow.store.database import Store
from tests.integration.store.conftest import SECRET

ASKED: dict[str, tuple[Any, dict[str, object]]] = {
    "whose number it is": (namesakes.BY_PHONE, {"numbers": ["+49301234567", "+49301234568"]}),
    "who has that name": (namesakes.NAMESAKES, {"name": "jane roe"}),
    "whose address it is": (contacts.HOLDER, {"key": "jane@acme.io"}),
    "whose addresses they are": (addresses.HOLDERS, {"keys": ["jane@acme.io"]}),
    "who they are": (contacts.THESE, {"ids": [1, 2]}),
    "which addresses they have": (contacts.THEIR_ADDRESSES, {"ids": [1, 2]}),
    "which are in doubt": (addresses.UNCONFIRMED, {"ids": [1, 2]}),
    "which fields are": (readings.DOUBTED, {"ids": [1, 2]}),
    "which drafts to show": (showing.WANTED_BY, {"ids": [1, 2]}),
    "whether it is ours": (threads.OURS, {"name": "<a@b>"}),
}


@pytest.mark.parametrize("what", ASKED)
def test_it_is_found_by_an_index_that_leads_further_than_to_the_owner(
    tmp_path_factory: pytest.TempPathFactory, what: str
) -> None:
    statement, values = ASKED[what]
    store = Store.open(f"sqlite:///{tmp_path_factory.mktemp('plan') / 'x.db'}", secret=SECRET)
    with store.begin() as s:
        compiled = statement.params(of=1, **values).compile(
            s.get_bind(), compile_kwargs={"literal_binds": True}
        )
        plan = [row.detail for row in s.execute(text(f"EXPLAIN QUERY PLAN {compiled}"))]
    store.close()
    steps = [step for step in plan if step.startswith(("SEARCH", "SCAN"))]
    assert steps
    for step in steps:
        assert "rowid=?" in step or "(owner_id=? AND" in step, plan
