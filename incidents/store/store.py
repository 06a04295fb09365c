"""The store: one analyst's file or a desk's server."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING

from incidents.store.candidates import Candidates
from incidents.store.undoing import Undoing

if TYPE_CHECKING:
    from incidents.store.verify import Verification


class Store(Undoing, Candidates):
    """An open store; use it in a ``with`` block. See `incidents.store.open_store`."""

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def verify(self) -> Verification:
        """Recompute the chain of hashes and compare the present with it."""
        from incidents.store.verify import verify

        return verify(self)

    @property
    def is_outdated(self) -> bool:
        """Whether the program ships other records than the store was last brought to."""
        from incidents.store.bundled import edition

        return self.meta("dataset") not in (None, edition())

    def refresh_territory(self) -> int:
        """Compute the territory of records that other boundaries placed; return how many.

        A store that cannot be written is left as it is: the answers it holds name their boundary version.
        """
        from incidents.store.territory import boundaries

        current = boundaries()
        if self.meta("boundary_version") == current:
            return 0
        from incidents.store.append import set_meta
        from incidents.store.errors import AccessError
        from incidents.store.present import write_territories
        from incidents.store.territory import placed

        stale = [entry.record for entry in self.entries()]
        known = placed(stale)
        try:
            with self.database.writing() as connection:
                write_territories(connection, known, boundary_version=current)
                set_meta(connection, "boundary_version", current)
        except AccessError:
            return 0
        return len(known)
