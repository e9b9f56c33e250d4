"""A server on loopback that takes what is told, and notes when."""

import queue
import socket
import threading
import time
from dataclasses import dataclass, field


@dataclass(slots=True)
class Receiver:
    """Takes requests on loopback, and notes when the first byte of each arrived."""

    listener: socket.socket = field(
        default_factory=lambda: socket.create_server(("127.0.0.1", 0))
    )
    arrived: queue.SimpleQueue[tuple[float, bytes]] = field(
        default_factory=queue.SimpleQueue
    )

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self.listener.getsockname()[1]
        return port

    def start(self) -> None:
        """Take requests from now on."""
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self._take, args=[connection], daemon=True).start()

    def _take(self, connection: socket.socket) -> None:
        """Answer the requests of a connection, however many it carries."""
        with connection:
            while first := connection.recv(1 << 16):
                moment = time.perf_counter()
                request = self._rest(connection, first)
                connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
                self.arrived.put((moment, request))

    def _rest(self, connection: socket.socket, request: bytes) -> bytes:
        while b"\r\n\r\n" not in request:
            request += connection.recv(1 << 16)
        head, _, body = request.partition(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1])
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length:")
        )
        while len(body) < length:
            body += connection.recv(1 << 16)
        return body
