"""What Mozilla's HTTP Observatory says of each kind of page, behind the shipped front server.

`make observatory` installs its command line into an ignored folder, without install scripts and without the list of
preloaded hosts (which would be fetched), and runs this. It looks at port 443 of localhost only, so root has to start
it, and nothing else may listen there. Exit 1 when a page scores less than it must.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks import front
from benchmarks.serving import free_port, our_server

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / ".tools" / "observatory" / "node_modules" / "@mdn" / "mdn-http-observatory"
PAGES: Mapping[str, tuple[str, int]] = {
    "panel": ("/embed/v1/panel", 120),
    "article": ("/articles/what-is-ketamine", 130),
    "chat": ("/", 130),
    "staff": ("/staff/sign-in", 135),
}
# name -> (address, least score)


def scanned(certificate: Path) -> Mapping[str, object]:
    """Return what the command line says of https://localhost/."""
    # Nothing of it is fetched, but the scanner will not start without the file.
    (PACKAGE / "conf" / "hsts-preload.json").write_text("{}", encoding="utf-8")
    done = subprocess.run(
        ["node", str(PACKAGE / "src" / "scan.js"), "localhost"],
        env={**os.environ, "NODE_EXTRA_CA_CERTS": str(certificate)},
        capture_output=True,
        text=True,
        check=False,
    )
    if not done.stdout:
        raise RuntimeError(done.stderr)
    said: Mapping[str, object] = json.loads(done.stdout)
    return said


def main() -> None:
    """Print grade and score of each page, and every test that costs points."""
    if not PACKAGE.exists():
        sys.exit("The Observatory's command line is not installed: make observatory")
    port, failed = free_port(), False
    settings = {"CHATBOT_TRUSTED_PROXIES": "1", "CHATBOT_RATE_LIMIT": "off"}
    with our_server(f"http://127.0.0.1:{port}", host="https://www.clinic.example", settings=settings):
        for name, (address, least) in PAGES.items():
            with front.running(port, ports={"tls": 443, "plain": 80}, root=address) as running:
                said = scanned(running.certificate)
            scan = said.get("scan")
            if not isinstance(scan, dict):
                sys.exit(f"{name}: {said.get('error')}")
            failed |= scan["score"] < least
            print(f"{name:<10}{scan['grade']:>4}{scan['score']:>5}   at least {least}   {address}", flush=True)
            tests = said["tests"]
            assert isinstance(tests, dict)
            for test, found in tests.items():
                if not found["pass"]:
                    print(f"          {test}: {found['result']} ({found['scoreModifier']})")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
