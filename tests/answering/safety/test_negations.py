"""What is told as not there, as feared of a treatment or as a subject is no call; what is new is one."""

from __future__ import annotations

import pytest

from chatbot.answering.notices import assess
from chatbot.answering.safety.rules import SafetyRules
from chatbot.values import Question


def level(text: str, rules: SafetyRules) -> int:
    return assess(Question(text), rules, "US").level


@pytest.mark.parametrize(
    "text",
    [
        "never had chest pain like this before",
        "i've never had a seizure before but just had one",
        "never fainted before today",
        "no swelling in her face but she is passing out",
        "she has not passed out yet but she is going blue",
        "not had a stroke but my face is drooping",
        "it was not an overdose i just took all of my tablets",
        "he isn't unconscious but I can't wake him properly",
        "I'm not suicidal, I just want to die",
        "the suicidal thoughts came back last night",
        "was suicidal in 2010 and the thoughts came back",
        "the chest pain came back an hour ago and now my arm is numb",
        "i will be gone by morning",
        "gonna be gone by the time you read this",
        "its not a heart attack is it",
        "she isn't unconscious is she",
        "is being beaten by your husband normal",
        "what to do if your drink has been spiked",
        "im terrified im going to pass out in this chair",
        "scared he is having a seizure in the chair",
        "i lifted the bag over my head and tied it",
        "kids were out cold by 8 and i cant wake them",
        "feeling in my legs came back but now they are numb again and i wet myself",
    ],
)
def test_a_negation_beside_a_call_takes_nothing_from_it(text: str, rules: SafetyRules) -> None:
    assert level(text, rules) == 1


@pytest.mark.parametrize(
    "text",
    [
        "never had chest pain, only back pain",
        "nobody overdosed, my phone corrected the word. how is it dosed over the weeks",
        "no weakness no slurring, the same dull headache for 12 years. is there an article on it",
        "not vomiting, not drowsy, feeling fine two days after the infusion",
        "he isn't unconscious, he's asleep in front of the cricket",
        "my biggest fear is fainting in the chair on thursday, what would the nurse do",
        "my legs came back an hour after the spinal block thirty years ago. would one be given again",
        "I hurt everywhere and the blood tests are all fine. Is there a name for that?",
        "getting in and out of it is the test",
        "scared of choking during the mri",
        "I have never had a seizure, not one. is that asked for",
        "the kids collapsed laughing when I got stuck in the chair. what helps a stiff hip",
        "I can't lift a bag over my head since the whiplash. what comes after physio",
        "the physio said the pain would be gone by summer. how long does whiplash last",
    ],
)
def test_what_is_not_there_or_only_feared_is_no_call(text: str, rules: SafetyRules) -> None:
    assert level(text, rules) > 1


@pytest.mark.parametrize(
    "text",
    ["my husband is being abusive and I am afraid", "he spiked my drink last night", "what do I do i took too much"],
)
def test_said_of_oneself_the_same_words_are_a_call(text: str, rules: SafetyRules) -> None:
    assert level(text, rules) == 1


@pytest.mark.parametrize("text", ["what if you get too much sun", "does too much walking make sciatica worse"])
def test_too_much_of_other_things_has_no_notice(text: str, rules: SafetyRules) -> None:
    assert assess(Question(text), rules, "US").notice is None
