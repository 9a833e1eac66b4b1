"""The keys of frozen installations and phones: they guard nothing, so their names are enough to make them again."""

from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec

from server.platform.keys import ServerKeys, base64url


def server_keys(version: str) -> ServerKeys:
    """Return the keys that sign the frozen office's receipts and authenticate its marks."""
    return ServerKeys(_secret(version, "receipts"), _secret(version, "marks"), _secret(version, "rescues"))


def phone_key(version: str) -> dict[str, str]:
    """Return the frozen phone's private key as a JWK (RFC 7517)."""
    secret = _secret(version, "phone")
    public = ec.derive_private_key(int.from_bytes(secret), ec.SECP256R1()).public_key().public_numbers()
    x, y = public.x.to_bytes(32), public.y.to_bytes(32)
    return {"kty": "EC", "crv": "P-256", "x": base64url(x), "y": base64url(y), "d": base64url(secret)}


def _secret(version: str, what: str) -> bytes:
    return sha256(f"fieldproof tests/prior/{version} {what}".encode()).digest()
