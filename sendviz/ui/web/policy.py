"""What a browser may do with the pages: the content security policy, and the other headers that go with each answer."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from streamlit.file_util import get_static_dir

from sendviz.ui.again import SCRIPTS
from sendviz.ui.orders.saving import MOVE
from sendviz.ui.signin import KEEP

OWN = (SCRIPTS, MOVE, KEEP)  # scripts that pages draw, each always of the same text
YEAR = 365 * 24 * 60 * 60
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)

# A script that stands in the page runs only if it is one of ours. `blob:` scripts: the stage's keys, loaded so by
# Streamlit. `unsafe-inline` styles: Streamlit's own. `unsafe-eval`: nothing of ours needs it (Vega interprets its
# expressions), but what drives a browser for a council's own tests and monitoring evaluates in the page what it waits
# for; and a script that is not ours does not come so far as to evaluate anything.
_POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "frame-src": "'none'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
_DENIED = ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "serial", "usb")


@lru_cache(maxsize=2)
def headers(by_tls: bool) -> tuple[tuple[bytes, bytes], ...]:
    """The headers that each answer bears; by TLS, the browser is told to come no other way for a year."""
    found = {
        "content-security-policy": _policy(),
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "permissions-policy": ", ".join(("fullscreen=(self)", *(f"{name}=()" for name in _DENIED))),
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
        "cross-origin-resource-policy": "same-origin",
    }
    if by_tls:
        found["strict-transport-security"] = f"max-age={YEAR}"
    return tuple((name.encode(), value.encode()) for name, value in found.items())


def _policy() -> str:
    allowed = _POLICY | {"script-src": " ".join((_POLICY["script-src"], *_digests()))}
    return "; ".join(f"{name} {sources}" for name, sources in allowed.items())


def _digests() -> Iterator[str]:
    """The scripts that pages may have in their text: Streamlit's, as this version has it, and our own."""
    for text in (Path(get_static_dir(), "index.html").read_text(encoding="utf-8"), *OWN):
        for script in _INLINE.findall(text):
            yield f"'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
