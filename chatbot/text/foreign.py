"""Is a question in another language? The articles are in English, and so is the search."""

from __future__ import annotations

from chatbot.text.tokens import folded_words, question_words

# The commonest small words of the languages that visitors are likely to try, without those that are English words, too.
# Spanish, French, German, Portuguese, Italian, Dutch, Polish.
SMALL_WORDS = frozenset(
    "el la los las de del que en un una por para con mi se su como cuanto cuando donde es son tengo tiene duele puedo "
    "le les des et est une pour dans avec je mon ma quoi combien peut ce cette vous "
    "der die das und ist ich mein meine wie ein eine mit fur nicht kann gegen bei auf lange "
    "da em um uma meu minha nao posso quanto il lo gli che di per sono mia quale "
    "het een van voor mijn kan niet wat hoe jest na nie czy jak moje".split()
)


def is_foreign(text: str) -> bool:
    """Say whether a text is plainly not English: Spanish marks, another script, more small words of another."""
    if "¿" in text or "¡" in text:
        return True
    words = folded_words(text)
    other_script = 0 if text.isascii() else sum(not word.isascii() for word in words)
    small = [word for word in words if word in SMALL_WORDS and word not in question_words()]
    if len(small) < 2:
        return other_script > len(words) / 2
    english = sum(word in question_words() for word in words)
    return other_script > len(words) / 2 or len(small) > english
