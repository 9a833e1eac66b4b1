// Written by `make gen` from schemas/. Do not edit.

/** The guard shape of each scalar. */
export const SCALAR_SHAPES = {
  Id: { pattern: /^[0-9a-z][0-9a-z_-]{3,39}$(?!\n)/ },
  Sha256: { pattern: /^[0-9a-f]{64}$(?!\n)/ },
  Base64Url: { text: [0, 2_000], pattern: /^[A-Za-z0-9_-]*$(?!\n)/ },
  Count: { integer: [0, 9_007_199_254_740_991] },
  SignedMs: { integer: [-9_007_199_254_740_991, 9_007_199_254_740_991] },
  ShortText: { text: [0, 200] },
  LongText: { text: [0, 4_000] },
  ContentText: { text: [0, 32_000] },
} as const;
