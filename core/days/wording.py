"""Days as offices write them, and periods as duties name them."""

from datetime import date


def day_written(day: date) -> str:
    """2026年3月2日."""
    return f"{day.year}年{day.month}月{day.day}日"


def month_of(day: date) -> str:
    """`2026-03`."""
    return f"{day:%Y-%m}"


def quarter_of(day: date) -> str:
    """`2026Q1`."""
    return f"{day.year}Q{(day.month + 2) // 3}"


def half_of(day: date) -> str:
    """`2026H1`."""
    return f"{day.year}H{(day.month + 5) // 6}"
