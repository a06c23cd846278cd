"""Answers remembered for as long as one act is judged, since its rules ask the same things."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


class Rememberer(Protocol):
    """Whoever is asked; `remembered` is None while answers must be fresh."""

    remembered: dict[Any, Any] | None


Asked = TypeVar("Asked", bound=Rememberer)


def once_a_hearing(
    question: Callable[Concatenate[Asked, Arguments], Answer],
) -> Callable[Concatenate[Asked, Arguments], Answer]:
    """Answer a question once within a hearing; outside of one every time anew."""

    def asked(self: Asked, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
        memory = self.remembered
        if memory is None:
            return question(self, *args, **kwargs)
        key = (question, args, tuple(kwargs.items()))
        if key not in memory:
            memory[key] = question(self, *args, **kwargs)
        answer: Answer = memory[key]
        return answer

    update_wrapper(asked, question)
    return asked


@contextmanager
def hearing(asked: Rememberer) -> Iterator[None]:
    """While one act is judged nothing is written, so an answer holds until the end."""
    asked.remembered = {}
    try:
        yield
    finally:
        asked.remembered = None
