"""Handing out bytes as a file: the browser may neither open nor run it here (S-42)."""

from __future__ import annotations

import io

from flask import Response, send_file

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def as_file(content: bytes, media_type: str, name: str) -> Response:
    """A download under its own name.

    Args:
        name: with its ending; Chinese is fine.
    """
    answer = send_file(
        io.BytesIO(content),
        mimetype=media_type,
        as_attachment=True,
        download_name=name,
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
