"""
HTTP and SMTP, as the kinds that speak them share them: one attempt, one of four outcomes.

    channel    what a kind is built on: HttpChannel, with ``post``
    exchange   one request and its answer on a connection of its own
    backend    the sockets below: no step may take longer than the attempt has left
    resolve    host names, within the same deadline
    verdict    which of the three delivery errors an answer is, if any
    redact     secrets out of whatever a remote side repeats to us
    uploading  a picture that is handed over before the words
    adapter    the same door for libraries that insist on requests
    dialogue   smtplib over sockets that keep to such a deadline
    smtp       one letter over it, and which step means what
    mime       a letter as bytes

httpx's own time-outs are per read: a peer that sends a byte now and then holds a sender
for ever. Here a deadline counts for the whole attempt, name look-up and TLS included.

No redirect is followed, no cookie kept, no proxy of the environment used: what stands
in between must not answer for the platform. Whoever needs a gateway names it in
``base_url``. Certificates are checked against certifi's list, or against SSL_CERT_FILE
or SSL_CERT_DIR where one is set.
"""

from syndicate.channels.wire.channel import HttpChannel
from syndicate.channels.wire.verdict import promised, told, verdict

__all__ = ["HttpChannel", "promised", "told", "verdict"]
