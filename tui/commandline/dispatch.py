"""Finding the verb in what was typed, and ending in an orderly way whatever comes of it."""

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module
from io import TextIOWrapper
from types import ModuleType

from core.errors import GuizhangError
from core.system_errors import reason
from core.text import clean, hidden_character, nearest
from tui.commandline.exits import Exit, NotAllowedFault, UsageFault, exit_of_error
from tui.commandline.parser import Parser, listed

_PACKAGE = "tui.commandline"

ACTS = (
    "submit", "approve", "reject", "return", "resubmit", "withdraw", "comment", "perform", "resolve", "file",
    "discharge", "object", "settle-objection", "acknowledge", "transfer", "consult", "answer", "add-signer",
    "remove-signer", "take-back", "urge", "copy", "override", "urgent", "phrase", "move",
)  # fmt: skip

VERBS: dict[str, str] = {
    **dict.fromkeys(ACTS, "acts"),
    **dict.fromkeys(("inbox", "mine", "offers", "people", "find"), "lists"),
    **dict.fromkeys(("attach", "fetch"), "attachments"),
    **dict.fromkeys(("exports", "fetch-export"), "exports"),
    "holdings": "holdings",
    "batch": "batch",
    **dict.fromkeys(("calendar", "organisation"), "days"),
    **dict.fromkeys(("show", "why"), "matters"),
    **dict.fromkeys(("print", "paper-template"), "papers"),
    "inspection-list": "inspection",
    **dict.fromkeys(("duties", "notices", "tick"), "duties"),
    "compliance": "compliance",
    "emergency": "emergency",
    "reconcile": "reconcile",
    **dict.fromkeys(("people template", "people import"), "people"),
    **dict.fromkeys(("ledgers", "ledger"), "ledgers"),
    "overview": "overviews",
    **dict.fromkeys(("journal", "audit verify", "audit anchor", "audit slip", "audit export"), "audit"),
    **dict.fromkeys(("accounts setup", "accounts list", "accounts open", "accounts activate"), "accounts"),
    **dict.fromkeys(("accounts lock", "accounts end", "accounts reset", "keys grant", "logins"), "accounts"),
    **dict.fromkeys(("keys add", "keys list", "keys revoke", "keys authorized"), "keys"),
    "session": "session",
    "pin": "pin",
    **dict.fromkeys(("server init", "server doctor"), "server"),
    **dict.fromkeys(("backup", "restore-drill"), "backups"),
    "remind": "remind",
    **dict.fromkeys(("archive", "store upgrade"), "past_years"),
    **dict.fromkeys(("init", "export", "import"), "founding"),
    **dict.fromkeys(("rulebook check", "rulebook show"), "rulebooks"),
    **dict.fromkeys(("rulebook coverage", "rulebook test"), "trials"),
    **dict.fromkeys(("commands", "help", "plugins"), "overview"),
    "demo": "demo",
    "new-family": "new_family",
}
"""Each verb with the module that carries it out; a module is loaded when one of its verbs is called."""

Admit = Callable[[Parser, Namespace], None]
"""Lets the arguments of a verb through, or raises."""

_WITH_VALUE = ("--agency", "--store", "--config", "--as")


def run(words: Sequence[str], admit: Admit | None = None) -> int:
    """Do what the words say and return the exit code; every failure is one sentence, never a traceback.

    `admit` stands between a session and the verbs.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        code = _run(list(words), admit)
        sys.stdout.flush()
        return code
    except UsageFault as fault:
        return _sentence(str(fault), Exit.USAGE)
    except NotAllowedFault as fault:
        return _sentence(str(fault), Exit.NOT_ALLOWED)
    except GuizhangError as error:
        return _sentence(str(error), exit_of_error(error))
    except SystemExit as end:
        return int(end.code or 0)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # The interpreter flushes once more at its end; that must find somewhere to write.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.INTERRUPTED
    except (OSError, UnicodeError) as error:
        return _sentence(f"读写文件出错：{_reason(error)}", Exit.USAGE)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        return _sentence(f"程序出错，没有办成（{reason}）；请把这句话告诉系统管理员", Exit.USAGE)


def _sentence(sentence: str, code: Exit) -> int:
    print(clean(sentence), file=sys.stderr)
    return code


def _reason(error: OSError | UnicodeError) -> str:
    if isinstance(error, UnicodeError):
        return "内容不是 UTF-8 编码的文字"
    named = f"（{error.filename}）" if error.filename else ""
    return f"{reason(error) if error.errno else '原因不明'}{named}"


def _run(words: list[str], admit: Admit | None) -> int:
    for word in words:
        if hidden := hidden_character(word):
            raise UsageFault(f"“{word}”含有不可见的{hidden}，请删除后重新输入")
    leading, rest = _parted(words)
    if not rest:
        if admit is not None:
            raise UsageFault("请写明要做什么，全部动作见 --help；要打开界面，什么也不写")
        return _without_verb(leading)
    if rest[0] in ("-h", "--help"):
        return int(_module("help").overview())
    verb, rest = _verb(rest)
    parser = parser_of(verb)
    arguments = parser.read([*leading, *rest])
    if admit is not None:
        admit(parser, arguments)
    return int(_module(verb).run(arguments))


def parser_of(verb: str) -> Parser:
    """The arguments of a verb, with those that every verb takes."""
    from tui.commandline.place import common_arguments
    from tui.commands.registry import by_verb

    parser = Parser(verb, by_verb(verb).help)
    _module(verb).arguments(parser, verb)
    common_arguments(parser)
    parser.set_defaults(verb=verb)
    return parser


def _module(verb: str) -> ModuleType:
    return import_module(f"{_PACKAGE}.{VERBS[verb]}")


def _parted(words: list[str]) -> tuple[list[str], list[str]]:
    """The options before the verb, and the rest from the verb on."""
    place = 0
    while place < len(words):
        word = words[place]
        if word in _WITH_VALUE:
            place += 2
        elif word == "--json" or word.startswith(tuple(f"{name}=" for name in _WITH_VALUE)):
            place += 1
        else:
            break
    return words[:place], words[place:]


def _verb(words: list[str]) -> tuple[str, list[str]]:
    for count in (2, 1):
        verb = " ".join(words[:count])
        if verb in VERBS:
            return verb, words[count:]
    under = [verb for verb in VERBS if verb.startswith(f"{words[0]} ")]
    if under:
        from tui.commands.registry import by_verb

        verbs = listed([(verb, by_verb(verb).help) for verb in under])
        if words[1:] and words[1] in ("-h", "--help"):
            print(f"用法：guizhang {words[0]} 动作 [选项]\n\n{verbs}")
            raise SystemExit(Exit.DONE)
        raise UsageFault(f"“{words[0]}”后面要写明动作：\n{verbs}")
    if words[0].startswith("-"):
        raise UsageFault(f"不认识“{words[0]}”，请先写要做什么，再写选项；全部动作见 guizhang --help")
    hint = nearest(words[0], VERBS)
    meant = f"，是否指“{hint}”？" if hint else ""
    raise UsageFault(f"没有“{words[0]}”这个动作{meant}全部动作见 guizhang --help".replace("动作全部", "动作，全部"))


def _without_verb(leading: list[str]) -> int:
    """Open the screen where there is a terminal to open it on."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageFault("这里不是终端，不能打开界面；请写明要做什么，全部动作见 guizhang --help")
    from tui.commandline.screen import open_screen

    return open_screen(leading)
