"""Rescue files: unsent work that a person carried to the office himself (SPEC, section 11)."""
