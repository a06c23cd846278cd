"""Days as offices write them, and periods as duties name them."""

from datetime import date

from core.days.terms import HALF_YEAR, MONTH, QUARTER, Term


def day_written(day: date) -> str:
    """2026年3月2日."""
    return f"{day.year}年{day.month}月{day.day}日"


def month_of(day: date) -> str:
    """`2026-03`."""
    return str(Term.around(day, MONTH))


def quarter_of(day: date) -> str:
    """`2026Q1`."""
    return str(Term.around(day, QUARTER))


def half_of(day: date) -> str:
    """`2026H1`."""
    return str(Term.around(day, HALF_YEAR))
