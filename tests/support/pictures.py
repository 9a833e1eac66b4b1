"""Images as phones make them, and as they should not be."""

from hashlib import sha256
from io import BytesIO
from typing import Any

from PIL import Image


def picture(width: int = 64, height: int = 48, form: str = "JPEG", seed: int = 1, **more: Any) -> bytes:  # noqa: ANN401 - whatever a format can be told
    """Return an image that looks like nothing and packs badly; every ``seed`` gives another one."""
    noise = Image.effect_noise((width, height), 60 + seed % 60)
    image = Image.merge("RGB", (noise, noise.rotate(180), noise.point(lambda level: (level * seed) % 256)))
    image.putpixel((0, 0), (seed % 256, seed // 256 % 256, 7))
    return encoded(image, form, **more)


def encoded(image: Image.Image, form: str, **more: Any) -> bytes:  # noqa: ANN401 - whatever a format can be told
    """Return an image in a format."""
    file = BytesIO()
    image.save(file, form, **more)
    return file.getvalue()


def name_of(data: bytes) -> str:
    """Return the name of a file: its SHA-256."""
    return sha256(data).hexdigest()
