"""The file around the screens: style, type, Vega and the script that presents, and a policy that lets nothing out."""

import base64
import hashlib
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from importlib import metadata
from pathlib import Path
from string import Template

import vl_convert

from sendviz.charts.palette import DARK, LIGHT, Palette
from sendviz.exports.standalone.drawings import Drawings

HERE = Path(__file__).parent
COLOURS = ("ground", "ink", "quiet", "grid", "focus")
# Streamlit's own typeface (SIL Open Font License), which the charts on the screen are set in.
TYPE = "SourceSansVF-Upright*.woff2"


def page(name: str, articles: Sequence[str], drawings: Drawings) -> str:
    """The whole file: `articles` are HTML, `name` is not."""
    scripts = {"vega": _vega(), "script": _text("standalone.js")}
    return Template(_text("standalone.html")).substitute(
        scripts, name=escape(name), policy=_policy(*scripts.values()), style=_style(), articles="\n".join(articles),
        drawings=drawings.json(),
    )  # fmt: skip


def _policy(*scripts: str) -> str:
    """Nothing is fetched, and no script runs but these, told by what is in them."""
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{found}'" for found in hashes)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; font-src data:; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


@lru_cache(maxsize=1)
def _vega() -> str:
    """Vega, Vega-Lite and Embed as one script; making it takes seconds, and it is always the same. Embed is all that
    it gives out, since Vega and Vega-Lite come as null."""
    return str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;"))


@lru_cache(maxsize=1)
def _style() -> str:
    colours = f":root {{ {_colours(LIGHT)} }}\n@media screen {{ :root[data-theme=dark] {{ {_colours(DARK)} }} }}"
    return f"{_typeface()}\n{colours}\n{_text('standalone.css')}"


def _colours(palette: Palette) -> str:
    return " ".join(f"--{name}: {getattr(palette, name)};" for name in COLOURS)


def _typeface() -> str:
    """The typeface as a rule; "" where it is not there, and the browser's own sans-serif stands in for it."""
    found = next((file for file in metadata.files("streamlit") or () if file.match(TYPE)), None)
    if found is None:
        return ""
    font = base64.b64encode(found.read_binary()).decode()
    return (
        '@font-face { font-family: "Source Sans"; font-weight: 200 900; '
        f"src: url(data:font/woff2;base64,{font}) format(woff2); }}"
    )


def _text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
