"""What a machine extracted and a person decides on. Every decision is kept and can be taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from incidents.store.append import dump
from incidents.store.errors import StoreError, UnknownIncidentError
from incidents.store.writing import Writing

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

OPEN = "open"


@dataclass(frozen=True)
class Extracted:
    """A candidate: what was extracted, and what was decided about it."""

    id: str
    """``C-1``, ``C-2``, ..."""
    status: str
    """``open`` until somebody decides, such as ``accepted`` or ``rejected``."""
    data: dict[str, Any]
    decision: dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One entry in the history of a candidate."""

    step: int
    at: str
    author: str
    reason: str
    status: str
    data: dict[str, Any]
    decision: dict[str, Any]


class Candidates(Writing):
    """The review queue of a store."""

    def add_candidates(
        self, found: Sequence[Mapping[str, Any]], *, author: str = "extraction", reason: str = "extracted"
    ) -> list[str]:
        """Queue plain JSON values and return their ids in order."""
        from sqlalchemy import func, select

        from incidents.store.schema import candidate

        signature = self.sign(author, reason)
        with self.database.writing() as connection:
            first = (connection.execute(select(func.max(candidate.c.number))).scalar() or 0) + 1
            numbers = range(first, first + len(found))
            for number, data in zip(numbers, found, strict=True):
                row = {"number": number, "status": OPEN, "data": dump(dict(data)), "decision": "{}"}
                connection.execute(candidate.insert(), row)
                _log(connection, {**row, "at": signature.at, "author": author, "reason": reason})
        return [f"C-{number}" for number in numbers]

    def candidates(self, status: str | None = None) -> Iterator[Extracted]:
        """Yield the candidates, those with one status only if given, in order of arrival."""
        rows = self.database.rows(
            "SELECT number, status, data, decision FROM candidate "
            + ("" if status is None else "WHERE status = :status ")
            + "ORDER BY number",
            {} if status is None else {"status": status},
        )
        return (_extracted(row) for row in rows)

    def candidate(self, id_: str) -> Extracted:
        """Return one candidate.

        Raises
        ------
        UnknownIncidentError
        """
        row = self.database.first(
            "SELECT number, status, data, decision FROM candidate WHERE number = :number", {"number": _number(id_)}
        )
        if row is None:
            raise UnknownIncidentError(f"No candidate {id_!r}. See incidents candidates.")
        return _extracted(row)

    def update_candidate(
        self,
        id_: str,
        status: str,
        decision: Mapping[str, Any] | None = None,
        *,
        author: str,
        reason: str,
        data: Mapping[str, Any] | None = None,
        expected: str | None = None,
    ) -> Extracted:
        """Record a decision, and corrected values where given; the steps before stay.

        With `expected`, the decision is refused unless the candidate still has that status.
        """
        from incidents.store.schema import candidate

        signature = self.sign(author, reason)
        with self.database.writing() as connection:
            now = _locked(connection, id_)
            if expected is not None and now.status != expected:
                raise StoreError(f"{now.id} is {now.status} by now, not {expected}. Look at it again.")
            row = {
                "number": _number(id_),
                "status": status,
                "data": dump(now.data if data is None else dict(data)),
                "decision": dump(dict(decision or {})),
            }
            connection.execute(candidate.update().where(candidate.c.number == row["number"]), row)
            _log(connection, {**row, "at": signature.at, "author": author, "reason": reason})
        return Extracted(now.id, status, json.loads(str(row["data"])), json.loads(str(row["decision"])))

    def undo_candidate(self, id_: str, *, author: str, reason: str) -> Extracted:
        """Bring back the state before the last step; repeated, it goes back and forth, as the steps show."""
        steps = self.candidate_history(id_)
        if len(steps) < 2:
            raise StoreError(f"{id_} has no earlier state.")
        back = steps[-2]
        return self.update_candidate(
            id_, back.status, back.decision, author=author, reason=reason, data=back.data, expected=steps[-1].status
        )

    def candidate_history(self, id_: str) -> list[Step]:
        """Return every step of a candidate, the first first."""
        rows = self.database.rows(
            "SELECT step, at, author, reason, status, data, decision FROM candidate_event "
            "WHERE number = :number ORDER BY step",
            {"number": _number(id_)},
        )
        return [_step(row) for row in rows]

    def mark_not_same(self, one: str, other: str, *, author: str, reason: str) -> None:
        """Remember that two incidents or candidates are different events."""
        from incidents.store.schema import not_same

        signature = self.sign(author, reason)
        a, b = sorted((one, other))
        with self.database.writing() as connection:
            connection.execute(not_same.delete().where(not_same.c.one == a, not_same.c.other == b))
            row = {"one": a, "other": b, "at": signature.at, "author": author, "reason": reason}
            connection.execute(not_same.insert(), row)

    def forget_not_same(self, one: str, other: str) -> None:
        """Take `mark_not_same` back."""
        from incidents.store.schema import not_same

        a, b = sorted((one, other))
        with self.database.writing() as connection:
            connection.execute(not_same.delete().where(not_same.c.one == a, not_same.c.other == b))

    def not_same(self) -> frozenset[tuple[str, str]]:
        """Return every pair found to be different, each in sorted order."""
        return frozenset((row[0], row[1]) for row in self.database.rows("SELECT one, other FROM not_same"))


def _number(id_: str) -> int:
    prefix, _, digits = id_.strip().upper().partition("-")
    if prefix != "C" or not digits.isascii() or not digits.isdigit() or len(digits) > 9:
        raise UnknownIncidentError(f"No candidate {id_!r}. Candidate ids look like C-12: see incidents candidates.")
    return int(digits)


def _step(row: tuple[Any, ...]) -> Step:
    step, at, author, reason, status, data, decision = row
    return Step(step, at, author, reason, status, json.loads(data), json.loads(decision))


def _extracted(row: tuple[Any, ...]) -> Extracted:
    return Extracted(f"C-{row[0]}", row[1], json.loads(row[2]), json.loads(row[3]))


def _locked(connection: Connection, id_: str) -> Extracted:
    from sqlalchemy import select

    from incidents.store.schema import candidate as c

    row = connection.execute(select(c.c.number, c.c.status, c.c.data, c.c.decision).where(c.c.number == _number(id_)))
    found = row.one_or_none()
    if found is None:
        raise UnknownIncidentError(f"No candidate {id_!r}. See incidents candidates.")
    return _extracted(tuple(found))


def _log(connection: Connection, row: dict[str, Any]) -> None:
    from sqlalchemy import func, select

    from incidents.store.schema import candidate_event as e

    step = connection.execute(select(func.max(e.c.step)).where(e.c.number == row["number"])).scalar() or 0
    connection.execute(e.insert(), {**row, "step": step + 1})
