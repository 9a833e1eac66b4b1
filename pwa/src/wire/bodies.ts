// Written by `make gen` from schemas/. Do not edit.

import type {
  Advice,
  DayKind,
  Deed,
  LossState,
  Place,
  Priority,
  Role,
  RowFault,
  UnitKind,
  Wellness,
  Zone,
} from './vocabulary.ts';

/** Who writes a chain, and from which past: a device of a user in an epoch; its hash begins it (SPEC A1, A3). */
export interface ActorRecord {
  readonly actor: string;
  readonly company: string;
  readonly device: string;
  readonly user: string;
  readonly place: Place;
  readonly epoch: string;
  readonly parent?: string | null;
  readonly parent_seq?: number;
  readonly parent_head?: string | null;
}

/** Who wants to sign in; `company` is asked only by an installation that serves several. */
export interface SignIn {
  readonly login: string;
  readonly password: string;
  readonly company?: string | null;
}

/** A role that somebody holds for a time, in the place of another one. */
export interface Acting {
  readonly role: Role;
  readonly starts_at: number;
  readonly until_at: number;
  readonly acting_for: string;
}

/**
 * Who is signed in; `challenge` is what an enrolled device signs to speak in this session.
 *
 * `roles` are those that he holds now; `acting` says which of them end by themselves, and which are still to come.
 */
export interface SessionReply {
  readonly user: string;
  readonly name: string;
  readonly company: string;
  readonly company_name: string;
  readonly unit: string;
  readonly roles: ReadonlyArray<Role>;
  readonly challenge: string;
  readonly device: string | null;
  readonly acting?: ReadonlyArray<Acting>;
}

/** Who shall be the service manager of a unit for a time, in whose place. */
export interface ActingOrder {
  readonly user: string;
  readonly acting_for: string;
  readonly starts_at: number;
  readonly until_at: number;
}

/** The grant by which somebody acts. */
export interface Appointed {
  readonly grant: string;
}

/** An enrolled device's signature over `["fieldproof-session-1", challenge, device]` (RFC 8785). */
export interface DeviceProof {
  readonly device: string;
  readonly signature: string;
}

/** The password that is and the one that shall be. */
export interface PasswordChange {
  readonly old: string;
  readonly new: string;
}

/** A new password on the word of the admin's one-time code. */
export interface PasswordReset {
  readonly login: string;
  readonly code: string;
  readonly new: string;
  readonly company?: string | null;
}

/**
 * A new device: its name, where it is used, and its P-256 key as an uncompressed point.
 *
 * `device` is the id that this key had before a restore lost its enrolment: what it wrote then is under that id.
 */
export interface Enrolment {
  readonly name: string;
  readonly place: Place;
  readonly public_key: string;
  readonly device?: string | null;
}

/** The id under which the device writes from now on. */
export interface Enrolled {
  readonly device: string;
}

/** One account as the admin sees it; `login` is empty where a restore lost it (SPEC H7). */
export interface AccountEntry {
  readonly user: string;
  readonly login: string;
  readonly name: string;
  readonly unit: string;
  readonly roles: ReadonlyArray<Role>;
  readonly deactivated: boolean;
}

/** A person who shall be able to sign in. */
export interface NewAccount {
  readonly name: string;
  readonly login: string;
  readonly unit: string;
  readonly roles: ReadonlyArray<Role>;
}

/** The name with which somebody signs in who has none: a restore brought him back, but not what is kept of him. */
export interface Login {
  readonly login: string;
}

/** What shall be different about an account; a field that is not sent stays as it is. */
export interface AccountChange {
  readonly name?: string;
  readonly unit?: string;
  readonly roles?: ReadonlyArray<Role>;
  readonly deactivated?: boolean;
}

/** The code with which a user sets his password; it is shown once and kept as a hash only. */
export interface OneTimeCode {
  readonly user: string;
  readonly code: string;
}

/**
 * One deed: who, from which device, what, to which objects, for which purpose, by which request.
 *
 * `objects` are document or account ids with their kind, as `kind:id`; `request_sha256` is the hash of the
 * request's canonical bytes, null where no request asked and where one held a password or a code: whoever reads the
 * log could try them against it. `acting_for` is whose place the user took, where only that gave him the right; the
 * entries from before there was anybody acting have none. The leaf of the log is the RFC 8785 encoding of this entry.
 */
export interface AuditEntry {
  readonly seq: number;
  readonly at: number;
  readonly user: string | null;
  readonly device: string | null;
  readonly deed: Deed;
  readonly objects: ReadonlyArray<string>;
  readonly purpose: string | null;
  readonly request_sha256: string | null;
  readonly acting_for?: string | null;
}

/**
 * A stretch of the audit log, the newest entry first.
 *
 * `more` tells whether older ones follow; `broken` names entries whose bytes are not those that were written.
 */
export interface AuditPage {
  readonly entries: ReadonlyArray<AuditEntry>;
  readonly more: boolean;
  readonly broken: ReadonlyArray<number>;
}

/** The hours of each day of a usual week; an empty text for a free day. */
export interface UsualWeek {
  readonly monday: string;
  readonly tuesday: string;
  readonly wednesday: string;
  readonly thursday: string;
  readonly friday: string;
  readonly saturday: string;
  readonly sunday: string;
}

/** Dates on which a unit works otherwise than usual; an empty text of hours for not at all. */
export interface SpecialDays {
  readonly dates: ReadonlyArray<string>;
  readonly kind: DayKind;
  readonly name: string;
  readonly hours?: string;
}

/** Dates that are like any other again. */
export interface UsualDays {
  readonly dates: ReadonlyArray<string>;
}

/** A year whose public holidays and make-up days are to be put into the calendar. */
export interface HolidayYear {
  readonly year: number;
}

/** Whether a district is urban or suburban for a unit; null takes it out of the table. */
export interface DistrictZone {
  readonly name: string;
  readonly zone: Zone | null;
}

/** How many dates a command set, and of how many open calls the time to arrive by has moved. */
export interface CalendarChanged {
  readonly days: number;
  readonly calls: number;
}

/** The secret part of a customer's link; it stands behind the address's `#`, where no server logs it. */
export interface CopyRequest {
  readonly secret: string;
}

/** Exactly what was signed, with the signature as it was drawn; `strokes` is null until the file has arrived. */
export interface SignedCopy {
  readonly content: string;
  readonly content_sha256: string;
  readonly signer_name: string;
  readonly signed_at: number;
  readonly strokes: string | null;
  readonly expires_at: number;
}

/** Who wrote off a notice, when and why. */
export interface Settled {
  readonly by: string;
  readonly at: number;
  readonly reason: string;
}

/**
 * Operations that a device announced and that never arrived; `actor` is the chain that lacks them.
 *
 * `last_seq` is how far it was announced to go; `since` when the oldest of them was captured, as far as the device
 * said; `said_at` when it last spoke of them; `successor` the device that its person has enrolled since.
 */
export interface Loss {
  readonly actor: string;
  readonly last_seq: number;
  readonly device: string;
  readonly user: string;
  readonly operations: number;
  readonly since: number | null;
  readonly said_at: number | null;
  readonly state: LossState;
  readonly successor: string | null;
  readonly settled: Settled | null;
}

/** A document that one branch of a copied chain wrote. */
export interface Touched {
  readonly kind: string;
  readonly doc: string;
}

/**
 * A chain that a device went on with elsewhere than the server has it: the device is a copy, or was put back.
 *
 * `here` counts what the server had already and the device did not, `there` what the device has brought since;
 * both branches stand. `both` tells that the older branch grew afterwards too: two devices are in use. The documents
 * are the newest of each branch.
 */
export interface Parting {
  readonly actor: string;
  readonly device: string;
  readonly user: string;
  readonly at: number;
  readonly here: number;
  readonly there: number;
  readonly both: boolean;
  readonly documents_here: ReadonlyArray<Touched>;
  readonly documents_there: ReadonlyArray<Touched>;
  readonly settled: Settled | null;
}

/**
 * What came back in an epoch of what one device had written.
 *
 * `unproven` of the operations had no receipt and were stamped anew; `kept_elsewhere` of them came back from other
 * devices, which had kept them for the server.
 * `first_at` and `last_at` are when the server had first received the oldest and the newest of them.
 */
export interface Returned {
  readonly device: string;
  readonly user: string;
  readonly operations: number;
  readonly documents: number;
  readonly unproven: number;
  readonly first_at: number;
  readonly last_at: number;
  readonly kept_elsewhere?: number;
}

/** A device that was in use before an epoch began and has not been in touch since; `seen_at` null: never. */
export interface Awaited {
  readonly device: string;
  readonly user: string;
  readonly seen_at: number | null;
}

/**
 * One time that an older copy of the database took the place of a newer one.
 *
 * `cause` is the audit entry's word: `restore` for the command, `hello` for a copy that a device's mark told of;
 * `device` is that device. `fork` is the position up to which the copy went, `reached` how far the lost log is
 * known to have gone; of the commits between, `back` have come again.
 */
export interface EpochChange {
  readonly epoch: string;
  readonly at: number;
  readonly cause: string;
  readonly device: string | null;
  readonly fork: number;
  readonly reached: number | null;
  readonly back: number;
  readonly returned: ReadonlyArray<Returned>;
  readonly awaited: ReadonlyArray<Awaited>;
}

/**
 * A record whose file the office does not have: a photo, or a signature without its strokes or its picture.
 *
 * `device` and `user` wrote the record, at `captured_at` by the server's clock. `since` is when the record
 * came here without it, or, for one that `was_here`, when it was not found where it had been put. `state` says
 * whether it may still come: `awaited` and `silent` yes; `revoked` if the stopped device is opened once more;
 * `gone` and `emptied` no. Number and customer are the call's, null where it is not known here.
 */
export interface MissingFile {
  readonly kind: string;
  readonly doc: string;
  readonly visit: string | null;
  readonly number: string | null;
  readonly customer: string | null;
  readonly device: string;
  readonly user: string;
  readonly captured_at: number;
  readonly since: number;
  readonly was_here: boolean;
  readonly state: LossState;
}

/**
 * Every epoch change, newest first, and what is announced or parted, the open ones first.
 *
 * `files` are the newest records whose files are missing; `more_files` tells that there are others.
 */
export interface HealReport {
  readonly changes: ReadonlyArray<EpochChange>;
  readonly losses: ReadonlyArray<Loss>;
  readonly partings: ReadonlyArray<Parting>;
  readonly files?: ReadonlyArray<MissingFile>;
  readonly more_files?: boolean;
}

/** Which version runs since when; `started_at` is null where no server runs on this machine. */
export interface ServerFacts {
  readonly wellness: Wellness;
  readonly advice: ReadonlyArray<Advice>;
  readonly version: string;
  readonly started_at: number | null;
}

/**
 * How much is kept, and the room on the disk of the data folder.
 *
 * `database_bytes` is the whole database, `files_bytes` the company's photos and signatures, wherever they are.
 */
export interface StorageFacts {
  readonly wellness: Wellness;
  readonly advice: ReadonlyArray<Advice>;
  readonly database: 'postgresql' | 'sqlite';
  readonly database_bytes: number;
  readonly files_bytes: number;
  readonly disk_free: number;
  readonly disk_total: number;
}

/**
 * The newest backup that this very log remembers; `at` is null for none.
 *
 * `verified` tells whether its file was read back from end to end; `missing` counts photos and signatures that
 * were lost before it.
 */
export interface BackupFacts {
  readonly wellness: Wellness;
  readonly advice: ReadonlyArray<Advice>;
  readonly at: number | null;
  readonly bytes: number;
  readonly verified: boolean;
  readonly missing: number;
}

/**
 * Devices in use, those of them that are silent for three days with work unsent, and what stopped ones handed in.
 *
 * `stopped_waiting` counts stopped devices whose last work nobody has decided about, `quarantined` its entries.
 */
export interface DeviceFacts {
  readonly wellness: Wellness;
  readonly advice: ReadonlyArray<Advice>;
  readonly active: number;
  readonly silent: number;
  readonly stopped_waiting: number;
  readonly quarantined: number;
}

/**
 * What waits for people: held entries and since when the oldest, documents with rivals, files that are not here.
 *
 * `files_gone` of the `files_missing` nobody has any more; `more_files` tells that there are others.
 */
export interface WaitingFacts {
  readonly wellness: Wellness;
  readonly advice: ReadonlyArray<Advice>;
  readonly held: number;
  readonly held_since: number | null;
  readonly rivals: number;
  readonly files_missing: number;
  readonly files_gone: number;
  readonly more_files: boolean;
}

/**
 * When an older copy of the database last took its place, null for never, and what its report still has open.
 *
 * `awaited` counts devices that have not been in touch since.
 */
export interface RestoreFacts {
  readonly wellness: Wellness;
  readonly advice: ReadonlyArray<Advice>;
  readonly at: number | null;
  readonly losses: number;
  readonly partings: number;
  readonly awaited: number;
}

/**
 * The newest `checked` entries of the audit log, held against what was written; `broken` of them differ.
 *
 * One that is not there counts as broken. `entries` is how many the log has.
 */
export interface AuditFacts {
  readonly wellness: Wellness;
  readonly advice: ReadonlyArray<Advice>;
  readonly entries: number;
  readonly checked: number;
  readonly broken: number;
}

/** By how much the database's clock is ahead of the server's; negative for behind. */
export interface ClockFacts {
  readonly wellness: Wellness;
  readonly advice: ReadonlyArray<Advice>;
  readonly ahead_ms: number;
}

/** A year that has to be known by now, and the names of the units that have no holiday of it. */
export interface YearWithoutHolidays {
  readonly year: number;
  readonly units: ReadonlyArray<string>;
}

/** How many units there are, and the years whose public holidays some of them lack (1-14). */
export interface HolidayFacts {
  readonly wellness: Wellness;
  readonly advice: ReadonlyArray<Advice>;
  readonly units: number;
  readonly missing: ReadonlyArray<YearWithoutHolidays>;
}

/** Everything that tells whether the server is well, at `at`; `clock` is null where there is only one clock. */
export interface Health {
  readonly at: number;
  readonly wellness: Wellness;
  readonly server: ServerFacts;
  readonly storage: StorageFacts;
  readonly backup: BackupFacts;
  readonly devices: DeviceFacts;
  readonly waiting: WaitingFacts;
  readonly restore: RestoreFacts;
  readonly audit: AuditFacts;
  readonly holidays: HolidayFacts;
  readonly clock: ClockFacts | null;
}

/** A column of the file: its heading, and the field that it fills; null for one that nobody knows. */
export interface Heading {
  readonly heading: string;
  readonly kind: string | null;
  readonly field: string | null;
}

/**
 * What is wrong in a row: its number as the spreadsheet shows it, the column's heading, and what stands there.
 *
 * `facts` are named values for the sentence; the heading is empty where the whole row is meant.
 */
export interface RowError {
  readonly row: number;
  readonly heading: string;
  readonly value: string;
  readonly fault: RowFault;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** How many documents of a kind are new, would change, and are here already just so. */
export interface ImportCount {
  readonly kind: string;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** A field of a document that is here already, before and after; `name` is how people call the document. */
export interface ImportChange {
  readonly row: number;
  readonly kind: string;
  readonly doc: string;
  readonly name: string;
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * What a file holds, and what taking it in does.
 *
 * `encoding` is null for a workbook, `sheet` for a CSV; `wrong` counts rows with errors, `repeated` rows that
 * say nothing which an earlier one did not. Of errors and changes the first are told; the counts are whole.
 */
export interface ImportFound {
  readonly file_sha256: string;
  readonly encoding: string | null;
  readonly sheet: string | null;
  readonly other_sheets: ReadonlyArray<string>;
  readonly headings: ReadonlyArray<Heading>;
  readonly rows: number;
  readonly wrong: number;
  readonly repeated: number;
  readonly counts: ReadonlyArray<ImportCount>;
  readonly errors: ReadonlyArray<RowError>;
  readonly changes: ReadonlyArray<ImportChange>;
  readonly changed_fields: number;
}

/**
 * How far an import is, line by line: `found` is there in the last line of one that is done.
 *
 * `problem` is there in the last line of one that was given up, of which nothing is written.
 */
export interface ImportLine {
  readonly done?: number;
  readonly of?: number;
  readonly found?: ImportFound | null;
  readonly problem?: string | null;
  readonly facts?: Readonly<Record<string, unknown>> | null;
}

/** Rows of a list that somebody wants as a workbook. */
export interface SpreadsheetRows {
  readonly title: string;
  readonly rows: ReadonlyArray<ReadonlyArray<string | number>>;
}

/** Which technician is to go, and when; whether it was carried over the server reckons, `priority` is not read. */
export interface Order {
  readonly technician: string;
  readonly planned_at: number;
  readonly priority?: Priority;
}

/** Who is to go now, and when; `reason` is why it is somebody else, and asked for only then. */
export interface Move {
  readonly technician: string;
  readonly planned_at: number;
  readonly reason?: string;
}

/** The dispatch that was made, or stands now; the visit entry will have the same id. */
export interface Dispatched {
  readonly dispatch: string;
}

/** Which one stays when two turn out to be one. */
export interface MergeInto {
  readonly into: string;
}

/** Which one stays: the one that was named, or the one that it was merged into itself. */
export interface Merged {
  readonly into: string;
}

/** The body of a command that needs nothing but a reason. */
export interface Reason {
  readonly reason?: string;
}

/** Of which other call one is the duplicate; nobody has to say why. */
export interface SameCall {
  readonly of: string;
  readonly reason?: string;
}

/** When a call came in after all, and why that was not what stands there. */
export interface CallReceipt {
  readonly received_at: number;
  readonly reason?: string;
}

/** The manager's word for a visit that nobody signed: the hash of what he saw of it, and how he made sure. */
export interface Confirmation {
  readonly content_sha256: string;
  readonly note?: string;
}

/**
 * What somebody signs at the end of a day: the counts that he saw, and what he adds to them.
 *
 * Apps of before told no counts: of these whatever is so now is signed.
 */
export interface DaysEnd {
  readonly note?: string;
  readonly undispatched?: number | null;
  readonly out?: number | null;
  readonly unclosed?: number | null;
}

/** Which of the signed fields of a visit get which values, and why. */
export interface Amendment {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly reason?: string;
}

/**
 * A held operation as the inbox shows it.
 *
 * `fields` is what was to be set; with `at`, `kind` and `doc` it is null where nobody can read an operation,
 * and `raw` is the beginning of what was sent. `applicable` names the fields that the reader may write himself.
 * `device` is where it was written; `group` is the seq of the last operation that stands or falls with it.
 */
export interface HeldItem {
  readonly actor: string;
  readonly seq: number;
  readonly author: string;
  readonly author_name: string | null;
  readonly place: Place;
  readonly problem: string;
  readonly received_at: number;
  readonly at: number | null;
  readonly kind: string | null;
  readonly doc: string | null;
  readonly fields: Readonly<Record<string, unknown>> | null;
  readonly raw: string | null;
  readonly applicable: ReadonlyArray<string>;
  readonly device: string;
  readonly group: number;
}

/** Which fields of a held operation were written, and which could not be. */
export interface Applied {
  readonly written: ReadonlyArray<string>;
  readonly left_out: ReadonlyArray<string>;
}

/** How many entries (groups of operations) a person released or rejected together. */
export interface Released {
  readonly entries: number;
}

/**
 * The last work of a device that was stopped: since when, why, and how much of it came.
 *
 * `announced` is how many operations the device said that it had; it is `closed_at` once all of them arrived and
 * it was told to wipe itself. `waiting` counts entries that nobody has decided about.
 */
export interface Quarantine {
  readonly device: string;
  readonly device_name: string;
  readonly user: string;
  readonly user_name: string;
  readonly cause: 'account' | 'device';
  readonly since: number;
  readonly opened_at: number;
  readonly closed_at: number | null;
  readonly announced: number;
  readonly arrived: number;
  readonly waiting: number;
}

/** Who closed a held operation, how and why. */
export interface Closed {
  readonly decision: 'applied' | 'rejected' | 'released';
  readonly by: string;
  readonly at: number;
  readonly reason: string;
}

/** A value as somebody wrote it; `by` is the actor and seq of the first operation that superseded it. */
export interface WrittenValue {
  readonly value: unknown;
  readonly standing: 'held' | 'rival' | 'shown' | 'superseded';
  readonly by?: readonly [string, number] | null;
}

/** One operation of a document: `at` by its author's clock, `closed` what was decided about a held one. */
export interface HistoryEntry {
  readonly actor: string;
  readonly seq: number;
  readonly author: string;
  readonly author_name: string | null;
  readonly place: Place;
  readonly role: string;
  readonly at: number;
  readonly received_at: number;
  readonly effective_at: number;
  readonly position: number;
  readonly verdict: 'applied' | 'held';
  readonly problem: string | null;
  readonly closed?: Closed;
  readonly fields: Readonly<Record<string, WrittenValue>>;
}

/** A document as it is shown now, or was before it was removed, and every operation of it, the oldest first. */
export interface DocumentHistory {
  readonly kind: string;
  readonly doc: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly entries: ReadonlyArray<HistoryEntry>;
}

/** When a device last mended rows that did not add up (SPEC F6), how many those were, and how often it did so. */
export interface RowRepairs {
  readonly at: number;
  readonly rows: number;
  readonly times: number;
}

/**
 * When a device was last in touch, by the server's clock, and what it then said that it still had to send.
 *
 * `oldest_pending_at` is null where nothing is left, or the device did not say since when; `app` is its version.
 * `repairs` is null for one that never had to mend itself.
 */
export interface DeviceContact {
  readonly device: string;
  readonly at: number;
  readonly pending: number;
  readonly oldest_pending_at: number | null;
  readonly app: string;
  readonly repairs: RowRepairs | null;
}

/**
 * Why a customer's personal data is erased, with his name typed once more as the second confirmation.
 *
 * `settled` names the closed calls of which the admin says that nobody is to be billed for them any more.
 */
export interface Erasing {
  readonly name: string;
  readonly reason: string;
  readonly settled?: ReadonlyArray<string>;
}

/** How many documents lost their personal values. */
export interface Erased {
  readonly documents: number;
}

/** What everybody may know of a rescue file: whose office opens it, and with which of its keys. */
export interface RescueHeader {
  readonly format: string;
  readonly version: number;
  readonly company: string;
  readonly key: string;
}

/** A stretch of a chain, as a push of it would be: whole groups, with the device's signature over where it ends. */
export interface RescueBatch {
  readonly actor: ActorRecord;
  readonly first: number;
  readonly prev: string;
  readonly count: number;
  readonly signature: string;
}

/** A file beside the operations: the name under which they know it, and how many bytes of the contents it is. */
export interface RescueBlob {
  readonly sha256: string;
  readonly size: number;
}

/** First line of the contents; `offset_ms` is office time minus device time, as measured at the last contact. */
export interface RescueContents {
  readonly user: string;
  readonly device: string;
  readonly at: number;
  readonly offset_ms: number;
  readonly batches: ReadonlyArray<RescueBatch>;
  readonly blobs: ReadonlyArray<RescueBlob>;
}

/**
 * What a rescue file holds, and how much of it is here: before it was taken in, or after.
 *
 * `entries` are groups of operations, `since` is when the oldest was captured; `held` counts the operations
 * that were taken in and wait for a decision, `refused` the files that no office takes.
 */
export interface RescueFound {
  readonly state: 'here' | 'new' | 'partly';
  readonly user: string;
  readonly user_name: string;
  readonly device_name: string;
  readonly at: number;
  readonly since: number | null;
  readonly entries: number;
  readonly operations: number;
  readonly fresh: number;
  readonly blobs: number;
  readonly fresh_blobs: number;
  readonly held?: number;
  readonly refused?: number;
}

/** Whether a company was founded here. */
export interface Start {
  readonly state: 'empty' | 'ready';
}

/** Found the demonstration, on the word of the one-time code that the server printed. */
export interface DemoWish {
  readonly code: string;
}

/** Found one's own company with one unit and its admin, on the word of the one-time code. */
export interface CompanyWish {
  readonly code: string;
  readonly company: string;
  readonly unit_name: string;
  readonly unit_code: string;
  readonly unit_kind: UnitKind;
  readonly admin_name: string;
  readonly login: string;
  readonly password: string;
}

/** The company that now is; its admin can sign in. */
export interface FoundedCompany {
  readonly company: string;
}

/** Somebody of the demonstration; the password was made for this installation and is told once. */
export interface DemoAccount {
  readonly login: string;
  readonly name: string;
  readonly roles: ReadonlyArray<Role>;
  readonly password: string;
}

/** The demonstration that now is, and everybody who can sign in to it. */
export interface FoundedDemo {
  readonly company: string;
  readonly accounts: ReadonlyArray<DemoAccount>;
}

/** A unit that shall be: `code` is what its numbers begin with, `time_zone` a name of the IANA's. */
export interface NewUnit {
  readonly kind: UnitKind;
  readonly code: string;
  readonly name: string;
  readonly time_zone: string;
  readonly address?: string;
  readonly phone?: string;
}

/** The unit that now is. */
export interface AddedUnit {
  readonly unit: string;
}

/** What shall be different about a unit; a field that is not sent stays as it is. */
export interface UnitChange {
  readonly kind?: UnitKind;
  readonly code?: string;
  readonly name?: string;
  readonly time_zone?: string;
  readonly address?: string;
  readonly phone?: string;
}

/** The limits of a unit. */
export interface UnitLimits {
  readonly lag_minutes: number;
  readonly copy_days: number;
}

/** What routes beside the protocol are sent and answer. */
export interface Bodies {
  readonly ActorRecord: ActorRecord;
  readonly SignIn: SignIn;
  readonly Acting: Acting;
  readonly SessionReply: SessionReply;
  readonly ActingOrder: ActingOrder;
  readonly Appointed: Appointed;
  readonly DeviceProof: DeviceProof;
  readonly PasswordChange: PasswordChange;
  readonly PasswordReset: PasswordReset;
  readonly Enrolment: Enrolment;
  readonly Enrolled: Enrolled;
  readonly AccountEntry: AccountEntry;
  readonly NewAccount: NewAccount;
  readonly Login: Login;
  readonly AccountChange: AccountChange;
  readonly OneTimeCode: OneTimeCode;
  readonly AuditEntry: AuditEntry;
  readonly AuditPage: AuditPage;
  readonly UsualWeek: UsualWeek;
  readonly SpecialDays: SpecialDays;
  readonly UsualDays: UsualDays;
  readonly HolidayYear: HolidayYear;
  readonly DistrictZone: DistrictZone;
  readonly CalendarChanged: CalendarChanged;
  readonly CopyRequest: CopyRequest;
  readonly SignedCopy: SignedCopy;
  readonly Settled: Settled;
  readonly Loss: Loss;
  readonly Touched: Touched;
  readonly Parting: Parting;
  readonly Returned: Returned;
  readonly Awaited: Awaited;
  readonly EpochChange: EpochChange;
  readonly MissingFile: MissingFile;
  readonly HealReport: HealReport;
  readonly ServerFacts: ServerFacts;
  readonly StorageFacts: StorageFacts;
  readonly BackupFacts: BackupFacts;
  readonly DeviceFacts: DeviceFacts;
  readonly WaitingFacts: WaitingFacts;
  readonly RestoreFacts: RestoreFacts;
  readonly AuditFacts: AuditFacts;
  readonly ClockFacts: ClockFacts;
  readonly YearWithoutHolidays: YearWithoutHolidays;
  readonly HolidayFacts: HolidayFacts;
  readonly Health: Health;
  readonly Heading: Heading;
  readonly RowError: RowError;
  readonly ImportCount: ImportCount;
  readonly ImportChange: ImportChange;
  readonly ImportFound: ImportFound;
  readonly ImportLine: ImportLine;
  readonly SpreadsheetRows: SpreadsheetRows;
  readonly Order: Order;
  readonly Move: Move;
  readonly Dispatched: Dispatched;
  readonly MergeInto: MergeInto;
  readonly Merged: Merged;
  readonly Reason: Reason;
  readonly SameCall: SameCall;
  readonly CallReceipt: CallReceipt;
  readonly Confirmation: Confirmation;
  readonly DaysEnd: DaysEnd;
  readonly Amendment: Amendment;
  readonly HeldItem: HeldItem;
  readonly Applied: Applied;
  readonly Released: Released;
  readonly Quarantine: Quarantine;
  readonly Closed: Closed;
  readonly WrittenValue: WrittenValue;
  readonly HistoryEntry: HistoryEntry;
  readonly DocumentHistory: DocumentHistory;
  readonly RowRepairs: RowRepairs;
  readonly DeviceContact: DeviceContact;
  readonly Erasing: Erasing;
  readonly Erased: Erased;
  readonly RescueHeader: RescueHeader;
  readonly RescueBatch: RescueBatch;
  readonly RescueBlob: RescueBlob;
  readonly RescueContents: RescueContents;
  readonly RescueFound: RescueFound;
  readonly Start: Start;
  readonly DemoWish: DemoWish;
  readonly CompanyWish: CompanyWish;
  readonly FoundedCompany: FoundedCompany;
  readonly DemoAccount: DemoAccount;
  readonly FoundedDemo: FoundedDemo;
  readonly NewUnit: NewUnit;
  readonly AddedUnit: AddedUnit;
  readonly UnitChange: UnitChange;
  readonly UnitLimits: UnitLimits;
}

export const BODY_SHAPES = {
  ActorRecord: {
    record: {
      actor: 'Id',
      company: 'Id',
      device: 'Id',
      user: 'Id',
      place: 'Place',
      epoch: 'Id',
      'parent?': { maybe: 'Id' },
      'parent_seq?': 'Count',
      'parent_head?': { maybe: 'Sha256' },
    },
  },
  SignIn: {
    record: {
      login: { text: [1, 200], pattern: /^[^\x00-\x1f\x7f]*$(?!\n)/u },
      password: { text: [0, 1_000] },
      'company?': { maybe: 'Id' },
    },
  },
  Acting: { record: { role: 'Role', starts_at: 'Count', until_at: 'Count', acting_for: 'Id' } },
  SessionReply: {
    record: {
      user: 'Id',
      name: { text: [0, Infinity] },
      company: 'Id',
      company_name: { text: [0, Infinity] },
      unit: 'Id',
      roles: { list: 'Role' },
      challenge: 'Base64Url',
      device: { maybe: 'Id' },
      'acting?': { list: 'Acting' },
    },
  },
  ActingOrder: { record: { user: 'Id', acting_for: 'Id', starts_at: 'Count', until_at: 'Count' } },
  Appointed: { record: { grant: 'Id' } },
  DeviceProof: { record: { device: 'Id', signature: 'Base64Url' } },
  PasswordChange: { record: { old: { text: [0, 1_000] }, new: { text: [0, 1_000] } } },
  PasswordReset: {
    record: {
      login: { text: [1, 200], pattern: /^[^\x00-\x1f\x7f]*$(?!\n)/u },
      code: { text: [0, 1_000] },
      new: { text: [0, 1_000] },
      'company?': { maybe: 'Id' },
    },
  },
  Enrolment: {
    record: {
      name: { text: [1, 200], pattern: /^[^\x00-\x1f\x7f]*$(?!\n)/u },
      place: 'Place',
      public_key: 'Base64Url',
      'device?': { maybe: 'Id' },
    },
  },
  Enrolled: { record: { device: 'Id' } },
  AccountEntry: {
    record: {
      user: 'Id',
      login: { text: [0, Infinity] },
      name: { text: [0, Infinity] },
      unit: 'Id',
      roles: { list: 'Role' },
      deactivated: 'flag',
    },
  },
  NewAccount: {
    record: {
      name: { text: [1, 200], pattern: /^[^\x00-\x1f\x7f]*$(?!\n)/u },
      login: { text: [1, 200], pattern: /^[^\x00-\x1f\x7f]*$(?!\n)/u },
      unit: 'Id',
      roles: { list: 'Role' },
    },
  },
  Login: { record: { login: { text: [1, 200], pattern: /^[^\x00-\x1f\x7f]*$(?!\n)/u } } },
  AccountChange: {
    record: {
      'name?': { text: [1, 200], pattern: /^[^\x00-\x1f\x7f]*$(?!\n)/u },
      'unit?': 'Id',
      'roles?': { list: 'Role' },
      'deactivated?': 'flag',
    },
  },
  OneTimeCode: { record: { user: 'Id', code: { text: [0, Infinity] } } },
  AuditEntry: {
    record: {
      seq: 'Count',
      at: 'Count',
      user: { maybe: 'Id' },
      device: { maybe: 'Id' },
      deed: 'Deed',
      objects: { list: 'ShortText' },
      purpose: { maybe: 'ShortText' },
      request_sha256: { maybe: 'Sha256' },
      'acting_for?': { maybe: 'Id' },
    },
  },
  AuditPage: { record: { entries: { list: 'AuditEntry' }, more: 'flag', broken: { list: 'Count' } } },
  UsualWeek: {
    record: {
      monday: 'HoursOfDay',
      tuesday: 'HoursOfDay',
      wednesday: 'HoursOfDay',
      thursday: 'HoursOfDay',
      friday: 'HoursOfDay',
      saturday: 'HoursOfDay',
      sunday: 'HoursOfDay',
    },
  },
  SpecialDays: { record: { dates: { list: 'IsoDate' }, kind: 'DayKind', name: 'ShortText', 'hours?': 'HoursOfDay' } },
  UsualDays: { record: { dates: { list: 'IsoDate' } } },
  HolidayYear: { record: { year: { integer: [1, 9_999] } } },
  DistrictZone: { record: { name: 'ShortText', zone: { maybe: 'Zone' } } },
  CalendarChanged: { record: { days: 'Count', calls: 'Count' } },
  CopyRequest: { record: { secret: 'Base64Url' } },
  SignedCopy: {
    record: {
      content: 'ContentText',
      content_sha256: 'Sha256',
      signer_name: 'ShortText',
      signed_at: 'Count',
      strokes: { maybe: 'LongText' },
      expires_at: 'Count',
    },
  },
  Settled: { record: { by: 'Id', at: 'Count', reason: 'ShortText' } },
  Loss: {
    record: {
      actor: 'Id',
      last_seq: 'Count',
      device: 'Id',
      user: 'Id',
      operations: 'Count',
      since: { maybe: 'Count' },
      said_at: { maybe: 'Count' },
      state: 'LossState',
      successor: { maybe: 'Id' },
      settled: { maybe: 'Settled' },
    },
  },
  Touched: { record: { kind: 'ShortText', doc: 'Id' } },
  Parting: {
    record: {
      actor: 'Id',
      device: 'Id',
      user: 'Id',
      at: 'Count',
      here: 'Count',
      there: 'Count',
      both: 'flag',
      documents_here: { list: 'Touched' },
      documents_there: { list: 'Touched' },
      settled: { maybe: 'Settled' },
    },
  },
  Returned: {
    record: {
      device: 'Id',
      user: 'Id',
      operations: 'Count',
      documents: 'Count',
      unproven: 'Count',
      first_at: 'Count',
      last_at: 'Count',
      'kept_elsewhere?': 'Count',
    },
  },
  Awaited: { record: { device: 'Id', user: 'Id', seen_at: { maybe: 'Count' } } },
  EpochChange: {
    record: {
      epoch: 'Id',
      at: 'Count',
      cause: 'ShortText',
      device: { maybe: 'Id' },
      fork: 'Count',
      reached: { maybe: 'Count' },
      back: 'Count',
      returned: { list: 'Returned' },
      awaited: { list: 'Awaited' },
    },
  },
  MissingFile: {
    record: {
      kind: 'ShortText',
      doc: 'Id',
      visit: { maybe: 'Id' },
      number: { maybe: 'ShortText' },
      customer: { maybe: 'ShortText' },
      device: 'Id',
      user: 'Id',
      captured_at: 'Count',
      since: 'Count',
      was_here: 'flag',
      state: 'LossState',
    },
  },
  HealReport: {
    record: {
      changes: { list: 'EpochChange' },
      losses: { list: 'Loss' },
      partings: { list: 'Parting' },
      'files?': { list: 'MissingFile' },
      'more_files?': 'flag',
    },
  },
  ServerFacts: {
    record: { wellness: 'Wellness', advice: { list: 'Advice' }, version: 'ShortText', started_at: { maybe: 'Count' } },
  },
  StorageFacts: {
    record: {
      wellness: 'Wellness',
      advice: { list: 'Advice' },
      database: { words: ['postgresql', 'sqlite'] },
      database_bytes: 'Count',
      files_bytes: 'Count',
      disk_free: 'Count',
      disk_total: 'Count',
    },
  },
  BackupFacts: {
    record: {
      wellness: 'Wellness',
      advice: { list: 'Advice' },
      at: { maybe: 'Count' },
      bytes: 'Count',
      verified: 'flag',
      missing: 'Count',
    },
  },
  DeviceFacts: {
    record: {
      wellness: 'Wellness',
      advice: { list: 'Advice' },
      active: 'Count',
      silent: 'Count',
      stopped_waiting: 'Count',
      quarantined: 'Count',
    },
  },
  WaitingFacts: {
    record: {
      wellness: 'Wellness',
      advice: { list: 'Advice' },
      held: 'Count',
      held_since: { maybe: 'Count' },
      rivals: 'Count',
      files_missing: 'Count',
      files_gone: 'Count',
      more_files: 'flag',
    },
  },
  RestoreFacts: {
    record: {
      wellness: 'Wellness',
      advice: { list: 'Advice' },
      at: { maybe: 'Count' },
      losses: 'Count',
      partings: 'Count',
      awaited: 'Count',
    },
  },
  AuditFacts: {
    record: { wellness: 'Wellness', advice: { list: 'Advice' }, entries: 'Count', checked: 'Count', broken: 'Count' },
  },
  ClockFacts: { record: { wellness: 'Wellness', advice: { list: 'Advice' }, ahead_ms: 'SignedMs' } },
  YearWithoutHolidays: { record: { year: 'Count', units: { list: 'ShortText' } } },
  HolidayFacts: {
    record: {
      wellness: 'Wellness',
      advice: { list: 'Advice' },
      units: 'Count',
      missing: { list: 'YearWithoutHolidays' },
    },
  },
  Health: {
    record: {
      at: 'Count',
      wellness: 'Wellness',
      server: 'ServerFacts',
      storage: 'StorageFacts',
      backup: 'BackupFacts',
      devices: 'DeviceFacts',
      waiting: 'WaitingFacts',
      restore: 'RestoreFacts',
      audit: 'AuditFacts',
      holidays: 'HolidayFacts',
      clock: { maybe: 'ClockFacts' },
    },
  },
  Heading: { record: { heading: 'ShortText', kind: { maybe: 'ShortText' }, field: { maybe: 'ShortText' } } },
  RowError: {
    record: { row: 'Count', heading: 'ShortText', value: 'LongText', fault: 'RowFault', facts: { map: 'any' } },
  },
  ImportCount: { record: { kind: 'ShortText', new: 'Count', changed: 'Count', unchanged: 'Count' } },
  ImportChange: {
    record: {
      row: 'Count',
      kind: 'ShortText',
      doc: 'Id',
      name: 'ShortText',
      field: 'ShortText',
      before: 'any',
      after: 'any',
    },
  },
  ImportFound: {
    record: {
      file_sha256: 'Sha256',
      encoding: { maybe: 'ShortText' },
      sheet: { maybe: 'ShortText' },
      other_sheets: { list: 'ShortText' },
      headings: { list: 'Heading' },
      rows: 'Count',
      wrong: 'Count',
      repeated: 'Count',
      counts: { list: 'ImportCount' },
      errors: { list: 'RowError' },
      changes: { list: 'ImportChange' },
      changed_fields: 'Count',
    },
  },
  ImportLine: {
    record: {
      'done?': 'Count',
      'of?': 'Count',
      'found?': { maybe: 'ImportFound' },
      'problem?': { maybe: 'ShortText' },
      'facts?': { maybe: { map: 'any' } },
    },
  },
  SpreadsheetRows: { record: { title: 'ShortText', rows: { list: { list: { either: ['LongText', 'SignedMs'] } } } } },
  Order: { record: { technician: 'Id', planned_at: 'Count', 'priority?': 'Priority' } },
  Move: { record: { technician: 'Id', planned_at: 'Count', 'reason?': 'ShortText' } },
  Dispatched: { record: { dispatch: 'Id' } },
  MergeInto: { record: { into: 'Id' } },
  Merged: { record: { into: 'Id' } },
  Reason: { record: { 'reason?': 'ShortText' } },
  SameCall: { record: { of: 'Id', 'reason?': 'ShortText' } },
  CallReceipt: { record: { received_at: 'Count', 'reason?': 'ShortText' } },
  Confirmation: { record: { content_sha256: 'Sha256', 'note?': 'LongText' } },
  DaysEnd: {
    record: {
      'note?': 'LongText',
      'undispatched?': { maybe: 'Count' },
      'out?': { maybe: 'Count' },
      'unclosed?': { maybe: 'Count' },
    },
  },
  Amendment: { record: { fields: { map: 'any' }, 'reason?': 'ShortText' } },
  HeldItem: {
    record: {
      actor: 'Id',
      seq: 'Count',
      author: 'Id',
      author_name: { maybe: 'ShortText' },
      place: 'Place',
      problem: 'ShortText',
      received_at: 'Count',
      at: { maybe: 'Count' },
      kind: { maybe: 'ShortText' },
      doc: { maybe: 'Id' },
      fields: { maybe: { map: 'any' } },
      raw: { maybe: { text: [0, Infinity] } },
      applicable: { list: { text: [0, Infinity] } },
      device: 'Id',
      group: 'Count',
    },
  },
  Applied: { record: { written: { list: { text: [0, Infinity] } }, left_out: { list: { text: [0, Infinity] } } } },
  Released: { record: { entries: 'Count' } },
  Quarantine: {
    record: {
      device: 'Id',
      device_name: 'ShortText',
      user: 'Id',
      user_name: 'ShortText',
      cause: { words: ['account', 'device'] },
      since: 'Count',
      opened_at: 'Count',
      closed_at: { maybe: 'Count' },
      announced: 'Count',
      arrived: 'Count',
      waiting: 'Count',
    },
  },
  Closed: {
    record: { decision: { words: ['applied', 'rejected', 'released'] }, by: 'Id', at: 'Count', reason: 'ShortText' },
  },
  WrittenValue: {
    record: {
      value: 'any',
      standing: { words: ['held', 'rival', 'shown', 'superseded'] },
      'by?': { maybe: { row: ['Id', 'Count'], least: 2 } },
    },
  },
  HistoryEntry: {
    record: {
      actor: 'Id',
      seq: 'Count',
      author: 'Id',
      author_name: { maybe: 'ShortText' },
      place: 'Place',
      role: 'ShortText',
      at: 'Count',
      received_at: 'Count',
      effective_at: 'Count',
      position: 'Count',
      verdict: { words: ['applied', 'held'] },
      problem: { maybe: 'ShortText' },
      'closed?': 'Closed',
      fields: { map: 'WrittenValue' },
    },
  },
  DocumentHistory: {
    record: { kind: 'ShortText', doc: 'Id', fields: { map: 'any' }, entries: { list: 'HistoryEntry' } },
  },
  RowRepairs: { record: { at: 'Count', rows: 'Count', times: 'Count' } },
  DeviceContact: {
    record: {
      device: 'Id',
      at: 'Count',
      pending: 'Count',
      oldest_pending_at: { maybe: 'Count' },
      app: 'ShortText',
      repairs: { maybe: 'RowRepairs' },
    },
  },
  Erasing: { record: { name: 'LongText', reason: 'LongText', 'settled?': { list: 'Id' } } },
  Erased: { record: { documents: 'Count' } },
  RescueHeader: { record: { format: 'ShortText', version: 'Count', company: 'Id', key: 'Base64Url' } },
  RescueBatch: {
    record: { actor: 'ActorRecord', first: 'Count', prev: 'Sha256', count: 'Count', signature: 'Base64Url' },
  },
  RescueBlob: { record: { sha256: 'Sha256', size: 'Count' } },
  RescueContents: {
    record: {
      user: 'Id',
      device: 'Id',
      at: 'Count',
      offset_ms: 'SignedMs',
      batches: { list: 'RescueBatch' },
      blobs: { list: 'RescueBlob' },
    },
  },
  RescueFound: {
    record: {
      state: { words: ['here', 'new', 'partly'] },
      user: 'Id',
      user_name: 'ShortText',
      device_name: 'ShortText',
      at: 'Count',
      since: { maybe: 'Count' },
      entries: 'Count',
      operations: 'Count',
      fresh: 'Count',
      blobs: 'Count',
      fresh_blobs: 'Count',
      'held?': 'Count',
      'refused?': 'Count',
    },
  },
  Start: { record: { state: { words: ['empty', 'ready'] } } },
  DemoWish: { record: { code: { text: [0, 1_000] } } },
  CompanyWish: {
    record: {
      code: { text: [0, 1_000] },
      company: { text: [1, 200], pattern: /^[^\x00-\x1f\x7f]*$(?!\n)/u },
      unit_name: { text: [1, 200], pattern: /^[^\x00-\x1f\x7f]*$(?!\n)/u },
      unit_code: { pattern: /^[A-Z][A-Z0-9]{1,7}$(?!\n)/u },
      unit_kind: 'UnitKind',
      admin_name: { text: [1, 200], pattern: /^[^\x00-\x1f\x7f]*$(?!\n)/u },
      login: { text: [1, 200], pattern: /^[^\x00-\x1f\x7f]*$(?!\n)/u },
      password: { text: [0, 1_000] },
    },
  },
  FoundedCompany: { record: { company: 'Id' } },
  DemoAccount: {
    record: {
      login: { text: [0, Infinity] },
      name: { text: [0, Infinity] },
      roles: { list: 'Role' },
      password: { text: [0, Infinity] },
    },
  },
  FoundedDemo: { record: { company: 'Id', accounts: { list: 'DemoAccount' } } },
  NewUnit: {
    record: {
      kind: 'UnitKind',
      code: { pattern: /^[A-Z][A-Z0-9]{1,7}$(?!\n)/u },
      name: { text: [1, 200], pattern: /^[^\x00-\x1f\x7f]*$(?!\n)/u },
      time_zone: { text: [1, 200], pattern: /^[^\x00-\x1f\x7f]*$(?!\n)/u },
      'address?': 'ShortText',
      'phone?': 'ShortText',
    },
  },
  AddedUnit: { record: { unit: 'Id' } },
  UnitChange: {
    record: {
      'kind?': 'UnitKind',
      'code?': { pattern: /^[A-Z][A-Z0-9]{1,7}$(?!\n)/u },
      'name?': { text: [1, 200], pattern: /^[^\x00-\x1f\x7f]*$(?!\n)/u },
      'time_zone?': { text: [1, 200], pattern: /^[^\x00-\x1f\x7f]*$(?!\n)/u },
      'address?': 'ShortText',
      'phone?': 'ShortText',
    },
  },
  UnitLimits: { record: { lag_minutes: { integer: [0, 1_440] }, copy_days: { integer: [1, 365] } } },
} as const;
