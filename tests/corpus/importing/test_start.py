"""Whoever serves visitors never loads what only imports need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
HEAVY = ("mammoth", "markdownify", "nh3", "pypdf", "trafilatura", "bs4")
PROGRAM = """
import sys
from pathlib import Path
from chatbot.app import create_app
from chatbot.settings import Settings
client = create_app(Settings(instance=Path(sys.argv[1]))).test_client()
assert client.get("/").status_code == 200
assert client.post("/api/v1/chat", json={"question": "does ketamine help sciatica?"}).status_code == 200
assert client.get("/articles/").status_code == 200
print(*sorted(name for name in sys.argv[2:] if name in sys.modules))
"""


def test_visitors_pages_load_no_reader_of_documents(tmp_path):
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path), *HEAVY], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert run.stdout.strip() == ""
