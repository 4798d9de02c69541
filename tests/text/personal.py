"""Made-up personal items in sentences such as visitors write: 300 of them, the same at every run.

Nobody here exists. Written before the patterns that must find them: an item that is missed is a finding, not a slip.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

FIRST = (
    "James Mary Robert Patricia Michael Jennifer David Linda Carlos Maria Ahmed Fatima Wei Priya Olga Dmitri Aisha "
    "Kwame Siobhan Liam Chloe Ethan Guadalupe Hiroshi Yuki Lakshmi Mohammed Zofia Pedro Ines Noah Ruth Esther "
    "Gareth Bronwen Tyrone Keisha Dolores Hank Peggy"
).split()
LAST = (
    "Smith Johnson Garcia Nguyen Patel O'Brien Kowalski Okafor Schmidt Rossi Hernandez Tanaka McAllister Lindqvist "
    "Ferrari Abernathy Thompson Walker Hughes Castellanos Beauchamp Ivanova Oyelaran Whitfield Dubois Grant "
    "Singh Delacroix Murphy Washburn"
).split()
NAMES = (
    "my name is {0} {1} and I have had back pain for years",
    "Hi, this is {0} {1}, can ketamine help my sciatica?",
    "I am {0} {1}, a patient of yours, does the infusion hurt",
    "I'm {0} and my legs burn at night",
    "my wife {0} had an infusion last week, is nausea normal?",
    "Dr. {1} told me to ask about ketamine for CRPS",
    "what did doctor {1} mean by off label use of ketamine",
    "my husband {0} {1} wants to know how long it lasts",
    "Is it true what nurse {0} said about driving afterwards?",
    "please tell Mrs {1} that the drip made me dizzy",
    "Does it help nerve pain? Thanks, {0}",
    "does it help fibromyalgia? regards {0} {1}",
    "my son {0} has migraines, would ketamine work",
    "my friend {0} {1} got better after three infusions",
    "Patient: {1}, {0}. Question: is a driver needed?",
    "hello i am {0} from the support group, what are the side effects",
    "my names {0} and i hurt all over",
    "{0} {1} here, can I eat before the infusion?",
    "Was told by {0} {1} that it is not approved for back pain",
    "call me {0}, how does ketamine block pain signals",
)
EMAILS = (
    "send the answer to {} please",
    "my email is {} does ketamine help",
    "write me at {}, I want to know about side effects",
    "Contact: {} - is it safe with high blood pressure?",
    "you can reach me ({}) about infusion prices",
    "{} how long does it last",
)
PHONES = (
    "call me on {} about ketamine",
    "my number is {}, is there a waiting list for infusions",
    "Phone {}. Does it help migraine?",
    "text me at {} if ketamine works for CRPS",
    "ring {} after 5 please, question about sciatica",
    "I called {} and nobody knew about the drip",
)
ADDRESSES = (
    "I live at {}, is there an infusion nearby?",
    "my address is {} and I cannot drive after treatment",
    "please post the leaflet about ketamine to {}",
    "we moved to {} last year and my back got worse",
)
POSTCODES = (
    "is there a pain specialist near {}",
    "I am in {} and need help with nerve pain",
    "zip {} any infusion",
    "my postcode is {} what about side effects",
)
DATES = (
    "I was born on {} is ketamine safe for me",
    "DOB {} can I have the infusion",
    "my date of birth is {}, does age matter",
    "my surgery was on {} and the pain never left",
    "next infusion is {}, may I eat before",
    "since the accident on {} my leg burns",
)
NUMBERS = (
    "my medicare number is {} is ketamine covered",
    "patient id {} question about dosing",
    "MRN: {} does ketamine show in tests",
    "social security {} am I eligible",
    "policy {} will they pay for an infusion",
    "my record no. {} says spinal stenosis",
)
LINKS = (
    "I saw it on {} is that true about ketamine",
    "my scan is at {} what does it mean for my back",
    "find me on {} I have fibromyalgia",
    "read my story {} and tell me if ketamine helps",
)
AGES = (
    "I am {} years old, is ketamine safe",
    "my mother is {} and has nerve pain",
    "can somebody aged {} have an infusion",
    "my {}-year-old father has sciatica",
    "{} yo female with back pain, does it help",
    "at age {} is the risk higher",
)


@dataclass(frozen=True)
class Item:
    kind: str
    sentence: str
    parts: tuple[str, ...]
    # what must not be left, in lower case


def items(seed: int = 11, size: int = 300) -> list[Item]:
    """Return the items; another seed gives others of the same kinds."""
    draw = random.Random(seed)
    kinds = [kind for kind, share in SHARES.items() for _ in range(share * size // 300)]
    return [MAKERS[kind](draw, number) for number, kind in enumerate(kinds)]


def _name(draw: random.Random, number: int) -> Item:
    first, last = draw.choice(FIRST), draw.choice(LAST)
    template = NAMES[number % len(NAMES)]
    sentence = template.format(first, last)
    parts = [name.lower() for mark, name in (("{0}", first), ("{1}", last)) if mark in template]
    return Item("name", _typed(draw, sentence), tuple(parts))


def _typed(draw: random.Random, sentence: str) -> str:
    """Now and then somebody never presses shift, or always."""
    kind = draw.random()
    return sentence.lower() if kind < 0.2 else sentence.upper() if kind < 0.25 else sentence


def _email(draw: random.Random) -> str:
    first, last = draw.choice(FIRST).lower(), draw.choice(LAST).lower().replace("'", "")
    site = draw.choice(["gmail.com", "yahoo.co.uk", "my-clinic.example.org", "hotmail.com", "btinternet.com"])
    user = draw.choice([f"{first}.{last}", f"{first[0]}{last}{draw.randint(1, 99)}", f"{first}_{last}", f"{last}+pain"])
    return draw.choice([f"{user}@{site}"] * 6 + [f"{user} at {site.replace('.', ' dot ')}", f"{user} (at) {site}"])


def _digits(draw: random.Random, pattern: str) -> str:
    return "".join(str(draw.randint(1, 9)) if mark == "#" else mark for mark in pattern)


def _letters(draw: random.Random, pattern: str) -> str:
    filled = "".join(draw.choice("ABEGHJNRSTW") if mark == "@" else mark for mark in pattern)
    return draw.choice([filled, filled.lower()])


def _phone(draw: random.Random) -> str:
    shapes = (
        "(###) ###-####", "###-###-####", "### ### ####", "+1 ### ### ####", "##########", "020 #### ####",
        "07### ######", "+44 7### ######", "###.###.####", "1-###-###-#### ext ##", "+61 4## ### ###", "###-####",
    )  # fmt: skip
    return _digits(draw, draw.choice(shapes))


def _address(draw: random.Random) -> str:
    street = draw.choice(
        ["Oak Street", "Maple Ave", "N. Main St.", "Birch Lane", "5th Avenue", "Harbour Road", "Elm Ct"]
    )
    town = draw.choice(["Springfield", "Dayton, Ohio", "Leeds", "Tucson, AZ", "Ballarat", "Saskatoon"])
    house = draw.choice(["##", "###", "####", "#"])
    flat = draw.choice(["", "", " Apt #B", ", Flat #", " Unit ##"])
    whole = _digits(draw, f"{house} ") + street + _digits(draw, flat) + ", " + town
    return draw.choice([whole, whole, whole.lower(), _digits(draw, "PO Box ###, ") + town])


def _postcode(draw: random.Random) -> str:
    american = _digits(draw, draw.choice(["#####", "#####-####"]))
    british = _digits(draw, _letters(draw, draw.choice(["@@# #@@", "@## #@@", "@#@ #@@", "@@##@@"])))
    canadian = _digits(draw, _letters(draw, draw.choice(["@#@ #@#", "@#@#@#"])))
    return draw.choice([american, british, canadian])


def _date(draw: random.Random) -> str:
    day, month, year = draw.randint(1, 28), draw.randint(1, 12), draw.randint(1930, 2025)
    name = MONTHS[month - 1]
    return draw.choice(
        [
            f"{month}/{day}/{year}",
            f"{day}.{month}.{year}",
            f"{year}-{month:02}-{day:02}",
            f"{name} {day}, {year}",
            f"{day} {name} {year}",
            f"{day}th of {name}",
            f"{name[:3]} {day}",
            f"{month}/{day}/{year % 100:02}",
            f"{day}-{name[:3]}-{year % 100:02}",
            f"the {day}th of {name} {year}",
            f"{name.lower()} {day}th {year}",
        ]
    )


MONTHS = "January February March April May June July August September October November December".split()


def _number(draw: random.Random) -> str:
    shapes = (
        "###-##-####",
        "########",
        "@@######@",
        "####-####-####",
        "@###-##-####-@",
        "#### #### #### ####",
        "@@-#####",
    )
    return _letters(draw, _digits(draw, draw.choice(shapes)))


def _link(draw: random.Random) -> str:
    name = draw.choice(FIRST).lower()
    return draw.choice(
        [
            f"https://www.scans-online.example/view?id={name}77",
            f"www.{name}spain.com",
            f"http://{name}.example.net/me",
            f"{name}blog.wordpress.com/2024/pain",
            f"facebook.com/{name}.pain",
            f"@{name}_hurts",
            f"instagram.com/{name}",
            f"bit.ly/{name}3x",
        ]
    )


def _age(draw: random.Random) -> str:
    return str(draw.randint(90, 104))


def _simple(kind: str, templates: Sequence[str], make: Callable[[random.Random], str]) -> Callable[..., Item]:
    def made(draw: random.Random, number: int) -> Item:
        value = make(draw)
        return Item(kind, templates[number % len(templates)].format(value), _telling(kind, value))

    return made


def _telling(kind: str, value: str) -> tuple[str, ...]:
    """Return what would give the item away when it stays: for a date any of its numbers, for an address its street."""
    words = value.lower().replace(",", " ").split()
    if kind == "address":
        return tuple(word for word in words if word not in {"apt", "flat", "unit", "po", "box", "st.", "ct", "n."})
    if kind == "date":
        return tuple(word for word in words if any(letter.isdigit() for letter in word))
    if kind in ("phone", "number", "postcode", "age"):
        return tuple(re.findall(r"[a-z]*\d[a-z\d]+", value.lower()))
    if kind == "email":
        return tuple(re.findall(r"[a-z]{3,}", re.split(r"@| at | \(at\) ", value.lower())[0]))
    return tuple(word for word in re.findall(r"[a-z_]{4,}", value.lower()) if word not in WIDE)


WIDE = "https scans online example view wordpress blog pain facebook instagram".split()
# words of links that lead to nobody


SHARES: Mapping[str, int] = {
    "name": 100,
    "email": 35,
    "phone": 40,
    "address": 25,
    "postcode": 20,
    "date": 35,
    "number": 25,
    "link": 10,
    "age": 10,
}
MAKERS: Mapping[str, Callable[[random.Random, int], Item]] = {
    "name": _name,
    "email": _simple("email", EMAILS, _email),
    "phone": _simple("phone", PHONES, _phone),
    "address": _simple("address", ADDRESSES, _address),
    "postcode": _simple("postcode", POSTCODES, _postcode),
    "date": _simple("date", DATES, _date),
    "number": _simple("number", NUMBERS, _number),
    "link": _simple("link", LINKS, _link),
    "age": _simple("age", AGES, _age),
}
