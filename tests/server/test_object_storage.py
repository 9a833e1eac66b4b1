"""Files in a bucket of a server that speaks S3: the same answers as from the disk, and a plain one when it is down."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from server.attachments.files import Files
from server.attachments.object_files import ObjectFiles
from server.attachments.storing import FileStore
from server.cli.backing_up import back_up
from server.cli.restoring import restore
from server.platform.ambient import RealAmbient
from server.platform.migrations import HISTORY_TABLE, newest_revision
from server.platform.settings import Settings, settings_from
from tests.server.one_call import OneCall, at_work
from tests.server.world import COMPANY, problem, proven, running
from tests.support.object_storage import ObjectStorage, object_storage
from tests.support.pictures import name_of, picture

PHOTO = picture()
NAME = name_of(PHOTO)


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ObjectStorage]:
    """A server that speaks S3 on a free port of this machine."""
    with object_storage(tmp_path_factory.mktemp("objects")) as storage:
        yield storage


@pytest.fixture
def bucket(storage: ObjectStorage, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of an empty bucket, with everything in the environment that a client needs."""
    for variable, value in storage.environment.items():
        monkeypatch.setenv(variable, value)
    return f"{storage.bucket()}/files"


@pytest.fixture(params=["disk", "s3"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    if request.param == "disk":
        return Files(tmp_path, COMPANY)
    return ObjectFiles(request.getfixturevalue("bucket"), COMPANY)


async def test_a_file_is_there_whole_once_it_was_put(files: FileStore) -> None:
    assert (await files.get(NAME), await files.size(NAME)) == (None, None)
    await files.put(NAME, PHOTO, "one")
    await files.put(NAME, PHOTO, "two")
    assert (await files.get(NAME), await files.size(NAME)) == (PHOTO, len(PHOTO))


async def test_companies_do_not_share_files(bucket: str) -> None:
    await ObjectFiles(bucket, COMPANY).put(NAME, PHOTO, "one")
    assert await ObjectFiles(bucket, "company-two").get(NAME) is None


@pytest.fixture
async def unit(founded_url: str, tmp_path: Path, bucket: str) -> AsyncIterator[OneCall]:
    async with running(founded_url, tmp_path, blobs_url=bucket) as world:
        yield await at_work(world)


async def test_a_photo_that_was_sent_is_in_the_bucket_and_given_out_of_it(
    unit: OneCall, bucket: str, tmp_path: Path
) -> None:
    phone = unit.technician.client
    proven(await phone.put(f"/blobs/{NAME}", content=PHOTO))
    assert await ObjectFiles(bucket, COMPANY).get(NAME) == PHOTO
    assert proven(await phone.get(f"/blobs/{NAME}")).content == PHOTO
    assert proven(await phone.head(f"/blobs/{NAME}")).headers["content-length"] == str(len(PHOTO))
    assert not (tmp_path / "blobs").exists()


async def test_a_storage_that_does_not_answer_takes_nothing_and_says_that_it_is_busy(
    founded_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bucket: str
) -> None:
    assert bucket
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setattr("server.attachments.object_files.RETRIES", {"max_retries": 0})
    async with running(founded_url, tmp_path, blobs_url="s3://nobody/there") as world:
        phone = (await at_work(world)).technician.client
        assert problem(await phone.put(f"/blobs/{NAME}", content=PHOTO)) == (503, "server.busy")
        assert problem(await phone.get(f"/blobs/{NAME}")) == (404, "blob.missing")


async def test_a_backup_holds_what_is_in_the_bucket_and_brings_it_to_a_disk(
    unit: OneCall, founded_url: str, empty_database_url: str, bucket: str, tmp_path: Path
) -> None:
    proven(await unit.technician.client.put(f"/blobs/{NAME}", content=PHOTO))
    async with unit.world.journal.database.writing() as connection:  # which was made without its migrations
        await connection.execute(text(f"CREATE TABLE {HISTORY_TABLE} (version_num VARCHAR(32) NOT NULL)"))
        insert = f"INSERT INTO {HISTORY_TABLE} VALUES (:revision)"  # noqa: S608 - a constant
        await connection.execute(text(insert), {"revision": newest_revision()})
    here = Settings(database_url=founded_url, data=tmp_path, blobs_url=bucket)
    manifest = await back_up(here, RealAmbient(), tmp_path / "backup.tgz")
    assert manifest.missing == ()
    there = Settings(database_url=empty_database_url, data=tmp_path / "there")
    await restore(there, RealAmbient(), tmp_path / "backup.tgz", lambda _done, _total: None, replace=False)
    assert await Files(there.blobs, COMPANY).get(NAME) == PHOTO


def test_the_disk_is_the_default() -> None:
    assert settings_from({}).blobs_url == ""
    assert settings_from({"BLOBS_URL": "s3://bucket"}).blobs_url == "s3://bucket"
