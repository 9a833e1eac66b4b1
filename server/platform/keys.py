"""Password hashes, device signatures, receipts and authenticated marks: the server's own keys and nothing sealed."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidKey, InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from msgspec import Struct

from server.platform.sealing import SealingKey

_MEMORY_KIB = 19_456
_PASSES = 2
_LANES = 1
_SALT_BYTES = 16
_P256_BYTES = 32
_POINT_BYTES = 65


def base64url(data: bytes) -> str:
    """Return base64url without padding (RFC 4648, section 5)."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Return the bytes of base64url without padding; raises ``ValueError`` for anything else."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def hash_password(password: str, salt: bytes) -> str:
    """Return the PHC string of a password under Argon2id (RFC 9106; 19 MiB, 2 passes: OWASP's floor for sign-in)."""
    return _argon2id(salt).derive_phc_encoded(password.encode())


def verify_password(password: str, phc: str) -> bool:
    """Tell whether the password belongs to the PHC string."""
    try:
        Argon2id.verify_phc_encoded(password.encode(), phc)
    except InvalidKey:
        return False
    return True


def _argon2id(salt: bytes) -> Argon2id:
    if len(salt) != _SALT_BYTES:
        raise ValueError("a salt has 16 bytes")
    return Argon2id(salt=salt, length=32, iterations=_PASSES, lanes=_LANES, memory_cost=_MEMORY_KIB)


def is_device_key(point: bytes) -> bool:
    """Tell whether the bytes are an uncompressed P-256 point on the curve (SEC 1, section 2.3.3)."""
    if len(point) != _POINT_BYTES:
        return False
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        return False
    return True


def verify_device_signature(point: bytes, signature: bytes, statement: bytes) -> bool:
    """Tell whether a device signed the statement: P-256, SHA-256, 64 bytes r || s as WebCrypto makes them (SPEC A4)."""
    if len(signature) != 2 * _P256_BYTES:
        return False
    r, s = int.from_bytes(signature[:_P256_BYTES]), int.from_bytes(signature[_P256_BYTES:])
    try:
        _device_key(point).verify(utils.encode_dss_signature(r, s), statement, ec.ECDSA(SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=4_096)
def _device_key(point: bytes) -> ec.EllipticCurvePublicKey:
    """Return a device's key; whether its point is on the curve is a third of what checking a signature costs."""
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)


class DeviceKey:
    """A device's own key pair, for the devices of a demonstration: a real one's key never leaves its browser."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())

    @property
    def point(self) -> bytes:
        """The public key as an uncompressed point."""
        return self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def sign(self, statement: bytes) -> bytes:
        """Return what WebCrypto would: P-256, SHA-256, 64 bytes r || s."""
        r, s = utils.decode_dss_signature(self._key.sign(statement, ec.ECDSA(SHA256())))
        return r.to_bytes(_P256_BYTES) + s.to_bytes(_P256_BYTES)


class ServerKeys(Struct, frozen=True):
    """The installation's own secrets, 32 bytes each: what signs receipts, authenticates marks, opens rescue files."""

    receipt_seed: bytes
    mark_key: bytes
    rescue_seed: bytes

    def sign_receipt(self, statement: bytes) -> bytes:
        """Return the Ed25519 signature of a receipt's statement (SPEC P6)."""
        return _receipt_key(self.receipt_seed).sign(statement)

    @property
    def receipt_public(self) -> bytes:
        """The public key that receipts verify under."""
        return _receipt_key(self.receipt_seed).public_key().public_bytes_raw()

    def rescue_key(self, company: str) -> SealingKey:
        """Return the key pair to which a company's devices seal what they could not send (SPEC X1)."""
        return SealingKey(self.rescue_seed, f"fieldproof-rescue-1 {company}")

    def authenticate(self, payload: bytes) -> str:
        """Return an opaque token that only this installation can make and that shows its payload again."""
        return f"{base64url(payload)}.{base64url(self._tag(payload))}"

    def authenticated(self, token: str) -> bytes | None:
        """Return the payload of a token of this installation, None for a forged or broken one."""
        try:
            body, tag = (from_base64url(part) for part in token.split("."))
        except ValueError:
            return None
        return body if hmac.compare_digest(tag, self._tag(body)) else None

    def _tag(self, payload: bytes) -> bytes:
        return hmac.digest(self.mark_key, payload, sha256)[:16]


@lru_cache(maxsize=8)
def _receipt_key(seed: bytes) -> Ed25519PrivateKey:
    """Return the key that signs receipts; making it of its seed costs twice what a signature does."""
    return Ed25519PrivateKey.from_private_bytes(seed)


def verify_receipt(public: bytes, signature: bytes, statement: bytes) -> bool:
    """Tell whether a receipt was signed by the installation with this public key."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, statement)
    except (InvalidSignature, ValueError):
        return False
    return True
