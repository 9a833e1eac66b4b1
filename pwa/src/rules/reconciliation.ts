import type { ServiceVoucher } from '../wire/kinds.ts';
import { type CallState, LIST_OF_STATE, type Unsettled } from '../wire/states.ts';
import { voucherState } from './voucher_state.ts';

/** The list on which a call stands at the end of the day; what is over stands on none (1-13, F017). */
export function listOf(state: CallState): Unsettled | undefined {
  return (LIST_OF_STATE as Partial<Record<CallState, Unsettled>>)[state];
}

/**
 * The products whose voucher is out although no call tells who is out with it, in their order.
 *
 * `states` are those of the open calls of each product. A call that somebody is sent to needs the voucher, and whoever
 * did one has it until it is closed: these stand on a list themselves.
 */
export function astray(
  vouchers: ReadonlyMap<string, ServiceVoucher>,
  states: ReadonlyMap<string, readonly CallState[]>,
): readonly string[] {
  const isHad = (state: CallState) => listOf(state) === 'out' || listOf(state) === 'unclosed';
  return [...vouchers]
    .filter(([, voucher]) => voucherState(voucher, 0) === 'checked_out')
    .map(([product]) => product)
    .filter((product) => !states.get(product)?.some(isHad));
}
