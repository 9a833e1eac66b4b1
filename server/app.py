"""The application: domains, reactions and the one guard put together."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from types import MappingProxyType
from typing import Any

from litestar import Litestar, Request, Router
from litestar.datastructures import State
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
        Kind.SERVICE_CALL: (number_calls, set_due),
        Kind.BUSINESS_HOURS: (follow_calendar,),
        Kind.CALENDAR_DAY: (follow_calendar,),
        Kind.SERVICE_VOUCHER: (number_vouchers,),
        Kind.SIGNATURE: (note_signatures, note_named),
        Kind.PHOTO: (note_named,),
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


def _hot(journal: Journal, quiet: Quiet, snapshots: Snapshots) -> Provide:
    def hot(request: Request[Any, Any, Any]) -> Hot:
        return Hot(request.state["caller"], journal, quiet, snapshots)

    return Provide(hot, sync_to_thread=False)


def build_app(
    settings: Settings, ambient: Ambient, start_code: StartCode | None = None, console: Console | None = None
) -> Litestar:
    """Return the application over the database that the settings name; its tables must be there.

    Without a start code nobody can found a company; without a console its operator is shown nothing.
    """
    journal = Journal(Database(settings.url), ambient, REACTIONS)
    static_files = StaticFiles(settings.pwa)
    sessions = AccountSessions(journal)
    quiet = Quiet(journal.database, ambient)
    snapshots = Snapshots(journal, SnapshotFiles(settings.snapshots), todays_work)
    passwords = Passwords(ambient)
    cleaner = Cleaner(journal, settings, snapshots)
    started_at = ambient.now()

    @asynccontextmanager
    async def running(_app: Litestar) -> AsyncIterator[None]:
        await journal.start()
        sweep(settings.uploads, ambient.now())
        snapshots.start()
        moving = asyncio.create_task(keep_moving(journal, settings.tombstone_days))
        cleaner.start()
        try:
            yield
        finally:
            moving.cancel()
            await asyncio.gather(moving, cleaner.stop(), return_exceptions=True)
            await snapshots.stop()
            await journal.stop()
            await journal.database.close()

    return Litestar(
        route_handlers=ROUTES,
        guards=[guard(sessions, partial(leaver_of, journal))],
        lifespan=[running],
        before_send=[add_security_headers],
        request_class=JsonRequest,
        request_max_body_size=MAX_BODY_BYTES,
        openapi_config=OPENAPI,
        dependencies={
            "caller": Provide(provide_caller),
            "cleaner": Provide(lambda: cleaner, sync_to_thread=False),
            "console": Provide(lambda: console, sync_to_thread=False),
            "doer": Provide(provide_doer),
            "hot": _hot(journal, quiet, snapshots),
            "journal": Provide(lambda: journal, sync_to_thread=False),
            "passwords": Provide(lambda: passwords, sync_to_thread=False),
            "sessions": Provide(lambda: sessions, sync_to_thread=False),
            "quiet": Provide(lambda: quiet, sync_to_thread=False),
            "snapshots": Provide(lambda: snapshots, sync_to_thread=False),
            "settings": Provide(lambda: settings, sync_to_thread=False),
            "started_at": Provide(lambda: started_at, sync_to_thread=False),
            "start_code": Provide(lambda: start_code, sync_to_thread=False),
            "static_files": Provide(lambda: static_files, sync_to_thread=False),
        },
        logging_config=None,
        state=State({"pokes": journal.pokes, "quiet": quiet}),
        exception_handlers=dict(_ON_ERRORS),
    )
