"""The state of a service voucher, derived from facts (policy 1-3, 1-4; F014)."""

from enum import StrEnum

from schemas.kinds.customers import ServiceVoucher


class VoucherState(StrEnum):
    """Where the card is: in the customer file, on the dispatch desk, with a technician, or retired."""

    IN_FILE = "in_file"
    AWAITING_DISPATCH = "awaiting_dispatch"
    CHECKED_OUT = "checked_out"
    RETIRED = "retired"


def voucher_state(voucher: ServiceVoucher, open_calls: int) -> VoucherState:
    """Return the state of a voucher; ``open_calls`` counts the asset's calls that are neither closed nor withdrawn."""
    if voucher.retired_at is not None:
        return VoucherState.RETIRED
    if voucher.checked_out_at is not None and voucher.checked_out_at > (voucher.filed_at or 0):
        return VoucherState.CHECKED_OUT
    return VoucherState.AWAITING_DISPATCH if open_calls > 0 else VoucherState.IN_FILE
