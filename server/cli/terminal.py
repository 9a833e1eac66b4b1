"""What a running server shows on the terminal that it was started from."""

from collections.abc import Callable, Sequence

from schemas.start import DemoAccount
from server.cli.role_words import ROLE_WORDS
from server.cli.table import aligned

Say = Callable[[str], None]

LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


def say_line(line: str) -> None:
    """Print a line at once: whoever started the server may read along."""
    print(line, flush=True)


class Terminal:
    """See ``server.founding.console.Console``."""

    def __init__(self, say: Say) -> None:
        self._say = say

    def show_accounts(self, accounts: Sequence[DemoAccount]) -> None:
        """Show logins and passwords of the demonstration as a table."""
        rows = [(each.login, each.password, each.name, "、".join(map(_word, each.roles))) for each in accounts]
        self._say("\n".join(["示範公司建好了。可以登入的人：", *aligned([("帳號", "密碼", "姓名", "職務"), *rows])]))


_word = ROLE_WORDS.__getitem__
