"""``python -m server``: the same as the console's ``fieldproof``."""

import sys

from server.cli.commands import main

sys.exit(main(sys.argv[1:]))
