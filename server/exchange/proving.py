"""Which stamps of a re-offer are this server's own: those that a receipt of it was signed for (SPEC H1, P6)."""

from collections.abc import Mapping, Sequence

from schemas.protocol import Receipt, ReOfferHead, Stamp
from server.exchange.arriving import Linked
from server.platform.keys import ServerKeys, from_base64url, verify_receipt
from sync.chain import receipt_statement, stamp_link, stamps_digest


def proven(keys: ServerKeys, head: ReOfferHead, lost: Sequence[Linked]) -> Mapping[int, Stamp]:
    """Return seq to stamp for every operation whose stamp a receipt proves that ends among the ``lost`` ones.

    A receipt proves the stamps of its stretch or nothing: it names the chain's head, so it is of these very bytes.
    """
    links = [stamp_link(stamp) for stamp in head.stamps]
    heads = {one.seq: one.head for one in lost}
    stamps: dict[int, Stamp] = {}
    for receipt in head.receipts:
        stretch = slice(receipt.first - head.first, receipt.seq - head.first + 1)
        fits = head.first <= receipt.first <= receipt.seq and heads.get(receipt.seq) == receipt.head
        if fits and receipt.stamps == stamps_digest(links[stretch]) and _is_ours(keys, head, receipt):
            stamps.update(enumerate(head.stamps[stretch], start=receipt.first))
    return stamps


def _is_ours(keys: ServerKeys, head: ReOfferHead, receipt: Receipt) -> bool:
    if (receipt.company, receipt.actor) != (head.actor.company, head.actor.actor):
        return False
    try:
        signature = from_base64url(receipt.signature)
    except ValueError:
        return False
    return verify_receipt(keys.receipt_public, signature, receipt_statement(receipt))
