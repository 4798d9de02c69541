"""What a follow-up question carries over from the visitor's earlier ones."""

from __future__ import annotations

from chatbot.text.story import leans, switches
from chatbot.values import Question


def carried(question: Question) -> tuple[str, ...]:
    """Return the earlier questions that this one leans on, latest first, at most two.

    A question that names its own subject and does not point back, or says that it is about another, carries nothing.
    """
    if not question.history or switches(question.text) or not leans(question.text):
        return ()
    latest, *before = reversed(question.history)
    # A turn that itself leaned on the one before ("how long do the effects last?") says too little alone.
    return (latest, *before[:1]) if before and leans(latest) else (latest,)
