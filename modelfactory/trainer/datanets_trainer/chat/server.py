"""The chat server: one JSON request per line on stdin, JSON lines with the request's `id` on stdout.

    {"id": 1, "method": "load", "base": "DIR", "adapters": {"tuned": "RUN/adapter"}, "indexes": {"tuned": "RUN/index"}}
    {"id": 2, "method": "generate", "messages": [{"role": "user", "content": "…"}], "models": ["base", "tuned"],
     "seed": 7, "temperature": 0.7, "topP": 0.9, "maxTokens": 128}
    {"id": 3, "method": "explain", "messages": […], "answer": "…", "model": "tuned", "top": 5}
    {"id": 4, "method": "close"}

`generate` streams {"type": "token", "model", "text"} and ends, as every request, with one `result` or `error`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from ..errors import TrainerError, UsageError
from .explain import Explainer
from .session import BASE, Session

MOST_TOKENS = 4096


class Server:
    """Answers requests in order; a bad request answers with an error and serves on."""

    def __init__(self, out: IO[str]):
        self.out = out
        self.session: Session | None = None
        self.explainers: dict[str, Explainer] = {}

    def serve(self, lines: Iterable[str]) -> None:
        for line in lines:
            if not line.strip():
                continue
            request: dict[str, Any] = {}
            try:
                request = _request(line)
                if request["method"] == "close":
                    self._say(request, "result")
                    return
                self._say(request, "result", **getattr(self, f"_{request['method']}")(request))
            except TrainerError as error:
                self._say(request, **error.to_json())
            except (KeyError, TypeError, ValueError, OSError) as cause:
                bad = UsageError(
                    f"{type(cause).__name__}: {cause}",
                    limit="one JSON object per line, see chat/server.py",
                    remedy="correct the request",
                )
                self._say(request, **bad.to_json())

    def _load(self, request: dict[str, Any]) -> dict[str, Any]:
        adapters = {name: Path(path) for name, path in request.get("adapters", {}).items()}
        self.session = Session(
            Path(request["base"]), adapters, request.get("precision", "float32"), request.get("device", "cpu")
        )
        self.explainers = {name: Explainer(Path(path)) for name, path in request.get("indexes", {}).items()}
        return {"models": [BASE, *adapters]}

    def _generate(self, request: dict[str, Any]) -> dict[str, Any]:
        session = self._loaded()
        if not 1 <= int(request.get("maxTokens", 128)) <= MOST_TOKENS:
            raise UsageError(
                f"maxTokens is {request['maxTokens']}", limit=f"1 to {MOST_TOKENS}", remedy="ask for fewer tokens"
            )
        answers = {}
        for name in request.get("models", [BASE, *session.adapters]):

            def said(text: str, model: str = name) -> None:
                self._say(request, "token", model=model, text=text)

            answers[name] = session.answer(name, _messages(request), request, said)
        return {"answers": answers}

    def _explain(self, request: dict[str, Any]) -> dict[str, Any]:
        session, name = self._loaded(), request["model"]
        if name not in self.explainers:
            raise UsageError(
                f"no index is loaded for {name!r}",
                limit=f"loaded: {', '.join(self.explainers) or 'none'}",
                remedy="name the run's index folder under `indexes` when loading",
            )
        explainer = self.explainers[name]
        return explainer.explain(session, name, _messages(request), str(request["answer"]), int(request.get("top", 5)))

    def _loaded(self) -> Session:
        if self.session is None:
            raise UsageError("no model is loaded", limit="load first", remedy='send {"method": "load", …}')
        return self.session

    def _say(self, request: dict[str, Any], type: str, **values: Any) -> None:
        self.out.write(json.dumps({"id": request.get("id"), "type": type, **values}, default=str) + "\n")
        self.out.flush()


METHODS = ("load", "generate", "explain", "close")


def _request(line: str) -> dict[str, Any]:
    request = json.loads(line)
    if not isinstance(request, dict) or request.get("method") not in METHODS:
        raise UsageError(
            "the request names no known method", limit=f"one of {', '.join(METHODS)}", remedy="set `method`"
        )
    return request


def _messages(request: dict[str, Any]) -> list[dict[str, str]]:
    if "messages" in request:
        return [{"role": str(turn["role"]), "content": str(turn["content"])} for turn in request["messages"]]
    return [{"role": "user", "content": str(request["prompt"])}]
