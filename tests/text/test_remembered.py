from __future__ import annotations

from chatbot.text.remembered import Remembered


def test_a_value_is_made_once() -> None:
    made: list[str] = []
    known: Remembered[str, int] = Remembered(2)

    def length(word: str) -> int:
        made.append(word)
        return len(word)

    assert [known.get("drip", length), known.get("drip", length)] == [4, 4]
    assert made == ["drip"]


def test_none_is_a_value_too() -> None:
    made: list[str] = []
    known: Remembered[str, None] = Remembered(2)
    known.get("drip", made.append)
    known.get("drip", made.append)
    assert made == ["drip"]


def test_what_there_is_no_room_for_is_made_anew() -> None:
    made: list[str] = []
    known: Remembered[str, str] = Remembered(9, len, room=5)

    def say(word: str) -> str:
        made.append(word)
        return word

    for word in ("drip", "pain", "a", "drip", "pain", "a"):
        assert known.get(word, say) == word
    assert made == ["drip", "pain", "a", "pain"]


def test_it_never_grows_beyond_its_size_and_goes_on_answering() -> None:
    made: list[int] = []
    known: Remembered[int, None] = Remembered(1)
    for number in (1, 2, 2, 1):
        known.get(number, made.append)
    assert made == [1, 2, 2]
