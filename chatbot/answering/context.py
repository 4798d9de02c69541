"""What a follow-up question carries over from the visitor's earlier ones."""

from __future__ import annotations

import re

from chatbot.text.english import rarity
from chatbot.text.tokens import question_words, tokens
from chatbot.values import Question

LEANS = re.compile(
    r"^\W*(and|or|also|but|so|what about|how about|what if|then|ok|okay)\b"
    r"|\b(it|its|that|this|they|them|their|these|those)\b",
    re.IGNORECASE,
)
# A question that begins so, or points back with a pronoun, leans on what was said before.
TELLING = 0.5
# rarity from which a word names a subject of its own: "stenosis" does, "long" and "work" do not
OWN_SUBJECT = 1.0
# sum of rarities of the words that name a subject, from which a question stands alone unless it points back


def carried(question: Question) -> tuple[str, ...]:
    """Return the earlier questions that this one leans on, latest first, at most two.

    A question that names its own subject and does not point back starts a new one and carries nothing.
    """
    if not question.history or not leans(question.text):
        return ()
    latest, *before = reversed(question.history)
    # A turn that itself leaned on the one before ("how long do the effects last?") says too little alone.
    return (latest, *before[:1]) if before and leans(latest) else (latest,)


def leans(text: str) -> bool:
    """Say whether a question needs what was said before it to be understood."""
    subjects = [rarity(token.stem) for token in tokens(text) if token.word not in question_words()]
    telling = sum(value for value in subjects if value >= TELLING)
    return bool(LEANS.search(text)) or telling < OWN_SUBJECT
