"""Devices: enrolling a browser's key, letting a session speak from it, revoking it."""

from collections.abc import Mapping
from hashlib import sha256
from types import MappingProxyType

from sqlalchemy import insert, select

from schemas.accounts import DeviceProof, Enrolment
from schemas.audit import Deed
from schemas.kinds.people import Device
from schemas.problems import Code, Problem
from schemas.registry import Kind
from schemas.vocabulary import Place, Role
from server.accounts.names import given_name
from server.accounts.sessions import bind, challenge_of
from server.accounts.tables import DEVICE_KEY
from server.accounts.tickets import Ticket
from server.audit.log import Deeds, Doer
from server.platform.caller import Caller
from server.platform.keys import base64url, from_base64url, is_device_key, verify_device_signature
from server.records.ledger import SERVER, is_servers
from server.records.scope import named_by
from server.records.work import Setting, Work
from sync.canonical import canonical_bytes

WORK_PLACES: Mapping[Place, frozenset[Role]] = MappingProxyType(
    {
        Place.FIELD: frozenset({Role.TECHNICIAN, Role.SERVICE_MANAGER}),
        Place.OFFICE: frozenset(Role) - {Role.TECHNICIAN},
    }
)
"""Where a device is used to the roles that may enrol one for it; what was enrolled stays when roles change."""

_REVOKERS = frozenset({Role.ADMIN, Role.SERVICE_MANAGER})


async def enrol(work: Work, caller: Caller, doer: Doer, ticket: Ticket, wish: Enrolment, device: str) -> str:
    """Enrol a key as a device of the caller and bind his session to it; return its id (see :func:`add_device`)."""
    enrolled = await add_device(work, caller, doer, wish, device)
    await bind(work, ticket, enrolled)
    if enrolled != device:
        await _note(work, doer, Deed.SESSION_BOUND, enrolled, caller.user)
    return enrolled


async def add_device(work: Work, caller: Caller, doer: Doer, wish: Enrolment, device: str) -> str:
    """Enrol a key as a device of the caller and return its id.

    The same key of the same user is the same device, so a repeated request enrols once. One that a restore lost gets
    its id again, unless somebody has that id: only so it can bring back what it wrote (SPEC H1). Raises ``Problem`` for
    bytes that are no P-256 point, a key that was revoked, and a place that none of the caller's roles works at.
    """
    if not caller.roles & WORK_PLACES[wish.place]:
        raise Problem(Code.SESSION_ROLE_MISSING)
    point = _point(wish.public_key)
    known = await _enrolled(work, caller, point) or await _came_back(work, caller, wish, point)
    if known is None:
        if wish.device is not None and await _is_free(work, wish.device):
            device = wish.device
        await _add(work, caller, wish, device, point)
        await _note(work, doer, Deed.DEVICE_ENROLLED, device, caller.user)
    return known or device


async def prove(work: Work, caller: Caller, doer: Doer, ticket: Ticket, proof: DeviceProof) -> None:
    """Bind the caller's session to his enrolled device, which has signed the session's challenge.

    Raises ``Problem`` for an unknown device or somebody else's, a revoked one, and a signature that does not verify.
    """
    known = await work.documents.get(Device, proof.device)
    if known is None or known.shown.user != caller.user:
        raise Problem(Code.DEVICE_UNKNOWN)
    if known.shown.revoked_at is not None:
        raise Problem(Code.DEVICE_REVOKED)
    statement = session_statement(await challenge_of(work, ticket), proof.device)
    try:
        signature = from_base64url(proof.signature)
    except ValueError:
        raise Problem(Code.DEVICE_SIGNATURE) from None
    if not verify_device_signature(await _point_of(work, proof.device), signature, statement):
        raise Problem(Code.DEVICE_SIGNATURE)
    await bind(work, ticket, proof.device)
    await _note(work, doer, Deed.SESSION_BOUND, proof.device, caller.user)


async def revoke(work: Work, caller: Caller, doer: Doer, device: str) -> None:
    """Revoke a device: whatever its sessions ask from now on is answered with ``device.revoked``.

    Raises ``Problem`` for a device that is not in the caller's scope, and for one that is not his to revoke.
    """
    known = await work.documents.get(Device, device)
    if known is None or known.shown.user != caller.user:
        known = await named_by(work.documents, caller, Device, device)
        _check_is_a_revoker(caller)
    if known.shown.revoked_at is None:
        await work.decide(caller.user, [Setting(Kind.DEVICE, device, {"revoked_at": work.now})])
        await _note(work, doer, Deed.DEVICE_REVOKED, device, known.shown.user)


def _check_is_a_revoker(caller: Caller) -> None:
    if not caller.roles & _REVOKERS:
        raise Problem(Code.SESSION_ROLE_MISSING)
    if not caller.device:
        raise Problem(Code.DEVICE_UNKNOWN)


def session_statement(challenge: str, device: str) -> bytes:
    """Return the bytes that a device signs to speak in a session."""
    return canonical_bytes(("fieldproof-session-1", challenge, device))


def thumbprint(point: bytes) -> str:
    """Return the JWK thumbprint of a P-256 point (RFC 7638)."""
    x, y = (base64url(half) for half in (point[1:33], point[33:]))
    return base64url(sha256(canonical_bytes({"crv": "P-256", "kty": "EC", "x": x, "y": y})).digest())


def _point(public_key: str) -> bytes:
    try:
        point = from_base64url(public_key)
    except ValueError:
        raise Problem(Code.DEVICE_KEY) from None
    if not is_device_key(point):
        raise Problem(Code.DEVICE_KEY)
    return point


async def _enrolled(work: Work, caller: Caller, point: bytes) -> str | None:
    """Return the caller's device that has this key; a key that was revoked once, for anybody, never comes back."""
    same_key = select(DEVICE_KEY.c.device).where(DEVICE_KEY.c.company == work.company, DEVICE_KEY.c.point == point)
    devices = (await work.connection.execute(same_key)).scalars().all()
    found = await work.documents.where(Device, "id", devices)
    named = await work.documents.where(Device, "key_thumbprint", [thumbprint(point)])  # a restore may have lost the key
    if any(each.shown.revoked_at is not None for each in (*found, *named)):
        raise Problem(Code.DEVICE_REVOKED)
    return next((each.id for each in found if each.shown.user == caller.user), None)


async def _came_back(work: Work, caller: Caller, wish: Enrolment, point: bytes) -> str | None:
    """Give its key back to a device that a restore had lost, and whose enrolment came back before itself (SPEC H7)."""
    known = await work.documents.get(Device, wish.device) if wish.device is not None else None
    if known is None or (known.shown.user, known.shown.key_thumbprint) != (caller.user, thumbprint(point)):
        return None
    if known.shown.revoked_at is not None:
        raise Problem(Code.DEVICE_REVOKED)
    await work.connection.execute(insert(DEVICE_KEY), {"company": work.company, "device": known.id, "point": point})
    return known.id


async def _is_free(work: Work, device: str) -> bool:
    """Tell whether nobody has an id: no document, not even a deleted one, no key, and no chain."""
    key = (Kind.DEVICE, device)
    keys = select(DEVICE_KEY.c.device).where(DEVICE_KEY.c.company == work.company, DEVICE_KEY.c.device == device)
    taken = (await work.connection.execute(keys)).first() is not None or is_servers(device) or device == SERVER
    return not taken and key not in await work.ledger.documents([key])


async def _add(work: Work, caller: Caller, wish: Enrolment, device: str, point: bytes) -> None:
    fields = {
        "user": caller.user,
        "unit": caller.unit,
        "name": given_name(wish.name),
        "place": wish.place.value,
        "key_thumbprint": thumbprint(point),
        "enrolled_at": work.now,
    }
    await work.decide(caller.user, [Setting(Kind.DEVICE, device, fields)])
    await work.connection.execute(insert(DEVICE_KEY), {"company": work.company, "device": device, "point": point})


async def _point_of(work: Work, device: str) -> bytes:
    query = select(DEVICE_KEY.c.point).where(DEVICE_KEY.c.company == work.company, DEVICE_KEY.c.device == device)
    point = (await work.connection.execute(query)).scalar_one_or_none()
    if point is None:  # a restore brought its enrolment back before itself: it has to be enrolled with its key again
        raise Problem(Code.DEVICE_UNKNOWN)
    return bytes(point)


async def _note(work: Work, doer: Doer, deed: Deed, device: str, user: str | None) -> None:
    await work.note(doer, Deeds(deed, (f"{Kind.DEVICE}:{device}", f"{Kind.USER}:{user}")))
