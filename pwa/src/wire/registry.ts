// Written by `make gen` from schemas/. Do not edit.

/** Fields that name a document's parent, and the parent's kind. */
export const PARENTS = {
  asset: [['customer', 'customer']],
  dispatch: [['call', 'service_call']],
  service_visit: [['call', 'service_call']],
  signature: [['visit', 'service_visit']],
} as const;

/** Kinds that everybody in the company reads (F016). */
export const COMPANY_WIDE = ['unit', 'user', 'role_grant'] as const;
