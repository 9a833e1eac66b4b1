"""Sealing to the installation's own public keys, and opening: HPKE with P-256, HKDF-SHA256, AES-256-GCM (RFC 9180)."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_SCALAR_BYTES = 48
"""64 bits more than the order has, so that the remainder is even enough (FIPS 186-5, A.2.1)."""


class SealBroken(Exception):  # noqa: N818 - what happened, in the words of whoever opens a letter
    """It was sealed to another key, was changed, or is cut off."""


class SealingKey:
    """A company's key pair, derived from the installation's secret; the private half is never stored by itself."""

    def __init__(self, seed: bytes, purpose: str) -> None:
        derived = HKDF(SHA256(), length=_SCALAR_BYTES, salt=None, info=purpose.encode()).derive(seed)
        scalar = int.from_bytes(derived) % (_P256_ORDER - 1) + 1
        self._private = ec.derive_private_key(scalar, ec.SECP256R1())

    @property
    def public(self) -> bytes:
        """The public key as an uncompressed point (SEC 1, section 2.3.3)."""
        return self._private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def open(self, sealed: bytes, info: bytes) -> bytes:
        """Return what was sealed with the same ``info``; raises ``SealBroken`` for anything else."""
        try:
            return bytes(_SUITE.decrypt(sealed, self._private, info=info))
        except (InvalidTag, ValueError):
            raise SealBroken from None


def seal(public: bytes, plain: bytes, info: bytes) -> bytes:
    """Return the encapsulated key and the ciphertext of ``plain``, which only the key's owner can open."""
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    return bytes(_SUITE.encrypt(plain, key, info=info))
