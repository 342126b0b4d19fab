"""`/healthz`: whether the app works, for monitors and load balancers; without sign-in, so it tells nothing more."""

import logging
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from sendviz import __version__
from sendviz.settings import BadSetting, settings
from sendviz.store import Health, Pulse

OK = "ok"
FAULT = "The database cannot be used: the app's own log says why."


def _healthz(_: Request) -> JSONResponse:
    """Status 200 with `database` "ok", or 503 with one sentence; `data_date` is the last day that the data speak of."""
    found = _found()
    if found.fault:
        logging.getLogger(__name__).warning("/healthz: %s", found.fault)
    told = {"database": FAULT if found.fault else OK, "data_date": found.date and found.date.isoformat()}
    return JSONResponse(
        told | {"version": __version__}, status_code=503 if found.fault else 200, headers={"Cache-Control": "no-store"}
    )


def _found() -> Health:
    try:
        return _pulse().health()
    except BadSetting as error:
        return Health(str(error), None)


@lru_cache(maxsize=1)
def _pulse() -> Pulse:
    return Pulse(settings().database_url, settings().reader_url)


HEALTH = Route("/healthz", _healthz)
