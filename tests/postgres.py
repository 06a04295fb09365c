"""A private PostgreSQL cluster for tests."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL cluster that nobody else uses."""

    folder: Path
    bin: Path
    port: int
    password: str

    def url(self, database: str, *, password: str | None = None, user: str = "desk") -> str:
        return f"postgresql://{user}:{password or self.password}@127.0.0.1:{self.port}/{database}"

    def run(self, *command: str) -> None:
        prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run([*prefix, str(self.bin / command[0]), *command[1:]], check=True, cwd="/", capture_output=True)

    def create(self, name: str) -> str:
        import psycopg

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def start(self) -> None:
        settings = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        with (self.folder / "start.log").open("wb") as log:
            prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
            command = [str(self.bin / "pg_ctl"), "-D", str(self.folder / "data"), "-w", "-o", settings, "start"]
            subprocess.run([*prefix, *command], check=True, cwd="/", stdout=log, stderr=log)

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")
