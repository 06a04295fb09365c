"""A store on each engine: SQLite, and a private PostgreSQL server."""

from __future__ import annotations

import contextlib
import itertools
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from incidents.store import Store, open_store
from tests.postgres import Server

ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Start a cluster on a free port; skip where PostgreSQL is missing, but not in CI."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        message = "PostgreSQL is not installed: apt-get install postgresql"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="incidents-pg-", dir="/tmp"))
    one = Server(folder, found[-1].parent, port, secrets.token_hex(8))
    secret = folder / "secret"
    secret.write_text(one.password)
    if os.geteuid() == 0:
        for path in (folder, secret):
            shutil.chown(path, "postgres")
    data = str(folder / "data")
    flags = ["-U", "desk", "-A", "scram-sha-256", "--pwfile", str(secret), "-E", "UTF8", "--locale=C.UTF-8", "-N"]
    if int(found[-1].parts[-3]) >= 15:  # a collation that sorts unlike Python unless told otherwise
        flags += ["--locale-provider=icu", "--icu-locale=en-US"]
    try:
        one.run("initdb", "-D", data, *flags)
        one.start()
        yield one
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):  # it may not have come up at all
            one.stop()
        shutil.rmtree(folder, ignore_errors=True)


_numbers = itertools.count(1)


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new, empty store goes, on each engine in turn."""
    if request.param == "sqlite":
        return str(tmp_path / "store.sqlite")
    server: Server = request.getfixturevalue("server")
    return server.create(f"t{next(_numbers)}")


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A store without the bundled records."""
    with open_store(url, bundled=False) as opened:
        yield opened
