"""Leaflet from the installed package, and our own front end: text to inline, never a link."""

from __future__ import annotations

import base64
import re
from functools import cache
from importlib import metadata, resources

from maps.errors import MapsError

LEAFLET = "XStatic-Leaflet"

SCRIPTS = ("data", "state", "basemap", "symbols", "filters", "timeline", "marks", "card", "list", "app")
"""Our scripts in the order they are joined; each is one noun."""


class AssetError(MapsError, FileNotFoundError):
    """A file of the front end is not where it should be."""

    def __str__(self) -> str:
        return str(self.args[0])


@cache
def _leaflet(name: str) -> bytes:
    try:
        files = metadata.files(LEAFLET) or []
    except metadata.PackageNotFoundError:
        raise AssetError(f"The package {LEAFLET} is not installed. Install it: pip install {LEAFLET}") from None
    found = [path for path in files if path.name == name and path.parent.name in ("data", "images", "leaflet")]
    if not found:
        raise AssetError(f"{LEAFLET} holds no {name}. Reinstall it: pip install --force-reinstall {LEAFLET}")
    return found[0].read_binary()


def leaflet_script() -> str:
    """Return Leaflet, ready for an inline script."""
    return _inline(_leaflet("leaflet.js").decode("utf-8"))


def leaflet_style() -> str:
    """Return Leaflet's style sheet with its pictures inside."""

    def picture(match: re.Match[str]) -> str:
        encoded = base64.b64encode(_leaflet(match[1].rsplit("/", 1)[-1])).decode("ascii")
        return f"url(data:image/png;base64,{encoded})"

    return re.sub(r"url\(['\"]?([^'\")]+\.png)['\"]?\)", picture, _leaflet("leaflet.css").decode("utf-8")).replace(
        "\r\n", "\n"
    )


def app_script() -> str:
    """Return our front end as one strict function."""
    parts = [_own(f"{name}.js") for name in SCRIPTS]
    return _inline('(function () {\n"use strict";\n' + "\n".join(parts) + "\n})();")


def app_style() -> str:
    """Return our style sheet."""
    return _own("app.css")


def page_template() -> str:
    """Return the template of the page."""
    return _own("page.html.j2")


def _own(name: str) -> str:
    return (resources.files("maps") / "web" / name).read_text(encoding="utf-8")


def _inline(script: str) -> str:
    """Return a script that cannot end its element; line ends as the hash of the policy expects them."""
    text = script.replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"//[#@] sourceMappingURL=.*", "", text)
    return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")
