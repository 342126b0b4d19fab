"""The tables that no dataset brings: uploads, their scopes, columns chosen, what is published, running orders, notes on
charts. Migrations look after them.

Those of a meeting under way and the log (`LIVE`) are written while people look, so with SQLite, where one writes at a
time, they have a file of their own: nobody need wait for a file that is being loaded.
"""

from sqlalchemy import Boolean, Column, Date, DateTime, Index, Integer, MetaData, String, Table, Text

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
    Index("ix_scopes_dataset_current", "dataset", "current", "id"),
)  # fmt: skip
choices = Table(
    "choices", FIXED,
    Column("id", Integer, primary_key=True),
    Column("form", String(64), nullable=False),
    Column("dataset", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("chosen_at", DateTime, nullable=False),
    Index("ix_choices_form_field", "form", "field", unique=True),
)  # fmt: skip
running_orders = Table(
    "running_orders", FIXED,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("slides", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("changed_at", DateTime, nullable=False),
)  # fmt: skip
events = Table(
    "events", FIXED,
    Column("id", Integer, primary_key=True),
    Column("day", Date, nullable=False),
    Column("text", Text, nullable=False),
    Column("exhibits", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("added_at", DateTime, nullable=False),
    Column("undone_by", Text),
    Column("undone_at", DateTime),
)  # fmt: skip
publication = Table(
    "publication", FIXED,
    Column("id", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("shape", Text),
    Column("key_check", Text),
)  # fmt: skip

LIVE = MetaData()
presentations = Table(
    "presentations", LIVE,
    Column("id", Integer, primary_key=True),
    Column("control", String(43), nullable=False, unique=True),
    Column("follow", String(43), nullable=False, unique=True),
    Column("wall", Text, nullable=False),
    Column("moved_at", DateTime, nullable=False),
    Column("ended", Boolean, nullable=False),
)  # fmt: skip
log = Table(
    "log", LIVE,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("who", Text, nullable=False),
    Column("deed", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("before", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)  # fmt: skip
followers = Table(
    "followers", LIVE,
    Column("presentation_id", Integer, primary_key=True),
    Column("follower", String(43), primary_key=True),
    Column("seen_at", DateTime, nullable=False),
)  # fmt: skip
