import type { ServiceVoucher } from '../wire/kinds.ts';
import type { VoucherState } from '../wire/states.ts';

/** The state of a voucher; `openCalls` counts the asset's calls that are neither closed nor withdrawn (F014). */
export function voucherState(voucher: ServiceVoucher, openCalls: number): VoucherState {
  if (voucher.retired_at != null) return 'retired';
  if (voucher.checked_out_at != null && voucher.checked_out_at > (voucher.filed_at ?? 0)) return 'checked_out';
  return openCalls > 0 ? 'awaiting_dispatch' : 'in_file';
}
