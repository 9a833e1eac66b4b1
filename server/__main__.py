"""``python -m server``: the same as ``fieldproof``."""

from server.cli.commands import console

console()
