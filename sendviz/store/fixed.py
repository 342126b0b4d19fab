"""The tables that no dataset brings: uploads, the scopes they hold, what is published. Migrations look after them."""

from sqlalchemy import Boolean, Column, DateTime, Index, Integer, MetaData, String, Table, Text

FIXED = MetaData()
uploads = Table(
    "uploads", FIXED,
    Column("id", Integer, primary_key=True),
    Column("dataset", Text, nullable=False),
    Column("sheet", Text),
    Column("file", Text, nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("rows", Integer, nullable=False),
    Column("who", Text, nullable=False),
    Column("loaded_at", DateTime, nullable=False),
    Column("first", Text),
    Column("last", Text),
    Column("state", Text, nullable=False),
    Column("sample", Boolean, nullable=False),
    Column("undone_by", Text),
    Column("undone_at", DateTime),
    Column("turn", Integer),
)  # fmt: skip
scopes = Table(
    "scopes", FIXED,
    Column("id", Integer, primary_key=True),
    Column("upload_id", Integer, nullable=False, index=True),
    Column("dataset", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("period", Text),
    Column("current", Boolean, nullable=False),
    Index("ix_scopes_dataset_scope", "dataset", "scope"),
)  # fmt: skip
publication = Table(
    "publication", FIXED,
    Column("id", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("shape", Text),
    Column("key_check", Text),
)  # fmt: skip
