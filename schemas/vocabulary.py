"""The closed vocabularies: each word is stored, so none is ever renamed or reused."""

from enum import StrEnum


class Role(StrEnum):
    """Who somebody is at a unit (policy parts 1 to 3; features, section 4).

    Its ``customer`` has no account: he signs on the technician's phone (``SignerRole``) and answers surveys by a link;
    whoever holds a role here pulls the rows of his unit.
    """

    CLERK = "clerk"
    TECHNICIAN = "technician"
    SERVICE_MANAGER = "service_manager"
    BRANCH_MANAGER = "branch_manager"
    ACCOUNTANT = "accountant"
    SERVICE_DEPARTMENT = "service_department"
    VICE_GM = "vice_gm"
    AFTERSALES_MEMBER = "aftersales_member"
    AFTERSALES_LEADER = "aftersales_leader"
    SALES_DIRECTOR = "sales_director"
    SALES_MANAGER = "sales_manager"
    SALES_REP = "sales_rep"
    MANAGEMENT_COMMITTEE = "management_committee"
    TECH_SUPPORT = "tech_support"
    HR = "hr"
    EMPLOYEE = "employee"
    ADMIN = "admin"
    AUDITOR = "auditor"


class Place(StrEnum):
    """Where a person writes: the merge rules of what was done on site prefer the field."""

    FIELD = "field"
    OFFICE = "office"


class UnitKind(StrEnum):
    """A service centre reports to the service department directly, a branch through its manager (1-12)."""

    CENTER = "center"
    BRANCH = "branch"


class Category(StrEnum):
    """The four categories of service (1-1)."""

    PAID = "paid"
    CONTRACT = "contract"
    WARRANTY = "warranty"
    ADMIN = "admin"


class AdminWork(StrEnum):
    """What general administrative work is (1-1(4), F006)."""

    INSPECTION = "inspection"
    PARTS = "parts"
    TOOLS = "tools"
    TRAINING = "training"
    OTHER = "other"


class Channel(StrEnum):
    """How a service call reached the unit (1-3: phone or letter; the others are ours)."""

    PHONE = "phone"
    LETTER = "letter"
    WEB = "web"
    EMAIL = "email"
    COUNTER = "counter"


class Zone(StrEnum):
    """Distance class of an address, which decides between six and seven hours (1-14)."""

    URBAN = "urban"
    SUBURBAN = "suburban"


class PhraseList(StrEnum):
    """Where on the phone a phrase is offered."""

    FAULT = "fault"
    ACTION = "action"


class FeeKind(StrEnum):
    """What a fee is for (F038)."""

    INSPECTION = "inspection"
    LABOUR = "labour"
    TRAVEL = "travel"
    OTHER = "other"


class DayKind(StrEnum):
    """Why a unit works otherwise than usual on a date (1-14, F021)."""

    HOLIDAY = "holiday"
    MAKE_UP = "make_up"
    CLOSURE = "closure"
    SPECIAL = "special"


class AbsenceReason(StrEnum):
    """Why somebody does not work for a time."""

    ANNUAL = "annual"
    SICK = "sick"
    PERSONAL = "personal"
    OFFICIAL = "official"
    TRAINING = "training"
    OTHER = "other"


class BreachReason(StrEnum):
    """Why a technician arrived after the limit (1-14, F023)."""

    TRAFFIC = "traffic"
    EARLIER_JOB = "earlier_job"
    NOBODY_FREE = "nobody_free"
    WAITED_FOR_PARTS = "waited_for_parts"
    CUSTOMER_ASKED = "customer_asked"
    WRONG_ADDRESS = "wrong_address"
    WEATHER = "weather"
    OTHER = "other"


class Priority(StrEnum):
    """A call that was not dispatched on its day goes before all new ones on the next (1-13)."""

    NORMAL = "normal"
    CARRIED_OVER = "carried_over"


class VoucherOrigin(StrEnum):
    """When the service voucher of a product was opened."""

    AT_SALE = "at_sale"
    AT_CALL = "at_call"


class VisitOutcome(StrEnum):
    """How a visit ended on site (1-4, 1-6): after a follow-up somebody comes again, after the last nobody does."""

    FIXED = "fixed"
    NO_FAULT = "no_fault"
    FOLLOW_UP = "follow_up"
    NOT_REPAIRED = "not_repaired"


class UndoneReason(StrEnum):
    """Why a visit could not be completed (1-4, 1-6; ADR 43)."""

    CUSTOMER_ABSENT = "customer_absent"
    NO_PARTS = "no_parts"
    NEEDS_WORKSHOP = "needs_workshop"
    NEEDS_SECOND_PERSON = "needs_second_person"
    NO_ACCESS = "no_access"
    PRICE_DECLINED = "price_declined"
    OTHER = "other"


class UndoneNext(StrEnum):
    """What is to follow a visit that could not be completed (ADR 43)."""

    SEND_AGAIN = "send_again"
    CUSTOMERS_TIME = "customers_time"
    WORKSHOP = "workshop"
    GIVE_UP = "give_up"


class ContactChannel(StrEnum):
    """How somebody tried to reach a customer."""

    PHONE = "phone"
    MESSAGE = "message"
    DOOR = "door"


class ContactResult(StrEnum):
    """What came of trying to reach a customer."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    REFUSED_CALL = "refused_call"
    ASKED_LATER = "asked_later"


class UnsignedReason(StrEnum):
    """Why a finished visit has no customer's signature (F031)."""

    ABSENT = "absent"
    REFUSED = "refused"


class SignerRole(StrEnum):
    """In which capacity somebody signs a visit entry; whoever signs for the customer is named (ADR 43)."""

    CUSTOMER = "customer"
    FAMILY = "family"
    COLLEAGUE = "colleague"
    GUARD = "guard"
    OTHER_PERSON = "other_person"


class LossState(StrEnum):
    """Why something that a device announced is not there.

    It may still come; its device is silent for a day; was stopped; has been in touch since without it; or says that its
    browser cleared what it kept.
    """

    AWAITED = "awaited"
    SILENT = "silent"
    REVOKED = "revoked"
    GONE = "gone"
    EMPTIED = "emptied"


class ListKind(StrEnum):
    """What a list is about that is taken in from a file."""

    CUSTOMERS = "customers"
    CONTRACTS = "contracts"


class RowFault(StrEnum):
    """Why a row of a list cannot be taken in."""

    NAME_MISSING = "name_missing"
    PHONE_MISSING = "phone_missing"
    PRODUCT_MISSING = "product_missing"
    PHONE = "phone"
    TAX_ID = "tax_id"
    DATE = "date"
    DATES_REVERSED = "dates_reversed"
    TOO_LONG = "too_long"
    NO_TEXT = "no_text"
    FORMULA = "formula"
    BEYOND_HEADINGS = "beyond_headings"
    CONTRADICTS = "contradicts"
    CUSTOMER_AMBIGUOUS = "customer_ambiguous"
    PRODUCT_AMBIGUOUS = "product_ambiguous"
    PRODUCT_ELSEWHERE = "product_elsewhere"
    CUSTOMER_ERASED = "customer_erased"
    CUSTOMER_UNKNOWN = "customer_unknown"
    PRODUCT_UNKNOWN = "product_unknown"
    NUMBER_MISSING = "number_missing"
    NUMBER_ELSEWHERE = "number_elsewhere"
    NUMBER_AMBIGUOUS = "number_ambiguous"
    PERIOD_MISSING = "period_missing"
    PERIOD_REVERSED = "period_reversed"
    PERIOD_APART = "period_apart"
    COUNT = "count"
    MONEY = "money"


class Wellness(StrEnum):
    """How something about the server stands: nothing to do, to be looked at, or bad."""

    WELL = "well"
    LOOK = "look"
    BAD = "bad"


class Advice(StrEnum):
    """What is not well with the server, each with one thing to do about it."""

    NOT_RUNNING = "not_running"
    DISK_LOW = "disk_low"
    DISK_FULL = "disk_full"
    BACKUP_NEVER = "backup_never"
    BACKUP_UNREADABLE = "backup_unreadable"
    BACKUP_VERY_OLD = "backup_very_old"
    BACKUP_OLD = "backup_old"
    BACKUP_LACKS_FILES = "backup_lacks_files"
    DEVICES_SILENT = "devices_silent"
    QUARANTINE_WAITING = "quarantine_waiting"
    HELD_WAITING = "held_waiting"
    FILES_GONE = "files_gone"
    DEVICES_AWAITED = "devices_awaited"
    REPORT_OPEN = "report_open"
    AUDIT_BROKEN = "audit_broken"
    CLOCK_OFF = "clock_off"
    HOLIDAYS_MISSING = "holidays_missing"
    HOLIDAYS_DUE = "holidays_due"
