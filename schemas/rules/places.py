"""How places are called: names of districts, with their county or without, however they are written (1-14; F020)."""

import re
import unicodedata


def place_key(name: str) -> str:
    """Return a name as places are compared: 台北市 信義區 is 臺北市信義區.

    Counties have districts of the same name, so that a unit's table may name the county before the district.
    """
    return re.sub(r"[ \t]", "", unicodedata.normalize("NFKC", name)).replace("台", "臺")
