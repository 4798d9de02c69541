"""Telling other languages from English."""

from __future__ import annotations

import pytest

from chatbot.text.foreign import is_foreign


@pytest.mark.parametrize(
    "text",
    [
        "¿Cuánto dura el efecto de la ketamina?",
        "¿Qué es la ciática y cómo se trata?",
        "¿Qué diferencia hay entre dolor agudo y dolor crónico?",
        "¡Ayuda con mi espalda!",
        "MI DOLOR NO SE VA",
        "Wie lange hält die Wirkung an?",
        "Kann ich mit der Infusion auf die Arbeit?",
        "Combien de temps dure le soulagement de la douleur ?",
        "Quanto dura il sollievo per la schiena?",
        "Quanto tempo dura o efeito da minha infusao?",
        "Hoe lang duurt het effect van een infuus?",
        "氯胺酮能治疗慢性疼痛吗？",
        "ケタミンは痛みに効きますか",
        "Помогает ли кетамин при боли?",
        "هل يساعد الكيتامين؟",
    ],
)
def test_other_languages_are_foreign(text: str) -> None:
    assert is_foreign(text)


@pytest.mark.parametrize(
    "text",
    [
        "Does ketamine help sciatica?",
        "is ketamine per se bad?",
        "my doctor said déjà vu is common, is it?",
        "can I go to El Paso after the infusion?",
        "what is a de facto standard?",
        "Das said it helps, is it true?",
        "was it the drip or the die",
        "IS IT SAFE",
        "what do el and la mean and is it for me",
        "ketamine",
        "does 氯胺酮 mean ketamine?",
    ],
)
def test_english_with_a_foreign_word_is_english(text: str) -> None:
    assert not is_foreign(text)


@pytest.mark.parametrize(
    "text",
    [
        "is teh ketmine infuson gud for my sciatca pane",
        "wat r teh sied efects",
        "hw lng dos it lst",
        "dose ketimine hlep wiht bakc pian",
    ],
)
def test_english_full_of_slips_is_english(text: str) -> None:
    assert not is_foreign(text)


@pytest.mark.parametrize("text", ["", "  ", "???", "🙂", "42"])
def test_text_without_words_is_not_foreign(text: str) -> None:
    assert not is_foreign(text)
