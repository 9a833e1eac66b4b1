"""Problems as RFC 9457 answers; whatever is no problem is a defect and names its request."""

import logging
import re
from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from sqlalchemy.exc import SQLAlchemyError

from schemas.problems import STATUS, Code, Problem
from schemas.sentences import SENTENCES
from server.platform.ambient import RealAmbient, new_id
from server.platform.database import is_out_of_reach
from server.platform.languages import spoken

_LOG = logging.getLogger("fieldproof")
_MEDIA_TYPE = "application/problem+json"
_BY_STATUS = {
    400: Code.REQUEST_MALFORMED,
    404: Code.REQUEST_NOT_FOUND,
    405: Code.REQUEST_METHOD,
    413: Code.REQUEST_TOO_LARGE,
    415: Code.REQUEST_ENCODING,
}


AnyRequest = Request[Any, Any, Any]


def _answer(request: AnyRequest, code: Code, facts: Mapping[str, object]) -> Response[bytes]:
    language = spoken(request.headers.get("accept-language", ""))
    body = {
        "type": f"urn:fieldproof:problem:{code.value}",
        "title": filled(SENTENCES[code].in_language(language), facts),
        "status": STATUS[code],
        "code": code.value,
        "facts": facts,
    }
    headers = {"content-language": language.value}
    return Response(msgspec.json.encode(body), status_code=STATUS[code], media_type=_MEDIA_TYPE, headers=headers)


_HOLE = re.compile(r"\{(\w+)(?:\|([^{}|]*)\|([^{}|]*))?\}")
"""``{name}``, or ``{name|word for one|word for more}``, as ``pwa/src/ui/text/filled.ts`` has it."""


def filled(sentence: str, facts: Mapping[str, object]) -> str:
    """Return a sentence with what its holes name; a hole that no fact is named for stays."""

    def fill(hole: re.Match[str]) -> str:
        name, one, other = hole.groups()
        value = facts.get(name)
        if value is None:
            return hole[0]
        return str(value) if one is None else one if value == 1 else other

    return _HOLE.sub(fill, sentence)


def on_problem(request: AnyRequest, problem: Problem) -> Response[bytes]:
    """Answer a problem with its code, its status, its facts, and its plain sentence in the caller's language."""
    return _answer(request, problem.code, problem.facts)


def on_http_exception(request: AnyRequest, error: HTTPException) -> Response[bytes]:
    """Answer what the framework refused (no route, wrong method, a body that does not decode)."""
    if error.status_code >= 500:  # noqa: PLR2004 - the class of defects
        return on_defect(request, error)
    return _answer(request, _BY_STATUS.get(error.status_code, Code.REQUEST_MALFORMED), {})


def on_database_error(request: AnyRequest, error: SQLAlchemyError) -> Response[bytes]:
    """Answer that the server is busy where the database hung up or is not there: whoever asks again loses nothing."""
    if not is_out_of_reach(error):
        return on_defect(request, error)
    _LOG.warning("%s %s: the database is out of reach: %s", request.method, request.url.path, error)
    return _answer(request, Code.SERVER_BUSY, {})


def on_defect(request: AnyRequest, error: Exception) -> Response[bytes]:
    """Answer a defect with nothing but the id under which the log has it."""
    request_id = new_id(RealAmbient())
    _LOG.error("request %s %s %s failed", request_id, request.method, request.url.path, exc_info=error)
    return _answer(request, Code.SERVER_DEFECT, {"request": request_id})
