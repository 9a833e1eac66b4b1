"""The thin shell around the rules: Litestar, SQLAlchemy, one folder per domain."""

VERSION = "0.1.0"
"""Of the server, as pyproject.toml has it; a checkout that nobody installed knows it too."""
