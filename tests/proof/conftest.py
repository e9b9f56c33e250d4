"""A driver that is killed, a far end that is not, and as many alike sites as a test needs."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.proof.far_end import FarEnd, far_end
from tests.proof.lives import Cases, Driver, driver, lay_out


@pytest.fixture(scope="session", name="far_end")
def far_end_fixture() -> Iterator[FarEnd]:
    with far_end() as server:
        yield server


@pytest.fixture(scope="session", name="driver")
def driver_fixture() -> Iterator[Driver]:
    with driver() as process:
        yield process


@pytest.fixture(scope="session")
def template(
    tmp_path_factory: pytest.TempPathFactory, driver: Driver, far_end: FarEnd
) -> Path:
    folder = tmp_path_factory.mktemp("proof") / "template"
    lay_out(folder, driver, far_end)
    Cases(folder, folder.parent, driver, far_end)("warm").points()
    return folder


@pytest.fixture
def room() -> Iterator[Path]:
    """Give a folder in memory, if there is such a thing: no kill is about the disk."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(
        prefix="syndicate-", dir=memory if memory.is_dir() else None
    ) as folder:
        yield Path(folder)


@pytest.fixture
def cases(template: Path, room: Path, driver: Driver, far_end: FarEnd) -> Cases:
    return Cases(template, room, driver, far_end)
