"""Loaded: of each dataset, when what counts was loaded and whether it is the sample; a view of the uploads for whoever
may not see the uploads themselves."""

from sqlalchemy import Boolean, DateTime, Text, column, table

loaded = table("loaded", column("dataset", Text), column("loaded_at", DateTime), column("sample", Boolean))
