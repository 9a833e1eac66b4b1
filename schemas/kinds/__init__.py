"""The kinds of document that are synced: one Struct each, every field optional, None meaning not set."""
