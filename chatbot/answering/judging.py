"""Is a shown passage the right one? By its words, so that any split of any corpus can be judged."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chatbot.answering.golden import GoldenQuestion, GoldenText
from chatbot.values import Passage

ANSWERS = 2
# the grade of a passage that answers; 1 is only related
SHOWN = 3
# passages that a visitor sees when nobody names a number
CUT = 10
# ranks that nDCG and MRR look at


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What the passages of one corpus are worth for a golden question."""

    corpus: tuple[Passage, ...]
    stands_for: Mapping[str, frozenset[str]]
    # passage id -> ids of the golden texts that it stands for; none for a passage that is nobody's copy
    graded: bool
    # True: the golden texts' grades judge; False: the nuggets do

    def grades(self, question: GoldenQuestion, passages: Sequence[Passage]) -> tuple[int, ...]:
        """Grade each passage for the question: 2 answers it, 1 is related, 0 neither.

        A golden text pays once: a second passage that stands for the same text counts 0.
        """
        if not self.graded:
            return tuple(ANSWERS if matches_nuggets(question, passage) else 0 for passage in passages)
        paid: set[str] = set()
        grades = []
        for passage in passages:
            fresh = self._golden(passage) - paid
            paid |= fresh
            grades.append(max((question.relevant.get(name, 0) for name in fresh), default=0))
        return tuple(grades)

    def best_grades(self, question: GoldenQuestion) -> tuple[int, ...]:
        """Return the grades that a perfect ranking would show, best first."""
        if self.graded:
            return tuple(sorted(question.relevant.values(), reverse=True))
        return tuple(ANSWERS for passage in self.corpus if matches_nuggets(question, passage))

    def may_show(self, question: GoldenQuestion, passages: Sequence[Passage]) -> bool:
        """Say whether answering a forbidden question with these passages is no fault.

        It is none when every passage is tolerated, or when the corpus is another one than the golden texts and one of
        the passages really holds what a true answer must contain.
        """
        if all(self._golden(passage) & set(question.tolerated) for passage in passages):
            return bool(passages)
        return not self.graded and any(
            matches_nuggets(question, passage) and not self._golden(passage) for passage in passages
        )

    def _golden(self, passage: Passage) -> frozenset[str]:
        return self.stands_for.get(passage.id, frozenset())


def yardstick(corpus: Sequence[Passage], golden: Sequence[GoldenText], *, nuggets: bool = False) -> Yardstick:
    """Build the yardstick of a corpus.

    The golden grades judge when at least half of the golden texts are found among the passages; otherwise, or when
    `nuggets` asks for it, the regular expressions of the questions do.
    """
    texts = [(text.id, _words(text.text)) for text in golden]
    held = {passage.id: _held(_words(passage.text), texts) for passage in corpus}
    found = frozenset().union(*held.values()) if held else frozenset()
    graded = bool(golden) and not nuggets and 2 * len(found) >= len(golden)
    return Yardstick(tuple(corpus), {name: texts for name, texts in held.items() if texts}, graded)


def stands_for(shown: str, golden: str) -> bool:
    """Say whether a shown text stands for a golden one.

    It does when it holds 80 % of the golden text's words, or when it has 12 words or more and 85 % of them come from
    the golden text. Words are counted as often as they stand.
    """
    return _stands_for(_words(shown), _words(golden))


def matches_nuggets(question: GoldenQuestion, passage: Passage) -> bool:
    """Say whether the passage's nearest heading or text holds everything that a true answer must contain."""
    text = f"{passage.section or ''}\n{passage.text}"
    return bool(question.nuggets) and all(
        re.search(nugget, text, re.IGNORECASE | re.DOTALL) for nugget in question.nuggets
    )


def ndcg(grades: Sequence[int], best: Sequence[int]) -> float:
    """Return nDCG@10 of grades in shown order against the best possible ones.

    Gain 2^grade - 1, discount log2(rank + 1): Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR
    techniques" (2002), with the exponential gain of Burges et al. (2005). 0 when there is nothing to find.
    """
    ideal = _discounted(sorted(best, reverse=True))
    return _discounted(grades) / ideal if ideal else 0.0


def _discounted(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades[:CUT], start=1))


def _held(shown: Counter[str], texts: Sequence[tuple[str, Counter[str]]]) -> frozenset[str]:
    return frozenset(name for name, golden in texts if _stands_for(shown, golden))


def _stands_for(shown: Counter[str], golden: Counter[str]) -> bool:
    common = (shown & golden).total()
    return bool(common) and (
        common >= 0.80 * golden.total() or (shown.total() >= 12 and common >= 0.85 * shown.total())
    )


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))
