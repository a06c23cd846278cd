"""Records: TinyDB's tables and queries on SQLite, every write chained into the journal."""
