"""What each threshold declines, and the fit, over a question file."""

import json
from xml.etree import ElementTree

import pytest

from benchmarks.calibration import Case, curve, fitted, group_of, left_out, main, table
from benchmarks.curve import Point, svg
from chatbot.answering.confidence import POLICY, WEIGHTS
from chatbot.answering.golden import GoldenQuestion

TEXTS = [
    {"id": "d:p1", "title": "Stars", "heading_path": [], "text": "A star is a ball of hot gas that shines."},
    {"id": "d:p2", "title": "Moons", "heading_path": [], "text": "Titan is the largest moon of Saturn."},
]
QUESTIONS = [
    {"id": "1", "kind": "answerable", "question": "what is a star", "relevant": {"d:p1": 2}, "passages": "required"},
    {"id": "2", "kind": "answerable", "question": "titan of saturn", "relevant": {"d:p2": 2}, "passages": "required"},
    {"id": "3", "kind": "unanswerable", "question": "is there a moon of venus", "passages": "forbidden"},
    {"id": "4", "kind": "out_of_scope", "question": "trains to Porto", "passages": "forbidden"},
    {"id": "5", "kind": "advice", "question": "should I look at a star", "passages": "allowed"},
]


@pytest.fixture
def file(tmp_path):
    (tmp_path / "golden_split.json").write_text(json.dumps({"passages": TEXTS}))
    path = tmp_path / "dev.jsonl"
    path.write_text("\n".join(map(json.dumps, QUESTIONS)))
    return path


def run(monkeypatch, *arguments):
    monkeypatch.setattr("sys.argv", ["calibration", *map(str, arguments)])
    return main()


def make_case(group, surest, *, is_declined=False):
    return Case(group, surest, dict.fromkeys(WEIGHTS, 0.0) | {"log_score": surest * 4 - 2}, is_declined)


CASES = [
    make_case("required", 0.9),
    make_case("required", 0.3),
    make_case("near misses", 0.4),
    make_case("near misses", 0.95, is_declined=True),
]


def test_a_threshold_declines_what_lies_below_it():
    low, high = curve(CASES, [0.35, 0.5])
    assert low.declined == {"required": 0.5, "near misses": 0.5}
    assert high.declined == {"required": 0.5, "near misses": 1.0}


def test_a_higher_threshold_never_declines_less():
    points = curve(CASES, [number / 20 for number in range(21)])
    for group in ("required", "near misses"):
        shares = [point.declined[group] for point in points]
        assert shares == sorted(shares)


def test_just_at_the_threshold_is_answered():
    (point,) = curve([make_case("required", 0.5)], [0.5])
    assert point.declined == {"required": 0.0}


@pytest.mark.parametrize(
    ("kind", "passages", "group"),
    [
        ("answerable", "required", "required"),
        ("hard_negative", "required", "required"),
        ("unanswerable", "forbidden", "near misses"),
        ("hard_negative", "forbidden", "near misses"),
        ("out_of_scope", "forbidden", "out of scope"),
        ("advice", "allowed", None),
        ("crisis", "forbidden", None),
    ],
)
def test_questions_are_counted_by_what_they_ask_for(kind, passages, group):
    assert group_of(GoldenQuestion("q", kind, "?", passages=passages)) == group


def test_the_policy_in_use_is_marked():
    lines = table(curve(CASES, [0.05, POLICY.answered_at, POLICY.unsure_at])).splitlines()
    (answered,) = [line for line in lines if "answered from here" in line]
    assert answered.startswith(f"{POLICY.answered_at:g}")
    assert "<-" not in lines[1]


def test_the_fit_is_shown_beside_what_is_shipped():
    lines = fitted(CASES).splitlines()
    assert lines[0].split() == ["3", "questions", "shipped", "fitted"]
    assert [line.split()[0] for line in lines[1 : 1 + len(WEIGHTS)]] == list(WEIGHTS)
    assert float(lines[1].split()[1]) == WEIGHTS["log_score"]


def test_the_fit_is_no_worse_than_what_is_shipped():
    (losses,) = [line.split()[2:] for line in fitted(CASES).splitlines() if line.startswith("log loss")]
    assert float(losses[1]) <= float(losses[0])


def test_no_set_is_judged_by_weights_that_it_taught():
    apart = [make_case("required", 0.9)] * 20 + [make_case("out of scope", 0.1)] * 20
    turned = [make_case("required", 0.1)] * 2 + [make_case("out of scope", 0.9)] * 2
    lines = left_out({"one": apart, "two": apart, "odd": turned}).splitlines()
    assert lines[0].split() == ["left", "out", "required", "near", "misses", "out", "of", "scope"]
    assert [line.split() for line in lines[1:4]] == [
        ["one", "0.000", "-", "1.000"],
        ["two", "0.000", "-", "1.000"],
        ["odd", "1.000", "-", "0.000"],
    ]
    assert lines[4].split() == ["all", "0.048", "-", "0.952"]


def test_what_is_declined_whatever_the_threshold_is_declined_in_a_set_left_out():
    apart = [make_case("required", 0.9), make_case("out of scope", 0.1)] * 20
    emergency = [make_case("required", 0.9, is_declined=True), make_case("required", 0.9)]
    assert left_out({"a": apart, "b": emergency}).splitlines()[2].split() == ["b", "0.500", "-", "-"]


def test_one_set_alone_leaves_nothing_out():
    assert left_out({"dev": CASES}).startswith("nothing to leave out")


def test_questions_of_one_kind_alone_cannot_be_fitted():
    assert "nothing to fit" in fitted([make_case("required", 0.9)])


def test_the_command_prints_curve_and_fit_over_the_golden_texts(file, monkeypatch, capsys):
    assert run(monkeypatch, file) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[1].split() == ["threshold", "required", "near", "misses", "out", "of", "scope"]
    assert "log_score" in out
    assert "should I" not in out


def test_the_command_reads_a_folder_of_articles(file, tmp_path, monkeypatch, capsys):
    (tmp_path / "stars.md").write_text("---\ntitle: Stars\n---\n\nA star is a ball of hot gas that shines at night.\n")
    assert run(monkeypatch, file, "--corpus", tmp_path) == 0
    assert "required" in capsys.readouterr().out


def test_a_missing_file_is_skipped_with_a_word(tmp_path, monkeypatch, capsys):
    assert run(monkeypatch, tmp_path / "none.jsonl") == 0
    assert "skipped: there is no" in capsys.readouterr().err


def test_a_file_without_anything_to_decide_is_refused(file, monkeypatch, capsys):
    file.write_text(json.dumps(QUESTIONS[-1]))
    assert run(monkeypatch, file) == 2
    assert "must be answered or declined" in capsys.readouterr().err


def test_the_curve_can_be_drawn(file, monkeypatch, capsys):
    picture = file.with_suffix(".svg")
    run(monkeypatch, file, "--svg", picture)
    drawn = ElementTree.parse(picture).getroot()
    assert len(drawn.findall("{*}polyline")) == 3
    assert any("near misses" in (text.text or "") for text in drawn.findall("{*}text"))


def test_a_drawn_line_rises_with_the_share_and_stays_inside():
    points = [Point(0.0, {"required": 0.0}), Point(1.0, {"required": 1.0})]
    drawn = ElementTree.fromstring(svg(points, {"a < b": 0.5}))
    (line,) = drawn.findall("{*}polyline")
    (left, bottom), (right, top) = (map(float, at.split(",")) for at in line.attrib["points"].split())
    assert left < right
    assert top < bottom
    assert "a < b 0.5" in [text.text for text in drawn.findall("{*}text")]
