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
export const MAX_GIVEN_BACK = 200;
export const MAX_WANTED_FILES = 200;
export const MAX_HELLO_HEADS = 64;
export const MAX_HELLO_MARKS = 8;
export const MAX_HELLO_NUMBERS = 256;
export const MAX_RIVALS_SHOWN = 20;
export const MAX_CLOCK_OFFSET_SILENT_MS = 120_000;
export const RESCUE_FORMAT = 'fieldproof-rescue';
export const RESCUE_VERSION = 1;
export const RESCUE_INFO = 'fieldproof-rescue-1';
export const OPEN_EXPORT_FORMAT = 'fieldproof-outbox-1';
export const MAX_RESCUE_BYTES = 33_554_432;
export const MOST_DAYS = 62;
export const FIRST_YEAR = 2_000;
export const LAST_YEAR = 2_100;
export const MAX_IMPORT_BYTES = 10_485_760;
export const MAX_IMPORT_ROWS = 20_000;
export const MAX_ERRORS_TOLD = 2_000;
export const MAX_CHANGES_TOLD = 200;
export const MAX_INTEGER = 9_007_199_254_740_991;
export const SHORT_TEXT_MAX = 200;
export const LONG_TEXT_MAX = 4_000;
export const CONTENT_TEXT_MAX = 32_000;
export const PART_NAME_MAX = 80;
export const PART_NUMBER_MAX = 40;
export const USUAL_LAG_MINUTES = 15;
export const USUAL_COPY_DAYS = 30;
export const MOST_LAG_MINUTES = 1_440;
export const MOST_COPY_DAYS = 365;
/** The headings of an empty list to import. */
export const TEMPLATE_HEADINGS = {
  customers: ['客戶名稱', '電話', '手機', '地址', '區', '統一編號', '客戶備註', '商品', '型號', '序號', '購買日期', '保證到期', '商品備註'],
  contracts: ['契約編號', '客戶名稱', '電話', '手機', '統一編號', '起日', '迄日', '包含次數', '超次費用', '商品', '型號', '序號', '契約備註'],
} as const;
