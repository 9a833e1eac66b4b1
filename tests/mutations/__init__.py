"""Mistakes that somebody could make in the rules, each with what must notice it."""
