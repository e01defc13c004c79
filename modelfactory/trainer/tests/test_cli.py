"""The command line: JSON on stdout, typed errors, documented exit codes."""

import json

import pytest

from datanets_trainer import cli, errors
from tests.conftest import command, source, write_sources


def run(capsys, *arguments):
    code = cli.main([str(argument) for argument in arguments])
    return code, json.loads(capsys.readouterr().out.splitlines()[-1])


def test_make_base_preview_estimate_attribute(capsys, tmp_path, data, train):
    assert run(capsys, "make-base", "--family", "qwen3", "--out", tmp_path / "base")[1]["modelType"] == "qwen3"
    code, report = run(capsys, "preview", "--base", tmp_path / "base", "--data", data)
    assert (code, report["type"], len(report["duplicates"])) == (0, "preview", 6)
    code, report = run(capsys, "estimate", "--base", tmp_path / "base")
    assert (code, report["totalBytes"]) == (0, sum(report["bytes"].values()))
    code, report = run(capsys, "attribute", "--scores", train() / "scores.json")
    assert (code, report["sum"]) == (0, 10**9)


def test_a_tampered_score_file_is_refused(capsys, train):
    path = train() / "scores.json"
    scores = json.loads(path.read_text())
    scores["contributions"][0]["share"] += 1
    path.write_text(json.dumps(scores))
    code, error = run(capsys, "attribute", "--scores", path)
    assert (code, error["code"]) == (errors.EXIT_TAMPERED, "TamperedFileError")


@pytest.mark.parametrize(
    ("settings", "rows", "code", "name"),
    [
        ('{"epochs": 0}', [source(1, 1, "x")], errors.EXIT_SETTINGS, "SettingsError"),
        ("{}", [source(1, 1, "x", "png")], errors.EXIT_DATA, "ModalityError"),
        ("{}", [], errors.EXIT_DATA, "DataError"),
    ],
)
def test_failures_have_a_name_a_limit_a_remedy_and_a_code(capsys, tmp_path, bases, settings, rows, code, name):
    (tmp_path / "s.json").write_text(settings)
    data = write_sources(tmp_path / "d.jsonl", rows)
    arguments = ("--base", bases("llama"), "--data", data, "--settings", tmp_path / "s.json")
    result, error = run(capsys, "preview", *arguments)
    assert (result, error["code"], error["exitCode"]) == (code, name, code)
    assert error["limit"]
    assert error["remedy"]


def test_usage_mistakes_and_missing_bases_are_typed(capsys, tmp_path, data):
    assert run(capsys, "train")[1]["code"] == "UsageError"
    assert run(capsys, "preview", "--base", "org/model", "--data", data)[1]["code"] == "BaseNotFoundError"
    assert run(capsys, "make-base", "--family", "chatglm", "--out", tmp_path)[0] == errors.EXIT_USAGE


def test_a_line_on_stdin_pauses_a_run(tmp_path, bases, data):
    (tmp_path / "s.json").write_text('{"epochs": 900, "batchSize": 4, "accumulation": 1, "datainf": false}')
    out = tmp_path / "run"
    process = command(
        *("train", "--base", bases("llama"), "--data", data, "--settings", tmp_path / "s.json"),
        *("--out", out, "--stdin-control"),
    )
    for line in process.stdout:
        if json.loads(line)["type"] == "step":
            process.stdin.write('{"command": "pause"}\n')
            process.stdin.flush()
            break
    printed, _ = process.communicate(timeout=300)
    assert process.returncode == errors.EXIT_PAUSED
    assert json.loads(printed.splitlines()[-1])["type"] == "paused"
