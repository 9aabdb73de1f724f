"""What becomes of answers in another version of the questionnaire, in words."""

from __future__ import annotations

from collections.abc import Iterable

from selfcheck.core.questionnaire.model import Question, Questionnaire
from selfcheck.core.renewal.plan import Lost, Why
from selfcheck.core.rules.answers import Answer
from selfcheck.reporting.words.answer_text import join_options, say_answer

WHY = {
    Why.WORDING: "Die Frage ist anders formuliert.",
    Why.OPTIONS: "Zur Auswahl stehen andere Antworten.",
    Why.POINTS: "Die Punkte dafür sind andere.",
    Why.MEASURED: "Gefragt ist jetzt etwas anderes.",
    Why.JOINED: "Sie ersetzt eine oder mehrere frühere Fragen.",
    Why.LOST: "Ein Teil der früheren Angabe passt nicht mehr.",
    Why.EXPIRED: "Ein Beleg ist nicht mehr gültig.",
}


def say_why(question: Question, reasons: Iterable[str]) -> str:
    """Why the answer to `question` is to be looked at; empty where it was taken as it was."""
    known = {str(why): words for why, words in WHY.items()} | {str(Why.ANEW): question.anew}
    return " ".join(filter(None, (known.get(str(reason)) for reason in reasons)))


def say_mark(question: Question, mark: str) -> str:
    """The same of an answer that was taken over, as its mark says."""
    return say_why(question, mark.split(","))


def say_before(question: Question, answer: Answer) -> str:
    """An answer in a line, with its reason where the question does not apply."""
    said = join_options(say_answer(question, answer))
    return f"{said}: {answer.reason}" if answer.reason else said


def say_lost(old: Questionnaire, lost: Iterable[Lost]) -> list[str]:
    """What is not carried over, each as it stood there."""
    return [_say_one(old, each) for each in lost]


def _say_one(old: Questionnaire, lost: Lost) -> str:
    if lost.option is None:
        return lost.text
    option = old.question[lost.question].option.get(lost.option)
    return option.text if option else lost.option
