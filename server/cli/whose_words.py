"""Whose device it is, for a terminal."""


def device_words(device: str, name: str) -> str:
    """Return a device with its person, named once: its name often says it already (林志豪的手機)."""
    return device if name in device else f"{device}（{name}）"
