"""Opening the screen: the only place of the command line that loads it."""

from collections.abc import Sequence

from tui.commandline.exits import Exit, UsageFault
from tui.commandline.left_out import leave_out_network
from tui.commandline.parser import Parser
from tui.commandline.place import actor, common_arguments, opened


def open_screen(words: Sequence[str]) -> int:
    """Show the workbench of the person who acts."""
    parser = Parser("", "打开工作台")
    common_arguments(parser)
    arguments = parser.read(words)
    from tui.environment import TerminalRefusedError, prepare

    try:
        prepare()
    except TerminalRefusedError as error:
        raise UsageFault(str(error)) from None
    leave_out_network()
    with opened(arguments) as office:
        from tui.app import run_screen

        run_screen(office, actor(office, arguments))
    return Exit.DONE
