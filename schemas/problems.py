"""Every way in which a request or an operation can be found wrong: codes stable for ever, never reused."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Code(StrEnum):
    """Dotted problem codes; the sentences for people stand in ``schemas.sentences``."""

    REQUEST_MALFORMED = "request.malformed"
    REQUEST_TOO_LARGE = "request.too_large"
    REQUEST_ENCODING = "request.encoding"
    REQUEST_NOT_FOUND = "request.not_found"
    REQUEST_METHOD = "request.method"
    REQUEST_ORIGIN = "request.origin"

    SESSION_MISSING = "session.missing"
    SESSION_WRONG_PASSWORD = "session.wrong_password"
    SESSION_TOO_MANY_TRIES = "session.too_many_tries"
    SESSION_ROLE_MISSING = "session.role_missing"
    ACCOUNT_LOGIN_TAKEN = "account.login_taken"
    ACCOUNT_LOGIN_UNFIT = "account.login_unfit"
    ACCOUNT_PASSWORD_WEAK = "account.password_weak"
    ACCOUNT_RESET_CODE = "account.reset_code"
    ACCOUNT_LAST_ADMIN = "account.last_admin"
    ACCOUNT_AUDITOR = "account.auditor"
    DEVICE_UNKNOWN = "device.unknown"
    DEVICE_REVOKED = "device.revoked"
    DEVICE_WRONG = "device.wrong"
    DEVICE_KEY = "device.key"
    DEVICE_SIGNATURE = "device.signature"
    DEVICE_NOT_REVOKED = "device.not_revoked"
    DEVICE_QUARANTINE_OVER = "device.quarantine_over"

    SYNC_PROTOCOL = "sync.protocol"
    SYNC_GAP = "sync.gap"
    SYNC_FORK = "sync.fork"
    SYNC_EPOCH = "sync.epoch"
    SYNC_ACTOR = "sync.actor"
    SYNC_GROUP_CUT = "sync.group_cut"
    SYNC_CURSOR = "sync.cursor"
    SYNC_PART = "sync.part"
    SYNC_TOO_MANY = "sync.too_many"
    SYNC_RE_OFFER = "sync.re_offer"

    OPERATION_MALFORMED = "operation.malformed"
    OPERATION_TEXT = "operation.text"
    OPERATION_KIND = "operation.kind"
    OPERATION_FIELD = "operation.field"
    OPERATION_VALUE = "operation.value"
    OPERATION_SCHEMA = "operation.schema"
    OPERATION_BASE = "operation.base"
    OPERATION_RIGHT = "operation.right"
    OPERATION_SCOPE = "operation.scope"
    OPERATION_SIGNATURE = "operation.signature"
    OPERATION_FIXED = "operation.fixed"
    OPERATION_SIGNED = "operation.signed"
    OPERATION_GROUP = "operation.group"
    OPERATION_QUARANTINE = "operation.quarantine"
    OPERATION_ERASED = "operation.erased"

    BLOB_HASH = "blob.hash"
    BLOB_TYPE = "blob.type"
    BLOB_MISSING = "blob.missing"
    BLOB_IMAGE = "blob.image"
    BLOB_METADATA = "blob.metadata"
    UPLOAD_MISSING = "upload.missing"
    UPLOAD_OFFSET = "upload.offset"
    UPLOAD_BUSY = "upload.busy"
    UPLOAD_VERSION = "upload.version"

    RECORD_MISSING = "record.missing"
    CUSTOMER_NAME = "customer.name"
    CUSTOMER_OPEN_CALL = "customer.open_call"
    CUSTOMER_OWES = "customer.owes"
    CUSTOMER_HELD = "customer.held"
    CUSTOMER_CONTRACT = "customer.contract"
    CUSTOMER_ERASED = "customer.erased"
    STATE_FORBIDS = "state.forbids"
    CALL_NO_CUSTOMER = "call.no_customer"
    CALL_NO_ASSET = "call.no_asset"
    CALL_RECEIVED_AT = "call.received_at"
    CALL_DAY_CHANGED = "call.day_changed"
    CALL_OTHER_CUSTOMER = "call.other_customer"
    CALL_NOT_STANDING = "call.not_standing"
    DISPATCH_NOT_A_TECHNICIAN = "dispatch.not_a_technician"
    DISPATCH_TWICE = "dispatch.twice"
    ACTING_ONLY = "acting.only"
    ACTING_TIMES = "acting.times"
    ACTING_NOT_A_MANAGER = "acting.not_a_manager"
    ACTING_UNFIT = "acting.unfit"
    ACTING_ENDED = "acting.ended"
    CALENDAR_HOURS = "calendar.hours"
    CALENDAR_DATE = "calendar.date"
    CALENDAR_YEAR = "calendar.year"
    CALENDAR_TOO_FAR = "calendar.too_far"
    CALENDAR_DISTRICT = "calendar.district"
    UNIT_CODE_TAKEN = "unit.code_taken"
    UNIT_CODE_USED = "unit.code_used"
    UNIT_TIME_ZONE = "unit.time_zone"
    UNIT_PHONE = "unit.phone"
    NAME_UNSEEN = "name.unseen"
    CALL_BREACH_REASON = "call.breach_reason"
    VOUCHER_CHECKED_OUT = "voucher.checked_out"
    MERGE_SAME = "merge.same"
    MERGE_ALREADY = "merge.already"
    MERGE_OTHER_UNIT = "merge.other_unit"
    MERGE_OTHER_CUSTOMER = "merge.other_customer"
    MERGE_VOUCHER_OUT = "merge.voucher_out"
    MERGE_NOT_MERGED = "merge.not_merged"
    MERGE_PRODUCTS_JOINED = "merge.products_joined"
    VISIT_NOT_FINISHED = "visit.not_finished"
    VISIT_UNSIGNED = "visit.unsigned"
    VISIT_CATEGORY = "visit.category"
    VISIT_NO_CATEGORY = "visit.no_category"
    VISIT_FREE_WITH_FEE = "visit.free_with_fee"
    VISIT_CATEGORY_REASON = "visit.category_reason"
    COPY_MISSING = "copy.missing"
    COPY_EXPIRED = "copy.expired"
    COPY_ERASED = "copy.erased"
    VISIT_UNCONFIRMED = "visit.unconfirmed"
    VISIT_CHANGED = "visit.changed"
    VISIT_OWN = "visit.own"
    VISIT_NO_PHOTO = "visit.no_photo"
    VISIT_CHANGED_AFTER_SIGNING = "visit.changed_after_signing"
    REASON_MISSING = "reason.missing"
    HELD_NOT_OPEN = "held.not_open"
    HELD_NOTHING_TO_APPLY = "held.nothing_to_apply"
    HELD_SIGNATURE = "held.signature"
    HELD_NOT_QUARANTINED = "held.not_quarantined"
    NOTICE_NOT_OPEN = "notice.not_open"

    RESCUE_UNKNOWN = "rescue.unknown"
    RESCUE_UNSEALED = "rescue.unsealed"
    RESCUE_VERSION = "rescue.version"
    RESCUE_FOREIGN = "rescue.foreign"
    RESCUE_DAMAGED = "rescue.damaged"
    RESCUE_GAP = "rescue.gap"
    RESCUE_NO_KEY = "rescue.no_key"

    IMPORT_FORMAT = "import.format"
    IMPORT_OLD_EXCEL = "import.old_excel"
    IMPORT_ENCODING = "import.encoding"
    IMPORT_EMPTY = "import.empty"
    IMPORT_HEADINGS = "import.headings"
    IMPORT_HEADING_TWICE = "import.heading_twice"
    IMPORT_ROWS = "import.rows"
    IMPORT_COLUMNS = "import.columns"
    IMPORT_UNPACKED = "import.unpacked"
    IMPORT_WRONG_ROWS = "import.wrong_rows"

    SETUP_DONE = "setup.done"
    SETUP_CODE = "setup.code"
    SERVER_BUSY = "server.busy"
    SERVER_DEFECT = "server.defect"


STATUS: Mapping[Code, int] = MappingProxyType(
    {
        Code.REQUEST_MALFORMED: 400,
        Code.REQUEST_TOO_LARGE: 413,
        Code.REQUEST_ENCODING: 400,
        Code.REQUEST_NOT_FOUND: 404,
        Code.REQUEST_METHOD: 405,
        Code.REQUEST_ORIGIN: 403,
        Code.SESSION_MISSING: 401,
        Code.SESSION_WRONG_PASSWORD: 401,
        Code.SESSION_TOO_MANY_TRIES: 429,
        Code.SESSION_ROLE_MISSING: 403,
        Code.ACCOUNT_LOGIN_TAKEN: 409,
        Code.ACCOUNT_LOGIN_UNFIT: 422,
        Code.ACCOUNT_PASSWORD_WEAK: 422,
        Code.ACCOUNT_RESET_CODE: 403,
        Code.ACCOUNT_LAST_ADMIN: 409,
        Code.ACCOUNT_AUDITOR: 409,
        Code.DEVICE_UNKNOWN: 403,
        Code.DEVICE_REVOKED: 403,
        Code.DEVICE_WRONG: 403,
        Code.DEVICE_KEY: 422,
        Code.DEVICE_SIGNATURE: 403,
        Code.DEVICE_NOT_REVOKED: 409,
        Code.DEVICE_QUARANTINE_OVER: 403,
        Code.SYNC_PROTOCOL: 426,
        Code.SYNC_GAP: 409,
        Code.SYNC_FORK: 409,
        Code.SYNC_EPOCH: 409,
        Code.SYNC_ACTOR: 409,
        Code.SYNC_GROUP_CUT: 422,
        Code.SYNC_CURSOR: 400,
        Code.SYNC_PART: 404,
        Code.SYNC_TOO_MANY: 413,
        Code.SYNC_RE_OFFER: 422,
        Code.OPERATION_MALFORMED: 422,
        Code.OPERATION_TEXT: 422,
        Code.OPERATION_KIND: 422,
        Code.OPERATION_FIELD: 422,
        Code.OPERATION_VALUE: 422,
        Code.OPERATION_SCHEMA: 422,
        Code.OPERATION_BASE: 422,
        Code.OPERATION_RIGHT: 403,
        Code.OPERATION_SCOPE: 404,
        Code.OPERATION_SIGNATURE: 422,
        Code.OPERATION_FIXED: 409,
        Code.OPERATION_SIGNED: 409,
        Code.OPERATION_GROUP: 422,
        Code.OPERATION_QUARANTINE: 403,
        Code.OPERATION_ERASED: 409,
        Code.BLOB_HASH: 422,
        Code.BLOB_TYPE: 415,
        Code.BLOB_MISSING: 404,
        Code.BLOB_IMAGE: 422,
        Code.BLOB_METADATA: 422,
        Code.UPLOAD_MISSING: 404,
        Code.UPLOAD_OFFSET: 409,
        Code.UPLOAD_BUSY: 423,
        Code.UPLOAD_VERSION: 412,
        Code.RECORD_MISSING: 404,
        Code.CUSTOMER_NAME: 422,
        Code.CUSTOMER_OPEN_CALL: 409,
        Code.CUSTOMER_OWES: 409,
        Code.CUSTOMER_HELD: 409,
        Code.CUSTOMER_CONTRACT: 409,
        Code.CUSTOMER_ERASED: 409,
        Code.STATE_FORBIDS: 409,
        Code.CALL_NO_CUSTOMER: 422,
        Code.CALL_NO_ASSET: 422,
        Code.CALL_RECEIVED_AT: 422,
        Code.CALL_DAY_CHANGED: 409,
        Code.CALL_OTHER_CUSTOMER: 409,
        Code.CALL_NOT_STANDING: 409,
        Code.DISPATCH_NOT_A_TECHNICIAN: 422,
        Code.DISPATCH_TWICE: 409,
        Code.ACTING_ONLY: 403,
        Code.ACTING_TIMES: 422,
        Code.ACTING_NOT_A_MANAGER: 422,
        Code.ACTING_UNFIT: 422,
        Code.ACTING_ENDED: 409,
        Code.CALENDAR_HOURS: 422,
        Code.CALENDAR_DATE: 422,
        Code.CALENDAR_YEAR: 422,
        Code.CALENDAR_TOO_FAR: 422,
        Code.CALENDAR_DISTRICT: 422,
        Code.UNIT_CODE_TAKEN: 409,
        Code.UNIT_CODE_USED: 409,
        Code.UNIT_TIME_ZONE: 422,
        Code.UNIT_PHONE: 422,
        Code.NAME_UNSEEN: 422,
        Code.CALL_BREACH_REASON: 409,
        Code.VOUCHER_CHECKED_OUT: 409,
        Code.MERGE_SAME: 409,
        Code.MERGE_ALREADY: 409,
        Code.MERGE_OTHER_UNIT: 409,
        Code.MERGE_OTHER_CUSTOMER: 409,
        Code.MERGE_VOUCHER_OUT: 409,
        Code.MERGE_NOT_MERGED: 409,
        Code.MERGE_PRODUCTS_JOINED: 409,
        Code.VISIT_NOT_FINISHED: 409,
        Code.VISIT_UNSIGNED: 409,
        Code.VISIT_CATEGORY: 409,
        Code.VISIT_NO_CATEGORY: 409,
        Code.VISIT_FREE_WITH_FEE: 409,
        Code.VISIT_CATEGORY_REASON: 409,
        Code.COPY_MISSING: 404,
        Code.COPY_EXPIRED: 410,
        Code.COPY_ERASED: 410,
        Code.VISIT_UNCONFIRMED: 409,
        Code.VISIT_CHANGED: 409,
        Code.VISIT_NO_PHOTO: 422,
        Code.VISIT_OWN: 409,
        Code.VISIT_CHANGED_AFTER_SIGNING: 409,
        Code.REASON_MISSING: 422,
        Code.HELD_NOT_OPEN: 409,
        Code.HELD_NOTHING_TO_APPLY: 409,
        Code.HELD_SIGNATURE: 409,
        Code.HELD_NOT_QUARANTINED: 409,
        Code.RESCUE_UNKNOWN: 422,
        Code.RESCUE_UNSEALED: 422,
        Code.RESCUE_VERSION: 422,
        Code.RESCUE_FOREIGN: 404,
        Code.RESCUE_DAMAGED: 422,
        Code.RESCUE_GAP: 409,
        Code.RESCUE_NO_KEY: 409,
        Code.NOTICE_NOT_OPEN: 409,
        Code.IMPORT_FORMAT: 422,
        Code.IMPORT_OLD_EXCEL: 422,
        Code.IMPORT_ENCODING: 422,
        Code.IMPORT_EMPTY: 422,
        Code.IMPORT_HEADINGS: 422,
        Code.IMPORT_HEADING_TWICE: 422,
        Code.IMPORT_ROWS: 413,
        Code.IMPORT_COLUMNS: 413,
        Code.IMPORT_UNPACKED: 413,
        Code.IMPORT_WRONG_ROWS: 409,
        Code.SETUP_DONE: 409,
        Code.SETUP_CODE: 403,
        Code.SERVER_BUSY: 503,
        Code.SERVER_DEFECT: 500,
    }
)
"""Code to HTTP status (RFC 9457), total over ``Code``."""


class Problem(Exception):  # noqa: N818 - the field's word (RFC 9457), not an implementation error
    """Something is wrong that a person can be told; ``facts`` are named values for the sentence, never secrets."""

    def __init__(self, code: Code, **facts: object) -> None:
        super().__init__(code.value, facts)
        self.code = code
        self.facts = facts
