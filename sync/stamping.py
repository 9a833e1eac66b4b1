"""The server's estimate of when something was written."""


def effective_at(at: int, offset_ms: int, floor: int, received_at: int) -> int:
    """Return the true time of an operation as well as it can be known (SPEC T3).

    The device's clock plus the offset measured at contact, never earlier than the commit its base covers (``floor``),
    never later than its receipt: a clock that is a year wrong neither wins for a year nor is refused.
    """
    return min(max(at + offset_ms, floor), received_at)
