"""What a rule takes that leaves nothing to choose."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoParameters:
    """A rule that says everything itself."""
