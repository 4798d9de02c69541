"""How texts name a dose: an amount of a medicine, tablets or sprays by the day, or a sentence that tells to take it.

What an editor must take out, what an import warns of and what no question about doses is shown is found here alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_WORD = (
    r"(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|half|quarter|point)"
)
_DIGITS = r"(?<!\d)(?:\d++(?:[.,·]\d++)?|[.,]\d++|[½¼¾])"
# "fifty", "twenty-five", "one hundred and ten", "half a", "zero point five": amounts are also spelled out.
# At most eight words more, as a bound: Python 3.11.2, Debian's own, matches a possessive group wrongly.
_SPELLED = rf"\b{_WORD}(?:[\s-]+(?:(?:and|of)\s+)?(?:{_WORD}|an?)\b){{0,8}}"
_SHORT = r"(?:m\s?g|mcg|μg|ug|g|ml|cc|iu)"
_LONG = r"(?:(?:milli|micro)?gram(?:me)?s?|millilit(?:er|re)s?|units?)"
_PER_WEIGHT = r"[^.!?\n]{0,20}(?:/\s?kg\b|\bper\s+(?:kg|kilo(?:gram)?)\b)"
AMOUNT = re.compile(
    rf"{_DIGITS}\s*(?:-\s*)?(?:{_SHORT}|{_LONG})\b|{_DIGITS}{_PER_WEIGHT}|"
    rf"{_SPELLED}(?:[\s-]+(?:m\s?g|mcg|μg|ml|{_LONG})\b|{_PER_WEIGHT})",
    re.IGNORECASE,
)

# "two", "1-2", "one to two", "half a", "a couple of"; of what is spelled only what counts pieces.
_ONE = rf"(?:{_WORD}|\d{{1,3}}(?:[.,/]\d{{1,2}})?|[½¼¾])"
_NUMBER = rf"\b(?:{_ONE}(?:\s?[-–]\s?{_ONE}|\s(?:to|or|and)\s(?:an?\s)?{_ONE})?|an?\s(?:half|quarter))"
_SO_MANY = rf"(?:{_NUMBER}|\b(?:an?\s(?:couple|few)|several))"
_KIND = (
    r"(?:\s(?:of\sthe|of\san?|of\syour|of|an?|the|your|more|extra|other|further|full|whole|small|single|nasal|oral|"
    r"(?:es)?ketamine|compounded|sublingual)){0,3}"
)
# Forms that come in pieces; the loose ones are also other things: a patch of skin, a drop in pressure.
_FORMS = (
    r"(?:tablets?|tabs?|pills?|capsules?|lozenges?|troches?|sprays?|puffs?|squirts?|vials?|amp(?:ou|u)les?|syringes?|"
    r"suppositor(?:y|ies)|teaspoons?|tablespoons?|spoonfuls?|droppers?|droppersful|sachets?|gummies)\b"
)
_PIECES = rf"\s?{_FORMS}"
_LOOSE = r"\s(?:drops?|patch(?:es)?|pumps?|films?|doses?|bumps?)\b"
_PERIOD = r"(?:hours?|hrs?|h|minutes?|mins?|days?|nights?|mornings?|noons?|afternoons?|evenings?|weeks?|months?)\b"
_OFTEN = (
    rf"(?:(?:once|twice|thrice|(?:{_ONE}|several)(?:\s?[-–]\s?{_ONE}|\s(?:to|or)\s{_ONE})?\stimes)\s"
    rf"(?:(?:an?|per|each|every|in\sone)\s{_PERIOD}|daily|nightly|weekly|monthly)|"
    r"daily\b(?!\s(?:li[fv]|activ|rout|rhyth|pain|diar|use))|nightly\b|hourly\b|"
    rf"(?:every|each)\s(?:(?:other|second|third|single|few|{_ONE}(?:\s?[-–]\s?{_ONE}|\s(?:to|or)\s{_ONE})?)\s?)?"
    rf"(?:{_PERIOD}|meals?\b))"
)
_WHEN = (
    rf"(?:{_OFTEN}|(?:an?|per)\s{_PERIOD}|(?:at|before)\s(?:night|bed(?:time)?|noon|breakfast|lunch|dinner|meals?)\b|"
    rf"in\sthe\s(?:morning|afternoon|evening|night)\b|with\s(?:each\s|every\s)?(?:meals?|food|breakfast)\b|"
    rf"(?:in|within|over)\s(?:any\s|a\s)?{_ONE}\s(?:hours?|hrs?)\b|{_ONE}\s(?:hours?|days?)\sapart\b|at\sa\stime\b|"
    r"(?:in|into|up)\s(?:each|one|both|either|the|your)\snostrils?\b)"
)
_PLACE = r"(?:,?\s(?:under|in|on|by|into|the|your|their|each|nostrils?|nose|tongue|cheek|mouth|skin|with|water)\b){0,5}"
_BETWEEN = r"(?:[,:(]?\s[\w'’-]{1,20}){0,4}?[,:(]?\s"
_NEAR = r"(?:[,:(]?\s[\w'’-]{1,20}){0,2}?[,:(]?\s"
_TAKEN = (
    r"\b(?:tak(?:e|es|ing|en)|took|swallow(?:s|ed|ing)?|us(?:e|es|ed|ing)|appl(?:y|ies|ied|ying)|inject(?:s|ed|ing)?|"
    r"chew(?:s|ed|ing)?|dissolv(?:e|es|ed|ing)|suck(?:s|ed|ing)?|inhal(?:e|es|ed|ing)|snort(?:s|ed|ing)?|"
    r"(?:start|begin)(?:s|ning|ing)?\s(?:with|on|at)|(?:increas|rais|lower|reduc)(?:e|es|ed|ing)|up\sto|"
    r"(?:no|not)\smore\sthan|at\smost|a\smaximum\sof)"
)
_DRUGS = (
    r"(?:(?:es)?ketamine|spravato|opioids?|morphine|oxycodone|hydrocodone|tramadol|codeine|fentanyl|methadone|tapentadol|"
    r"buprenorphine|gabapentin|pregabalin|amitriptyline|nortriptyline|duloxetine|ibuprofen|naproxen|aspirin|"
    r"paracetamol|acetaminophen|diazepam|lorazepam|baclofen|memantine|dextromethorphan)\b"
)
_MEDICINE = (
    r"(?:(?:the|your|an?|this|that|these|some|more|its?|oral|nasal|compounded|sublingual|liquid|usual|prescribed)\s){0,3}"
    rf"(?:{_DRUGS}|medicines?\b|medications?\b|drugs?\b|painkillers?\b|doses?\b|patch(?:es)?\b|drops?\b|"
    rf"{_FORMS})"
)
_TAKE = r"(?:take|swallow|inject|snort|sniff|inhale)"
_USE = r"(?:use|apply|dissolve|chew|suck)"
_TELLS = (
    r"(?:\b(?:you\s(?:should|must|can|may|could|need\sto|ought\sto|have\sto)|"
    r"(?:patients|people|adults|everyone)\s(?:should|must|need\sto|ought\sto|have\sto))\s(?:\w+ly\s)?|"
    r"(?:^|[.!?:;,•\n–-]\s*|\b(?:please|then|just|simply)\s))"
)
_DENIED = (
    r"(?<!whether )(?<!if )(?<!how )(?<!what )(?<!when )(?<!why )(?<!much )(?<!often )(?<!that )(?<!dose )(?<!which )"
)
SCHEDULE = re.compile(
    # "half a vial every morning", "a lozenge under the tongue at night"
    rf"{_SO_MANY}{_KIND}{_PIECES}{_BETWEEN}{_WHEN}|{_SO_MANY}{_KIND}{_LOOSE}{_PLACE},?\s{_WHEN}|"
    rf"\b(?:an?|another|each){_KIND}{_PIECES}{_PLACE},?\s{_WHEN}|\ba{_KIND}\s(?:dose|patch){_PLACE}\s{_OFTEN}|"
    # "take three tablets", "up to six sprays"
    rf"{_TAKEN}{_NEAR}(?:{_NUMBER}|another|an\sextra){_KIND}(?:{_PIECES}|\s(?:drops|patches|pumps|films)\b)|"
    # "take it twice a day", "you should use ketamine daily", "to be taken every four hours"
    rf"{_TELLS}(?:(?:{_TAKE}|{_USE})\s{_MEDICINE}|{_TAKE}\s(?:it|them)\b(?!\seasy)){_BETWEEN}{_OFTEN}|"
    rf"\b(?:should|must|(?:is|are)\sto|can|may)\sbe\s(?:taken|used|given|injected|swallowed|applied){_BETWEEN}{_OFTEN}|"
    # "you should take ketamine"
    rf"{_DENIED}\byou\s(?:should|must|need\sto|ought\sto|have\sto)\s(?:\w+ly\s)?(?:take|inject|swallow|snort|sniff)\s"
    rf"(?:(?:the|your|some|more|oral|nasal|compounded|liquid|an?)\s){{0,3}}{_DRUGS}|"
    # "two" after the tablets that it counts
    rf"{_PIECES}[:,]?\s{_ONE},?\s{_OFTEN}",
    re.IGNORECASE,
)


# Without one of these words a text names no dose: a look at its words takes a tenth of the closer one.
_HINTS = frozenset(
    "m mg mcg g ug μg ml cc iu kg kilo kilogram gram grams gramme grammes milligram milligrams milligramme "
    "milligrammes microgram micrograms microgramme microgrammes milliliter milliliters millilitre millilitres "
    "unit units tablet tablets tab tabs pill pills capsule capsules lozenge lozenges troche troches spray "
    "sprays puff puffs squirt squirts vial vials ampule ampules ampoule ampoules syringe syringes suppository "
    "suppositories teaspoon teaspoons tablespoon tablespoons spoonful spoonfuls dropper droppers droppersful "
    "sachet sachets gummies drop drops patch patches pump pumps film films dose doses bump bumps daily nightly "
    "hourly once twice thrice times every each".split()
)
_TOLD = frozenset("take inject swallow snort sniff".split())
_LETTERS = re.compile(r"[a-zμ]+")


def doses(text: str) -> tuple[str, ...]:
    """Return every dose that the text names, as it stands there after Unicode's NFKC folding, in order.

    An amount: a number, in digits or words, before mg, mcg, µg, g, ml, units or their full names, or before "/kg".
    A schedule: so many pieces of a medicine ("half a vial") with a time, a frequency or a word such as "take", or a
    sentence that tells the reader to take a medicine ("take it twice a day", "you should take ketamine").
    """
    return tuple(match[0].strip(" \n.,:;–-") for match in _found(_folded(text)))


def names_dose(*texts: str) -> bool:
    """Say whether any of the texts names a dose."""
    return any(next(_found(_folded(text)), None) for text in texts)


def _found(text: str) -> Iterator[re.Match[str]]:
    words = set(_LETTERS.findall(text.lower()))
    if not _HINTS.isdisjoint(words) or ("you" in words and not _TOLD.isdisjoint(words)):
        yield from AMOUNT.finditer(text)
        yield from SCHEDULE.finditer(text)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
