// Written by `make gen` from schemas/. Do not edit.

/** Kind to the fields that an erasure takes away (ADR 44). */
export const PERSONAL = {
  customer: ['name', 'phone', 'mobile', 'address', 'tax_id', 'note'],
  asset: ['note'],
  maintenance_contract: ['note'],
  service_call: [
    'contact_name',
    'contact_phone',
    'address',
    'zone_reason',
    'symptom',
    'category_reason',
    'received_reason',
    'breach_note',
    'withdrawn_reason',
  ],
  dispatch: ['cancelled_reason'],
  service_visit: [
    'category_reason',
    'arrived_reason',
    'arrived_latitude',
    'arrived_longitude',
    'arrived_accuracy',
    'fault',
    'action',
    'undone_note',
    'unsigned_note',
    'confirmed_note',
    'amended_reason',
  ],
  contact_attempt: ['note'],
  signature: ['signer_name', 'content', 'strokes_sha256', 'image_sha256', 'device_signature'],
  signature_copy: ['secret'],
  photo: ['image_sha256', 'latitude', 'longitude', 'accuracy', 'caption'],
} as const;

/** Kind to its fields that name a file. */
export const NAMED_BY = { signature: ['strokes_sha256', 'image_sha256'], photo: ['image_sha256'] } as const;
