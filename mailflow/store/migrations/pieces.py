"""The pieces migrations make tables of. Migrations stand on them: add, never change."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

TYPES: Mapping[str, Any] = {
    "number": sa.Integer(),
    "big": sa.BigInteger(),
    "real": sa.Double(),
    "flag": sa.Boolean(),
    "day": sa.Date(),
    "instant": sa.DateTime(timezone=True),
    "text": sa.Text(),
    "word": sa.String(32),
    "json": sa.JSON(),
    "bytes": sa.LargeBinary(),
}


def table(name: str, *rest: SchemaItem, **kinds: str) -> None:
    """A table of an owner's: `text="a b?"` makes two text columns, the second may be null."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("owner_id", sa.Integer, nullable=False),
        *columns(kinds),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        owned(name),
        *rest,
    )


def columns(kinds: Mapping[str, str]) -> list[SchemaItem]:
    """Kind -> names, as in `table`."""
    return [
        sa.Column(name.rstrip("?"), TYPES[kind], nullable=name.endswith("?"))
        for kind, names in kinds.items()
        for name in names.split()
    ]


def owned(name: str) -> SchemaItem:
    """The table's rows go when their owner goes."""
    return sa.ForeignKeyConstraint(
        ["owner_id"], ["owner.id"], name=f"fk_{name}_owner_id", ondelete="CASCADE"
    )


def unique(name: str, *of: str) -> SchemaItem:
    """Unique for each owner."""
    return sa.UniqueConstraint("owner_id", *of, name=op.f(f"uq_{name}_owner_id_{'_'.join(of)}"))


def refers(name: str, column: str, to: str, ondelete: str | None = "CASCADE") -> SchemaItem:
    """The row belongs to a row of `to`, of the same owner."""
    return sa.ForeignKeyConstraint(
        ["owner_id", column],
        [f"{to}.owner_id", f"{to}.id"],
        name=op.f(f"fk_{name}_owner_id_{column}"),
        ondelete=ondelete,
    )


def check(name: str, what: str, rule: str) -> SchemaItem:
    """A rule the database keeps by itself."""
    return sa.CheckConstraint(rule, name=op.f(f"ck_{name}_{what}"))


def index(name: str, of: str, *on: str, where: str = "", is_unique: bool = False) -> None:
    """An index for each owner; `where` makes it partial on both engines."""
    rule = sa.text(where) if where else None
    op.create_index(
        name, of, ["owner_id", *on], unique=is_unique, sqlite_where=rule, postgresql_where=rule
    )
