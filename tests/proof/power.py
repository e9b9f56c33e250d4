"""
What a disk may hold after the power went, worked out from a log of system calls.

``kill -9`` keeps what the system has in memory; a power cut keeps what was synced, and
of the rest nobody knows what. So one life is logged whole, and after each of its calls
the folder is rebuilt as it may be found:

    nothing    bytes and names that were synced, and nothing else
    names      synced bytes under every name there is
    all        every byte and every name

What is not covered: sectors torn in the middle, and disks that lie about a sync.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CALLS = (
    *("openat", "close", "pwrite64", "write", "fsync", "fdatasync", "rename"),
    *("ftruncate", "unlink", "mkdir", "sendto"),
)
OPTIONS = ("-xx", "-s", "2000000", "-e", f"trace={','.join(CALLS)}")
LINE = re.compile(r"\d+ +(\w+)\((.*)\) += (\d+)")
STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
PASSING = ("-shm", ".lock")  # made anew by whoever starts


@dataclass(slots=True)
class File:
    """A file's bytes, and those that are on the disk for certain."""

    now: bytearray = field(default_factory=bytearray)
    synced: bytes = b""
    at: int = 0  # where the next write without a place goes

    def write(self, content: bytes, at: int) -> None:
        if len(self.now) < at:
            self.now.extend(bytes(at - len(self.now)))
        self.now[at : at + len(content)] = content

    def sync(self) -> None:
        self.synced = bytes(self.now)


@dataclass(slots=True)
class Disk:
    """A folder as its process sees it, and as a power cut would leave it."""

    root: Path
    names: dict[str, File] = field(default_factory=dict)
    synced: dict[str, File] = field(default_factory=dict)
    open: dict[int, File | str] = field(default_factory=dict)  # a str is a folder
    sent: list[bytes] = field(default_factory=list)

    @classmethod
    def holding(cls, root: Path) -> "Disk":
        """Begin with what lies there, all of it synced long ago."""
        disk = cls(root)
        for path in root.rglob("*"):
            if path.is_file():
                file = File(bytearray(path.read_bytes()))
                file.sync()
                disk.names[str(path)] = file
        disk.synced = dict(disk.names)
        return disk

    def replay(self, log: str) -> Iterator[str]:
        """Do call after call; gives each that may have changed something."""
        for line in joined(log):
            if found := LINE.match(line):
                call, arguments, result = found.groups()
                strings = [text(each) for each in STRING.findall(arguments)]
                bare = [part.strip() for part in STRING.sub("", arguments).split(",")]
                if self._do(call, strings, bare, int(result)):
                    yield f"{call} {strings[:1]}"[:80]

    def states(self) -> Iterator[tuple[str, dict[str, bytes]]]:
        """Give what may be found, path to content, by name of the assumption."""
        yield "nothing", {name: file.synced for name, file in self.synced.items()}
        yield "names", {name: file.synced for name, file in self.names.items()}
        yield "all", {name: bytes(file.now) for name, file in self.names.items()}

    def _do(
        self, call: str, strings: list[bytes], bare: list[str], result: int
    ) -> bool:
        if call == "openat":
            return self._open(strings[0].decode(), bare[2], result)
        if call in {"rename", "unlink"}:
            return self._rename([each.decode() for each in strings])
        handle = int(bare[0]) if bare[0].isdecimal() else -1
        file = self.open.get(handle)
        if call == "sendto":
            self.sent.append(strings[0])
            return True
        if call == "close":
            self.open.pop(handle, None)
            return False
        if isinstance(file, str):
            return call in {"fsync", "fdatasync"} and self._sync_names(file)
        return file is not None and self._change(file, call, strings, bare)

    def _open(self, path: str, flags: str, handle: int) -> bool:
        self.open.pop(handle, None)
        if not path.startswith(str(self.root)):
            return False
        if any(name.startswith(f"{path}/") for name in self.names):
            self.open[handle] = path
            return False
        made = path not in self.names and "O_CREAT" in flags
        if made:
            self.names[path] = File()
        if path in self.names:
            self.open[handle] = self.names[path]
            if "O_TRUNC" in flags:
                self.names[path].now.clear()
            self.names[path].at = 0
        return made

    def _rename(self, paths: list[str]) -> bool:
        file = self.names.pop(paths[0], None)
        if file and len(paths) > 1:
            self.names[paths[1]] = file
        return file is not None

    def _sync_names(self, folder: str) -> bool:
        mine = {name for name in self.names if str(Path(name).parent) == folder}
        gone = {name for name in self.synced if str(Path(name).parent) == folder}
        for name in gone - mine:
            del self.synced[name]
        self.synced |= {name: self.names[name] for name in mine}
        return True

    def _change(
        self, file: File, call: str, strings: list[bytes], bare: list[str]
    ) -> bool:
        if call in {"fsync", "fdatasync"}:
            file.sync()
        elif call == "ftruncate":
            size = int(bare[1])
            del file.now[size:]
            file.now.extend(bytes(size - len(file.now)))
        elif call == "pwrite64":
            file.write(strings[0], int(bare[-1]))
        elif call == "write":
            file.write(strings[0], file.at)
            file.at += len(strings[0])
        return True


def joined(log: str) -> Iterator[str]:
    """Give each call on one line, where another thread's came in between, too."""
    begun: dict[str, str] = {}
    for line in log.splitlines():
        thread = line.partition(" ")[0]
        if line.endswith("<unfinished ...>"):
            begun[thread] = line.removesuffix("<unfinished ...>").rstrip()
        elif "<... " in line:
            yield begun.pop(thread, "") + line.partition("resumed>")[2]
        else:
            yield line


def text(escaped: str) -> bytes:
    """Read what strace wrote in hexadecimal."""
    return bytes.fromhex(escaped.replace("\\x", ""))


def lay_down(state: dict[str, bytes], *, root: Path, there: Path) -> None:
    """Write a state where it can be looked at."""
    for name, content in state.items():
        if not name.endswith(PASSING):
            path = there / Path(name).relative_to(root)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
