"""The files of an article, handed out as files and never as pages."""

from __future__ import annotations

import io

from flask import Blueprint, g, send_file
from flask.typing import ResponseReturnValue

from models.people import Role
from web.login import may_enter
from web.transaction import db
from workflow.articles import attachments

screen = Blueprint("attachments", __name__)
READERS = (
    Role.DRAFTER,
    Role.REVIEWER,
    Role.PUBLISHER,
    Role.LEADER,
    Role.REGISTRAR,
    Role.AUDIT_ADMINISTRATOR,
)


@screen.get("/attachments/<int:attachment_id>")
@may_enter(*READERS)
def one(attachment_id: int) -> ResponseReturnValue:
    """Download a file; the browser may neither open nor run it here (S-42)."""
    file, content = attachments.content(db(), g.me.agency_id, attachment_id)
    answer = send_file(
        io.BytesIO(content),
        mimetype=file.media_type,
        as_attachment=True,
        download_name=file.name,
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
