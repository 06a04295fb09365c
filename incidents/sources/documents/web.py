"""Pages from the web: http and https only, small, quick, no private addresses, every redirect checked."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from incidents.sources.documents.document import Document
from incidents.sources.documents.errors import DocumentError

if TYPE_CHECKING:
    import httpx

MAX_BYTES = 5_000_000
TIMEOUT_S = 20.0
"""For the whole of one page, redirects included."""
MAX_REDIRECTS = 5

Resolve = Callable[[str, int], list[str]]


def resolve_host(host: str, port: int) -> list[str]:
    """Return the addresses of a host.

    Raises
    ------
    DocumentError
        If the name does not resolve.
    """
    try:
        return sorted({str(item[4][0]) for item in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)})
    except (OSError, UnicodeError) as error:
        raise DocumentError(f"Cannot find the host {host!r}. Check the address and the connection.") from error


def check_url(url: str, *, allow_private: bool = False, resolve: Resolve = resolve_host) -> list[str]:
    """Return the addresses `url` may be fetched from.

    Raises
    ------
    DocumentError
        If it is no http(s) address, carries credentials, or leads into a private network.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise DocumentError(f"{url!r} is not a web address: {error}.") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise DocumentError(f"{url!r}: only http and https addresses are read.")
    if parts.username is not None or parts.password is not None:
        raise DocumentError(f"{parts.hostname}: addresses with a user name or password are not read.")
    addresses = resolve(parts.hostname, port)
    if not allow_private:
        for text in addresses:
            address = ipaddress.ip_address(text.split("%")[0])
            mapped = getattr(address, "ipv4_mapped", None)
            if not (mapped or address).is_global or address.is_multicast:
                raise DocumentError(
                    f"{parts.hostname} is the private address {text}; it is not fetched. "
                    "Use --allow-private if you mean it."
                )
    return addresses


def fetch(
    url: str,
    *,
    allow_private: bool = False,
    resolve: Resolve = resolve_host,
    transport: httpx.BaseTransport | None = None,
) -> tuple[bytes, str, str]:
    """Return ``(body, content type, final address)`` of a page.

    The connection goes to the very address that was checked, so a name that changes its mind gains nothing.

    Raises
    ------
    DocumentError
        If it is forbidden, unreachable, too large, too slow or answers with an error.
    """
    try:
        import httpx
    except ImportError:
        raise DocumentError("Reading web pages needs httpx: pip install 'airspace-incidents[web]'.") from None
    deadline = time.monotonic() + TIMEOUT_S
    headers = {
        "User-Agent": "airspace-incidents (news reader)",
        "Accept": "text/html,application/xhtml+xml,application/xml,text/plain,application/pdf;q=0.8",
    }
    with httpx.Client(
        follow_redirects=False, timeout=TIMEOUT_S, headers=headers, transport=transport, trust_env=False
    ) as client:
        for _ in range(MAX_REDIRECTS + 1):
            addresses = check_url(url, allow_private=allow_private, resolve=resolve)
            try:
                with client.stream(
                    "GET",
                    _pinned(url, addresses[0]),
                    headers={"Host": _host(url)},
                    extensions={"sni_hostname": str(urlsplit(url).hostname)},
                ) as answer:
                    if answer.is_redirect and "location" in answer.headers:
                        url = urljoin(url, answer.headers["location"])
                        continue
                    if answer.status_code >= 400:
                        raise DocumentError(f"{url} answers with status {answer.status_code}.")
                    body = _read(answer, url, deadline)
                    return body, answer.headers.get("content-type", ""), url
            except httpx.HTTPError as error:
                raise DocumentError(f"Cannot read {url}: {type(error).__name__}.") from error
    raise DocumentError(f"{url}: more than {MAX_REDIRECTS} redirects.")


def _pinned(url: str, address: str) -> str:
    parts = urlsplit(url)
    host = f"[{address}]" if ":" in address else address
    netloc = host if parts.port is None else f"{host}:{parts.port}"
    return parts._replace(netloc=netloc, fragment="").geturl()


def _host(url: str) -> str:
    parts = urlsplit(url)
    return str(parts.hostname) if parts.port is None else f"{parts.hostname}:{parts.port}"


def _read(answer: httpx.Response, url: str, deadline: float) -> bytes:
    body = bytearray()
    for chunk in answer.iter_bytes():
        body += chunk
        if len(body) > MAX_BYTES:
            raise DocumentError(f"{url}: more than {MAX_BYTES // 1_000_000} MB; an article is smaller.")
        if time.monotonic() > deadline:
            raise DocumentError(f"{url}: not finished after {TIMEOUT_S:.0f} seconds.")
    return bytes(body)


def read_url(
    url: str,
    *,
    allow_private: bool = False,
    resolve: Resolve = resolve_host,
    transport: httpx.BaseTransport | None = None,
) -> Document:
    """Return the article at an address."""
    from incidents.sources.documents.html import read_html
    from incidents.sources.documents.pdf import read_pdf
    from incidents.sources.documents.text import decode, parse_text

    body, kind, final = fetch(url, allow_private=allow_private, resolve=resolve, transport=transport)
    if "pdf" in kind or body.startswith(b"%PDF"):
        return read_pdf(final, body)
    if "html" in kind or body.lstrip()[:1] == b"<":
        return read_html(final, body, url=final)
    if kind and not kind.startswith("text/"):
        raise DocumentError(f"{final}: content type {kind.split(';')[0]!r}; expected HTML, text or PDF.")
    return parse_text(final, decode(final, body))
