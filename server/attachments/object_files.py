"""Files in an object storage that speaks S3 (or another that obstore knows), a folder for each company.

Credentials and the endpoint come from the environment as every S3 client takes them (``AWS_ACCESS_KEY_ID``,
``AWS_ENDPOINT_URL`` and so on); they are never part of this program's own settings.
"""

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError
from obstore.store import ObjectStore, from_url

from schemas.problems import Code, Problem

if TYPE_CHECKING:
    from obstore.store import RetryConfig  # which is no more than its description

RETRIES: "RetryConfig" = {"max_retries": 3, "retry_timeout": timedelta(seconds=15)}
"""Less patience than obstore has by itself: a phone comes again, and a request that waits holds others up."""


class ObjectFiles:
    """The files of one company below a URL such as ``s3://bucket/folder``."""

    def __init__(self, url: str, company: str) -> None:
        self._store = _opened(url)
        self._company = company

    async def put(self, name: str, content: bytes, unique: str) -> None:  # noqa: ARG002 - the storage itself puts all or nothing
        """Keep a file under its name; raises ``Problem`` while the storage does not answer."""
        try:
            await obstore.put_async(self._store, self._path(name), content)
        except BaseError as error:
            raise Problem(Code.SERVER_BUSY) from error

    async def get(self, name: str) -> bytes | None:
        """Return a file's bytes, None if it is not there; raises ``Problem`` while the storage does not answer."""
        try:
            found = await obstore.get_async(self._store, self._path(name))
            return bytes(await found.bytes_async())
        except FileNotFoundError:
            return None
        except BaseError as error:
            raise Problem(Code.SERVER_BUSY) from error

    async def size(self, name: str) -> int | None:
        """Return a file's length, None if it is not there; raises ``Problem`` while the storage does not answer."""
        try:
            return (await obstore.head_async(self._store, self._path(name)))["size"]
        except FileNotFoundError:
            return None
        except BaseError as error:
            raise Problem(Code.SERVER_BUSY) from error

    async def remove(self, name: str) -> None:
        """Let nothing be left of a file; raises ``Problem`` while the storage does not answer."""
        try:
            await obstore.delete_async(self._store, self._path(name))
        except FileNotFoundError:
            return
        except BaseError as error:
            raise Problem(Code.SERVER_BUSY) from error

    def _path(self, name: str) -> str:
        return f"{self._company}/{name[:2]}/{name}"


@cache
def _opened(url: str) -> ObjectStore:
    """One client with its connections for each URL."""
    return from_url(url, retry_config=RETRIES)
