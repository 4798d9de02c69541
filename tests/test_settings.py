from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.errors import SettingsError
from chatbot.settings import READERS, RateLimit, Settings, Specialist, read_settings, variables


def test_empty_environment_gives_the_defaults() -> None:
    assert read_settings({}) == Settings()


def test_empty_value_counts_as_not_set() -> None:
    assert read_settings({"CHATBOT_CORPUS": "  "}) == Settings()


def test_other_programs_variables_are_not_ours() -> None:
    assert read_settings({"PATH": "/bin", "PORT": "9000", "MY_CHATBOT_NAME": "x"}) == Settings()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("CORPUS", "../articles", Path("../articles")),
        ("RATE_LIMIT", "100/hour", RateLimit(100, "hour")),
        ("RATE_LIMIT", "5 / second", RateLimit(5, "second")),
        ("RATE_LIMIT", "off", None),
        ("FRAME_ANCESTORS", "https://a.example", ("https://a.example",)),
        (
            "FRAME_ANCESTORS",
            "https://a.example/, http://*.b.example:8080",
            ("https://a.example", "http://*.b.example:8080"),
        ),
        ("FRAME_ANCESTORS", "*", ("*",)),
        ("TRUSTED_PROXIES", "2", 2),
        ("QUESTION_LOG", "redacted", "redacted"),
        ("QUESTION_LOG_DAYS", "1", 1),
        ("QUESTION_LOG_DAYS", "90", 90),
        ("REGION", "GB", "GB"),
        ("NAME", "Ask about pain", "Ask about pain"),
    ],
)
def test_value_is_read(name: str, value: str, expected: object) -> None:
    assert getattr(read_settings({f"CHATBOT_{name}": value}), name.lower()) == expected


def test_specialist_is_read_from_three_variables() -> None:
    settings = read_settings({"CHATBOT_SPECIALIST_NAME": "Pain Centre", "CHATBOT_SPECIALIST_PHONE": "+1 555 010-0199"})
    assert settings.specialist == Specialist(name="Pain Centre", phone="+1 555 010-0199", url=None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ENGINE", "elastic"),
        ("QUESTION_LOG_DAYS", "0"),
        ("QUESTION_LOG_DAYS", "91"),
        ("QUESTION_LOG_DAYS", "month"),
        ("RATE_LIMIT", "30"),
        ("RATE_LIMIT", "0/minute"),
        ("RATE_LIMIT", "30/day"),
        ("RATE_LIMIT", "-1/minute"),
        ("RATE_LIMIT", "three/minute"),
        ("FRAME_ANCESTORS", "www.example.org"),
        ("FRAME_ANCESTORS", "https://a.example; script-src *"),
        ("FRAME_ANCESTORS", "https://a.example/path"),
        ("FRAME_ANCESTORS", "https://*"),
        ("FRAME_ANCESTORS", "https://a.example:port"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "many"),
        ("TRUSTED_PROXIES", "٣"),
        ("QUESTION_LOG", "on"),
        ("REGION", "Mars"),
        ("SPECIALIST_PHONE", "call us"),
        ("SPECIALIST_URL", "javascript:alert(1)"),
        ("SPECIALIST_URL", 'https://x.example/"onclick='),
        ("SPECIALIST_NAME", "two\nlines"),
        ("SPECIALIST_NAME", "x" * 201),
        ("OPENSEARCH_URL", "localhost:9200"),
    ],
)
def test_value_that_cannot_be_used_stops_the_start_and_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"CHATBOT_{name}"):
        read_settings({f"CHATBOT_{name}": value})


SEAMS = st.sampled_from(["", " ", ".", ". ", "-", "_", "4", "’s "])
TITLED = ["Dr", "Drs", "DR", "dr", "Nurse", "Nurses", "nurse", "NURSES", "Doctor", "doctors", "DOCTOR", "Nursery"]


@given(
    before=st.sampled_from(["", "My ", "The 24/7 ", "Ask-"]),
    title=st.sampled_from(TITLED),
    seam=SEAMS,
    after=st.sampled_from(["Pain", "Ketamine", "Él"]),
)
def test_name_of_a_clinician_is_refused_however_it_is_glued(before: str, title: str, seam: str, after: str) -> None:
    with pytest.raises(SettingsError, match="sounds like a clinician"):
        read_settings({"CHATBOT_NAME": f"{before}{title}{seam}{after}"})


@pytest.mark.parametrize(
    "name",
    [
        "DrPain",
        "Pain Nurses",
        "Doctors online",
        "Dr_Pain",
        "AskDr",
        "AskDrPain",
        "AskDRPain",
        "MyNurseBot",
        "ask-dr",
        "drPain",
        "ＤｒPain",
        "Doctora Dolor",
    ],
)
def test_names_that_sound_like_a_clinician_are_refused(name: str) -> None:
    with pytest.raises(SettingsError, match="CHATBOT_NAME"):
        read_settings({"CHATBOT_NAME": name})


@pytest.mark.parametrize(
    "name",
    [
        *["Drift", "Hydra", "Andrew", "DRIFT", "HYDRA", "ANDREW", "Dresden Pain Centre", "Drop-in answers", "Drüber"],
        *["iDrop", "HelpDrop", "Drew's Q&A", "Sandra", "Quadrant", "Nursa", "Docs", "Ask our articles"],
    ],
)
def test_names_that_only_hold_the_letters_are_taken(name: str) -> None:
    assert read_settings({"CHATBOT_NAME": name}).name == name


def test_unknown_name_stops_the_start_and_gets_the_nearest_known_one() -> None:
    with pytest.raises(SettingsError, match=r"CHATBOT_CORPSE is not a setting; did you mean CHATBOT_CORPUS\?"):
        read_settings({"CHATBOT_CORPSE": "x"})


def test_unknown_name_like_no_other_gets_the_whole_list() -> None:
    with pytest.raises(SettingsError, match="known are CHATBOT_CORPUS, "):
        read_settings({"CHATBOT_ZZZZZZZZ": "x"})


def test_every_problem_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"CHATBOT_REGION": "Mars", "CHATBOT_RATE_LIMIT": "often", "CHATBOT_COLOUR": "red"})
    assert len(str(caught.value).splitlines()) == 3


def test_empty_name_after_the_prefix_is_not_a_setting() -> None:
    with pytest.raises(SettingsError):
        read_settings({"CHATBOT_": "x"})


def test_opensearch_needs_its_address() -> None:
    with pytest.raises(SettingsError, match="CHATBOT_OPENSEARCH_URL"):
        read_settings({"CHATBOT_ENGINE": "opensearch"})
    address = "http://127.0.0.1:9200"
    settings = read_settings({"CHATBOT_ENGINE": "opensearch", "CHATBOT_OPENSEARCH_URL": address})
    assert (settings.engine, settings.opensearch_url) == ("opensearch", address)


def test_printed_settings_hold_no_secret() -> None:
    settings = read_settings(
        {
            "CHATBOT_SECRET_KEY": "hidden-1",
            "CHATBOT_DATABASE_URL": "postgresql://me:hidden-2@db/chat",
            "CHATBOT_RATE_LIMIT_STORAGE": "redis://:hidden-3@cache",
        }
    )
    assert settings.secret_key == "hidden-1"
    assert "hidden" not in repr(settings)


def test_every_variable_is_listed() -> None:
    assert variables() == tuple(f"CHATBOT_{name}" for name in READERS)


@given(name=st.sampled_from(sorted(READERS)), value=st.text(max_size=60))
def test_any_value_is_read_or_refused_with_a_sentence(name: str, value: str) -> None:
    problem = ""
    try:
        read_settings({f"CHATBOT_{name}": value})
    except SettingsError as error:
        problem = str(error)
    assert not problem or problem.startswith("CHATBOT_")


@given(value=st.text(max_size=40))
def test_no_origin_can_add_to_the_content_policy(value: str) -> None:
    try:
        origins = read_settings({"CHATBOT_FRAME_ANCESTORS": value}).frame_ancestors
    except SettingsError:
        return
    assert not any(mark in origin for origin in origins for mark in "; ,'\"\r\n")
