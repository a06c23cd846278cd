"""What the intranet server needs beside the program: sshd's drop-in, the folders, the daily tasks. Text alone."""

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from core.anchoring import SecondPlace

SSHD = "etc/ssh/sshd_config.d/60-guizhang.conf"
FOLDERS_FILE = "etc/tmpfiles.d/guizhang.conf"
UNITS = "etc/systemd/system"

SSHD_OPTIONS: Mapping[str, str] = {
    "AuthenticationMethods": "publickey",
    "PubkeyAuthentication": "yes",
    "PasswordAuthentication": "no",
    "KbdInteractiveAuthentication": "no",
    "AuthorizedKeysFile": "none",
    "PermitTTY": "yes",
    "PermitUserRC": "no",
    "DisableForwarding": "yes",
    "PermitTunnel": "no",
    "MaxSessions": "1",
    "MaxAuthTries": "6",
    "ClientAliveInterval": "30",
    "ClientAliveCountMax": "3",
    "LogLevel": "VERBOSE",
}
"""Options of the service account, with the values they must have."""


TASKS = ("anchor", "backup", "day", "reminders")
"""The timers, by the last part of their names."""
_CLOSED = "ProtectSystem=strict\nNoNewPrivileges=yes\nRestrictSUIDSGID=yes\nCapabilityBoundingSet=\n"
"""What keeps a task from everything but the account's own files and the network."""
_ALONE = "PrivateNetwork=yes\n"


@dataclass(frozen=True, slots=True)
class Layout:
    """One installation: the account that owns the records, the interpreter, the agency and where everything is."""

    account: str
    python: Path
    agency: str
    store: Path
    config: Path
    backups: Path
    anchors: Path
    second: SecondPlace | None = None
    """Where anchors go besides `anchors`."""

    @property
    def folders(self) -> dict[Path, int]:
        """The folders of the account with their modes."""
        return {self.store.parent: 0o700, self.backups: 0o700, self.anchors: 0o700}

    @property
    def files(self) -> dict[str, str]:
        """Path below the root to text of every file."""
        return {SSHD: self.sshd, FOLDERS_FILE: self._folders_file, **self._units}

    @property
    def sshd(self) -> str:
        """The drop-in; it concerns the service account alone."""
        asked = f"{self._program('keys authorized')} --fingerprint %f --key %k"
        told = {"AuthorizedKeysCommand": asked, "AuthorizedKeysCommandUser": self.account, **SSHD_OPTIONS}
        lines = [f"    {name} {value}" for name, value in told.items()]
        return "\n".join([f"Match User {self.account}", *lines, "Match all", ""])

    @property
    def _folders_file(self) -> str:
        return "".join(
            f"d {folder} {mode:04o} {self.account} {self.account} -\n" for folder, mode in self.folders.items()
        )

    @property
    def _units(self) -> dict[str, str]:
        anchor = f"{self._program('audit anchor')} --append {shlex.quote(str(self.anchors / 'anchors'))} --second"
        second = self.second or SecondPlace()
        # A disk that is not there must not keep the task from saying so.
        elsewhere = [f"-{second.folder}"] if second.folder else []
        backup = f"{self._program('backup')} {shlex.quote(str(self.backups))} --keep 30"
        day, remind = self._program("tick"), self._program("remind")
        return dict(
            [
                *self._task(
                    "anchor",
                    "Daily anchor of the journal",
                    anchor,
                    "18:00",
                    self.anchors,
                    *elsewhere,
                    closed=_CLOSED if second.command else _CLOSED + _ALONE,
                ),
                *self._task("backup", "Daily backup of the records", backup, "02:30", self.backups),
                *self._task("day", "What a new day brings: notices, duties, posts", day, "00:10"),
                # A mail program hands letters on with a group's right, through its spool and the network.
                *self._task(
                    "reminders", "Reminders by the agency's command", remind, "08:10", closed="ProtectSystem=full\n"
                ),
            ]
        )

    def _task(
        self, name: str, title: str, command: str, at: str, *writes: Path | str, closed: str = _CLOSED + _ALONE
    ) -> Iterable[tuple[str, str]]:
        writable = " ".join(str(each) for each in (self.store.parent, *writes))
        service = (
            f"[Unit]\nDescription=Guizhang: {title}\n\n"
            f"[Service]\nType=oneshot\nUser={self.account}\nGroup={self.account}\nUMask=0077\n"
            # A per cent sign is a specifier to systemd.
            f"ExecStart={command.replace('%', '%%')}\nSyslogIdentifier=guizhang-{name}\n"
            f"{closed}PrivateTmp=yes\nPrivateDevices=yes\nProtectHome=yes\nReadWritePaths={writable}\n"
            f"ProtectKernelTunables=yes\nProtectControlGroups=yes\n"
        )
        timer = (
            f"[Unit]\nDescription=Guizhang: {title}\n\n"
            f"[Timer]\nOnCalendar=*-*-* {at}:00\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n"
        )
        yield f"{UNITS}/guizhang-{name}.service", service
        yield f"{UNITS}/guizhang-{name}.timer", timer

    def _program(self, verb: str) -> str:
        place = ["--agency", self.agency, "--store", str(self.store), "--config", str(self.config)]
        return shlex.join([str(self.python), "-I", "-X", "utf8", "-m", "tui", *verb.split(), *place])


def write_layout(layout: Layout, root: Path) -> list[Path]:
    """Write every file and folder below the root; what is there already is replaced whole. Returns what was written."""
    written = []
    for folder, mode in layout.folders.items():
        place = below(root, folder)
        place.mkdir(parents=True, exist_ok=True)
        place.chmod(mode)
        written.append(place)
    for name, text in layout.files.items():
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = place.with_name(f".{place.name}.new")
        fresh.write_text(text, encoding="utf-8")
        fresh.chmod(0o644)
        fresh.replace(place)
        written.append(place)
    return written


def below(root: Path, path: Path) -> Path:
    """Where an absolute path lies under a root other than `/`."""
    return root / path.relative_to("/")
