"""Pause, cancel, kill and resume: the same adapter bytes as an unbroken run."""

import io
import json
import signal
import time

import pytest

from datanets_trainer.canonical import file_sha256
from datanets_trainer.errors import CheckpointError, TamperedFileError, TrainingCancelled, TrainingPaused, UsageError
from datanets_trainer.training.checkpoint import list_checkpoints
from datanets_trainer.training.control import Control
from datanets_trainer.training.events import Events
from datanets_trainer.training.run import Request, run
from tests.conftest import command, events_of, small_settings

CHANGES = {"dropout": "0.1", "epochs": 4, "batchSize": 2, "accumulation": 2, "saveEvery": 3, "attributionEvery": 2}


class StopAfter(Control):
    """Asks for a command after some steps."""

    def __init__(self, steps, word):
        super().__init__()
        self.left, self.word = steps, word

    def command(self):
        self.left -= 1
        return self.word if self.left < 0 else None


@pytest.fixture
def request_for(tmp_path, bases, data):
    def go(name, *, resume=False, **changes):
        settings = small_settings(**{**CHANGES, **changes})
        return Request(base=str(bases("llama")), data=data, out=tmp_path / name, settings=settings, resume=resume)

    return go


def go(request, control=None):
    run(request, Events(request.out / "events.jsonl", io.StringIO()), control or Control())
    return request.out


def files_of(out):
    return json.loads((out / "manifest.json").read_text())["files"]


def test_pause_and_resume_give_the_bytes_of_an_unbroken_run(request_for):
    whole = go(request_for("whole"))
    with pytest.raises(TrainingPaused):
        go(request_for("paused"), StopAfter(4, "pause"))
    with pytest.raises(TrainingPaused):
        go(request_for("paused", resume=True), StopAfter(3, "pause"))
    resumed = go(request_for("paused", resume=True))
    assert len(events_of(resumed, "step")) == len(events_of(whole, "step"))
    assert files_of(resumed) == files_of(whole)


def test_kill_and_resume_give_the_bytes_of_an_unbroken_run(request_for, tmp_path, bases, data):
    whole = go(request_for("whole", epochs=12))
    out, settings = tmp_path / "killed", tmp_path / "settings.json"
    settings.write_text(json.dumps(small_settings(**{**CHANGES, "epochs": 12}).to_json()))
    arguments = ("train", "--base", bases("llama"), "--data", data, "--settings", settings, "--out", out)
    process = command(*arguments)
    deadline = time.monotonic() + 180
    while len(list_checkpoints(out / "checkpoints")) < 2 and time.monotonic() < deadline:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)
    assert not (out / "manifest.json").exists()
    process = command(*arguments, "--resume")
    printed, problems = process.communicate(timeout=300)
    assert process.returncode == 0, problems
    first = next(json.loads(line) for line in printed.splitlines() if json.loads(line)["type"] == "started")
    assert first["step"] > 0
    assert files_of(out) == files_of(whole)


def test_a_killed_packaging_is_resumed_from_the_last_checkpoint(request_for):
    whole = go(request_for("whole"))
    before = files_of(whole)
    for name in ("manifest.json", "scores.json", "metrics.json"):
        (whole / name).unlink()
    assert files_of(go(request_for("whole", resume=True))) == before


def test_cancel_leaves_no_result(request_for):
    with pytest.raises(TrainingCancelled):
        go(request_for("cancelled"), StopAfter(2, "cancel"))
    assert not (request_for("cancelled").out / "adapter").exists()


def test_the_control_file_is_obeyed_once(tmp_path):
    control = Control(tmp_path / "control.json")
    assert control.command() is None
    control.path.write_text('{"command": "pause"}')
    assert control.command() == "pause"
    assert not control.path.exists()


def test_a_folder_holds_one_run(request_for):
    go(request_for("one", epochs=1))
    with pytest.raises(UsageError, match="already holds a run"):
        go(request_for("one", epochs=1))
    with pytest.raises(CheckpointError, match="holds no run"):
        go(request_for("none", resume=True))


def test_a_tampered_checkpoint_is_refused(request_for):
    with pytest.raises(TrainingPaused):
        go(request_for("run"), StopAfter(4, "pause"))
    tensors = list_checkpoints(request_for("run").out / "checkpoints")[-1] / "tensors.safetensors"
    data = bytearray(tensors.read_bytes())
    data[-1] ^= 1
    tensors.write_bytes(bytes(data))
    with pytest.raises(TamperedFileError) as caught:
        go(request_for("run", resume=True))
    assert caught.value.values["actual"] == file_sha256(tensors)


def test_a_checkpoint_of_other_settings_is_refused(request_for):
    with pytest.raises(TrainingPaused):
        go(request_for("run"), StopAfter(4, "pause"))
    with pytest.raises(CheckpointError, match="belongs to run"):
        go(request_for("run", resume=True, learningRate="0.001"))


def test_a_half_written_event_is_cut_off(tmp_path):
    path = tmp_path / "events.jsonl"
    path.write_text('{"type": "a", "sequence": 1}\n{"type": "b", "seq')
    events = Events(path, io.StringIO())
    events.emit("c")
    events.close()
    assert [json.loads(line)["sequence"] for line in path.read_text().splitlines()] == [1, 2]
