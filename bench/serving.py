"""
CPU per request of the web server, against nginx, in one run.

Both serve one feed of about 100 KB on loopback, from the same folder, to the same
client: a socket that is kept open and asks one request after the other, as fast as it is
answered. nginx has one worker, no access log, and a ``rss.xml.gz`` beside the feed, so
that it does not compress at each request either (``gzip_static``). Measured is what the
serving process spent (``/proc/PID/stat``), for

    304       If-None-Match with the present tag
    200 gzip  Accept-Encoding: gzip

    python bench/serving.py [--requests 20000] [--rounds 5] [--nginx nginx]

The rounds alternate between the two. Printed are medians of the rounds, in microseconds
of CPU, and the ratio. Needs nginx on the PATH. Exit status 1: an answer was not what was
asked for, or a ratio is above 6.
"""

import argparse
import gzip
import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from posts import post

MOST = 6
PATIENCE = 30  # seconds
TICK = os.sysconf("SC_CLK_TCK")
SIZE = 100_000
CONFIG = """
[site]
url = "http://127.0.0.1:{port}"
title = "솔바람 소식"
language = "ko"

[feeds]
entries = {entries}

[server]
listen = "127.0.0.1:{port}"
"""
NGINX = """
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
events {{ worker_connections 64; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 100000000;
  types {{ application/rss+xml xml; }}
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    gzip_static on;
    gzip_vary on;
    add_header Cache-Control "public, max-age=60";
    location /feeds/ {{ alias {feeds}/; }}
  }}
}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One that is measured."""

    name: str
    port: int
    pid: int  # of the process that answers

    def cpu(self) -> float:
        """Give the seconds of CPU it has used."""
        stat = Path(f"/proc/{self.pid}/stat").read_text("ascii").rpartition(")")[2]
        user, system = stat.split()[11:13]
        return (int(user) + int(system)) / TICK

    def headers(self, asked: Mapping[str, str]) -> tuple[int, Mapping[str, str]]:
        """Ask once and give status and headers."""
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        client.request("GET", "/feeds/rss.xml", headers=dict(asked))
        answer = client.getresponse()
        answer.read()
        client.close()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return


@contextmanager
def syndicate(folder: Path) -> Iterator[Server]:
    """Run the real service on a few posts, enough for a feed of the wanted size."""
    (folder / "_posts").mkdir()
    entries = 0
    while not entries or sum(p.stat().st_size for p in folder.glob("_posts/*")) < SIZE:
        written = post(entries)
        (folder / "_posts" / written.name).write_text(written.text, "utf-8")
        entries += 1
    port = free_port()
    config = folder / "config.toml"
    config.write_text(CONFIG.format(port=port, entries=entries), "utf-8")
    command = [sys.executable, "-m", "syndicate", "-c", str(config), "run"]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(port)
        time.sleep(1)
        yield Server(name="syndicate", port=port, pid=process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


@contextmanager
def nginx(program: str, folder: Path, feeds: Path) -> Iterator[Server]:
    """Run nginx on the same folder."""
    feed = feeds / "rss.xml"
    packed = feeds / "rss.xml.gz"
    packed.write_bytes(gzip.compress(feed.read_bytes(), 6, mtime=0))
    os.utime(packed, ns=(feed.stat().st_mtime_ns,) * 2)
    port = free_port()
    config = folder / "nginx.conf"
    config.write_text(NGINX.format(folder=folder, feeds=feeds, port=port), "utf-8")
    folder.chmod(0o755)
    process = subprocess.Popen([program, "-p", str(folder), "-c", str(config)])
    try:
        wait_for(port)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        worker = int(children.read_text("ascii").split()[0])
        yield Server(name="nginx", port=port, pid=worker)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def request(headers: Mapping[str, str]) -> bytes:
    lines = [f"{name}: {text}" for name, text in headers.items()]
    return "\r\n".join(
        ["GET /feeds/rss.xml HTTP/1.1", "Host: news.example", *lines, "", ""]
    ).encode()


def ask(server: Server, headers: Mapping[str, str], times: int) -> float:
    """Ask many times over one connection and give microseconds of CPU per request."""
    asked = request(headers)
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(asked)
        whole = length(connection)
        before = server.cpu()
        for _ in range(times):
            connection.sendall(asked)
            left = whole
            while left:
                left -= len(connection.recv(left))
        return (server.cpu() - before) / times * 1e6


def length(connection: socket.socket) -> int:
    """Read one answer and give its length, head and body."""
    found = b""
    while b"\r\n\r\n" not in found:
        found += connection.recv(65536)
    head, _, body = found.partition(b"\r\n\r\n")
    sizes = [
        int(line.partition(b":")[2])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length:")
    ]
    size = sum(sizes)
    left = size - len(body)
    while left:
        left -= len(connection.recv(left))
    return len(head) + 4 + size


def tell(server: Server) -> Mapping[str, Mapping[str, str]]:
    """Prove what is asked, and give the headers of each case."""
    packed = {"Accept-Encoding": "gzip"}
    status, found = server.headers(packed)
    assert (status, found.get("content-encoding")) == (200, "gzip"), server.name
    known = packed | {"If-None-Match": found["etag"]}
    status, _ = server.headers(known)
    assert status == 304, (server.name, status)
    print(f"{server.name}: {found['content-length']} bytes as gzip")
    return {"304": known, "200 gzip": packed}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--nginx", default="nginx")
    options = parser.parse_args()
    found: dict[tuple[str, str], list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="syndicate-bench-") as scratch:
        folder = Path(scratch)
        with (
            syndicate(folder) as ours,
            nginx(options.nginx, folder, folder / "feeds") as theirs,
        ):
            size = (folder / "feeds" / "rss.xml").stat().st_size
            print(f"feed of {size:,} bytes, {options.requests:,} requests a round")
            cases = {server.name: tell(server) for server in (ours, theirs)}
            for _ in range(options.rounds):
                for case in ("304", "200 gzip"):
                    for server in (ours, theirs):
                        spent = ask(server, cases[server.name][case], options.requests)
                        found.setdefault((case, server.name), []).append(spent)
    worst = 0.0
    for case in ("304", "200 gzip"):
        mine, other = (median(found[case, name]) for name in ("syndicate", "nginx"))
        ratio = mine / other
        worst = max(worst, ratio)
        print(
            f"{case:<9} syndicate {mine:6.1f} us  nginx {other:6.1f} us  x{ratio:.2f}"
        )
    return int(worst > MOST)


if __name__ == "__main__":
    sys.exit(main())
