"""Every answer of the server bears its headers, the browser runs no script that is not ours, and this computer answers
to its own names alone."""

import re
import urllib.error
import urllib.request
from email.message import Message

import pytest
from playwright.sync_api import BrowserContext, expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from sendviz.ui.web.headers import mended
from sendviz.ui.web.policy import OWN
from tests.browsing import HOUSE, Visit, settle

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'")
ADDRESSES = {
    "page": ("GET", "/"),
    "page by its link": ("GET", "/final-plans?locality=Central"),
    "phones": ("GET", "/follow?live=none"),
    "static": ("GET", "/static/media/SourceSansVF-Upright.ttf.BsWL4Kly.woff2"),
    "no download": ("GET", "/media/none.xlsx"),
    "upload": ("PUT", "/_stcore/upload_file/none/none"),
    "health": ("GET", "/healthz"),
    "health of Streamlit": ("GET", "/_stcore/health"),
    "settings": ("GET", "/_stcore/host-config"),
    "path outwards": ("GET", "/static/%2e%2e/%2e%2e/secrets.toml"),
    "sign-in": ("GET", "/auth/login"),
    "back from sign-in": ("GET", "/oauth2callback?code=none&state=none"),
    "method not allowed": ("POST", "/"),
}


def asked(url: str, method: str = "GET", data: bytes = b"", **headers: str) -> tuple[int, Message, str]:
    """The status, the headers and the text of an answer, whichever it is."""
    request = urllib.request.Request(url, method=method, headers=headers, data=data if method != "GET" else None)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode(errors="replace")


@pytest.mark.parametrize("kind", ADDRESSES)
def test_every_answer_bears_them(app_url: str, kind: str) -> None:
    method, path = ADDRESSES[kind]
    _, headers, text = asked(app_url + path, method)
    assert {name: headers[name] for name in ALWAYS} == ALWAYS
    assert all(part in headers["Content-Security-Policy"] for part in POLICY)
    assert "fullscreen=(self)" in headers["Permissions-Policy"] and "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] and headers["Strict-Transport-Security"] is None
    assert "Traceback" not in text


def test_no_script_may_stand_in_a_page_but_those_known(app_url: str) -> None:
    rules = dict(rule.split(" ", 1) for rule in asked(app_url)[1]["Content-Security-Policy"].split("; "))
    allowed = {source for source in rules["script-src"].split() if not source.startswith("'sha256-")}
    assert allowed == {"'self'", "'unsafe-eval'", "blob:"}


def test_each_script_that_a_page_draws_is_among_them() -> None:
    """One that is not would not run."""
    drawn = [path.name for path in HOUSE.glob("sendviz/**/*.py") if "unsafe_allow_javascript=True" in path.read_text()]
    assert len(drawn) == len(OWN), "name its text in sendviz/ui/web/policy.py; it is to be the same for everybody"


def test_a_download_is_a_file_to_save_and_is_not_kept(visit: Visit, app_url: str) -> None:
    page = visit("/ehcp-cohort")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download everything on this page").click()
    _, headers, _ = asked(waiting.value.url)
    assert headers["Content-Disposition"] == 'attachment; filename="ehcp-cohort.xlsx"'
    assert headers["Cache-Control"] == "no-store" and headers["X-Content-Type-Options"] == "nosniff"


def test_by_tls_cookies_and_the_browser_keep_to_it(app_url: str) -> None:
    """A proxy on this computer says that the request came to it by TLS."""
    _, plain, _ = asked(f"{app_url}/_stcore/health")
    _, by_tls, _ = asked(f"{app_url}/_stcore/health", **{"X-Forwarded-Proto": "https"})
    assert "Secure" not in plain["Set-Cookie"] and "SameSite=Lax" in plain["Set-Cookie"]
    assert "; Secure" in by_tls["Set-Cookie"]
    assert by_tls["Strict-Transport-Security"] == "max-age=31536000"


def test_a_cookie_of_signing_in_is_mended() -> None:
    kept = dict(mended([(b"set-cookie", b"_streamlit_user=x; Path=/; HttpOnly; SameSite=lax")], by_tls=True))
    assert kept[b"set-cookie"] == b"_streamlit_user=x; Path=/; HttpOnly; SameSite=lax; Secure"
    bare = dict(mended([(b"set-cookie", b"a=b"), (b"cache-control", b"no-cache")], by_tls=False))
    assert bare[b"set-cookie"] == b"a=b; SameSite=Lax" and bare[b"cache-control"] == b"no-cache"


def test_the_browser_refuses_a_script_that_came_into_a_page(chromium: BrowserContext, app_url: str) -> None:
    page = chromium.new_page()
    page.goto(app_url)
    settle(page)
    page.evaluate("""() => {
        const box = document.createElement("div");
        document.body.append(box);
        box.innerHTML = '<img src="data:," onerror="window.pwned = 1"><a id="bad" href="javascript:pwned = 2">x</a>';
        const script = document.createElement("script");
        script.textContent = "window.pwned = 3";
        box.append(script);
        box.querySelector("a").click();
    }""")
    page.wait_for_function("document.querySelector('img[src=\"data:,\"]').complete")
    assert page.evaluate("window.pwned") is None
    page.close()


def test_what_the_pages_do_themselves_is_allowed(visit: Visit) -> None:
    """The headline's name on its chart, words over a chart's points, the stage's keys, the focus in a running order:
    the browser would note a fault."""
    page = visit("/ehcp-cohort")
    chart = page.locator(".st-key-exhibit-cohort-gender [role=graphics-document]").first
    expect(chart).to_have_attribute("aria-label", re.compile(r"^[^.]*\.[^.]*\. [^.]*$"))  # as our script names it
    chart.hover()
    visit("/present?order=1&screen=5").locator(".stage-buttons button").first.wait_for()
    making = visit("/present?edit=1")
    making.locator(".st-key-edit-0 button").click()
    expect(making.locator(".st-key-panel-head h2")).to_be_focused()


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8501", "127.0.0.1.evil.example", "10.0.0.7", ""])
def test_this_computer_answers_to_its_own_names_alone(app_url: str, host: str) -> None:
    status, headers, text = asked(app_url, Host=host)
    assert (status, text) == (421, "sendviz serves this computer alone: open it at http://localhost.\n")
    assert headers["X-Frame-Options"] == "DENY"
    stream = app_url.replace("http", "ws", 1) + "/_stcore/stream"
    with pytest.raises(InvalidStatus), connect(stream, additional_headers={"Host": host}):
        pass


@pytest.mark.parametrize("address", ["10.0.0.7", "2001:db8::7", "nowhere"])
def test_another_computer_is_not_answered_whatever_host_it_names(app_url: str, address: str) -> None:
    assert asked(app_url, **{"X-Forwarded-For": address})[0] == 421  # as a proxy on this computer says who asks
    assert asked(app_url, **{"X-Forwarded-For": "::1"})[0] == 200


@pytest.mark.parametrize("host", ["localhost", "localhost:9", "127.0.0.1", "127.0.0.2:80", "[::1]:8501", "LOCALHOST"])
def test_its_own_names_are_answered(app_url: str, host: str) -> None:
    assert asked(app_url, Host=host)[0] == 200
