"""Shared surroundings of all tests."""

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tui.environment import prepare

# The same examples on every machine, however slow it is.
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
settings.load_profile("steady")

# The screen library reads its settings when it is first imported, which the test modules do.
_surroundings = {"TERM": "xterm-256color"}
prepare(_surroundings)
os.environ.update(_surroundings)


@pytest.fixture(scope="session")
def walking() -> ModuleType:
    """The module `walking.py` beside this file."""
    return import_module("walking")


@pytest.fixture(scope="session")
def screens() -> ModuleType:
    """The module `screens.py` beside this file."""
    return import_module("screens")


@pytest.fixture(scope="session")
def sample_module() -> ModuleType:
    """The module `sample_agency.py` beside this file."""
    return import_module("sample_agency")


@pytest.fixture
def sample(tmp_path: Path, sample_module: ModuleType) -> Any:
    """The sample agency's office, set up on an empty store."""
    return sample_module.Sample(tmp_path)


@pytest.fixture(scope="session")
def seals_module() -> ModuleType:
    """The module `seals_office.py` beside this file."""
    return import_module("seals_office")


@pytest.fixture(scope="session")
def ssh_module() -> ModuleType:
    """The module `ssh_server.py` beside this file."""
    return import_module("ssh_server")


@pytest.fixture(scope="module")
def ssh(ssh_module: ModuleType) -> ModuleType:
    """The same; skips where there is no sshd to try."""
    if reason := ssh_module.missing():
        pytest.skip(reason)
    return ssh_module


@pytest.fixture(scope="module")
def server(ssh: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """An office behind a real sshd."""
    server = ssh.Server(tmp_path_factory.mktemp("server"))
    yield server
    server.close()


@pytest.fixture(scope="module")
def clerk(server: Any) -> Path:
    """A clerk's key."""
    key = server.key("clerk", "P010")
    assert isinstance(key, Path)
    return key


@pytest.fixture
def connect(server: Any) -> Iterator[Any]:
    """Opens clients and cuts them off in the end."""
    clients = []

    def connect(key: Path, *command: str, **variables: str) -> Any:
        clients.append(server.client(key, *command, **variables))
        return clients[-1]

    yield connect
    for client in clients:
        client.close()
