from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.front_server import Front
from benchmarks.served import Load, free_port, read_load


def test_the_shipped_nginx_configuration_is_used_with_the_run_s_own_ports_and_files(tmp_path: Path) -> None:
    text = Front(tmp_path, 8443).configure([8101, 8102])
    assert (tmp_path / "nginx.conf").read_text("utf-8") == text
    assert re.findall(r"server 127\.0\.0\.1:(\d+) ", text) == ["8101", "8102"]
    assert re.findall(r"listen ([^ ;]+)", text) == ["127.0.0.1:8443"]
    assert "/var/" not in text
    assert "/etc/ssl" not in text


def test_a_free_port_is_no_well_known_one() -> None:
    assert free_port() > 1023


class Wrk:
    """A run that has ended with these words."""

    def __init__(self, said: str) -> None:
        self.said = said

    def communicate(self) -> tuple[str, None]:
        return self.said, None


def test_what_wrk_saw_is_read() -> None:
    assert read_load(Wrk("...\nRESULT 1000 2000000 3 4500\n")) == Load(500.0, 3, 4.5)


def test_what_failed_is_told_apart() -> None:
    said = "FAILED connect 0 read 2 write 0 status 1 timeout 0\nRESULT 1000 2000000 3 4500\n"
    assert read_load(Wrk(said)).how == "connect 0 read 2 write 0 status 1 timeout 0"


def test_the_statuses_that_nginx_gave_are_counted(tmp_path: Path) -> None:
    line = "2026-11-27T12:00:00+00:00 POST /api/v1/chat {} 1500 0.004\n"
    (tmp_path / "access.log").write_text(line.format(200) * 2 + line.format(503))
    assert Front(tmp_path, 0).statuses() == {"200": 2, "503": 1}


def test_a_run_without_a_result_says_what_wrk_said() -> None:
    with pytest.raises(RuntimeError, match="unable to connect"):
        read_load(Wrk("unable to connect"))
