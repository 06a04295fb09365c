"""Database errors in words: what happened, whether anything was lost, what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from incidents.store.errors import AccessError, CorruptStoreError, StoreError
from incidents.store.target import Target

_SQLITE = {
    "SQLITE_BUSY": "is locked by another program. Close it or wait, then try again; nothing was changed.",
    "SQLITE_LOCKED": "is locked by another program. Close it or wait, then try again; nothing was changed.",
    "SQLITE_READONLY": "is read-only. Make file and folder writable, or choose another with --db; nothing was changed.",
    "SQLITE_FULL": "cannot grow: the disk is full. Free some space and try again; nothing was changed.",
    "SQLITE_CANTOPEN": "cannot be opened. Check that the folder exists and that you may read and write it.",
    "SQLITE_IOERR": "cannot be read or written: the disk reports an error or is full; nothing was changed.",
    "SQLITE_PERM": "may not be used by you. Check its permissions.",
    "SQLITE_AUTH": "may not be used by you. Check its permissions.",
    "SQLITE_TOOBIG": "cannot hold a text this long; nothing was changed.",
}
_NOT_A_STORE = "is not an incident store. Choose another path with --db, or restore a backup: incidents db restore."
_DAMAGED = "is damaged ({}). Keep a copy, then restore a backup: incidents db restore BACKUP."


@contextmanager
def explained(target: Target) -> Iterator[None]:
    """Turn what a driver raises into our errors.

    Raises
    ------
    AccessError, CorruptStoreError, StoreError
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _explain(error, target) from error
    except Exception as error:
        original = getattr(error, "orig", None)
        if isinstance(error, ModuleNotFoundError) and error.name == "psycopg":
            raise AccessError("PostgreSQL needs the extra: pip install 'airspace-incidents[postgres]'.") from error
        if type(error).__module__.startswith(("sqlalchemy.", "psycopg")):
            raise _explain(original if isinstance(original, Exception) else error, target) from error
        raise


def _explain(error: Exception, target: Target) -> StoreError:
    if isinstance(error, sqlite3.Error):
        return _explain_sqlite(error, target)
    text = " ".join(str(error).split())
    state = getattr(error, "sqlstate", None) or ""
    lowered = text.casefold()
    if "authentication failed" in lowered or "no password supplied" in lowered:
        said = "refused the user name or password. Check the URL given with --db or INCIDENTS_DB."
    elif "does not exist" in lowered and state in ("", "3D000") and "database" in lowered:
        said = "has no such database. Create it with createdb, or correct the URL."
    elif state == "42501":
        said = f"does not let this user do that: {text}"
    elif state == "25006":
        said = "is read-only. Use the primary server; nothing was changed."
    elif state in ("53100", "53200"):
        said = "has no space or memory left; nothing was changed."
    elif state == "55P03":
        said = "is locked by another session for too long. Try again; nothing was changed."
    elif _is_gone(state, lowered):
        said = (
            "is not reachable, or closed the connection. A change in progress was rolled back as a whole unless it was "
            f"already acknowledged: see incidents history. The server says: {text}"
        )
    else:
        said = f"reports an error: {text}"
    return AccessError(f"The database {target} {_without_password(said, target)}")


def _is_gone(state: str, lowered: str) -> bool:
    words = (
        "refused",
        "closed",
        "terminat",
        "could not translate",
        "failed to resolve",
        "timeout",
        "lost",
        "starting up",
    )
    return state[:2] in ("08", "57") or any(word in lowered for word in words)


def _without_password(text: str, target: Target) -> str:
    from urllib.parse import unquote, urlsplit

    try:
        password = urlsplit(target.url).password
    except ValueError:
        password = None
    for secret in filter(None, (password, unquote(password or ""))):
        text = text.replace(secret, "***")
    return text


def _explain_sqlite(error: sqlite3.Error, target: Target) -> StoreError:
    name = getattr(error, "sqlite_errorname", "") or ""
    text = str(error)
    if name.startswith("SQLITE_NOTADB") or "file is not a database" in text:
        return AccessError(f"{target} {_NOT_A_STORE}")
    if name.startswith("SQLITE_CORRUPT") or "malformed" in text:
        return CorruptStoreError(f"{target} {_DAMAGED.format(text)}")
    for prefix, said in _SQLITE.items():
        if name.startswith(prefix):
            return AccessError(f"{target} {said}")
    return StoreError(f"{target} reports an error: {text}.")
