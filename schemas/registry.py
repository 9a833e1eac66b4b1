"""Every kind by the name it has on the wire."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from msgspec import Struct

from schemas.kinds.calendars import BusinessHours, CalendarDay, District
from schemas.kinds.calls import Dispatch, ServiceCall
from schemas.kinds.contracts import CoveredAsset, MaintenanceContract
from schemas.kinds.customers import Asset, Customer, ServiceVoucher
from schemas.kinds.people import Absence, Device, RoleGrant, Unit, User
from schemas.kinds.reconciliations import Reconciliation
from schemas.kinds.settings import FeeItem, Preset, UnitSettings
from schemas.kinds.visits import ContactAttempt, Photo, ServiceVisit, Signature, SignatureCopy
from schemas.kinds.working_time import AdminTime


class Kind(StrEnum):
    """The wire names of the kinds; the values are stored in every operation, so none is ever renamed."""

    UNIT = "unit"
    USER = "user"
    ROLE_GRANT = "role_grant"
    DEVICE = "device"
    CUSTOMER = "customer"
    ASSET = "asset"
    SERVICE_VOUCHER = "service_voucher"
    SERVICE_CALL = "service_call"
    DISPATCH = "dispatch"
    SERVICE_VISIT = "service_visit"
    SIGNATURE = "signature"
    PHOTO = "photo"
    BUSINESS_HOURS = "business_hours"
    CALENDAR_DAY = "calendar_day"
    DISTRICT = "district"
    RECONCILIATION = "reconciliation"
    MAINTENANCE_CONTRACT = "maintenance_contract"
    COVERED_ASSET = "covered_asset"
    SIGNATURE_COPY = "signature_copy"
    CONTACT_ATTEMPT = "contact_attempt"
    ADMIN_TIME = "admin_time"
    ABSENCE = "absence"
    UNIT_SETTINGS = "unit_settings"
    PRESET = "preset"
    FEE_ITEM = "fee_item"


SHAPES: Mapping[Kind, type[Struct]] = MappingProxyType(
    {
        Kind.UNIT: Unit,
        Kind.USER: User,
        Kind.ROLE_GRANT: RoleGrant,
        Kind.DEVICE: Device,
        Kind.CUSTOMER: Customer,
        Kind.ASSET: Asset,
        Kind.SERVICE_VOUCHER: ServiceVoucher,
        Kind.SERVICE_CALL: ServiceCall,
        Kind.DISPATCH: Dispatch,
        Kind.SERVICE_VISIT: ServiceVisit,
        Kind.SIGNATURE: Signature,
        Kind.PHOTO: Photo,
        Kind.BUSINESS_HOURS: BusinessHours,
        Kind.CALENDAR_DAY: CalendarDay,
        Kind.DISTRICT: District,
        Kind.RECONCILIATION: Reconciliation,
        Kind.MAINTENANCE_CONTRACT: MaintenanceContract,
        Kind.COVERED_ASSET: CoveredAsset,
        Kind.SIGNATURE_COPY: SignatureCopy,
        Kind.CONTACT_ATTEMPT: ContactAttempt,
        Kind.ADMIN_TIME: AdminTime,
        Kind.ABSENCE: Absence,
        Kind.UNIT_SETTINGS: UnitSettings,
        Kind.PRESET: Preset,
        Kind.FEE_ITEM: FeeItem,
    }
)
"""The Struct of each kind: total over ``Kind``."""

COMPANY_WIDE: frozenset[Kind] = frozenset({Kind.UNIT, Kind.USER, Kind.ROLE_GRANT})
"""Kinds that everybody in the company reads; every other kind belongs to the unit its field ``unit`` names (F016)."""
