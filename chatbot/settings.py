"""Settings: read once from `CHATBOT_*` variables, then passed as a value."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Literal

from chatbot.errors import SettingsError

PREFIX = "CHATBOT_"
TITLES = frozenset({"dr", "drs"})
# no word of the chatbot's name
REGIONS = ("US", "CA", "GB", "IE", "EU", "AU", "NZ", "IN", "elsewhere")


@dataclass(frozen=True, slots=True)
class Specialist:
    """The pain specialist whom the site shows beside the disclaimer."""

    name: str | None = None
    phone: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class RateLimit:
    """How many requests an address may make in one window."""

    amount: int
    window: Literal["second", "minute", "hour"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a site may set. Each field is the variable of the same name, in capitals after `CHATBOT_`.

    Only `instance` is none: tests and host programs choose it.
    """

    corpus: Path = Path("corpus")
    # folder of articles
    database_url: str = field(default="", repr=False)
    # empty: SQLite below instance/; may hold a password, so it is never printed
    secret_key: str = field(default="", repr=False)
    # empty: made and kept below instance/ when staff first need it
    engine: Literal["bm25", "opensearch"] = "bm25"
    opensearch_url: str = ""
    rate_limit: RateLimit | None = RateLimit(30, "minute")
    # None: "off"
    rate_limit_storage: str = field(default="memory://", repr=False)
    # may hold a password, too
    frame_ancestors: tuple[str, ...] = ()
    # origins that may embed the panel
    trusted_proxies: int = 0
    # reverse proxies in front that set X-Forwarded-For
    question_log: Literal["off", "counts", "redacted"] = "off"
    question_log_days: int = 30
    # how long the texts of "redacted" are kept
    region: str = "US"
    # country of the crisis contacts
    specialist: Specialist = field(default_factory=Specialist)
    # from CHATBOT_SPECIALIST_NAME, _PHONE and _URL
    metrics_token: str = field(default="", repr=False)
    # who sends it may read /metrics; empty: only programs on this machine may
    name: str = "Ask our articles"
    # what the chat calls itself
    import_from_web: tuple[str, ...] = ()
    # hosts that staff may bring articles in from; "*" is any public site, () none
    instance: Path = Path("instance")
    # folder of what the program keeps for itself: database and secret key


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings from an environment.

    Raises SettingsError with every problem at once: a name that is not known (and the nearest one that is) or a value
    that cannot be used. An empty value counts as not set.
    """
    given = {name.removeprefix(PREFIX): value.strip() for name, value in environment.items() if name.startswith(PREFIX)}
    problems = [_unknown(name) for name in sorted(given) if name not in READERS]
    values: dict[str, object] = {}
    for name, read in READERS.items():
        if given.get(name):
            try:
                values[name.lower()] = read(given[name])
            except ValueError as error:
                problems.append(f"{PREFIX}{name}: {error}")
    if given.get("ENGINE") == "opensearch" and not given.get("OPENSEARCH_URL"):
        problems.append("CHATBOT_ENGINE=opensearch needs CHATBOT_OPENSEARCH_URL, such as http://127.0.0.1:9200")
    if problems:
        raise SettingsError("\n".join(problems))
    specialist = Specialist(
        **{part: values.pop(f"specialist_{part}", None) for part in ("name", "phone", "url")}  # type: ignore[arg-type]
    )
    return Settings(specialist=specialist, **values)  # type: ignore[arg-type]


def variables() -> tuple[str, ...]:
    """Return the name of every variable that is read, for the README's test."""
    return tuple(PREFIX + name for name in READERS)


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(name, READERS, n=1, cutoff=0.5)
    hint = f"; did you mean {PREFIX}{near[0]}?" if near else f"; known are {', '.join(variables())}"
    return f"{PREFIX}{name} is not a setting{hint}"


def _one_of(*allowed: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in allowed:
            raise ValueError(f'"{value}" is not one of {", ".join(allowed)}')
        return value

    return read


def _folder(value: str) -> Path:
    return Path(value).expanduser()


def _rate_limit(value: str) -> RateLimit | None:
    if value == "off":
        return None
    found = re.fullmatch(r"([1-9]\d{0,5})\s*/\s*(second|minute|hour)", value)
    if not found:
        raise ValueError(f'"{value}" is not a rate; write it as 30/minute, or off')
    return RateLimit(int(found[1]), found[2])  # type: ignore[arg-type]


def _origins(value: str) -> tuple[str, ...]:
    origins = tuple(part.rstrip("/") for part in re.split(r"[\s,]+", value) if part)
    for origin in origins:
        if origin != "*" and not re.fullmatch(r"https?://(\*\.)?[\w.-]+(:\d{1,5})?", origin, re.ASCII):
            raise ValueError(f'"{origin}" is not an origin; write it as https://www.example.org')
    return origins


def _import_hosts(value: str) -> tuple[str, ...]:
    if value == "off":
        return ()
    if value == "on":
        return ("*",)
    hosts = tuple(part.lower() for part in re.split(r"[\s,]+", value) if part)
    for host in hosts:
        if not re.fullmatch(r"(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+", host):
            raise ValueError(f'"{host}" is not a site; write off, on, or names such as www.example.org *.example.org')
    return hosts


def _database_url(value: str) -> str:
    # The value may hold a password, so it is not repeated.
    if not re.match(r"sqlite:///.|postgresql(\+psycopg)?://", value) or not value.isprintable():
        raise ValueError(
            "this is not a database; write sqlite:////folder/chatbot.db or postgresql://name:password@host/database"
        )
    return value


def _count(value: str) -> int:
    if not re.fullmatch(r"\d{1,2}", value, re.ASCII):
        raise ValueError(f'"{value}" is not a number of proxies; write 0, 1 or 2')
    return int(value)


def _days(value: str) -> int:
    if not re.fullmatch(r"\d{1,2}", value, re.ASCII) or not 1 <= int(value) <= 90:
        raise ValueError(f'"{value}" is not a number of days; write 1 to 90')
    return int(value)


def _text(value: str) -> str:
    if len(value) > 200 or not value.isprintable():
        raise ValueError("the text must be one line of at most 200 characters")
    return value


def _token(value: str) -> str:
    if not re.fullmatch(r"[!-~]{16,200}", value):
        raise ValueError("the token must be 16 to 200 letters, digits or signs without spaces")
    return value


def _bot_name(value: str) -> str:
    # SAFETY: the bot never claims to be a person, a nurse or a doctor.
    plain = unicodedata.normalize("NFKC", value)
    if re.search("doctor|nurse", plain, re.IGNORECASE) or TITLES & {word.lower() for word in _words(plain)}:
        raise ValueError(f'"{value}" sounds like a clinician; choose a name without Dr, doctor or nurse')
    return _text(value)


def _words(name: str) -> Iterator[str]:
    """Yield the words of a name, glued ones too where a capital shows the seam: "AskDrPain" has three, "Drift" one."""
    for run in re.findall(r"[^\W\d_]+", name):
        seams = [
            at
            for at in range(1, len(run))
            if run[at].isupper() and (run[at - 1].islower() or run[at + 1 : at + 2].islower())
        ]
        yield from (run[start:end] for start, end in pairwise([0, *seams, len(run)]))


def _phone(value: str) -> str:
    if not re.fullmatch(r"\+?[\d\s().-]{3,30}", value, re.ASCII):
        raise ValueError(f'"{value}" is not a phone number; write digits, spaces and a leading +')
    return value


def _web_address(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s\"'<>]+", value):
        raise ValueError(f'"{value}" is not a web address; write it with https://')
    return value


READERS: Mapping[str, Callable[[str], object]] = {
    "CORPUS": _folder,
    "DATABASE_URL": _database_url,
    "SECRET_KEY": _text,
    "ENGINE": _one_of("bm25", "opensearch"),
    "OPENSEARCH_URL": _web_address,
    "RATE_LIMIT": _rate_limit,
    "RATE_LIMIT_STORAGE": _text,
    "FRAME_ANCESTORS": _origins,
    "TRUSTED_PROXIES": _count,
    "QUESTION_LOG": _one_of("off", "counts", "redacted"),
    "QUESTION_LOG_DAYS": _days,
    "REGION": _one_of(*REGIONS),
    "SPECIALIST_NAME": _text,
    "SPECIALIST_PHONE": _phone,
    "SPECIALIST_URL": _web_address,
    "METRICS_TOKEN": _token,
    "NAME": _bot_name,
    "IMPORT_FROM_WEB": _import_hosts,
}
