"""Vouchers, visit entries and what was signed."""
