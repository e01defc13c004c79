"""Exact spans: maximal, on word borders, credited to the earliest text."""

import random

from datanets_trainer.attribution.spans import SpanIndex

TEXTS = [
    "The river Aln flows past the old mill.",
    "Past the old mill stands a tower.",
    "Nothing here.",
    "The river Aln flows past the old mill.",
]


def quotes(answer, texts=TEXTS, shortest=8):
    return [(span.quote, span.text, span.count) for span in SpanIndex.build(texts).spans(answer, shortest)]


def test_the_longest_span_is_quoted_once_with_the_earliest_text():
    assert quotes("I think the river Aln flows past the old ruin.") == [("river Aln flows past the old", 0, 2)]


def test_no_span_crosses_two_texts():
    assert quotes("tower. Nothing here. The river") == [("Nothing here.", 2, 1), ("The river", 0, 2)]


def test_it_finds_what_a_plain_search_finds():
    draw = random.Random(3)
    texts = [" ".join(draw.choice("abc") * draw.randint(1, 2) for _ in range(30)) for _ in range(5)]
    answer = " ".join(draw.choice("abc") * draw.randint(1, 2) for _ in range(12))
    for quote, text, count in quotes(answer, texts, 1):
        assert quote in texts[text]
        assert not any(quote in earlier for earlier in texts[:text])
        assert count == sum(sum(text.startswith(quote, place) for place in range(len(text))) for text in texts)


def test_it_survives_a_round_trip(tmp_path):
    index = SpanIndex.build(TEXTS)
    index.save(tmp_path)
    assert SpanIndex.load(tmp_path).spans(TEXTS[1]) == index.spans(TEXTS[1])
