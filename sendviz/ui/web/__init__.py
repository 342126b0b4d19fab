"""What stands between the network and the pages: headers, whom this computer answers, to whom files go, limits."""

from starlette.middleware import Middleware

from sendviz.ui.web.faults import say
from sendviz.ui.web.files import Files
from sendviz.ui.web.headers import Headers
from sendviz.ui.web.hosts import OwnHosts
from sendviz.ui.web.signing import SigningIn

__all__ = ["middleware", "say"]


def middleware() -> tuple[Middleware, ...]:
    """For `st.App`: the headers first, so that whatever the others refuse bears them too."""
    return Middleware(Headers), Middleware(OwnHosts), Middleware(SigningIn), Middleware(Files)
