"""What a person typed, rescued from a request that was refused.

Nobody types a page twice: the error page shows the text again in boxes to copy from,
even when the request was too large to be read as a whole.
"""

from __future__ import annotations

from urllib.parse import parse_qsl

from flask import Flask, current_app, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Epilogue, Field, MultipartDecoder, NeedData

RESCUED_BYTES = 1_000_000
SECRET = ("password", "csrf_token", "operation")


def join(app: Flask) -> None:
    """Hold plain forms to the limit of form text, which the parser does not."""
    app.before_request(_limit_plain_forms)


def _limit_plain_forms() -> None:
    if request.mimetype == "application/x-www-form-urlencoded":
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]


def fields() -> list[tuple[str, str]]:
    """Name and text of every field worth keeping; never a password or a token."""
    try:
        pairs = [(k, v) for k, vs in request.form.lists() for v in vs]
    except RequestEntityTooLarge:
        pairs = _rescued()
    return [(name, text) for name, text in pairs if text.strip() and not _secret(name)]


def _secret(name: str) -> bool:
    return any(word in name for word in SECRET)


def _rescued() -> list[tuple[str, str]]:
    beginning: bytes = request.environ["wsgi.input"].read(RESCUED_BYTES)
    kind, options = parse_options_header(request.content_type)
    if kind == "multipart/form-data" and "boundary" in options:
        return _from_multipart(beginning, options["boundary"].encode())
    text = beginning.decode("utf-8", "replace")
    return parse_qsl(text, keep_blank_values=False, max_num_fields=None)


def _from_multipart(beginning: bytes, boundary: bytes) -> list[tuple[str, str]]:
    decoder = MultipartDecoder(boundary)
    decoder.receive_data(beginning)
    found: dict[str, list[bytes]] = {}
    name: str | None = None
    while not isinstance(event := decoder.next_event(), NeedData | Epilogue):
        if isinstance(event, Field):
            name = event.name
        elif isinstance(event, Data) and name is not None:
            found.setdefault(name, []).append(event.data)
        else:
            name = None
    texts = {key: b"".join(parts) for key, parts in found.items()}
    return [(key, text.decode("utf-8", "replace")) for key, text in texts.items()]
