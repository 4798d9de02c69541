"""Undoes disguises letter by letter: case, accents, look-alike letters, invisible characters. For scanning only."""

from __future__ import annotations

import re
import unicodedata

LONG_SIGNS = re.compile("[\ufdfa\ufdfb]")
# each stands for a whole formula of prayer, of 18 and 8 letters: a text of them would grow as many times
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
LOOKALIKES = str.maketrans(
    # Cyrillic, Greek, small capitals, letters with strokes, apostrophes: each beside the Latin letter it looks like.
    "авсԁеɡһіјкӏмнопрԛѕтѵѡԝхуᴢαβεηικνορτυχγωᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏłøđħı’‘‛`´ʼ′",
    "abcdeghijklmhonpqstvwwxyzabenikvoptuxywabcdefghijklmnoprstuvwylodhi'''''''",
)
INVISIBLE = {"Cf", "Mn", "Me", "Cs", "Co", "Cn"}
# Unicode categories that carry no letter of their own; controls other than white space are dropped below


def fold(text: str) -> str:
    """Return the text in plain lower-case Latin letters as far as it can be read so.

    The length may change: the result is for matching, never for showing. Linear in the text.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", LONG_SIGNS.sub(" ", text)))
        text = NOT_ASCII.sub(_letter, text)
    folded = text.casefold().translate(LOOKALIKES)
    return folded if folded.isprintable() else "".join(c for c in folded if c.isprintable() or c in "\n\r\t ")


def _letter(found: re.Match[str]) -> str:
    character = found[0]
    if character in "¿¡":
        return " "
    if character == "\u00ad" or unicodedata.category(character) in INVISIBLE:
        return ""
    return _enclosed(character)


def _enclosed(character: str) -> str:
    """Read the letters in boxes, circles and flags that compatibility folding leaves alone."""
    code = ord(character)
    for first in (0x1F130, 0x1F150, 0x1F170, 0x1F1E6):
        if first <= code < first + 26:
            return chr(ord("a") + code - first)
    return character


def is_latin(text: str) -> bool:
    """Say whether most letters are Latin: of other scripts only those that look Latin are left when folded."""
    others = [character for character in NOT_ASCII.findall(text) if character.isalpha()]
    strange = sum(not unicodedata.name(letter, "").startswith("LATIN") for letter in others)
    return not strange or 2 * strange <= sum(map(str.isalpha, text))
