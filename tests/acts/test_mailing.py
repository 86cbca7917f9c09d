"""A letter that somebody has a message, to a real mail server on this machine."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest

from web.webhook import carrier

PAYLOAD = {"text": "示例：有给您的消息。"}


class Mailbox(socketserver.ThreadingTCPServer):
    """Takes letters as a mail server does, or refuses each."""

    allow_reuse_address = True
    daemon_threads = True
    letters: list[bytes]
    refuses = False


class Dialogue(socketserver.StreamRequestHandler):
    """The few words of SMTP that a sender needs."""

    server: Mailbox

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].upper()
            if word == "DATA":
                self._take()
            elif word == "RCPT" and self.server.refuses:
                self.wfile.write(b"550 no such mailbox\r\n")
            elif word == "QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")

    def _take(self) -> None:
        self.wfile.write(b"354 go on\r\n")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        self.server.letters.append(b"".join(lines))
        self.wfile.write(b"250 taken\r\n")


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox(("127.0.0.1", 0), Dialogue) as server:
        server.letters = []
        running = threading.Thread(target=server.serve_forever)
        running.start()
        yield server
        server.shutdown()
        running.join()


def address(mailbox: Mailbox) -> str:
    port = mailbox.server_address[1]
    return f"smtp://127.0.0.1:{port}/?from=sanshen@example.org&to=office@example.org"


def test_a_letter_says_that_there_is_a_message(mailbox: Mailbox) -> None:
    carry = carrier(address(mailbox))
    assert carry is not None

    carry("event-1", PAYLOAD)
    carry("event-1", PAYLOAD)
    carry("event-2", PAYLOAD)

    found = [message_from_bytes(one, policy=policy.default) for one in mailbox.letters]
    assert [one["To"] for one in found] == ["office@example.org"] * 3
    assert PAYLOAD["text"] in found[0].get_content()
    marks = [one["Message-ID"] for one in found]
    assert marks[0] == marks[1] != marks[2]


def test_a_letter_that_is_not_taken_is_tried_again_later(mailbox: Mailbox) -> None:
    mailbox.refuses = True
    carry = carrier(address(mailbox))
    assert carry is not None
    with pytest.raises(OSError, match="did not take"):
        carry("event-1", PAYLOAD)


def test_an_address_without_its_parts_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a host"):
        carrier("smtp://mail.example.org/")
