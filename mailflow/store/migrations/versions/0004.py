"""Imports of contacts: what each file brought, so that it can be taken back."""

from mailflow.store.migrations.pieces import index, refers, table, unique

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Two tables that nothing older refers to."""
    table(
        "contact_import",
        unique("contact_import", "id"),
        unique("contact_import", "number"),
        number="number new merged",
        text="name",
        word="format",
        instant="made_at undone_at?",
    )
    table(
        "import_row",
        unique("import_row", "source"),
        refers("import_row", "import_id", "contact_import"),
        refers("import_row", "contact_id", "contact"),
        number="import_id contact_id line",
        flag="is_new",
        text="source",
        json="brought",
    )
    index("ix_import_row_import", "import_row", "import_id")
    index("ix_import_row_contact", "import_row", "contact_id")
