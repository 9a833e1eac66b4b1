"""Whether a text is a 統一編號: eight digits, the last of which checks the others."""

DIGITS = 8

_WEIGHTS = (1, 2, 1, 2, 1, 2, 4, 1)
_SEVENTH, _DIVISOR = 6, 5
"""Of a seventh digit 7 the product's digits, 2 and 8, count as 10: as 1 or as 0. Since 2023 five divides, not ten."""


def is_tax_id(digits: str) -> bool:
    """Tell whether eight digits are a 統一編號."""
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return False
    products = [int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)]
    total = sum(sum(divmod(product, 10)) for product in products)
    return total % _DIVISOR == 0 or (digits[_SEVENTH] == "7" and (total + 1) % _DIVISOR == 0)
