"""What every domain stands on: clock, database, keys, problems, and the one writer."""
