"""folium's scene without folium's page: everything inline, hashed, and nothing from anywhere else."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink, MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template as FoliumTemplate

from maps import assets
from maps.errors import MapsError

INLINE = "inline:"
"""A script or style that ships inside the page is linked under this scheme."""


class ExternalResourceError(MapsError, ValueError):
    """Something in the scene wants a file from the network."""

    def __init__(self, name: str, url: str) -> None:
        super().__init__(
            f"{name} links to {url}: a page must open without a network. Leave the plugin out, "
            f"or give it a script from an installed package under {INLINE!r}."
        )


class OfflineFigure(Figure):
    """A figure that renders one self-contained page with a policy that allows just what is in it."""

    def __init__(self, page: dict[str, Any], *, image_hosts: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._id = "figure"
        self.page = page
        self.image_hosts = image_hosts

    def render(self, **kwargs: Any) -> str:
        """Return the page.

        Raises
        ------
        ExternalResourceError
            If any element links to a file that is not inline.
        """
        for child in self._children.values():
            child.render(**kwargs)
        scripts: list[str] = []
        styles: list[str] = []
        for name, element in list(self.header._children.items()):
            if isinstance(element, JavascriptLink | CssLink):
                if not element.url.startswith(INLINE):
                    raise ExternalResourceError(name, element.url)
                text = _INLINE[element.url.removeprefix(INLINE)]()
                (scripts if isinstance(element, JavascriptLink) else styles).append(text)
                del self.header._children[name]
        for number, style in enumerate(styles):
            self.header.add_child(Element(_element("style", style)), name=f"style{number}")
        from markupsafe import Markup

        template = FoliumTemplate(assets.page_template())
        template.environment.autoescape = False
        page = {**self.page, "scripts": [Markup(script) for script in scripts]}
        html: str = template.render(this=self, page=page)
        return html.replace("<!--POLICY-->", policy(html, self.image_hosts), 1)


_INLINE = {
    "leaflet.js": assets.leaflet_script,
    "leaflet.css": assets.leaflet_style,
    "app.js": assets.app_script,
    "app.css": assets.app_style,
}


def _element(tag: str, text: str) -> str:
    from jinja2 import Template

    return str(Template("<{{ tag }}>{{ text }}</{{ tag }}>", autoescape=False).render(tag=tag, text=text))


def policy(html: str, image_hosts: tuple[str, ...] = ()) -> str:
    """Return the Content-Security-Policy element for a page: its own scripts and styles by hash, and no network."""
    scripts = re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", html, flags=re.DOTALL)
    rules = [
        "default-src 'none'",
        f"script-src {_hashes(scripts)}",
        f"style-src {_hashes(styles)}",
        " ".join(["img-src data:", *image_hosts]),
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(rules)}">'


def _hashes(texts: list[str]) -> str:
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii") for text in texts)
    return " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"


class OfflineMap(folium.Map):
    """A map of Leaflet alone: no tiles, no jQuery, no Bootstrap, a fixed element id."""

    default_js = [("leaflet", f"{INLINE}leaflet.js")]  # noqa: RUF012
    default_css = [("leaflet-style", f"{INLINE}leaflet.css")]  # noqa: RUF012

    _template = FoliumTemplate(
        """
        {% macro html(this, kwargs) %}<div class="map" id="{{ this.get_name() }}"></div>{% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
            minZoom: 3, maxZoom: 12, zoomSnap: 0.5, zoomDelta: 1, worldCopyJump: false, preferCanvas: true,
            maxBounds: [[-60, -210], [86, 210]], maxBoundsViscosity: 0.8,
            fadeAnimation: false, zoomAnimation: false, markerZoomAnimation: false, attributionControl: true
        }).setView([55, 20], 4);
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__(tiles=None)
        self._id = "incidents"


class IncidentLayer(JSCSSMixin, MacroElement):
    """The one layer: everything incident is data, drawn by our own script."""

    default_js = [("app", f"{INLINE}app.js")]  # noqa: RUF012
    default_css = [("app-style", f"{INLINE}app.css")]  # noqa: RUF012

    _template = FoliumTemplate(
        "{% macro script(this, kwargs) %}startIncidentMap({{ this._parent.get_name() }});{% endmacro %}"
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "IncidentLayer"
        self._id = "layer"
