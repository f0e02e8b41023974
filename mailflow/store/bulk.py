"""One statement for very many rows, in the form the engine's own driver takes."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Dialect, Executable
from sqlalchemy.orm import Session

Row = dict[str, Any]
Processor = Callable[[Any], Any]


class Bulk(NamedTuple):
    """A statement as SQLite's driver takes it: SQLAlchemy would copy each row three times over."""

    statement: str
    columns: tuple[tuple[str, Processor | None], ...]

    def values(self, row: Row) -> tuple[object, ...]:
        return tuple(
            [row[name] if made is None else made(row[name]) for name, made in self.columns]
        )


def execute_many(s: Session, statement: Executable, rows: Iterable[Row]) -> None:
    """Run a statement, made once and kept by the caller, for each of the rows, of the same keys
    all: every column or bound parameter that it sets or compares."""
    rows = list(rows)
    if not rows:
        return
    connection = s.connection()
    if connection.dialect.name == "sqlite":
        bulk = _bulk(statement, tuple(rows[0]), connection.dialect)
        connection.exec_driver_sql(bulk.statement, [bulk.values(row) for row in rows])
    else:
        connection.execute(statement, rows)


@lru_cache(maxsize=32)
def _bulk(statement: Any, names: Sequence[str], dialect: Dialect) -> Bulk:
    compiled = statement.compile(dialect=dialect, column_keys=list(names))
    order = compiled.positiontup or []
    types = {name: compiled.binds[name].type.dialect_impl(dialect) for name in order}
    return Bulk(str(compiled), tuple((n, types[n].bind_processor(dialect)) for n in order))
