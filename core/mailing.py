"""How an agency sends its letters: by a command of its own, to addresses of its own."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mailing:
    """`[reminders]` of `agency.toml`: the command that a letter is given to on its standard input, who it is from, to
    whom it goes, and how many days ahead people are reminded. Without a command nothing is sent.
    """

    command: tuple[str, ...] = ()
    sender: str = "guizhang@localhost"
    to: str = "{person}@localhost"
    """The address of a person whom `addresses` does not name; `{person}` stands for his number."""
    addresses: tuple[tuple[str, str], ...] = ()
    days: int = 3

    def address(self, person: str) -> str:
        """Where a person's letters go."""
        return dict(self.addresses).get(person, self.to.replace("{person}", person))


NO_MAILING = Mailing()
"""What holds where an agency says nothing."""
