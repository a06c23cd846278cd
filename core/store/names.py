"""The names that tables, columns and indexes have in SQL; SQL tells no capital from a small letter, these do."""

import re


def stored_name(prefix: str, name: str) -> str:
    """A name as SQL keeps it: its capitals marked."""
    return prefix + re.sub(r"[A-Z^]", lambda found: f"^{found.group().lower()}", name)


def told_name(stored: str, prefix: str) -> str:
    """The name that SQL keeps under a prefix."""
    return re.sub(r"\^(.)", lambda found: found.group(1).upper(), stored.removeprefix(prefix))


def sql_name(stored: str) -> str:
    """A stored name as written in a statement."""
    return '"' + stored.replace('"', '""') + '"'
