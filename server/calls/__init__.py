"""The call register: numbers, dispatch, withdrawal, closing, vouchers, duplicates."""
