"""Where something new begins in a sentence that goes on without full stops, as people type on a phone.

"What do infusions cost my husband took all his tablets" is two sentences. Judged as one, the question would speak for
the call. The signs are few and cheap: a verb turned round before its subject, or a person after a word with which a
thought can end. A wrong cut costs little, as neighbouring pieces are judged together too.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress, count

SHORTEST = 12
# words of a piece before something new may begin in the same sentence: shorter ones say more as a whole
TURNED = frozenset(
    "am is are was were do does did can could will would should shall may might must has have had".split()
)
# before a subject they open a question
SUBJECTS = frozenset("i you it he she they we there ketamine this these people someone somebody anyone anybody".split())
OPENERS = frozenset("i he she they we my what how why help somebody someone".split())
BEGINNING = OPENERS | TURNED
ASKING = frozenset("what how why when where which who whose long much many often soon far bad likely good".split())
# between them and the verb that is turned round nothing new begins: "how long does it last"
LEANING = frozenset(
    # joining words and prepositions
    "and or but nor if as that than when while whilst because since until till before after although though unless"
    " whether of in on at by for with without to from into onto about over under between through during against like"
    " near off out up down around per via"
    # auxiliaries, persons, words that ask
    " am is are was were be been being do does did can could will would should shall may might must has have had having"
    " i you he she it we they me him her us them my your his its our their this these those who whom whose which what"
    " how why where"
    # small words beside a verb or noun
    " not no never only too yet all both each every any some more most such same other one"
    # saying, thinking, feeling
    " think thinks thought feel feels felt know knows knew hope hopes wish wishes say says said tell tells told ask"
    " asks asked wonder wondering guess suppose believe understand see sure afraid scared worried glad sorry"
    # nouns and adverbs that a clause without "that" follows
    " once now today time way reason everything anything something nothing thing things moment day days".split()
)
# after them a clause goes on; fillers and articles are no words here (`typed.words`)


def breaks(words: Sequence[str], ends: int) -> list[int]:
    """Return the indexes of the words before which something new begins, the first word never among them.

    words, ends: of a text, as `typed.words` returns them.
    """
    beginning = compress(count(), map(BEGINNING.__contains__, words))
    return [at for at in beginning if at and _begins_anew(words, at, ends)]


def _begins_anew(words: Sequence[str], at: int, ends: int) -> bool:
    before, first = words[at - 1], words[at]
    if before in LEANING:
        return False
    if first in TURNED:
        # "It's not a stroke, is it?" ends with a question that asks for nothing new.
        is_tag = ends >> (at + 1) & 1
        return not is_tag and before not in ASKING and at + 1 < len(words) and words[at + 1] in SUBJECTS
    return first in OPENERS
