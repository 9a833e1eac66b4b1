// Written by `make gen` from schemas/. Do not edit.

import type {
  AbsenceReason,
  AdminWork,
  BreachReason,
  Category,
  Channel,
  ContactChannel,
  ContactResult,
  DayKind,
  FeeKind,
  PhraseList,
  Place,
  Priority,
  Role,
  SignerRole,
  UndoneNext,
  UndoneReason,
  UnitKind,
  UnsignedReason,
  VisitOutcome,
  VoucherOrigin,
  Zone,
} from './vocabulary.ts';

/** A service centre or a branch's service group: the scope that people and calls belong to (1-3). */
export interface Unit {
  readonly kind?: UnitKind | null;
  readonly code?: string | null;
  readonly name?: string | null;
  readonly time_zone?: string | null;
  readonly address?: string | null;
  readonly phone?: string | null;
  readonly deleted?: boolean | null;
}

/** A person with an account; how he signs in is kept in server/accounts and never synced. */
export interface User {
  readonly name?: string | null;
  readonly unit?: string | null;
  readonly phone?: string | null;
  readonly deactivated_at?: number | null;
  readonly deleted?: boolean | null;
}

/**
 * One role of one user at one unit; a set of roles is a set of grants, never an overwritten list.
 *
 * With `until_at` it holds from `starts_at` until then, while its user acts for another one (ADR 41).
 */
export interface RoleGrant {
  readonly user?: string | null;
  readonly unit?: string | null;
  readonly role?: Role | null;
  readonly starts_at?: number | null;
  readonly until_at?: number | null;
  readonly acting_for?: string | null;
  readonly ended_at?: number | null;
  readonly deleted?: boolean | null;
}

/** A browser that was enrolled with its own P-256 key. */
export interface Device {
  readonly user?: string | null;
  readonly unit?: string | null;
  readonly name?: string | null;
  readonly place?: Place | null;
  readonly key_thumbprint?: string | null;
  readonly enrolled_at?: number | null;
  readonly revoked_at?: number | null;
  readonly deleted?: boolean | null;
}

/**
 * Whoever owns products that the unit services (customer file, 1-3).
 *
 * `merged_into` names whom this one was a duplicate of (ADR 42): a pointer, what names this one stays as it is.
 */
export interface Customer {
  readonly unit?: string | null;
  readonly name?: string | null;
  readonly phone?: string | null;
  readonly mobile?: string | null;
  readonly address?: string | null;
  readonly district?: string | null;
  readonly zone?: Zone | null;
  readonly tax_id?: string | null;
  readonly note?: string | null;
  readonly merged_into?: string | null;
  readonly merged_at?: number | null;
  readonly merged_by?: string | null;
  readonly erased_at?: number | null;
  readonly deleted?: boolean | null;
}

/** One installed product at one customer; `merged_into` names of which product it was a duplicate (ADR 42). */
export interface Asset {
  readonly unit?: string | null;
  readonly customer?: string | null;
  readonly product?: string | null;
  readonly model_no?: string | null;
  readonly serial_no?: string | null;
  readonly sold_at?: number | null;
  readonly warranty_until?: number | null;
  readonly note?: string | null;
  readonly merged_into?: string | null;
  readonly merged_at?: number | null;
  readonly merged_by?: string | null;
  readonly erased_at?: number | null;
  readonly deleted?: boolean | null;
}

/** The card of one asset, for life; its id is the asset's id, so that a second one cannot exist (1-3, 1-4). */
export interface ServiceVoucher {
  readonly unit?: string | null;
  readonly number?: string | null;
  readonly origin?: VoucherOrigin | null;
  readonly opened_at?: number | null;
  readonly checked_out_at?: number | null;
  readonly checked_out_to?: string | null;
  readonly filed_at?: number | null;
  readonly retired_at?: number | null;
  readonly deleted?: boolean | null;
}

/**
 * One row of the call register (1-3); name, phone and address as given when the call came in.
 *
 * `category` is what the desk takes it for; once a visit has one, that counts (F007). `category_reason` is why a
 * product under warranty is served for a fee (F004). `due_at` is until when somebody has to arrive (1-14); it is
 * the server's, and stands still once somebody has.
 * `proposed_…` is whom the desk thinks of, for when, and who said so (F015); it counts while nobody was sent.
 */
export interface ServiceCall {
  readonly unit?: string | null;
  readonly number?: string | null;
  readonly provisional_number?: string | null;
  readonly channel?: Channel | null;
  readonly customer?: string | null;
  readonly asset?: string | null;
  readonly contact_name?: string | null;
  readonly contact_phone?: string | null;
  readonly address?: string | null;
  readonly district?: string | null;
  readonly zone?: Zone | null;
  readonly zone_reason?: string | null;
  readonly symptom?: string | null;
  readonly category?: Category | null;
  readonly category_reason?: string | null;
  readonly received_at?: number | null;
  readonly received_reason?: string | null;
  readonly logged_at?: number | null;
  readonly logged_by?: string | null;
  readonly appointment_at?: number | null;
  readonly due_at?: number | null;
  readonly proposed_technician?: string | null;
  readonly proposed_for?: number | null;
  readonly proposed_by?: string | null;
  readonly breach_reason?: BreachReason | null;
  readonly breach_note?: string | null;
  readonly withdrawn_at?: number | null;
  readonly withdrawn_by?: string | null;
  readonly withdrawn_reason?: string | null;
  readonly duplicate_of?: string | null;
  readonly closed_at?: number | null;
  readonly closed_by?: string | null;
  readonly erased_at?: number | null;
  readonly deleted?: boolean | null;
}

/** One technician sent to one call by a service manager (1-3, F015). */
export interface Dispatch {
  readonly unit?: string | null;
  readonly call?: string | null;
  readonly technician?: string | null;
  readonly priority?: Priority | null;
  readonly planned_at?: number | null;
  readonly dispatched_at?: number | null;
  readonly dispatched_by?: string | null;
  readonly cancelled_at?: number | null;
  readonly cancelled_by?: string | null;
  readonly cancelled_reason?: string | null;
  readonly erased_at?: number | null;
  readonly deleted?: boolean | null;
}

/**
 * One visit of one technician; its id is the dispatch's id, so that one dispatch has one entry (1-4, F030).
 *
 * `arrived_at` is the device's clock until a person corrects it; `arrived_stamped_at` keeps what the device said
 * then (F024). One that ended without a signature is `confirmed` by the service manager as
 * it stood then, which `confirmed_sha256` names (F031). `undone_…` is why
 * it could not be completed, and what is to follow; `undone_wish_at` is when the customer would have it (ADR 43).
 */
export interface ServiceVisit {
  readonly unit?: string | null;
  readonly call?: string | null;
  readonly asset?: string | null;
  readonly technician?: string | null;
  readonly category?: Category | null;
  readonly category_reason?: string | null;
  readonly en_route_at?: number | null;
  readonly arrived_at?: number | null;
  readonly arrived_clock_offset_ms?: number | null;
  readonly arrived_stamped_at?: number | null;
  readonly arrived_reason?: string | null;
  readonly arrived_corrected_by?: string | null;
  readonly arrived_latitude?: number | null;
  readonly arrived_longitude?: number | null;
  readonly arrived_accuracy?: number | null;
  readonly fault?: string | null;
  readonly action?: string | null;
  readonly parts?: string | null;
  readonly outcome?: VisitOutcome | null;
  readonly undone_reason?: UndoneReason | null;
  readonly undone_note?: string | null;
  readonly undone_next?: UndoneNext | null;
  readonly undone_wish_at?: number | null;
  readonly fee_total?: number | null;
  readonly finished_at?: number | null;
  readonly unsigned_reason?: UnsignedReason | null;
  readonly unsigned_note?: string | null;
  readonly confirmed_at?: number | null;
  readonly confirmed_by?: string | null;
  readonly confirmed_note?: string | null;
  readonly confirmed_sha256?: string | null;
  readonly amended_at?: number | null;
  readonly amended_by?: string | null;
  readonly amended_reason?: string | null;
  readonly erased_at?: number | null;
  readonly deleted?: boolean | null;
}

/**
 * A signature bound to the exact bytes that were signed (F032); what it says is its id, so it is never rewritten.
 *
 * `content` is the RFC 8785 text, `content_sha256` the hash of its UTF-8 bytes; strokes and image travel beside
 * the operation and are named by their SHA-256; `device_signature` is P-256 over the content's hash.
 */
export interface Signature {
  readonly unit?: string | null;
  readonly visit?: string | null;
  readonly role?: SignerRole | null;
  readonly signer_name?: string | null;
  readonly signed_at?: number | null;
  readonly template?: string | null;
  readonly content?: string | null;
  readonly content_sha256?: string | null;
  readonly strokes_sha256?: string | null;
  readonly image_sha256?: string | null;
  readonly device?: string | null;
  readonly device_signature?: string | null;
  readonly erased_at?: number | null;
  readonly deleted?: boolean | null;
}

/**
 * A photo that was taken on a visit (1-4, F030); the file travels beside it and is named by its SHA-256 (ADR 17).
 *
 * Sides and length are the file's, so that its place can be kept free until it is there. `taken_at` is the device's
 * clock; the place is missing where the person did not give it.
 */
export interface Photo {
  readonly unit?: string | null;
  readonly visit?: string | null;
  readonly image_sha256?: string | null;
  readonly width?: number | null;
  readonly height?: number | null;
  readonly size?: number | null;
  readonly taken_at?: number | null;
  readonly latitude?: number | null;
  readonly longitude?: number | null;
  readonly accuracy?: number | null;
  readonly caption?: string | null;
  readonly erased_at?: number | null;
  readonly deleted?: boolean | null;
}

/** The usual week of a unit, under the unit's id; a day that is null or empty is free. */
export interface BusinessHours {
  readonly unit?: string | null;
  readonly monday?: string | null;
  readonly tuesday?: string | null;
  readonly wednesday?: string | null;
  readonly thursday?: string | null;
  readonly friday?: string | null;
  readonly saturday?: string | null;
  readonly sunday?: string | null;
  readonly deleted?: boolean | null;
}

/** A date on which a unit works otherwise than usual: `hours` of that day, none for a holiday or a closure. */
export interface CalendarDay {
  readonly unit?: string | null;
  readonly date?: string | null;
  readonly kind?: DayKind | null;
  readonly name?: string | null;
  readonly hours?: string | null;
  readonly deleted?: boolean | null;
}

/**
 * Whether a district is urban or suburban for a unit; a call keeps what it was when it was logged (F020).
 *
 * The name is the district's alone, or with its county before it where two counties have one: 基隆市信義區.
 */
export interface District {
  readonly unit?: string | null;
  readonly name?: string | null;
  readonly zone?: Zone | null;
  readonly deleted?: boolean | null;
}

/**
 * The register held against the vouchers at the end of a unit's day (1-13, F017), signed by its clerk.
 *
 * The counts are of the calls that nobody was sent to, those whose voucher is out without a result (with the vouchers
 * that are out for no call), and those whose result is here and that are not closed.
 */
export interface Reconciliation {
  readonly unit?: string | null;
  readonly date?: string | null;
  readonly undispatched?: number | null;
  readonly out?: number | null;
  readonly unclosed?: number | null;
  readonly note?: string | null;
  readonly signed_at?: number | null;
  readonly signed_by?: string | null;
  readonly deleted?: boolean | null;
}

/**
 * What a customer agreed to about the upkeep of his products (1-1(2)): until when, how often, and what more costs.
 *
 * `number` stands on the paper. From `valid_from` to `valid_until`, both included, `visits_included` calls are
 * served without a fee, null for any number; each one more costs `extra_fee`.
 */
export interface MaintenanceContract {
  readonly unit?: string | null;
  readonly customer?: string | null;
  readonly number?: string | null;
  readonly valid_from?: number | null;
  readonly valid_until?: number | null;
  readonly visits_included?: number | null;
  readonly extra_fee?: number | null;
  readonly note?: string | null;
  readonly erased_at?: number | null;
  readonly deleted?: boolean | null;
}

/** One product in the list of one contract; its id follows from both, so that it stands there once. */
export interface CoveredAsset {
  readonly unit?: string | null;
  readonly contract?: string | null;
  readonly asset?: string | null;
  readonly deleted?: boolean | null;
}

/**
 * A link by which the customer reads what he signed, until it expires; one for each signature (1-4).
 *
 * Whoever has `secret` reads the copy without an account. It is kept as it is, for whoever sees this row sees the
 * signature too, and shows the same link again.
 */
export interface SignatureCopy {
  readonly unit?: string | null;
  readonly signature?: string | null;
  readonly secret?: string | null;
  readonly expires_at?: number | null;
  readonly erased_at?: number | null;
  readonly deleted?: boolean | null;
}

/**
 * Somebody tried to reach the customer of a call, ahead of a visit or at his door (1-4, F030, F031).
 *
 * `at` is the device's clock put right by what was measured at its last contact. `agreed_for` is when the customer
 * would have somebody come: a wish that the office reads, and no appointment until somebody there makes it one.
 */
export interface ContactAttempt {
  readonly unit?: string | null;
  readonly call?: string | null;
  readonly visit?: string | null;
  readonly user?: string | null;
  readonly at?: number | null;
  readonly channel?: ContactChannel | null;
  readonly result?: ContactResult | null;
  readonly note?: string | null;
  readonly agreed_for?: number | null;
  readonly erased_at?: number | null;
  readonly deleted?: boolean | null;
}

/**
 * A line of one person's time of category D: it names what was done and neither customer nor call (F001, F006).
 *
 * Its kind is its category. `started_at` and `ended_at` are by the clock that was right; without `ended_at` it
 * is running. `note` says what `other` was.
 */
export interface AdminTime {
  readonly unit?: string | null;
  readonly user?: string | null;
  readonly work?: AdminWork | null;
  readonly started_at?: number | null;
  readonly ended_at?: number | null;
  readonly note?: string | null;
  readonly deleted?: boolean | null;
}

/** From when until when somebody of a unit does not work, and who does his work meanwhile (ADR 41). */
export interface Absence {
  readonly unit?: string | null;
  readonly user?: string | null;
  readonly from_at?: number | null;
  readonly until_at?: number | null;
  readonly reason?: AbsenceReason | null;
  readonly substitute?: string | null;
  readonly note?: string | null;
  readonly recorded_by?: string | null;
  readonly cancelled_at?: number | null;
  readonly deleted?: boolean | null;
}

/**
 * The limits of a unit, under the unit's id; of one that is null what was shipped counts (`schemas.units`).
 *
 * From `lag_minutes` on a call was not logged at once (1-3, F011); `copy_days` is how long a customer's link to
 * what he signed is good for.
 */
export interface UnitSettings {
  readonly unit?: string | null;
  readonly lag_minutes?: number | null;
  readonly copy_days?: number | null;
  readonly deleted?: boolean | null;
}

/** A phrase that a unit's technicians choose instead of typing; with `product` only at products of that word. */
export interface Preset {
  readonly unit?: string | null;
  readonly list?: PhraseList | null;
  readonly product?: string | null;
  readonly text?: string | null;
  readonly rank?: number | null;
  readonly deleted?: boolean | null;
}

/** Something that a unit charges at a fixed amount (1-5, F038): technicians put the fee together from them. */
export interface FeeItem {
  readonly unit?: string | null;
  readonly kind?: FeeKind | null;
  readonly name?: string | null;
  readonly amount?: number | null;
  readonly rank?: number | null;
  readonly deleted?: boolean | null;
}

/** The fields of each kind. */
export interface Kinds {
  readonly unit: Unit;
  readonly user: User;
  readonly role_grant: RoleGrant;
  readonly device: Device;
  readonly customer: Customer;
  readonly asset: Asset;
  readonly service_voucher: ServiceVoucher;
  readonly service_call: ServiceCall;
  readonly dispatch: Dispatch;
  readonly service_visit: ServiceVisit;
  readonly signature: Signature;
  readonly photo: Photo;
  readonly business_hours: BusinessHours;
  readonly calendar_day: CalendarDay;
  readonly district: District;
  readonly reconciliation: Reconciliation;
  readonly maintenance_contract: MaintenanceContract;
  readonly covered_asset: CoveredAsset;
  readonly signature_copy: SignatureCopy;
  readonly contact_attempt: ContactAttempt;
  readonly admin_time: AdminTime;
  readonly absence: Absence;
  readonly unit_settings: UnitSettings;
  readonly preset: Preset;
  readonly fee_item: FeeItem;
}

export const KIND_SHAPES = {
  unit: {
    record: {
      'kind?': { maybe: 'UnitKind' },
      'code?': { maybe: 'ShortText' },
      'name?': { maybe: 'ShortText' },
      'time_zone?': { maybe: 'ShortText' },
      'address?': { maybe: 'ShortText' },
      'phone?': { maybe: 'ShortText' },
      'deleted?': { maybe: 'flag' },
    },
  },
  user: {
    record: {
      'name?': { maybe: 'ShortText' },
      'unit?': { maybe: 'Id' },
      'phone?': { maybe: 'ShortText' },
      'deactivated_at?': { maybe: 'Count' },
      'deleted?': { maybe: 'flag' },
    },
  },
  role_grant: {
    record: {
      'user?': { maybe: 'Id' },
      'unit?': { maybe: 'Id' },
      'role?': { maybe: 'Role' },
      'starts_at?': { maybe: 'Count' },
      'until_at?': { maybe: 'Count' },
      'acting_for?': { maybe: 'Id' },
      'ended_at?': { maybe: 'Count' },
      'deleted?': { maybe: 'flag' },
    },
  },
  device: {
    record: {
      'user?': { maybe: 'Id' },
      'unit?': { maybe: 'Id' },
      'name?': { maybe: 'ShortText' },
      'place?': { maybe: 'Place' },
      'key_thumbprint?': { maybe: 'ShortText' },
      'enrolled_at?': { maybe: 'Count' },
      'revoked_at?': { maybe: 'Count' },
      'deleted?': { maybe: 'flag' },
    },
  },
  customer: {
    record: {
      'unit?': { maybe: 'Id' },
      'name?': { maybe: 'ShortText' },
      'phone?': { maybe: 'ShortText' },
      'mobile?': { maybe: 'ShortText' },
      'address?': { maybe: 'ShortText' },
      'district?': { maybe: 'ShortText' },
      'zone?': { maybe: 'Zone' },
      'tax_id?': { maybe: 'ShortText' },
      'note?': { maybe: 'LongText' },
      'merged_into?': { maybe: 'Id' },
      'merged_at?': { maybe: 'Count' },
      'merged_by?': { maybe: 'Id' },
      'erased_at?': { maybe: 'Count' },
      'deleted?': { maybe: 'flag' },
    },
  },
  asset: {
    record: {
      'unit?': { maybe: 'Id' },
      'customer?': { maybe: 'Id' },
      'product?': { maybe: 'ShortText' },
      'model_no?': { maybe: 'ShortText' },
      'serial_no?': { maybe: 'ShortText' },
      'sold_at?': { maybe: 'Count' },
      'warranty_until?': { maybe: 'Count' },
      'note?': { maybe: 'LongText' },
      'merged_into?': { maybe: 'Id' },
      'merged_at?': { maybe: 'Count' },
      'merged_by?': { maybe: 'Id' },
      'erased_at?': { maybe: 'Count' },
      'deleted?': { maybe: 'flag' },
    },
  },
  service_voucher: {
    record: {
      'unit?': { maybe: 'Id' },
      'number?': { maybe: 'ShortText' },
      'origin?': { maybe: 'VoucherOrigin' },
      'opened_at?': { maybe: 'Count' },
      'checked_out_at?': { maybe: 'Count' },
      'checked_out_to?': { maybe: 'Id' },
      'filed_at?': { maybe: 'Count' },
      'retired_at?': { maybe: 'Count' },
      'deleted?': { maybe: 'flag' },
    },
  },
  service_call: {
    record: {
      'unit?': { maybe: 'Id' },
      'number?': { maybe: 'ShortText' },
      'provisional_number?': { maybe: 'ShortText' },
      'channel?': { maybe: 'Channel' },
      'customer?': { maybe: 'Id' },
      'asset?': { maybe: 'Id' },
      'contact_name?': { maybe: 'ShortText' },
      'contact_phone?': { maybe: 'ShortText' },
      'address?': { maybe: 'ShortText' },
      'district?': { maybe: 'ShortText' },
      'zone?': { maybe: 'Zone' },
      'zone_reason?': { maybe: 'ShortText' },
      'symptom?': { maybe: 'LongText' },
      'category?': { maybe: 'Category' },
      'category_reason?': { maybe: 'ShortText' },
      'received_at?': { maybe: 'Count' },
      'received_reason?': { maybe: 'ShortText' },
      'logged_at?': { maybe: 'Count' },
      'logged_by?': { maybe: 'Id' },
      'appointment_at?': { maybe: 'Count' },
      'due_at?': { maybe: 'Count' },
      'proposed_technician?': { maybe: 'Id' },
      'proposed_for?': { maybe: 'Count' },
      'proposed_by?': { maybe: 'Id' },
      'breach_reason?': { maybe: 'BreachReason' },
      'breach_note?': { maybe: 'ShortText' },
      'withdrawn_at?': { maybe: 'Count' },
      'withdrawn_by?': { maybe: 'Id' },
      'withdrawn_reason?': { maybe: 'ShortText' },
      'duplicate_of?': { maybe: 'Id' },
      'closed_at?': { maybe: 'Count' },
      'closed_by?': { maybe: 'Id' },
      'erased_at?': { maybe: 'Count' },
      'deleted?': { maybe: 'flag' },
    },
  },
  dispatch: {
    record: {
      'unit?': { maybe: 'Id' },
      'call?': { maybe: 'Id' },
      'technician?': { maybe: 'Id' },
      'priority?': { maybe: 'Priority' },
      'planned_at?': { maybe: 'Count' },
      'dispatched_at?': { maybe: 'Count' },
      'dispatched_by?': { maybe: 'Id' },
      'cancelled_at?': { maybe: 'Count' },
      'cancelled_by?': { maybe: 'Id' },
      'cancelled_reason?': { maybe: 'ShortText' },
      'erased_at?': { maybe: 'Count' },
      'deleted?': { maybe: 'flag' },
    },
  },
  service_visit: {
    record: {
      'unit?': { maybe: 'Id' },
      'call?': { maybe: 'Id' },
      'asset?': { maybe: 'Id' },
      'technician?': { maybe: 'Id' },
      'category?': { maybe: 'Category' },
      'category_reason?': { maybe: 'ShortText' },
      'en_route_at?': { maybe: 'Count' },
      'arrived_at?': { maybe: 'Count' },
      'arrived_clock_offset_ms?': { maybe: 'SignedMs' },
      'arrived_stamped_at?': { maybe: 'Count' },
      'arrived_reason?': { maybe: 'LongText' },
      'arrived_corrected_by?': { maybe: 'Id' },
      'arrived_latitude?': { maybe: { integer: [-90_000_000, 90_000_000] } },
      'arrived_longitude?': { maybe: { integer: [-180_000_000, 180_000_000] } },
      'arrived_accuracy?': { maybe: 'Count' },
      'fault?': { maybe: 'LongText' },
      'action?': { maybe: 'LongText' },
      'parts?': {
        maybe: {
          pattern: /^[^\t\n]{1,80}\t[^\t\n]{0,40}\t[1-9][0-9]{0,2}(\n[^\t\n]{1,80}\t[^\t\n]{0,40}\t[1-9][0-9]{0,2}){0,29}$(?!\n)/u,
        },
      },
      'outcome?': { maybe: 'VisitOutcome' },
      'undone_reason?': { maybe: 'UndoneReason' },
      'undone_note?': { maybe: 'LongText' },
      'undone_next?': { maybe: 'UndoneNext' },
      'undone_wish_at?': { maybe: 'Count' },
      'fee_total?': { maybe: 'Count' },
      'finished_at?': { maybe: 'Count' },
      'unsigned_reason?': { maybe: 'UnsignedReason' },
      'unsigned_note?': { maybe: 'LongText' },
      'confirmed_at?': { maybe: 'Count' },
      'confirmed_by?': { maybe: 'Id' },
      'confirmed_note?': { maybe: 'LongText' },
      'confirmed_sha256?': { maybe: 'Sha256' },
      'amended_at?': { maybe: 'Count' },
      'amended_by?': { maybe: 'Id' },
      'amended_reason?': { maybe: 'LongText' },
      'erased_at?': { maybe: 'Count' },
      'deleted?': { maybe: 'flag' },
    },
  },
  signature: {
    record: {
      'unit?': { maybe: 'Id' },
      'visit?': { maybe: 'Id' },
      'role?': { maybe: 'SignerRole' },
      'signer_name?': { maybe: 'ShortText' },
      'signed_at?': { maybe: 'Count' },
      'template?': { maybe: 'ShortText' },
      'content?': { maybe: 'ContentText' },
      'content_sha256?': { maybe: 'Sha256' },
      'strokes_sha256?': { maybe: 'Sha256' },
      'image_sha256?': { maybe: 'Sha256' },
      'device?': { maybe: 'Id' },
      'device_signature?': { maybe: 'Base64Url' },
      'erased_at?': { maybe: 'Count' },
      'deleted?': { maybe: 'flag' },
    },
  },
  photo: {
    record: {
      'unit?': { maybe: 'Id' },
      'visit?': { maybe: 'Id' },
      'image_sha256?': { maybe: 'Sha256' },
      'width?': { maybe: { integer: [1, 65_535] } },
      'height?': { maybe: { integer: [1, 65_535] } },
      'size?': { maybe: 'Count' },
      'taken_at?': { maybe: 'Count' },
      'latitude?': { maybe: { integer: [-90_000_000, 90_000_000] } },
      'longitude?': { maybe: { integer: [-180_000_000, 180_000_000] } },
      'accuracy?': { maybe: 'Count' },
      'caption?': { maybe: 'ShortText' },
      'erased_at?': { maybe: 'Count' },
      'deleted?': { maybe: 'flag' },
    },
  },
  business_hours: {
    record: {
      'unit?': { maybe: 'Id' },
      'monday?': { maybe: 'HoursOfDay' },
      'tuesday?': { maybe: 'HoursOfDay' },
      'wednesday?': { maybe: 'HoursOfDay' },
      'thursday?': { maybe: 'HoursOfDay' },
      'friday?': { maybe: 'HoursOfDay' },
      'saturday?': { maybe: 'HoursOfDay' },
      'sunday?': { maybe: 'HoursOfDay' },
      'deleted?': { maybe: 'flag' },
    },
  },
  calendar_day: {
    record: {
      'unit?': { maybe: 'Id' },
      'date?': { maybe: 'IsoDate' },
      'kind?': { maybe: 'DayKind' },
      'name?': { maybe: 'ShortText' },
      'hours?': { maybe: 'HoursOfDay' },
      'deleted?': { maybe: 'flag' },
    },
  },
  district: {
    record: {
      'unit?': { maybe: 'Id' },
      'name?': { maybe: 'ShortText' },
      'zone?': { maybe: 'Zone' },
      'deleted?': { maybe: 'flag' },
    },
  },
  reconciliation: {
    record: {
      'unit?': { maybe: 'Id' },
      'date?': { maybe: 'IsoDate' },
      'undispatched?': { maybe: 'Count' },
      'out?': { maybe: 'Count' },
      'unclosed?': { maybe: 'Count' },
      'note?': { maybe: 'LongText' },
      'signed_at?': { maybe: 'Count' },
      'signed_by?': { maybe: 'Id' },
      'deleted?': { maybe: 'flag' },
    },
  },
  maintenance_contract: {
    record: {
      'unit?': { maybe: 'Id' },
      'customer?': { maybe: 'Id' },
      'number?': { maybe: 'ShortText' },
      'valid_from?': { maybe: 'Count' },
      'valid_until?': { maybe: 'Count' },
      'visits_included?': { maybe: 'Count' },
      'extra_fee?': { maybe: 'Count' },
      'note?': { maybe: 'LongText' },
      'erased_at?': { maybe: 'Count' },
      'deleted?': { maybe: 'flag' },
    },
  },
  covered_asset: {
    record: {
      'unit?': { maybe: 'Id' },
      'contract?': { maybe: 'Id' },
      'asset?': { maybe: 'Id' },
      'deleted?': { maybe: 'flag' },
    },
  },
  signature_copy: {
    record: {
      'unit?': { maybe: 'Id' },
      'signature?': { maybe: 'Id' },
      'secret?': { maybe: 'Base64Url' },
      'expires_at?': { maybe: 'Count' },
      'erased_at?': { maybe: 'Count' },
      'deleted?': { maybe: 'flag' },
    },
  },
  contact_attempt: {
    record: {
      'unit?': { maybe: 'Id' },
      'call?': { maybe: 'Id' },
      'visit?': { maybe: 'Id' },
      'user?': { maybe: 'Id' },
      'at?': { maybe: 'Count' },
      'channel?': { maybe: 'ContactChannel' },
      'result?': { maybe: 'ContactResult' },
      'note?': { maybe: 'ShortText' },
      'agreed_for?': { maybe: 'Count' },
      'erased_at?': { maybe: 'Count' },
      'deleted?': { maybe: 'flag' },
    },
  },
  admin_time: {
    record: {
      'unit?': { maybe: 'Id' },
      'user?': { maybe: 'Id' },
      'work?': { maybe: 'AdminWork' },
      'started_at?': { maybe: 'Count' },
      'ended_at?': { maybe: 'Count' },
      'note?': { maybe: 'LongText' },
      'deleted?': { maybe: 'flag' },
    },
  },
  absence: {
    record: {
      'unit?': { maybe: 'Id' },
      'user?': { maybe: 'Id' },
      'from_at?': { maybe: 'Count' },
      'until_at?': { maybe: 'Count' },
      'reason?': { maybe: 'AbsenceReason' },
      'substitute?': { maybe: 'Id' },
      'note?': { maybe: 'LongText' },
      'recorded_by?': { maybe: 'Id' },
      'cancelled_at?': { maybe: 'Count' },
      'deleted?': { maybe: 'flag' },
    },
  },
  unit_settings: {
    record: {
      'unit?': { maybe: 'Id' },
      'lag_minutes?': { maybe: 'Count' },
      'copy_days?': { maybe: 'Count' },
      'deleted?': { maybe: 'flag' },
    },
  },
  preset: {
    record: {
      'unit?': { maybe: 'Id' },
      'list?': { maybe: 'PhraseList' },
      'product?': { maybe: 'ShortText' },
      'text?': { maybe: 'ShortText' },
      'rank?': { maybe: 'Count' },
      'deleted?': { maybe: 'flag' },
    },
  },
  fee_item: {
    record: {
      'unit?': { maybe: 'Id' },
      'kind?': { maybe: 'FeeKind' },
      'name?': { maybe: 'ShortText' },
      'amount?': { maybe: 'Count' },
      'rank?': { maybe: 'Count' },
      'deleted?': { maybe: 'flag' },
    },
  },
} as const;
