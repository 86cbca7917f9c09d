"""Temporary files of uploads: closed when the request ends, also when it was refused.

A request that turns out too large is refused in the middle of reading; what was spooled
to disk by then belongs to nobody and would be closed only by chance.
"""

from __future__ import annotations

from typing import IO

from flask import Flask, Request, g


class SpoolingRequest(Request):
    """A request that remembers the files it spools."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        """The hook that Werkzeug calls for each uploaded file."""
        stream = super()._get_file_stream(
            total_content_length, content_type, filename, content_length
        )
        g.setdefault("spooled", []).append(stream)
        return stream


def join(app: Flask) -> None:
    """Close what each request spooled."""
    app.request_class = SpoolingRequest
    app.teardown_request(_close)


def _close(_error: BaseException | None) -> None:
    for stream in g.pop("spooled", ()):
        stream.close()
