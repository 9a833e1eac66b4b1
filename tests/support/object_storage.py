"""An object storage of this machine that speaks S3: OpenStack Swift with one disk, one replica and one account."""

import getpass
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import httpx
import obstore
from obstore.store import S3Store

from tests.support.processes import ending_with_us, free_port

_BIN = Path(sys.executable).parent
_KEPT_BY = ("account", "container", "object")
_ACCOUNT = "fieldproof"
_USER = "office"
_READY_SECONDS = 60.0
_SWIFT = """\
[swift-hash]
swift_hash_path_prefix = fieldproof
swift_hash_path_suffix = tests

[storage-policy:0]
name = one
default = yes
"""
_SERVER = """\
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
mount_check = false
devices = {folder}/disks
swift_dir = {folder}
user = {user}

[pipeline:main]
pipeline = {name}-server

[app:{name}-server]
use = egg:swift#{name}
"""
_PROXY = """\
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
swift_dir = {folder}
user = {user}

[pipeline:main]
pipeline = catch_errors s3api tempauth copy slo dlo proxy-server

[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
conn_timeout = 10
error_suppression_limit = 1000000

[filter:catch_errors]
use = egg:swift#catch_errors

[filter:s3api]
use = egg:swift#s3api

[filter:tempauth]
use = egg:swift#tempauth
user_{account}_{name} = {secret} .admin

[filter:copy]
use = egg:swift#copy

[filter:slo]
use = egg:swift#slo

[filter:dlo]
use = egg:swift#dlo
"""


class ObjectStorage(NamedTuple):
    """Where it answers, and the key of its one account."""

    address: str
    key: str
    secret: str

    @property
    def environment(self) -> Mapping[str, str]:
        """What a client needs, as every S3 client takes it."""
        return {
            "AWS_ENDPOINT_URL": self.address,
            "AWS_ALLOW_HTTP": "true",
            "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": self.key,
            "AWS_SECRET_ACCESS_KEY": self.secret,
        }

    def bucket(self) -> str:
        """Make an empty bucket and return its URL; the environment must have what a client needs."""
        name = f"bucket-{uuid4().hex}"
        httpx.put(obstore.sign(S3Store(name), "PUT", "", timedelta(minutes=1))).raise_for_status()
        return f"s3://{name}"


@contextmanager
def object_storage(folder: Path) -> Iterator[ObjectStorage]:
    """Serve one that keeps everything below a folder; the folder's file system must have extended attributes."""
    ports = {name: free_port() for name in (*_KEPT_BY, "proxy")}
    storage = ObjectStorage(f"http://127.0.0.1:{ports['proxy']}", f"{_ACCOUNT}:{_USER}", uuid4().hex)
    (folder / "disks" / "one").mkdir(parents=True)
    (folder / "swift.conf").write_text(_SWIFT)
    said = {"folder": folder, "user": getpass.getuser()}
    for name in _KEPT_BY:
        _make_ring(folder, name, ports[name])
        (folder / f"{name}-server.conf").write_text(_SERVER.format(name=name, port=ports[name], **said))
    account = {"account": _ACCOUNT, "name": _USER, "secret": storage.secret}
    (folder / "proxy-server.conf").write_text(_PROXY.format(port=ports["proxy"], **said, **account))
    with ExitStack() as servers:
        for name in ports:
            servers.enter_context(_served(folder, name))
        _await(storage, folder, ports)
        yield storage


def _make_ring(folder: Path, name: str, port: int) -> None:
    """Say where a kind of server is: sixteen partitions, one copy, all of them on its one disk."""
    builder = folder / f"{name}.builder"
    for words in (("create", "4", "1", "0"), ("add", f"r1z1-127.0.0.1:{port}/one", "1"), ("rebalance",)):
        command = [_BIN / "swift-ring-builder", builder, *words]
        subprocess.run(command, check=True, capture_output=True, env={"SWIFT_DIR": str(folder)})


@contextmanager
def _served(folder: Path, name: str) -> Iterator[None]:
    command = [_BIN / f"swift-{name}-server", folder / f"{name}-server.conf"]
    with (folder / f"{name}.log").open("wb") as log:
        environment = {"SWIFT_DIR": str(folder)}
        process = subprocess.Popen(ending_with_us(command), stdout=log, stderr=log, env=environment)
        try:
            yield
        finally:
            process.terminate()
            process.wait()


def _await(storage: ObjectStorage, folder: Path, ports: Mapping[str, int]) -> None:
    """Wait until every server listens, the proxy last: it gives one that it was refused by a rest of a minute."""
    deadline = time.monotonic() + _READY_SECONDS
    for port in (*(ports[name] for name in _KEPT_BY), ports["proxy"]):
        while not _listens(port):
            if time.monotonic() > deadline:
                raise RuntimeError("the object storage did not start:\n" + _logs(folder))
            time.sleep(0.1)
    httpx.get(f"{storage.address}/info").raise_for_status()


def _listens(port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0


def _logs(folder: Path) -> str:
    return "\n".join(path.read_text() for path in sorted(folder.glob("*.log")))
