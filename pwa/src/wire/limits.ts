// Written by `make gen` from schemas/. Do not edit.

export const PROTOCOL = 1;
export const SCHEMA = 2;
export const OLDEST_SCHEMA = 1;
export const MAX_PUSH_OPERATIONS = 2_000;
export const MAX_PUSH_BYTES = 1_048_576;
export const MAX_OPERATION_BYTES = 131_072;
export const MAX_PULL_ROWS = 2_000;
export const MAX_PULL_ROWS_DEFAULT = 1_000;
export const MAX_BLOB_BYTES = 8_388_608;
export const MAX_IMAGE_PIXELS = 12_000_000;
export const MAX_UPLOADS_OPEN = 20;
export const UPLOAD_KEPT_MS = 604_800_000;
export const UPLOAD_PART_BYTES = 131_072;
export const MAX_PHOTOS_PER_VISIT = 20;
export const MAX_PHOTO_SIDE = 1_600;
export const MAX_PHOTO_BYTES = 409_600;
export const MAX_HELLO_HEADS = 64;
export const MAX_HELLO_MARKS = 4;
export const MAX_RIVALS_SHOWN = 20;
export const MAX_CLOCK_OFFSET_SILENT_MS = 120_000;
export const MAX_INTEGER = 9_007_199_254_740_991;
export const SHORT_TEXT_MAX = 200;
export const LONG_TEXT_MAX = 4_000;
export const CONTENT_TEXT_MAX = 32_000;
