"""Whether an image is one, of a size that a screen can bear, and keeps to itself what it should not tell."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from types import MappingProxyType

from PIL import ExifTags, Image

from schemas.problems import Code, Problem
from schemas.protocol import MAX_IMAGE_PIXELS

_FORMATS: Mapping[str, str] = MappingProxyType({"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP"})
_UPRIGHT = 1
_NOTES = frozenset({"xmp", "XML:com.adobe.xmp"})

_ONE_AT_A_TIME = ThreadPoolExecutor(1, "images")
"""An image of the most pixels takes 50 MB while it is decoded: one of them is enough."""


async def check_image(data: bytes, media_type: str) -> None:
    """Decode an image whole; other types pass.

    Raises ``Problem`` for one that is broken, moves, or has more than ``MAX_IMAGE_PIXELS``, which is found out before
    any of them is unpacked; and for one with a place, a turn or notes inside. Phones turn a photo upright when it is
    taken and write its place beside it, where rights and merge rules hold (ADR 17): what came in hidden would be told
    to everybody who opens the file. The file cannot be cleaned here, since its name is the hash of what it is.
    """
    if media_type in _FORMATS:
        fault = await asyncio.get_running_loop().run_in_executor(_ONE_AT_A_TIME, _fault, data, _FORMATS[media_type])
        if fault is not None:
            raise Problem(fault)


def _fault(data: bytes, form: str) -> Code | None:
    try:
        with Image.open(BytesIO(data), formats=[form]) as image:
            if image.width * image.height > MAX_IMAGE_PIXELS or getattr(image, "n_frames", 1) != 1:
                return Code.BLOB_IMAGE
            tells = _tells_more(image)
            image.load()
    except Exception:  # noqa: BLE001 - what broken bytes raise in a decoder is no closed set
        return Code.BLOB_IMAGE
    return Code.BLOB_METADATA if tells else None


def _tells_more(image: Image.Image) -> bool:
    exif = image.getexif()
    turned = exif.get(ExifTags.Base.Orientation, _UPRIGHT) != _UPRIGHT
    return turned or bool(exif.get_ifd(ExifTags.IFD.GPSInfo)) or not _NOTES.isdisjoint(image.info)
