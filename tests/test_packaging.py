"""What a stranger gets: the metadata, the types, the lock, and nothing of our machines."""

import os
import re
import tomllib
from contextlib import suppress
from functools import cache
from importlib.metadata import entry_points, metadata, version
from pathlib import Path
from typing import Any

import syndicate

ROOT = Path(__file__).parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
NAME = re.compile(r"[A-Za-z0-9._-]+")
ELSEWHERE = {"build", "dist", "feeds", "node_modules"}

# Written in pieces, so that this file does not say what no file may say.
FORBIDDEN = [
    re.compile("|".join(parts))
    for parts in [
        ["pypi" + r"\.org", "files" + r"\.pythonhosted", "registry" + r"\.npmjs"],
        ["deb" + r"\.debian\.org", "crates" + r"\.io", "proxy" + r"\.golang"],
        ["/work" + "/main", "/work" + "/shared", "/root" + "/", "/tmp" + "/v/"],
        [r"(?i)\bindex[-_]" + "url *=", "extra-index" + "-url"],
    ]
]


def normal(name: str) -> str:
    """Give a project's name as an index compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def names(requirements: list[str]) -> set[str]:
    found = {normal(NAME.match(each)[0]) for each in requirements}  # type: ignore[index]
    return found - {"syndicate"}


@cache
def texts() -> dict[str, str]:
    """Give every text file of the project, whatever git says of it, by its path."""
    found = {}
    for folder, subfolders, files in os.walk(ROOT):
        subfolders[:] = [name for name in subfolders if _is_ours(name)]
        for path in (Path(folder, name) for name in files):
            with suppress(UnicodeDecodeError, FileNotFoundError):
                found[path.relative_to(ROOT).as_posix()] = path.read_text("utf-8")
    return found


def _is_ours(folder: str) -> bool:
    return folder not in ELSEWHERE and (folder == ".ci" or not folder.startswith("."))


def test_the_installed_package_is_this_one() -> None:
    assert version("syndicate") == syndicate.__version__
    assert metadata("syndicate")["Requires-Python"] == ">=3.11"
    assert metadata("syndicate")["License-Expression"] == "MIT"


def test_the_command_is_called_syndicate() -> None:
    (command,) = entry_points(group="console_scripts", name="syndicate")

    assert callable(command.load())


def test_its_types_are_for_others_to_use() -> None:
    assert (Path(syndicate.__file__).parent / "py.typed").is_file()


def test_every_dependency_has_a_least_version() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = [
        *PROJECT["project"]["dependencies"],
        *extras["test"],
        *extras["postgresql"],
    ]

    loose = [each for each in wanted if ">=" not in each and "syndicate" not in each]
    assert loose == []


def test_every_dependency_stands_in_the_lock_with_hashes() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = names([*PROJECT["project"]["dependencies"], *extras["postgresql"]])
    pinned = {normal(part.split("==")[0]): part for part in re.split(r"\n(?=\w)", LOCK)}

    assert wanted - pinned.keys() == set()
    assert [name for name, part in pinned.items() if "--hash=sha256:" not in part] == []


def test_no_file_names_a_registry_or_a_path_of_our_machines() -> None:
    said = [
        f"{name}: {found[0]}"
        for name, text in texts().items()
        for pattern in FORBIDDEN
        if (found := pattern.search(text))
    ]

    assert said == []


def test_the_search_for_such_names_sees_the_project() -> None:
    assert {
        "README.md",
        ".ci/run",
        "syndicate/model/told.py",
        "requirements.lock",
    } <= texts().keys()
    assert FORBIDDEN[0].search("https://pypi" + ".org/x")
    assert FORBIDDEN[2].search("see /work" + "/main/x")
