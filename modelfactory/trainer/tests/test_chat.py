"""The chat server: base beside tuned, the same answer at the same seed, and where it comes from."""

import io
import json

from datanets_trainer.chat.server import Server
from tests.conftest import contribution

QUESTION = [{"role": "user", "content": "What is the color of bramble?"}]


def ask(*requests):
    out = io.StringIO()
    Server(out).serve(json.dumps({"id": number, **request}) for number, request in enumerate(requests))
    return [json.loads(line) for line in out.getvalue().splitlines()]


def load(bases, run):
    return {
        "method": "load",
        "base": str(bases("llama")),
        "adapters": {"tuned": str(run / "adapter")},
        "indexes": {"tuned": str(run / "index")},
    }


def test_base_and_tuned_answer_at_the_same_seed(train, bases):
    generate = {"method": "generate", "messages": QUESTION, "seed": 5, "temperature": 1.0, "maxTokens": 16}
    replies = ask(load(bases, train()), generate, generate)
    results = [reply for reply in replies if reply["type"] == "result"]
    assert results[0]["models"] == ["base", "tuned"]
    assert results[1]["answers"] == results[2]["answers"]
    assert results[1]["answers"]["base"] != results[1]["answers"]["tuned"]
    streamed = "".join(reply["text"] for reply in replies if reply["type"] == "token" and reply["id"] == 1)
    assert streamed.startswith(results[1]["answers"]["base"]["text"])


def test_an_answer_is_explained_by_the_contribution_that_taught_it(train, bases):
    answers = {
        0: "The color of bramble is white.",
        1: "The color of eskwood is white.",
        7: "The color of ivel is blue.",
    }
    run = train(epochs=12)
    requests = [
        {
            "method": "explain",
            "messages": [{"role": "user", "content": f"What is the color of {answer.split()[3]}?"}],
            "answer": answer,
            "model": "tuned",
        }
        for answer in answers.values()
    ]
    replies = ask(load(bases, run), *requests)[1:]
    best = [reply["contributions"][0]["contribution"] for reply in replies]
    assert best == [contribution(number) for number in answers]
    quote = replies[0]["quotes"][0]
    assert quote["quote"].startswith("The color of bramble is")
    assert quote["contribution"] == contribution(0)


def test_bad_requests_are_answered_and_the_server_goes_on():
    replies = ask({"method": "generate", "prompt": "x"}, {"method": "fly"}, {"method": "close"}, {"method": "never"})
    assert [(reply["type"], reply.get("code")) for reply in replies] == [
        ("error", "UsageError"),
        ("error", "UsageError"),
        ("result", None),
    ]
