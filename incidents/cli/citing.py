"""A source given on the command line."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from incidents.model import Source


def source_of(url: str | None, *, publisher: str | None = None, published: date | None = None) -> Source | None:
    """Return a source for an address; the publisher defaults to its host.

    Raises
    ------
    CurationError
        If the address is not http(s).
    """
    import re

    from pydantic import ValidationError

    from incidents.curation import CurationError

    if url is None:
        return None
    host = urlsplit(url).netloc.removeprefix("www.")
    key = re.sub(r"[^a-z0-9]+", "-", host.lower()).strip("-") or "source"
    try:
        return Source(
            key=key,
            url=url,
            publisher=publisher or host or "unknown",
            published_on=None if published is None else published.isoformat(),
        )
    except ValidationError as error:
        raise CurationError(f"{url!r} is not an address of a source. Write http(s)://...") from error
