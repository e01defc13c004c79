"""The numeric profile: which kernels may run. `prepare` must come before torch is imported.

Measured: the adapter's bytes are the same across processes and stop/resume, but differ between instruction sets,
attention kernels, precisions and, for some shapes, thread counts. `pinned` therefore fixes all four.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from .errors import BackendMissingError, ProfileError

PINNED_ENVIRONMENT = {"ATEN_CPU_CAPABILITY": "default", "MKL_CBWR": "COMPATIBLE", "MKL_DYNAMIC": "FALSE"}
CUDA_ENVIRONMENT = {"CUBLAS_WORKSPACE_CONFIG": ":4096:8"}
ATTENTION = "eager"


def prepare(profile: str, device: str, threads: int) -> None:
    """Sets the environment that torch reads when it is imported."""
    wanted = PINNED_ENVIRONMENT if profile == "pinned" else CUDA_ENVIRONMENT if device == "cuda" else {}
    changed = {name: value for name, value in wanted.items() if os.environ.get(name) != value}
    if changed and "torch" in sys.modules:
        raise ProfileError(
            f"torch was imported before the profile {profile} was set",
            limit=", ".join(f"{name}={value}" for name, value in wanted.items()),
            remedy="set these in the environment of the process, or start the trainer through its command line",
        )
    os.environ.update(changed)
    if "torch" not in sys.modules:
        os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = str(threads)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def apply(profile: str, device: str, threads: int) -> None:
    """Configures the imported torch and checks that the profile took."""
    import torch

    if device == "cuda" and not torch.cuda.is_available():
        raise BackendMissingError(
            "device cuda was asked for, but torch sees no CUDA device",
            limit="an NVIDIA GPU and a CUDA build of torch",
            remedy="set device to cpu, or install a CUDA build of torch",
        )
    torch.set_num_threads(threads)
    torch.use_deterministic_algorithms(True, warn_only=device == "cuda")
    torch.backends.mkldnn.enabled = profile != "pinned"
    if profile == "pinned" and torch.backends.cpu.get_cpu_capability() != "DEFAULT":
        raise ProfileError(
            f"torch uses {torch.backends.cpu.get_cpu_capability()} kernels under the profile pinned",
            limit=", ".join(f"{name}={value}" for name, value in PINNED_ENVIRONMENT.items()),
            remedy="set these in the environment before python starts",
        )


def describe(profile: str, device: str, precision: str) -> dict[str, Any]:
    """What goes into the run's manifest."""
    import torch

    return {
        "name": profile,
        "device": device,
        "deviceName": torch.cuda.get_device_name() if device == "cuda" else "cpu",
        "precision": precision,
        "attention": ATTENTION,
        "threads": torch.get_num_threads(),
        "environment": PINNED_ENVIRONMENT if profile == "pinned" else CUDA_ENVIRONMENT if device == "cuda" else {},
        "cpuCapability": torch.backends.cpu.get_cpu_capability(),
        "deterministic": True,
    }
