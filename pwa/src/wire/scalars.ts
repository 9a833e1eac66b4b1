// Written by `make gen` from schemas/. Do not edit.

/** The guard shape of each scalar. */
export const SCALAR_SHAPES = {
  Id: { pattern: /^[0-9a-z][0-9a-z_-]{3,39}$(?!\n)/u },
  Sha256: { pattern: /^[0-9a-f]{64}$(?!\n)/u },
  Base64Url: { text: [0, 2_000], pattern: /^[A-Za-z0-9_-]*$(?!\n)/u },
  Count: { integer: [0, 9_007_199_254_740_991] },
  SignedMs: { integer: [-9_007_199_254_740_991, 9_007_199_254_740_991] },
  ShortText: { text: [0, 200] },
  LongText: { text: [0, 4_000] },
  ContentText: { text: [0, 32_000] },
  IsoDate: { pattern: /^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$(?!\n)/u },
  HoursOfDay: {
    pattern: /^(([01][0-9]|2[0-4]):[0-5][0-9]-([01][0-9]|2[0-4]):[0-5][0-9]( ([01][0-9]|2[0-4]):[0-5][0-9]-([01][0-9]|2[0-4]):[0-5][0-9]){0,3})?$(?!\n)/u,
  },
} as const;
