"""Checkpoints: safetensors and canonical JSON, never a pickle, written in one atomic step.

A checkpoint holds all that decides the rest of the run: adapter, optimizer, random state, scores. So a run resumed
after `kill -9` ends in the same adapter bytes as one that was never stopped.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from ..canonical import file_sha256, write_canonical
from ..errors import CheckpointError, TamperedFileError

TENSORS = "tensors.safetensors"
STATE = "state.json"
PREFIX = "step-"


@dataclass(slots=True)
class Checkpoint:
    """The state after `step` optimizer steps."""

    run: str
    """Digest of settings, base, data and parent: a checkpoint serves no other run."""
    step: int
    tokens: int
    """Tokens seen, padding excluded."""
    tensors: dict[str, torch.Tensor]


def save_checkpoint(folder: Path, checkpoint: Checkpoint, keep: int) -> Path:
    """Writes beside, renames into place, then removes all but the newest `keep`."""
    target = folder / f"{PREFIX}{checkpoint.step:08d}"
    temporary = folder / f".{target.name}.part"
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    save_file({name: tensor.cpu().contiguous() for name, tensor in checkpoint.tensors.items()}, temporary / TENSORS)
    with open(temporary / TENSORS, "rb") as handle:
        os.fsync(handle.fileno())
    facts = {
        "run": checkpoint.run,
        "step": checkpoint.step,
        "tokens": checkpoint.tokens,
        "sha256": file_sha256(temporary / TENSORS),
    }
    write_canonical(temporary / STATE, facts)
    shutil.rmtree(target, ignore_errors=True)
    os.replace(temporary, target)
    for old in list_checkpoints(folder)[:-keep]:
        shutil.rmtree(old)
    return target


def list_checkpoints(folder: Path) -> list[Path]:
    """Complete checkpoints, oldest first."""
    return sorted(folder.glob(f"{PREFIX}*")) if folder.is_dir() else []


def load_latest(folder: Path, run: str) -> Checkpoint:
    """The newest checkpoint, after its digest and its run were checked."""
    found = list_checkpoints(folder)
    if not found:
        raise CheckpointError(
            f"no checkpoint in {folder.parent.name}", limit="at least one", remedy="start the run without --resume"
        )
    path = found[-1]
    facts = _facts(path)
    actual = file_sha256(path / TENSORS) if (path / TENSORS).is_file() else "absent"
    if actual != facts["sha256"]:
        raise TamperedFileError(
            f"{path.name}/{TENSORS} is {actual}, recorded is {facts['sha256']}",
            limit="the recorded bytes",
            remedy=f"delete {path.name}: the one before it is used, or the run starts again",
            file=f"{path.name}/{TENSORS}",
            expected=facts["sha256"],
            actual=actual,
        )
    if facts["run"] != run:
        raise CheckpointError(
            f"{path.name} belongs to run {facts['run']}, this is {run}",
            limit="the same settings, base, data and parent",
            remedy="resume with the settings and data the run was started with",
            expected=run,
            actual=facts["run"],
        )
    return Checkpoint(facts["run"], facts["step"], facts["tokens"], load_file(path / TENSORS))


def _facts(path: Path) -> dict[str, Any]:
    try:
        return json.loads((path / STATE).read_text())
    except (OSError, json.JSONDecodeError) as cause:
        raise CheckpointError(
            f"{path.name}/{STATE} cannot be read: {cause}", limit="a complete checkpoint", remedy=f"delete {path.name}"
        ) from cause


def gather(
    parameters: dict[str, torch.nn.Parameter], optimizer: torch.optim.Optimizer, losses: list[float], extra: dict
) -> dict[str, torch.Tensor]:
    """All tensors of a checkpoint under flat names."""
    tensors = {f"adapter.{name}": parameter.detach() for name, parameter in parameters.items()}
    for name, parameter in parameters.items():
        for part, value in optimizer.state.get(parameter, {}).items():
            tensors[f"optimizer.{part}.{name}"] = value
    tensors["random.cpu"] = torch.get_rng_state()
    if torch.cuda.is_available():
        tensors["random.cuda"] = torch.cuda.get_rng_state()
    tensors["losses"] = torch.tensor(losses, dtype=torch.float64)
    return tensors | {f"extra.{name}": tensor for name, tensor in extra.items()}


def scatter(
    tensors: dict[str, torch.Tensor], parameters: dict[str, torch.nn.Parameter], optimizer: torch.optim.Optimizer
) -> tuple[list[float], dict[str, torch.Tensor]]:
    """Puts a checkpoint's tensors back; returns the losses so far and the extra tensors."""
    with torch.no_grad():
        for name, parameter in parameters.items():
            parameter.copy_(tensors[f"adapter.{name}"])
            parts = ("step", "exp_avg", "exp_avg_sq")
            if f"optimizer.step.{name}" in tensors:
                optimizer.state[parameter] = {
                    part: tensors[f"optimizer.{part}.{name}"].clone().to(parameter.device) for part in parts
                }
    torch.set_rng_state(tensors["random.cpu"])
    if "random.cuda" in tensors and torch.cuda.is_available():
        torch.cuda.set_rng_state(tensors["random.cuda"])
    extra = {name.removeprefix("extra."): tensor for name, tensor in tensors.items() if name.startswith("extra.")}
    return tensors["losses"].tolist(), extra
