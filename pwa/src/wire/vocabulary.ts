// Written by `make gen` from schemas/. Do not edit.

/**
 * Who somebody is at a unit (policy parts 1 to 3; features, section 4).
 *
 * Its `customer` has no account: he signs on the technician's phone (`SignerRole`) and answers surveys by a link;
 * whoever holds a role here pulls the rows of his unit.
 */
export const ROLE = [
  'clerk',
  'technician',
  'service_manager',
  'branch_manager',
  'accountant',
  'service_department',
  'vice_gm',
  'aftersales_member',
  'aftersales_leader',
  'sales_director',
  'sales_manager',
  'sales_rep',
  'management_committee',
  'tech_support',
  'hr',
  'employee',
  'admin',
  'auditor',
] as const;
export type Role = (typeof ROLE)[number];

/** Where a person writes: the merge rules of what was done on site prefer the field. */
export const PLACE = ['field', 'office'] as const;
export type Place = (typeof PLACE)[number];

/** A service centre reports to the service department directly, a branch through its manager (1-12). */
export const UNIT_KIND = ['center', 'branch'] as const;
export type UnitKind = (typeof UNIT_KIND)[number];

/** The four categories of service (1-1). */
export const CATEGORY = ['paid', 'contract', 'warranty', 'admin'] as const;
export type Category = (typeof CATEGORY)[number];

/** What general administrative work is (1-1(4), F006). */
export const ADMIN_WORK = ['inspection', 'parts', 'tools', 'training', 'other'] as const;
export type AdminWork = (typeof ADMIN_WORK)[number];

/** How a service call reached the unit (1-3: phone or letter; the others are ours). */
export const CHANNEL = ['phone', 'letter', 'web', 'email', 'counter'] as const;
export type Channel = (typeof CHANNEL)[number];

/** Distance class of an address, which decides between six and seven hours (1-14). */
export const ZONE = ['urban', 'suburban'] as const;
export type Zone = (typeof ZONE)[number];

/** Where on the phone a phrase is offered. */
export const PHRASE_LIST = ['fault', 'action'] as const;
export type PhraseList = (typeof PHRASE_LIST)[number];

/** What a fee is for (F038). */
export const FEE_KIND = ['inspection', 'labour', 'travel', 'other'] as const;
export type FeeKind = (typeof FEE_KIND)[number];

/** Why a unit works otherwise than usual on a date (1-14, F021). */
export const DAY_KIND = ['holiday', 'make_up', 'closure', 'special'] as const;
export type DayKind = (typeof DAY_KIND)[number];

/** Why somebody does not work for a time. */
export const ABSENCE_REASON = ['annual', 'sick', 'personal', 'official', 'training', 'other'] as const;
export type AbsenceReason = (typeof ABSENCE_REASON)[number];

/** Why a technician arrived after the limit (1-14, F023). */
export const BREACH_REASON = [
  'traffic',
  'earlier_job',
  'nobody_free',
  'waited_for_parts',
  'customer_asked',
  'wrong_address',
  'weather',
  'other',
] as const;
export type BreachReason = (typeof BREACH_REASON)[number];

/** A call that was not dispatched on its day goes before all new ones on the next (1-13). */
export const PRIORITY = ['normal', 'carried_over'] as const;
export type Priority = (typeof PRIORITY)[number];

/** When the service voucher of a product was opened. */
export const VOUCHER_ORIGIN = ['at_sale', 'at_call'] as const;
export type VoucherOrigin = (typeof VOUCHER_ORIGIN)[number];

/** How a visit ended on site (1-4, 1-6): after a follow-up somebody comes again, after the last nobody does. */
export const VISIT_OUTCOME = ['fixed', 'no_fault', 'follow_up', 'not_repaired'] as const;
export type VisitOutcome = (typeof VISIT_OUTCOME)[number];

/** Why a visit could not be completed (1-4, 1-6; ADR 43). */
export const UNDONE_REASON = [
  'customer_absent',
  'no_parts',
  'needs_workshop',
  'needs_second_person',
  'no_access',
  'price_declined',
  'other',
] as const;
export type UndoneReason = (typeof UNDONE_REASON)[number];

/** What is to follow a visit that could not be completed (ADR 43). */
export const UNDONE_NEXT = ['send_again', 'customers_time', 'workshop', 'give_up'] as const;
export type UndoneNext = (typeof UNDONE_NEXT)[number];

/** How somebody tried to reach a customer. */
export const CONTACT_CHANNEL = ['phone', 'message', 'door'] as const;
export type ContactChannel = (typeof CONTACT_CHANNEL)[number];

/** What came of trying to reach a customer. */
export const CONTACT_RESULT = ['reached', 'no_answer', 'refused_call', 'asked_later'] as const;
export type ContactResult = (typeof CONTACT_RESULT)[number];

/** Why a finished visit has no customer's signature (F031). */
export const UNSIGNED_REASON = ['absent', 'refused'] as const;
export type UnsignedReason = (typeof UNSIGNED_REASON)[number];

/** In which capacity somebody signs a visit entry; whoever signs for the customer is named (ADR 43). */
export const SIGNER_ROLE = ['customer', 'family', 'colleague', 'guard', 'other_person'] as const;
export type SignerRole = (typeof SIGNER_ROLE)[number];

/**
 * Why something that a device announced is not there.
 *
 * It may still come; its device is silent for a day; was stopped; has been in touch since without it; or says that its
 * browser cleared what it kept.
 */
export const LOSS_STATE = ['awaited', 'silent', 'revoked', 'gone', 'emptied'] as const;
export type LossState = (typeof LOSS_STATE)[number];

/** What a list is about that is taken in from a file. */
export const LIST_KIND = ['customers', 'contracts'] as const;
export type ListKind = (typeof LIST_KIND)[number];

/** Why a row of a list cannot be taken in. */
export const ROW_FAULT = [
  'name_missing',
  'phone_missing',
  'product_missing',
  'phone',
  'tax_id',
  'date',
  'dates_reversed',
  'too_long',
  'no_text',
  'formula',
  'beyond_headings',
  'contradicts',
  'customer_ambiguous',
  'product_ambiguous',
  'product_elsewhere',
  'customer_erased',
  'customer_unknown',
  'product_unknown',
  'number_missing',
  'number_elsewhere',
  'number_ambiguous',
  'period_missing',
  'period_reversed',
  'period_apart',
  'count',
  'money',
] as const;
export type RowFault = (typeof ROW_FAULT)[number];

/** How something about the server stands: nothing to do, to be looked at, or bad. */
export const WELLNESS = ['well', 'look', 'bad'] as const;
export type Wellness = (typeof WELLNESS)[number];

/** What is not well with the server, each with one thing to do about it. */
export const ADVICE = [
  'not_running',
  'disk_low',
  'disk_full',
  'backup_never',
  'backup_unreadable',
  'backup_very_old',
  'backup_old',
  'backup_lacks_files',
  'devices_silent',
  'quarantine_waiting',
  'held_waiting',
  'files_gone',
  'devices_awaited',
  'report_open',
  'audit_broken',
  'clock_off',
  'holidays_missing',
  'holidays_due',
] as const;
export type Advice = (typeof ADVICE)[number];

/** The wire names of the kinds; the values are stored in every operation, so none is ever renamed. */
export const KIND = [
  'unit',
  'user',
  'role_grant',
  'device',
  'customer',
  'asset',
  'service_voucher',
  'service_call',
  'dispatch',
  'service_visit',
  'signature',
  'photo',
  'business_hours',
  'calendar_day',
  'district',
  'reconciliation',
  'maintenance_contract',
  'covered_asset',
  'signature_copy',
  'contact_attempt',
  'admin_time',
  'absence',
  'unit_settings',
  'preset',
  'fee_item',
] as const;
export type Kind = (typeof KIND)[number];

/** What was done; stored for ever, so no word is renamed or reused. */
export const DEED = [
  'company.founded',
  'session.signed_in',
  'session.refused',
  'session.signed_out',
  'session.bound',
  'account.password_reset',
  'account.password_changed',
  'account.password_refused',
  'account.reset_refused',
  'account.user_added',
  'account.user_changed',
  'account.login_given',
  'acting.appointed',
  'acting.ended',
  'device.enrolled',
  'device.revoked',
  'device.emptied',
  'visit.signed',
  'visit.amended',
  'visit.confirmed',
  'call.receipt_corrected',
  'call.dispatched',
  'call.dispatch_cancelled',
  'call.dispatch_moved',
  'call.withdrawn',
  'call.duplicate',
  'call.reinstated',
  'call.category_changed',
  'call.closed_and_filed',
  'voucher.filed',
  'customer.merged',
  'customer.unmerged',
  'asset.merged',
  'asset.unmerged',
  'call.day_reconciled',
  'unit.added',
  'unit.changed',
  'unit.limits_changed',
  'calendar.hours_changed',
  'calendar.days_changed',
  'calendar.district_changed',
  'preset.added',
  'preset.changed',
  'preset.removed',
  'fee_item.added',
  'fee_item.changed',
  'fee_item.removed',
  'held.applied',
  'held.rejected',
  'held.released',
  'rescue.imported',
  'list.imported',
  'customer.exported',
  'customer.erased',
  'quarantine.opened',
  'quarantine.closed',
  'sync.epoch_begun',
  'sync.loss_settled',
  'sync.parting_settled',
  'sync.rows_repaired',
] as const;
export type Deed = (typeof DEED)[number];

/** The guard shape of each vocabulary. */
export const VOCABULARY_SHAPES = {
  Role: { words: ROLE },
  Place: { words: PLACE },
  UnitKind: { words: UNIT_KIND },
  Category: { words: CATEGORY },
  AdminWork: { words: ADMIN_WORK },
  Channel: { words: CHANNEL },
  Zone: { words: ZONE },
  PhraseList: { words: PHRASE_LIST },
  FeeKind: { words: FEE_KIND },
  DayKind: { words: DAY_KIND },
  AbsenceReason: { words: ABSENCE_REASON },
  BreachReason: { words: BREACH_REASON },
  Priority: { words: PRIORITY },
  VoucherOrigin: { words: VOUCHER_ORIGIN },
  VisitOutcome: { words: VISIT_OUTCOME },
  UndoneReason: { words: UNDONE_REASON },
  UndoneNext: { words: UNDONE_NEXT },
  ContactChannel: { words: CONTACT_CHANNEL },
  ContactResult: { words: CONTACT_RESULT },
  UnsignedReason: { words: UNSIGNED_REASON },
  SignerRole: { words: SIGNER_ROLE },
  LossState: { words: LOSS_STATE },
  ListKind: { words: LIST_KIND },
  RowFault: { words: ROW_FAULT },
  Wellness: { words: WELLNESS },
  Advice: { words: ADVICE },
  Kind: { words: KIND },
  Deed: { words: DEED },
} as const;
