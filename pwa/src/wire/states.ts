// Written by `make gen` from schemas/. Do not edit.

/** How far the technician is. */
export const VISIT_STATE = ['planned', 'en_route', 'on_site', 'finished'] as const;
export type VisitState = (typeof VISIT_STATE)[number];

/** Where a call stands, from the register's point of view. */
export const CALL_STATE = [
  'received',
  'dispatched',
  'en_route',
  'arrived',
  'send_again',
  'completed_on_site',
  'closed',
  'withdrawn',
  'duplicate',
] as const;
export type CallState = (typeof CALL_STATE)[number];

/** Deeds on a call that need the server's judgement. */
export const CALL_COMMAND = [
  'dispatch',
  'cancel_dispatch',
  'move_dispatch',
  'withdraw',
  'mark_duplicate',
  'reinstate',
  'close_and_file',
] as const;
export type CallCommand = (typeof CALL_COMMAND)[number];

/** Where the card is: in the customer file, on the dispatch desk, with a technician, or retired. */
export const VOUCHER_STATE = ['in_file', 'awaiting_dispatch', 'checked_out', 'retired'] as const;
export type VoucherState = (typeof VOUCHER_STATE)[number];

/** How an entry stands to what was signed. */
export const SIGNATURE_STATE = ['unsigned', 'equal', 'rival', 'amended'] as const;
export type SignatureState = (typeof SIGNATURE_STATE)[number];

/** What is wrong with one visit entry; the sentence for people stands in the texts. */
export const FINDING = [
  'changed_unseen',
  'changed_after_signing',
  'finished_unsigned',
  'closed_unsigned',
  'unconfirmed',
  'free_with_fee',
  'free_in_vain',
  'contracted_in_vain',
  'paid_unexplained',
  'work_on_withdrawn_call',
  'work_after_calling_back',
] as const;
export type Finding = (typeof FINDING)[number];

/** What is wrong with one call that is open: its forms let nobody write it, whatever else pushes may. */
export const CALL_FINDING = [
  'incomplete',
  'no_category',
  'called_free_in_vain',
  'called_contracted_in_vain',
  'called_paid_unexplained',
  'logged_before_it_came',
  'logged_too_late',
  'appointment_before_it_came',
] as const;
export type CallFinding = (typeof CALL_FINDING)[number];

/** What is wrong with one maintenance contract. */
export const CONTRACT_FINDING = ['no_period', 'reversed_period'] as const;
export type ContractFinding = (typeof CONTRACT_FINDING)[number];

/** Why a call is not settled at the end of the day. */
export const UNSETTLED = ['undispatched', 'out', 'unclosed'] as const;
export type Unsettled = (typeof UNSETTLED)[number];

/** Command to the states of a call in which it is allowed. */
export const CALL_ARROWS = {
  dispatch: ['received', 'dispatched', 'send_again'],
  cancel_dispatch: ['dispatched', 'en_route', 'completed_on_site'],
  move_dispatch: ['dispatched', 'en_route'],
  withdraw: ['received', 'dispatched', 'send_again'],
  mark_duplicate: ['received', 'dispatched', 'send_again'],
  reinstate: ['withdrawn', 'duplicate'],
  close_and_file: ['completed_on_site'],
} as const;

/** State of a call to its list at the end of the day. */
export const LIST_OF_STATE = {
  received: 'undispatched',
  dispatched: 'out',
  en_route: 'out',
  arrived: 'out',
  send_again: 'undispatched',
  completed_on_site: 'unclosed',
} as const;

/** What the one that stays of two takes over where it has nothing. */
export const FILLED_IN = {
  customer: ['phone', 'mobile', 'tax_id'],
  asset: ['model_no', 'serial_no', 'sold_at', 'warranty_until'],
} as const;

/** Version of the signed content's shape. */
export const TEMPLATE = 'visit-3';

/** Template to the fields of the visit that it binds (N2). */
export const FIELDS_OF = {
  'visit-1': ['action', 'arrived_at', 'asset', 'call', 'category', 'fault', 'fee_total', 'outcome', 'technician'],
  'visit-2': [
    'action',
    'arrived_at',
    'asset',
    'call',
    'category',
    'fault',
    'fee_total',
    'outcome',
    'technician',
    'undone_next',
    'undone_note',
    'undone_reason',
    'undone_wish_at',
  ],
  'visit-3': [
    'action',
    'arrived_at',
    'asset',
    'call',
    'category',
    'fault',
    'fee_total',
    'outcome',
    'parts',
    'technician',
    'undone_next',
    'undone_note',
    'undone_reason',
    'undone_wish_at',
  ],
} as const;

/** Fields of the visit that the customer reads. */
export const READ_FIELDS = [
  'action',
  'arrived_at',
  'category',
  'fault',
  'fee_total',
  'outcome',
  'undone_next',
  'undone_note',
  'undone_reason',
  'undone_wish_at',
  'parts',
] as const;

/** Fields of the visit that a signature binds (N2). */
export const SIGNED_FIELDS = [
  'action',
  'arrived_at',
  'asset',
  'call',
  'category',
  'fault',
  'fee_total',
  'outcome',
  'parts',
  'technician',
  'undone_next',
  'undone_note',
  'undone_reason',
  'undone_wish_at',
] as const;

/** Fields of it that a manager's word binds. */
export const CONFIRMED_FIELDS = [
  'action',
  'arrived_at',
  'asset',
  'call',
  'category',
  'fault',
  'fee_total',
  'outcome',
  'parts',
  'technician',
  'undone_next',
  'undone_note',
  'undone_reason',
  'undone_wish_at',
  'unsigned_note',
  'unsigned_reason',
] as const;
