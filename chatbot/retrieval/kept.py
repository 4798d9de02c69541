"""An index kept in one file, so that a start need not make it again and all processes map the same memory.

The file: a line that names the format, a checksum of all that follows, the length of a header in JSON and the header,
then the arrays one after the other. Nothing in it is code, and what does not fit together is as good as no file.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import zlib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from chatbot.kept import put
from chatbot.retrieval.index import Index
from chatbot.retrieval.postings import Postings
from chatbot.retrieval.sections import Asked
from chatbot.retrieval.table import Integers, Numbers, arrays_of, table_of
from chatbot.retrieval.together import Together

FORMAT = b"chatbot index 2\n"
CHECKSUM, LENGTH = 8, 8
# bytes that hold the checksum; the length of the header
CHECKED = len(FORMAT) + CHECKSUM
# what the checksum covers begins here
PIECE = 1 << 20
# bytes that are checked at a time
ALIGNED = 64
# each array begins at a multiple of so many bytes

ASKED = "asked."
# begins the names of what is known of the sections' wordings beside their postings
TOPS = "tops"
# begins the name of the highest of them for each word: to find them again, all would have to be read
RANKED = "ranked"
# begins the name of the words' scores with headings and titles added; their weights follow

Arrays = Mapping[str, NDArray[np.generic]]


def keep_index(index: Index, path: Path, name: str) -> None:
    """Write an index below a name of its own and put it in place at once; raises OSError where that cannot be done.

    name: of the passages and the program that the index was made of.
    """
    arrays = _taken_apart(index)
    places, offset = {}, 0
    for part, array in arrays.items():
        places[part] = (array.dtype.str, len(array), offset)
        offset += -(-array.nbytes // ALIGNED) * ALIGNED
    header = json.dumps({"name": name, "arrays": places}).encode()
    header += b" " * (-(CHECKED + LENGTH + len(header)) % ALIGNED)
    parts: list[bytes | memoryview] = [len(header).to_bytes(LENGTH, "little"), header]
    for array in arrays.values():
        # Not their bytes: of a million passages that would be 2 GB once more.
        parts += [np.ascontiguousarray(array).view(np.uint8).data, b"\0" * (-array.nbytes % ALIGNED)]
    checksum = 0
    for piece in parts:
        checksum = zlib.crc32(piece, checksum)
    put(path, lambda file: file.writelines([FORMAT, checksum.to_bytes(CHECKSUM, "little"), *parts]))


def kept_index(path: Path, name: str) -> Index | None:
    """Map the index kept at `path`; None where there is none, or it is another name's, torn, cut or not readable."""
    try:
        with path.open("rb") as file:
            if not _is_whole(file):
                return None
            memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        arrays = _arrays(memory, name)
        return _put_together(arrays) if arrays else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


@cache
def program_checksum() -> str:
    """Return a name for the code and word lists that turn articles into what is indexed."""
    rooms = [resources.files(f"chatbot.{room}") for room in ("corpus", "text", "retrieval")]
    sources = [source for room in rooms for source in sorted(room.iterdir(), key=lambda each: each.name)]
    read = [source.read_bytes() for source in sources if source.name.endswith((".py", ".txt", ".toml"))]
    return hashlib.sha256(b"\0".join([*read, version("nltk").encode()])).hexdigest()


def _is_whole(file: BinaryIO) -> bool:
    """Say whether a file has our format and its checksum.

    Read and not mapped: checking the map would bring all of it into the memory of each process.
    """
    if file.read(len(FORMAT)) != FORMAT:
        return False
    wanted, checksum = int.from_bytes(file.read(CHECKSUM), "little"), 0
    while piece := file.read(PIECE):
        checksum = zlib.crc32(piece, checksum)
    return checksum == wanted


def _arrays(memory: mmap.mmap, name: str) -> Arrays | None:
    whole = memoryview(memory)[CHECKED:]
    begins = LENGTH + int.from_bytes(whole[:LENGTH], "little")
    header = json.loads(bytes(whole[LENGTH:begins]))
    if header["name"] != name:
        return None
    return {
        part: np.frombuffer(memory, dtype=kind, count=length, offset=CHECKED + begins + offset)
        for part, (kind, length, offset) in header["arrays"].items()
    }


def _taken_apart(index: Index) -> Arrays:
    arrays: dict[str, NDArray[np.generic]] = {
        "stems": np.frombuffer("\n".join(index.numbers.stems).encode(), dtype=np.uint8),
        "sizes": index.together.sizes,
        **{f"{ASKED}{name}": array for name, array in index.asked.arrays.items()},
    }
    for name, postings in _postings(index).items():
        arrays |= dict(arrays_of(name, postings.table))
        arrays[f"{name}.scores"] = postings.scores
    for (heading, title), postings in index.ranked.items():
        arrays[f"{RANKED} {heading} {title}"] = postings.scores
        arrays[f"{TOPS} {heading} {title}"] = postings.tops
    return arrays | dict(arrays_of("sentences", index.together.table))


def _put_together(arrays: Arrays) -> Index:
    text = arrays["stems"].tobytes().decode()
    numbers = Numbers({stem: number for number, stem in enumerate(text.split("\n") if text else ())})
    postings = {
        name: Postings.of_table(table_of(name, arrays), numbers, arrays[f"{name}.scores"])  # type: ignore[arg-type]
        for name in ("words", "headings", "titles", "pairs", "wordings")
    }
    asked = Asked(
        {name.removeprefix(ASKED): array for name, array in arrays.items() if name.startswith(ASKED)},
        postings.pop("wordings"),
    )
    sizes: Integers = arrays["sizes"]  # type: ignore[assignment]
    together = Together(table_of("sentences", arrays), sizes, postings["words"].idf, numbers)
    index = Index(numbers, **postings, together=together, asked=asked)  # type: ignore[arg-type]
    for name, scores in arrays.items():
        if name.startswith(RANKED):
            heading, title = map(float, name.split()[1:])
            words = Postings.of_table(index.words.table, numbers, scores)  # type: ignore[arg-type]
            words.tops = arrays[f"{TOPS} {heading} {title}"]  # type: ignore[assignment]
            index.ranked[heading, title] = words
    return index


def _postings(index: Index) -> Mapping[str, Postings]:
    return {
        "words": index.words,
        "headings": index.headings,
        "titles": index.titles,
        "pairs": index.pairs,
        "wordings": index.asked.postings,
    }
