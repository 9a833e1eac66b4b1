"""The application: domains, reactions and the one guard put together."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from types import MappingProxyType
from typing import Any

from litestar import Litestar, Request, Router
from litestar.connection import ASGIConnection
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.types import ControllerRouterHandler
from sqlalchemy.exc import SQLAlchemyError

from schemas.problems import Problem
from schemas.protocol import MAX_PUSH_BYTES
from schemas.registry import Kind
from server.accounts.leavers import leaver_of
from server.accounts.passwords import Passwords
from server.accounts.routes import Accounts, ActingManagers, Devices, Sessions
from server.accounts.sessions import AccountSessions
from server.attachments.copy_routes import SignedCopies
from server.attachments.quarantine_routes import QuarantinedBlobs
from server.attachments.routes import Blobs
from server.attachments.tus_routes import TusUploads
from server.attachments.uploads import sweep
from server.audit.doers import provide_doer
from server.audit.routes import AuditLog
from server.calendars.routes import ServiceHours
from server.calls.due import follow_calendar, follow_time_zone, set_due
from server.calls.merge_routes import Duplicates
from server.calls.numbering import number_calls
from server.calls.recategorising import note_categories
from server.calls.routes import CallRegister
from server.calls.todays_work import todays_work
from server.customers.routes import Imports, Spreadsheets
from server.exchange.entrusting_routes import EntrustedToDevices
from server.exchange.file_routes import FilesWanted
from server.exchange.heal_routes import Healing
from server.exchange.quarantine_routes import QuarantineDoor
from server.exchange.quiet import Quiet
from server.exchange.routes import Contacts, Exchange, Hot
from server.exchange.snapshot_files import SnapshotFiles
from server.exchange.snapshots import Snapshots
from server.founding.console import Console
from server.founding.routes import FirstStart
from server.founding.start_code import StartCode
from server.health.routes import ServerHealth
from server.office.routes import Office, Quarantines
from server.platform.access import SIGNED_IN, guard, opt, provide_caller
from server.platform.ambient import Ambient
from server.platform.caller import Caller
from server.platform.database import Database
from server.platform.json_request import JsonRequest
from server.platform.problem_responses import on_database_error, on_defect, on_http_exception, on_problem
from server.platform.security_headers import add_security_headers
from server.platform.settings import Settings
from server.platform.static_files import Pages, StaticFiles
from server.privacy.cleaning import Cleaner
from server.privacy.routes import PersonalData
from server.records.horizon import keep_moving
from server.records.journal import Journal
from server.records.missing_files import note_named
from server.records.work import Reactions
from server.rescue.routes import RescueFiles
from server.units.listing import note_listed
from server.units.routes import Units
from server.visits.numbering import number_vouchers
from server.visits.routes import VisitEntries
from server.visits.signing import note_signatures

ROUTES: Sequence[ControllerRouterHandler] = (
    Exchange,
    EntrustedToDevices,
    QuarantineDoor,
    Contacts,
    Healing,
    FilesWanted,
    Sessions,
    Devices,
    Accounts,
    ActingManagers,
    Units,
    ServiceHours,
    Imports,
    Spreadsheets,
    CallRegister,
    Duplicates,
    VisitEntries,
    Office,
    AuditLog,
    Quarantines,
    Blobs,
    SignedCopies,
    TusUploads,
    QuarantinedBlobs,
    RescueFiles,
    PersonalData,
    ServerHealth,
    FirstStart,
    Pages,
)
"""Every domain's routes; each names its access."""

REACTIONS: Reactions = MappingProxyType(
    {
        Kind.UNIT: (follow_time_zone,),
        Kind.SERVICE_CALL: (number_calls, set_due, note_categories),
        Kind.SERVICE_VISIT: (note_categories,),
        Kind.BUSINESS_HOURS: (follow_calendar,),
        Kind.CALENDAR_DAY: (follow_calendar,),
        Kind.SERVICE_VOUCHER: (number_vouchers,),
        Kind.SIGNATURE: (note_signatures, note_named),
        Kind.PHOTO: (note_named,),
        Kind.PRESET: (note_listed,),
        Kind.FEE_ITEM: (note_listed,),
    }
)
"""Kind to what must happen in the same transaction when a document of it changed."""

MAX_BODY_BYTES = MAX_PUSH_BYTES
"""What a route takes in that names no other limit: the largest body that is not a file."""

OPENAPI = OpenAPIConfig(
    title="Fieldproof",
    version="1",
    render_plugins=[JsonRenderPlugin()],
    openapi_router=Router(path="/api/schema", route_handlers=[], opt=opt(SIGNED_IN)),
)
"""A description of the routes, for whoever builds against them; the shapes' own source is ``schemas``."""


_ON_ERRORS: Mapping[int | type[Exception], Any] = MappingProxyType(
    {
        Problem: on_problem,
        HTTPException: on_http_exception,
        SQLAlchemyError: on_database_error,
        Exception: on_defect,
    }
)


class Parts:
    """What one server's routes work with, and what runs beside them.

    Without a start code nobody can found a company; without a console its operator is shown nothing.
    """

    def __init__(
        self, settings: Settings, ambient: Ambient, start_code: StartCode | None = None, console: Console | None = None
    ) -> None:
        self.settings = settings
        self.ambient = ambient
        self.start_code = start_code
        self.console = console
        self.started_at = ambient.now()
        self.journal = Journal(Database(settings.url), ambient, REACTIONS)
        self.sessions = AccountSessions(self.journal)
        self.passwords = Passwords(ambient)
        self.quiet = Quiet(self.journal.database, ambient)
        self.snapshots = Snapshots(self.journal, SnapshotFiles(settings.snapshots), todays_work)
        self.cleaner = Cleaner(self.journal, settings, self.snapshots)
        self.static_files = StaticFiles(settings.pwa)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Let run what runs beside the routes."""
        await self.journal.start()
        sweep(self.settings.uploads, self.ambient.now())
        self.snapshots.start()
        moving = asyncio.create_task(keep_moving(self.journal, self.settings.tombstone_days))
        self.cleaner.start()
        try:
            yield
        finally:
            moving.cancel()
            await asyncio.gather(moving, self.cleaner.stop(), return_exceptions=True)
            await self.snapshots.stop()
            await self.journal.stop()
            await self.journal.database.close()

    async def caller(self, connection: ASGIConnection[Any, Any, Any, Any]) -> Caller | None:
        """Return who speaks, as the sessions know it."""
        return await self.sessions.caller(connection)

    async def leaver(self, request: Request[Any, Any, Any]) -> Caller:
        """Return the stopped device that signed a request."""
        return await leaver_of(self.journal, request)

    def hot(self, request: Request[Any, Any, Any]) -> Hot:
        """Return what the busiest routes need."""
        return Hot(request.state["caller"], self.journal, self.quiet, self.snapshots)


def build_app(parts: Parts) -> Litestar:
    """Return the application over its parts; the tables of their database must be there.

    Each part is looked up when a request wants it.
    """
    return Litestar(
        route_handlers=ROUTES,
        guards=[guard(parts, parts.leaver)],
        lifespan=[lambda _app: parts.running()],
        before_send=[add_security_headers],
        request_class=JsonRequest,
        request_max_body_size=MAX_BODY_BYTES,
        openapi_config=OPENAPI,
        dependencies={
            "caller": Provide(provide_caller),
            "cleaner": Provide(lambda: parts.cleaner, sync_to_thread=False),
            "console": Provide(lambda: parts.console, sync_to_thread=False),
            "doer": Provide(provide_doer),
            "hot": Provide(parts.hot, sync_to_thread=False),
            "journal": Provide(lambda: parts.journal, sync_to_thread=False),
            "passwords": Provide(lambda: parts.passwords, sync_to_thread=False),
            "sessions": Provide(lambda: parts.sessions, sync_to_thread=False),
            "quiet": Provide(lambda: parts.quiet, sync_to_thread=False),
            "snapshots": Provide(lambda: parts.snapshots, sync_to_thread=False),
            "settings": Provide(lambda: parts.settings, sync_to_thread=False),
            "started_at": Provide(lambda: parts.started_at, sync_to_thread=False),
            "start_code": Provide(lambda: parts.start_code, sync_to_thread=False),
            "static_files": Provide(lambda: parts.static_files, sync_to_thread=False),
        },
        logging_config=None,
        exception_handlers=dict(_ON_ERRORS),
    )
