"""Refusals of this storey: each says what happened, why and what to do next, in words people may read."""

from dataclasses import dataclass


class DocumentError(Exception):
    """The paper cannot be made or read as asked; the message is Vietnamese with %(name)s parameters."""

    def __init__(self, message: str, /, **params: object) -> None:
        super().__init__(message % params if params else message)
        self.message = message
        self.params = params


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a wording or its facts; line 0 means the facts, not the wording."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"Dòng {self.line}: {self.sentence}" if self.line else self.sentence


class WordingError(DocumentError):
    """Everything wrong with a wording or the facts it is filled with, named at once."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("%(problems)s", problems="\n".join(str(problem) for problem in problems))
        self.problems = problems
