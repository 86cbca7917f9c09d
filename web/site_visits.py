"""Visiting the agency's own pages: do they open, do their links work.

Only the addresses that the agency entered are visited, and links on them that stay on
the same host; nothing is followed to another one, not even by a redirect.  A page is
read up to a limit, each within fifteen seconds, one after the other.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from html.parser import HTMLParser
from http.client import HTTPException
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from workflow.patrols.acts import Visited
from workflow.patrols.rules import ADDRESS_MAX, OPEN_WITHIN, Page

MOST_BYTES = 2 * 1024 * 1024
MOST_LINKS = 30
AGENT = "Sanshen site patrol"


class _Links(HTMLParser):
    """The addresses of a page's links."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the address of a link."""
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


class _SameHost(HTTPRedirectHandler):
    """Follows a redirect to the same host only."""

    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: object,
        newurl: str,
    ) -> Request | None:
        """The request to follow; none when it leaves the host, which is a fault."""
        if not same_host(req.full_url, newurl):
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def visit(pages: Sequence[Page], at: datetime) -> list[Visited]:
    """Visit each page, then the links on it that stay at home.

    Args:
        at: the moment under which the visits are kept, aware.
    """
    return [found for page in pages for found in _visit_page(page, at)]


def same_host(one: str, other: str) -> bool:
    """Whether two addresses are at the same host and port, and both of the web."""
    here, there = urlsplit(one), urlsplit(other)
    web = {"http", "https"}
    return (
        here.scheme in web
        and there.scheme in web
        and (here.hostname, here.port) == (there.hostname, there.port)
    )


def links_of(address: str, html: str) -> list[str]:
    """The links of a page that stay at its host, each once, in their order."""
    reader = _Links()
    reader.feed(html)
    full = (urldefrag(urljoin(address, one)).url for one in reader.found)
    home = [one for one in dict.fromkeys(full) if same_host(address, one)]
    fit = [one for one in home if one != address and len(one) <= ADDRESS_MAX]
    return fit[:MOST_LINKS]


def _visit_page(page: Page, at: datetime) -> Iterator[Visited]:
    visited, html = _open(page, page.address, at)
    yield visited
    for link in links_of(page.address, html):
        found, _ = _open(page, link, at, page.address)
        if found.fault:
            yield found


def _open(
    page: Page, address: str, at: datetime, found_on: str = ""
) -> tuple[Visited, str]:
    """One visit, and what the page says when it is HTML."""
    started, status, fault, html = time.perf_counter(), 0, "", ""
    try:
        status, html = _get(address)
    except HTTPError as wrong:
        status = wrong.code
        fault = _fault_of(wrong)
        wrong.close()
    except (OSError, HTTPException, ValueError):
        fault = "打不开"
    took = time.perf_counter() - started
    opened = not fault and took <= OPEN_WITHIN.total_seconds()
    if not fault and not opened:
        fault = "15秒内没有打开"
    milliseconds = int(took * 1000)
    visited = Visited(
        page.column_id, address, at, status, milliseconds, opened, found_on, fault
    )
    return visited, html


def _get(address: str) -> tuple[int, str]:
    if urlsplit(address).scheme not in ("http", "https"):
        raise ValueError("not an address of the web")
    request = Request(address, headers={"User-Agent": AGENT})  # noqa: S310 -- looked at above
    opener = build_opener(_SameHost)
    with opener.open(request, timeout=OPEN_WITHIN.total_seconds()) as answer:
        body = answer.read(MOST_BYTES)
        is_html = answer.headers.get_content_type() == "text/html"
        charset = answer.headers.get_content_charset() or "utf-8"
        return answer.status, _decoded(body, charset) if is_html else ""


def _decoded(body: bytes, charset: str) -> str:
    try:
        return body.decode(charset, "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


def _fault_of(wrong: HTTPError) -> str:
    if 300 <= wrong.code < 400:
        return "转到了别的网站，没有跟去"
    return f"打开出错（{wrong.code}）"
