"""A command that an agency's file names, given something on its standard input."""

import subprocess


class CommandFault(Exception):
    """The command did not do its work; the message says why."""


def handed(command: tuple[str, ...], text: bytes, patience: float) -> bytes:
    """Give the text to the command, with no shell between; what it answers. Raises `CommandFault`, also when it takes
    longer than `patience` seconds.
    """
    try:
        done = subprocess.run(
            command, input=text, capture_output=True, timeout=patience, env={"PATH": "/usr/sbin:/usr/bin:/bin"}
        )
    except subprocess.TimeoutExpired:
        raise CommandFault(f"命令 {command[0]} 超过 {patience:g} 秒没有结束") from None
    except OSError:
        raise CommandFault(f"命令 {command[0]} 不能运行，请核对路径和权限") from None
    if done.returncode:
        raise CommandFault(f"命令 {command[0]} 退出码 {done.returncode}")
    return done.stdout
