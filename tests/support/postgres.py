"""A private PostgreSQL: a cluster of its own in a temporary folder, on a unix socket, ended with the tests."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from support.needs import need


def find_binaries() -> Path | None:
    """The newest installed version's folder of programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def unprivileged_account() -> tuple[str, int, int] | None:
    """Who runs the server: PostgreSQL refuses root. None where we are not root and need nobody else."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return name, entry.pw_uid, entry.pw_gid
    return None


@contextmanager
def private_cluster() -> Iterator[str]:
    """The address of an empty database server, as SQLAlchemy wants it but for the database's name at its end."""
    binaries = find_binaries()
    need(binaries is not None, "PostgreSQL", "Debian and Ubuntu: apt-get install postgresql")
    assert binaries is not None
    account = unprivileged_account()
    folder = Path(tempfile.mkdtemp(prefix="aula-pg-"))
    options = {}
    if account:
        os.chown(folder, account[1], account[2])
        options = {"user": account[1], "group": account[2], "extra_groups": []}
    try:
        subprocess.run(
            [binaries / "initdb", "-D", folder / "data", "-U", "aula", "-A", "trust", "-E", "UTF8", "--no-sync",
             "--locale=C.UTF-8"],
            check=True, capture_output=True, cwd=folder, **options,
        )  # fmt: skip
        server = [binaries / "pg_ctl", "-D", folder / "data", "-w"]
        asked = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=200"
        subprocess.run(
            [*server, "-l", folder / "log", "-o", asked, "start"],
            check=True,
            capture_output=True,
            cwd=folder,
            **options,
        )
        try:
            yield f"postgresql+psycopg://aula@/%s?host={folder}"
        finally:
            subprocess.run(
                [*server, "-m", "immediate", "stop"], check=False, capture_output=True, cwd=folder, **options
            )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
