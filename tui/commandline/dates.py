"""Dates as they are written on the command line."""

from datetime import date

from tui.commandline.exits import UsageFault


def day_of(text: str | None) -> date | None:
    """The day that is written so; None where nothing is."""
    from core.fields import Directory, Field, Kind, read

    if text is None:
        return None
    try:
        found = read(Field("day", "日期", Kind.DATE), text, Directory())
    except ValueError as error:
        raise UsageFault(str(error)) from None
    assert isinstance(found, date)
    return found
