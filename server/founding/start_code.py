"""The one-time code that the first start prints: whoever reads the server's console may found the company."""

from hmac import compare_digest

from server.platform.one_time_codes import code_sha256


class StartCode:
    """The code of this start of the server; only its hash stays in memory."""

    def __init__(self, code: str) -> None:
        self._sha256 = code_sha256(code)

    def fits(self, typed: str) -> bool:
        """Tell whether somebody typed the code."""
        return compare_digest(code_sha256(typed), self._sha256)
