// Written by `make gen` from schemas/. Do not edit.

/** Kinds that everybody in the company reads (F016). */
export const COMPANY_WIDE = ['unit', 'user', 'role_grant'] as const;
