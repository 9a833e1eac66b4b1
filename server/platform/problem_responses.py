"""Problems as RFC 9457 answers; whatever is no problem is a defect and names its request."""

import logging
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException

from schemas.problems import STATUS, Code, Problem
from server.platform.ambient import RealAmbient, new_id

_LOG = logging.getLogger("fieldproof")
_MEDIA_TYPE = "application/problem+json"
_BY_STATUS = {
    400: Code.REQUEST_MALFORMED,
    404: Code.REQUEST_NOT_FOUND,
    405: Code.REQUEST_METHOD,
    413: Code.REQUEST_TOO_LARGE,
    415: Code.REQUEST_ENCODING,
}


def _answer(code: Code, status: int, facts: dict[str, object]) -> Response[bytes]:
    body = {"type": f"urn:fieldproof:problem:{code.value}", "code": code.value, "status": status, "facts": facts}
    return Response(msgspec.json.encode(body), status_code=status, media_type=_MEDIA_TYPE)


def on_problem(_request: Request[Any, Any, Any], problem: Problem) -> Response[bytes]:
    """Answer a problem with its code, its status and its facts."""
    return _answer(problem.code, STATUS[problem.code], dict(problem.facts))


def on_http_exception(_request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """Answer what the framework refused (no route, wrong method, a body that does not decode)."""
    if error.status_code >= 500:  # noqa: PLR2004 - the class of defects
        return on_defect(_request, error)
    code = _BY_STATUS.get(error.status_code, Code.REQUEST_MALFORMED)
    return _answer(code, STATUS[code], {})


def on_defect(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """Answer a defect with nothing but the id under which the log has it."""
    request_id = new_id(RealAmbient())
    _LOG.error("request %s %s %s failed", request_id, request.method, request.url.path, exc_info=error)
    return _answer(Code.SERVER_DEFECT, 500, {"request": request_id})
