"""Texts behind the question mark of an address, checked before anybody looks them up."""

from typing import Annotated

from litestar.params import QueryParameter

from schemas.scalars import SHORT_TEXT_MAX
from server.platform.path_parameters import ID_PATTERN

_NO_CONTROL = r"^[^\x00-\x1f\x7f]*$(?!\n)"
"""No database is asked for a NUL: PostgreSQL keeps none, and takes the question for a defect of its own."""

IdInQuery = Annotated[str | None, QueryParameter(pattern=ID_PATTERN)]
"""Identity of a document, a device, an actor; nothing for any."""

TokenInQuery = Annotated[str, QueryParameter(max_length=1_000, pattern=_NO_CONTROL)]
"""What the server gave out and understands when it comes back; whether it does, the domain tells."""

TokenOrNoneInQuery = Annotated[str | None, QueryParameter(max_length=1_000, pattern=_NO_CONTROL)]
"""The same, where nobody has to have one."""

LineInQuery = Annotated[str, QueryParameter(max_length=SHORT_TEXT_MAX, pattern=_NO_CONTROL)]
"""One line that a person or his machine wrote."""
