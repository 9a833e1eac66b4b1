"""The thin shell around the rules: Litestar, SQLAlchemy, one folder per domain."""
