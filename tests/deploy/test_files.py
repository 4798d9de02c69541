"""What is shipped for those who run it: every name in it must be one that the program knows."""

from __future__ import annotations

import configparser
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from flask.testing import FlaskClient

from chatbot.settings import read_settings, variables

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "deploy"
UNITS = ("chatbot.service", "chatbot-backup.service")
EXPOSURE = 4.0
# systemd's own scale: 10 is open to everything, below 4 it says OK


def unit(name: str) -> configparser.ConfigParser:
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(DEPLOY / name)
    return read


@pytest.mark.parametrize("name", UNITS)
def test_service_may_do_little(name: str) -> None:
    service = unit(name)["Service"]
    assert service["NoNewPrivileges"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["PrivateTmp"] == "yes"
    assert service["CapabilityBoundingSet"] == ""
    assert service["User"] == "chatbot"


@pytest.mark.parametrize("name", UNITS)
def test_systemd_itself_calls_the_service_well_shut(name: str) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed: the units were only read")
    judged = subprocess.run(
        [program, "security", "--offline=true", str(DEPLOY / name)], capture_output=True, text=True, check=False
    )
    found = re.search(r"exposure level for \S+: ([\d.]+)", judged.stdout)
    assert found, judged.stderr
    assert float(found[1]) < EXPOSURE


def test_service_may_write_where_the_program_keeps_things() -> None:
    places = unit("chatbot.service")["Service"]["ReadWritePaths"].split()
    assert places == ["/opt/chatbot/corpus", "/opt/chatbot/instance"]


def test_stop_leaves_gunicorn_its_time() -> None:
    graceful = re.search(r"graceful_timeout = (\d+)", (ROOT / "gunicorn.conf.py").read_text("utf-8"))
    assert graceful
    assert int(unit("chatbot.service")["Service"]["TimeoutStopSec"]) > int(graceful[1])


def test_sample_settings_are_settings() -> None:
    text = (DEPLOY / "chatbot.env").read_text("utf-8")
    lines = [line.lstrip("#").split("=", 1) for line in text.splitlines() if re.match(r"#?CHATBOT_\w+=", line)]
    assert len(lines) >= 5
    read_settings(dict(lines))


def test_compose_knows_our_settings_and_names_every_volume() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    chatbot = compose["services"]["chatbot"]
    assert set(chatbot["environment"]) <= set(variables())
    assert {"database", "limits", "search"} <= set(compose["services"])
    mounted = [
        volume.split(":")[0] for service in compose["services"].values() for volume in service.get("volumes", [])
    ]
    assert {name for name in mounted if not name.startswith(".")} == set(compose["volumes"])
    for place in (name for name in mounted if name.startswith(".") and "certificates" not in name):
        assert (DEPLOY / place).exists(), place


def test_container_takes_along_what_the_program_needs() -> None:
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    copied = {word for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE) for word in line.split()[:-1]}
    assert copied == {"requirements.lock", "chatbot", "templates", "corpus", "wsgi.py", "gunicorn.conf.py"}
    assert all((ROOT / name).exists() for name in copied)
    assert "USER chatbot" in text


def test_dashboard_shows_only_what_is_counted(client: FlaskClient) -> None:
    counted = set(re.findall(r"^(chatbot_\w+)", client.get("/metrics").text, re.MULTILINE))
    dashboard = json.loads((DEPLOY / "grafana-dashboard.json").read_text("utf-8"))
    shown = {
        name
        for panel in dashboard["panels"]
        for target in panel["targets"]
        for name in re.findall(r"chatbot_\w+", target["expr"])
    }
    assert len(shown) >= 8
    assert shown <= counted
