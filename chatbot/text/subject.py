"""What the articles are about, where a rule depends on it: a passage on the treatment is shown with its risks."""

from __future__ import annotations

import re

TREATMENT = re.compile(r"\bketamine\b", re.IGNORECASE)
RISKS = "risk"
# an article whose slug holds this word is where the links on risk lead, and needs none itself
