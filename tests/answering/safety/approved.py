"""The fixed words as they were last looked at: a hash of each panel and framing line in every region, and of the
disclaimer and the help that needs no rules.

Apart from the rules' own checksum, which every new pattern changes. After somebody has read what changed:
`python -m tests.answering.safety.approved --write`.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from chatbot.answering.notices import DISCLAIMER, DISCLAIMER_VERSION, SafetyRules, disclaimer, general_help, read_rules
from chatbot.settings import REGIONS, Settings

FILE = Path(__file__).with_name("approved.json")


def read() -> Mapping[str, str]:
    """Return the approved hash of each fixed text, by its name."""
    return msgspec.json.decode(FILE.read_bytes(), type=dict[str, str])


def hashes(rules: SafetyRules) -> Mapping[str, str]:
    """Return the hash of each fixed text as it is now: title, words and contacts, region by region."""
    panels: dict[str, list[object]] = defaultdict(list)
    for (panel, region), notice in sorted(rules.notices.items()):
        panels[panel].append((region, notice))
    found = {panel: _hash(notices) for panel, notices in panels.items()}
    # Under its version: other words need another one.
    found[f"disclaimer {DISCLAIMER_VERSION}"] = _hash([DISCLAIMER, *(disclaimer(Settings(region=r)) for r in REGIONS)])
    found["help without rules"] = _hash([general_help(region) for region in REGIONS])
    return found


def _hash(texts: object) -> str:
    return hashlib.sha256(msgspec.json.encode(texts)).hexdigest()


def main(arguments: Sequence[str] | None = None) -> None:
    """Record the hashes anew."""
    parser = argparse.ArgumentParser(prog="python -m tests.answering.safety.approved", description=__doc__)
    parser.add_argument("--write", action="store_true", required=True, help=f"write {FILE.name}")
    parser.parse_args(arguments)
    FILE.write_bytes(msgspec.json.format(msgspec.json.encode(hashes(read_rules())), indent=1) + b"\n")


if __name__ == "__main__":
    main()
