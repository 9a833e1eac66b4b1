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
    service_call: ['withdrawn_by'],
    dispatch: ['cancelled_reason'],
  },
} as const;
