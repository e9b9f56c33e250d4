"""
The `email` kind against Exim, which passes letters on, signed (Debian, exim4-daemon-light).

Exim offers to sign in only behind STARTTLS; what it passes on it signs with DKIM, and
dkimpy (RFC 6376) says whether the signature holds and covers the way out of the list.
"""

import base64
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from syndicate.channels.email import Email
from syndicate.errors import RejectedError
from syndicate.model import Message
from tests.channels.node import MODULES
from tests.channels.post_office import email
from tests.channels.test_email import Mailbox, post
from tests.receiver import free_port

pytestmark = pytest.mark.full
EXIM = shutil.which("exim4", path="/usr/sbin:/usr/bin")
VENDOR = MODULES.parent / "bin" / "python"
KEY = "01a202b2d903" + "5be0" * 13
LEAVE = "https://news.example/leave?list=1"
# Long enough for several encoded words, with letters of two, three and four bytes.
SUBJECT = "[속보] 규모 5.2 지진 — “대피하라” 🏳️‍🌈 " + "여진에 대비해 넓은 곳으로 " * 5
MESSAGE = Message(
    text=f"{SUBJECT.strip()}\n\n.점으로 시작하는 줄\n\nhttps://news.example/1",
    link="https://news.example/1",
    title=SUBJECT.strip(),
    excerpt=".점으로 시작하는 줄",
    language="ko-KR",
)
SIGNED = "From:To:Subject:Date:Message-ID:List-Unsubscribe:List-Unsubscribe-Post"
SETTINGS = """
primary_hostname = post.example
spool_directory = {folder}/spool
log_file_path = {folder}/%slog
local_interfaces = 127.0.0.1
daemon_smtp_ports = {port}
tls_advertise_hosts = *
acl_smtp_rcpt = rcpt
acl_smtp_data = data
queue_run_max = 1

begin acl
rcpt:
  deny    message = sign in first
          !authenticated = *
  deny    message = no such mailbox
          local_parts = nobody
  accept
data:
  deny    message = malformed: $acl_verify_message
          !verify = header_syntax
  accept

begin routers
onward:
  driver = manualroute
  route_list = * 127.0.0.1
  self = send
  transport = signed

begin transports
signed:
  driver = smtp
  port = {next}
  hosts_try_dane =
  tls_tempfail_tryclear = true
  dkim_domain = news.example
  dkim_selector = desk
  dkim_private_key = {folder}/key.pem
  dkim_sign_headers = {signed}

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_advertise_condition = ${{if def:tls_in_cipher}}
  server_condition = ${{if and{{{{eq{{$auth2}}{{desk}}}}{{eq{{$auth3}}{{right}}}}}}}}
  server_set_id = $auth2
"""
VERIFY = """
import dkim, sys
print(dkim.verify(sys.stdin.buffer.read(), dnsfunc=lambda *_, **__: sys.argv[1].encode()))
"""


@dataclass(frozen=True)
class Exim:
    """A server that is running, and where its letters go."""

    port: int
    mailbox: Mailbox
    record: str  # what the signer's key would be in the DNS

    def channel(self, **keys: Any) -> Email:
        table: dict[str, Any] = {
            "security": "starttls",
            "user": "desk",
            "password": "right",
        }
        made = email(port=self.port, unsubscribe=LEAVE, **(table | keys))
        made.deadline = timedelta(minutes=1)  # this machine may be busy
        made.context = ssl.create_default_context()
        made.context.check_hostname = False  # it made its certificate itself
        made.context.verify_mode = ssl.CERT_NONE
        return made

    def letter(self) -> tuple[EmailMessage, bytes]:
        wait_for(lambda: bool(self.mailbox.envelopes))
        content = self.mailbox.envelopes.pop().content
        assert isinstance(content, bytes)
        found = message_from_bytes(content, policy=policy.SMTP)
        assert isinstance(found, EmailMessage)
        return found, content


def wait_for(came: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not came():
        assert time.monotonic() < until
        time.sleep(0.02)


def can_connect(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except ConnectionRefusedError:
        return False
    return True


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Give a folder that Exim can reach after it has laid down its rights."""
    with TemporaryDirectory(prefix="syndicate-") as made:
        Path(made).chmod(0o755)
        yield Path(made)


@pytest.fixture(scope="module")
def exim(folder: Path) -> Iterator[Exim]:
    if not EXIM:
        pytest.skip("no exim4: make full-setup")
    key = folder / "key.pem"
    make = ["openssl", "genrsa", "-out", str(key), "2048"]
    show = ["openssl", "rsa", "-in", str(key), "-pubout", "-outform", "DER"]
    subprocess.run(make, check=True, capture_output=True)
    public = subprocess.run(show, check=True, capture_output=True).stdout
    with free_port() as port, post() as (mailbox, onward):
        settings = {"folder": folder, "port": port, "next": onward, "signed": SIGNED}
        place = folder / "exim.conf"
        place.write_text(SETTINGS.format_map(settings), "utf-8")
        (folder / "spool").mkdir()
        for each in (folder, folder / "spool", key):
            shutil.chown(each, "Debian-exim", "Debian-exim")
        process = subprocess.Popen([EXIM, "-C", str(place), "-bdf"])
        try:
            wait_for(lambda: can_connect(port))
            record = f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"
            yield Exim(port=port, mailbox=mailbox, record=record)
        finally:
            process.terminate()
            process.wait(30)


def test_a_letter_is_passed_on_signed_with_the_way_out_of_the_list(exim: Exim) -> None:
    channel = exim.channel()
    channel.send(channel.write(MESSAGE), key=KEY)

    letter, content = exim.letter()
    command = [str(VENDOR), "-c", VERIFY, exim.record]
    said = subprocess.run(command, input=content, capture_output=True, check=True)
    assert said.stdout.strip() == b"True"
    signature = re.sub(r"\s", "", letter["DKIM-Signature"]).lower()
    covered = signature.partition(";h=")[2].partition(";")[0].split(":")
    assert set(covered) == set(SIGNED.lower().split(":"))
    assert letter["List-Unsubscribe"] == f"<{LEAVE}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Message-ID"] == f"<{KEY}@news.example>"
    assert "esmtpsa" in letter["Received"]  # over TLS, and signed in


def test_a_long_subject_is_folded_between_letters_and_reads_as_it_was(
    exim: Exim,
) -> None:
    channel = exim.channel()
    channel.send(channel.write(MESSAGE), key=KEY)

    letter, content = exim.letter()
    head = content.partition(b"\r\n\r\n")[0].split(b"\r\n")
    text, _ = (part.get_content() for part in letter.iter_parts())
    assert letter["Subject"] == " ".join(SUBJECT.split())
    assert text.splitlines() == MESSAGE.text.splitlines()
    # RFC 2047 section 2: a line with an encoded word has at most 76 characters.
    assert all(len(line) <= 76 for line in head if b"=?utf-8?" in line.lower())


def test_who_may_not_send_and_who_does_not_exist_are_told_apart(exim: Exim) -> None:
    wrong = exim.channel(password="wrong")
    with pytest.raises(RejectedError) as caught:
        wrong.probe()
    assert caught.value.unwelcome

    channel = exim.channel(to=["nobody@news.example", "one@readers.example"])
    receipt = channel.send(channel.write(replace(MESSAGE, text="속보")), key=KEY)
    assert "nobody@news.example" in receipt.warning
    exim.letter()
    assert channel.probe().account == "desk 127.0.0.1"
