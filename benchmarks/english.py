"""Write chatbot/text/english.tsv: how common each word stem is in general English.

Figures from the wordfreq package (Robyn Speer, wordfreq 3.1, 2023, doi 10.5281/zenodo.7199437), summed by stem.
Run after a change of stemmer: `python -m benchmarks.english`.
"""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

from wordfreq import iter_wordlist, word_frequency

from chatbot.text.tokens import folded, stem

FLOOR = 2.6
# Zipf value (log10 of uses in a thousand million words) below which a word counts as rare and is left out


def main() -> None:
    """Write the table, most common stem first."""
    frequency: Counter[str] = Counter()
    for number, word in enumerate(iter_wordlist("en")):
        if number > 250_000:
            break
        if word.isascii() and word.isalpha():
            frequency[stem(folded(word))] += word_frequency(word, "en")
    rows = [(found, math.log10(uses * 1e9)) for found, uses in frequency.most_common()]
    lines = [
        "# stem, Zipf value: log10 of its uses in a thousand million words of English.",
        "# Figures: wordfreq 3.1 (R. Speer, doi 10.5281/zenodo.7199437), CC BY-SA 4.0; summed by Snowball stem.",
        *(f"{found}\t{zipf:.1f}" for found, zipf in rows if zipf >= FLOOR),
    ]
    Path("chatbot/text/english.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines) - 2:,} stems written")


if __name__ == "__main__":
    main()
