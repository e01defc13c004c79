"""Every failure of the trainer: one class per failure, with what, limit and remedy.

The class name is the error's `code` on the wire. Exit codes are per family of failure, so a supervisor can decide
between "fix the request" and "try again" without reading text.
"""

from __future__ import annotations

from typing import Any

EXIT_OK = 0
EXIT_UNEXPECTED = 1
EXIT_USAGE = 2
EXIT_SETTINGS = 3
EXIT_DATA = 4
EXIT_BASE = 5
EXIT_TAMPERED = 6
EXIT_RESOURCE = 7
EXIT_NUMERIC = 8
EXIT_PAUSED = 20
EXIT_CANCELLED = 21


class TrainerError(Exception):
    """A refusal or failure the caller can act on."""

    exit_code = EXIT_UNEXPECTED

    def __init__(self, message: str, *, limit: str, remedy: str, **values: Any):
        super().__init__(message)
        self.message = message
        self.limit = limit
        self.remedy = remedy
        self.values = values

    def to_json(self) -> dict[str, Any]:
        return {
            "type": "error",
            "code": type(self).__name__,
            "message": self.message,
            "limit": self.limit,
            "remedy": self.remedy,
            "values": self.values,
            "exitCode": self.exit_code,
        }


class UsageError(TrainerError):
    """The command line or a chat request cannot be understood."""

    exit_code = EXIT_USAGE


class SettingsError(TrainerError):
    """One or more settings are out of range; `values.problems` lists all of them."""

    exit_code = EXIT_SETTINGS


class ProfileError(TrainerError):
    """The process cannot run under the numeric profile the settings ask for."""

    exit_code = EXIT_SETTINGS


class DataError(TrainerError):
    """The source list or a contribution in it cannot be turned into examples."""

    exit_code = EXIT_DATA


class ModalityError(DataError):
    """A text model was asked to train on images or audio."""


class NoExamplesError(DataError):
    """Nothing is left to train on or to hold out."""


class TemplateError(DataError):
    """The chat template cannot tell which tokens the assistant wrote."""


class UnsupportedFamilyError(TrainerError):
    """The base model's type is not in the table of families."""

    exit_code = EXIT_BASE


class RemoteCodeError(TrainerError):
    """The base model needs code from its repository."""

    exit_code = EXIT_BASE


class UnsafeWeightsError(TrainerError):
    """The base model or adapter has no safetensors weights."""

    exit_code = EXIT_BASE


class BaseNotFoundError(TrainerError):
    """The base model is neither a local directory nor a reachable hub repository."""

    exit_code = EXIT_BASE


class TargetsError(TrainerError):
    """The LoRA targets name no layer of this base, or one that must not be adapted."""

    exit_code = EXIT_BASE


class MergeRefusedError(TrainerError):
    """A merge into a 4-bit base was asked for."""

    exit_code = EXIT_BASE


class ExportMismatchError(TrainerError):
    """The exported model does not answer as the adapter on its base does."""

    exit_code = EXIT_NUMERIC


class AdapterMismatchError(TrainerError):
    """A parent's adapter does not fit the settings of the run."""

    exit_code = EXIT_SETTINGS


class TamperedFileError(TrainerError):
    """A file's bytes are not the ones that were recorded for it."""

    exit_code = EXIT_TAMPERED


class CheckpointError(TrainerError):
    """A checkpoint is missing, incomplete or belongs to another run."""

    exit_code = EXIT_TAMPERED


class MemoryLimitError(TrainerError):
    """The run is estimated to need more memory than allowed."""

    exit_code = EXIT_RESOURCE


class BackendMissingError(TrainerError):
    """A chosen device or library is not on this machine."""

    exit_code = EXIT_RESOURCE


class NonFiniteLossError(TrainerError):
    """The loss or gradient became NaN or infinite."""

    exit_code = EXIT_NUMERIC


class TrainingPaused(Exception):
    """Not a failure: a checkpoint was written and the run stopped on request."""

    exit_code = EXIT_PAUSED


class TrainingCancelled(Exception):
    """Not a failure: the run was stopped on request and keeps no result."""

    exit_code = EXIT_CANCELLED
