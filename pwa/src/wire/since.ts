// Written by `make gen` from schemas/. Do not edit.

/** Schema to the fields that began with it, by kind; the others are there from the first. */
export const ADDED = {
  '2': {
    photo: [
      'unit',
      'visit',
      'image_sha256',
      'width',
      'height',
      'size',
      'taken_at',
      'latitude',
      'longitude',
      'accuracy',
      'caption',
      'deleted',
    ],
    business_hours: ['unit', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday', 'deleted'],
    calendar_day: ['unit', 'date', 'kind', 'name', 'hours', 'deleted'],
    district: ['unit', 'name', 'zone', 'deleted'],
    reconciliation: ['unit', 'date', 'undispatched', 'out', 'unclosed', 'note', 'signed_at', 'signed_by', 'deleted'],
    service_call: [
      'zone_reason',
      'due_at',
      'proposed_technician',
      'proposed_for',
      'proposed_by',
      'breach_reason',
      'breach_note',
      'withdrawn_by',
    ],
    dispatch: ['cancelled_reason'],
  },
} as const;
