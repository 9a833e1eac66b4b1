"""Which category a service may have: what the product's warranty allows (1-1; F003)."""

from schemas.kinds.customers import Asset
from schemas.vocabulary import Category


def is_free_in_vain(category: Category | None, asset: Asset, received_at: int | None) -> bool:
    """Tell whether a service is called free although the warranty had ended when the call came in.

    A product of which nobody knows until when it is covered may be free: that is for a person to say.
    """
    if category is not Category.WARRANTY or asset.warranty_until is None or received_at is None:
        return False
    return received_at > asset.warranty_until
