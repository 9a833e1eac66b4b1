"""Who does something by the request at hand, as the audit log names it."""

from hashlib import sha256
from typing import Any

from litestar import Request
from litestar.di import NamedDependency

from server.audit.log import Doer
from server.platform.caller import Caller
from sync.canonical import canonical_bytes


async def provide_doer(request: Request[Any, Any, Any], caller: NamedDependency[Caller]) -> Doer:
    """Return the caller with the hash of what he asked for."""
    return Doer(caller.user, caller.device or None, await request_sha256(request), caller.acting_for)


async def request_sha256(request: Request[Any, Any, Any]) -> str:
    """Return the hash of what is asked for: method, path and the body's SHA-256, as RFC 8785."""
    body = sha256(await request.body()).hexdigest()
    return sha256(canonical_bytes(("fieldproof-request-1", request.method, request.url.path, body))).hexdigest()
