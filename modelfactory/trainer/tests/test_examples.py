"""The rule that turns contributions into examples."""

import json

import pytest

from datanets_trainer.data.examples import read_examples
from datanets_trainer.data.sources import Source, read_sources
from datanets_trainer.errors import DataError, ModalityError, TamperedFileError
from tests.conftest import source, write_sources


def read(text, kind="txt"):
    return read_examples([Source("0xaa", "0xbb", kind, text)])


def turns(example):
    return [(message["role"], message["content"]) for message in example.messages]


def test_plain_text_is_one_piece():
    assert [example.text for example in read("One.\n\nTwo.").examples] == ["One.\n\nTwo."]


def test_markdown_is_split_before_headings_and_loses_front_matter():
    text = "---\ntitle: x\n---\n# A\n\none\n\n```\n# no heading\n```\n\n## B\n\ntwo\n"
    assert [example.text.splitlines()[0] for example in read(text, "md").examples] == ["# A", "## B"]


def test_question_and_answer_blocks_are_chats():
    reading = read("Intro.\n\nQ: Who?\nA: Owls.\n\nOutro.")
    assert [bool(example.messages) for example in reading.examples] == [False, True, False]
    assert turns(reading.examples[1]) == [("user", "Who?"), ("assistant", "Owls.")]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"instruction": "Add", "input": "1+1", "output": "2"}, [("user", "Add\n1+1"), ("assistant", "2")]),
        ({"prompt": "Hi", "completion": "Ho"}, [("user", "Hi"), ("assistant", "Ho")]),
        (
            {"conversations": [{"from": "human", "value": "a"}, {"from": "gpt", "value": "b"}], "system": "s"},
            [("system", "s"), ("user", "a"), ("assistant", "b")],
        ),
        (
            {"instruction": "c", "output": "d", "history": [["a", "b"]]},
            [("user", "a"), ("assistant", "b"), ("user", "c"), ("assistant", "d")],
        ),
    ],
)
def test_rows_become_chats(row, expected):
    assert turns(read(json.dumps(row)).examples[0]) == expected


def test_bad_rows_are_skipped_with_a_reason():
    rows = [{"messages": [{"role": "user", "content": "x"}]}, {"other": 1}, {"text": "fine"}]
    reading = read("\n".join(map(json.dumps, rows)))
    assert [example.text for example in reading.examples] == ["fine"]
    assert [(skip["row"], skip["reason"]) for skip in reading.skipped] == [
        (1, "there is no answer by the assistant"),
        (2, "unknown row with the keys other"),
    ]


def test_a_text_that_only_starts_like_json_is_plain_text():
    assert read("{not json}\nsecond line").examples[0].text.startswith("{not json}")


@pytest.mark.parametrize(("kind", "modality"), [("png", "Image"), ("mp3", "Audio")])
def test_image_and_audio_are_refused(tmp_path, kind, modality):
    with pytest.raises(ModalityError, match="a text model cannot be trained") as caught:
        read_sources(write_sources(tmp_path / "d.jsonl", [source(1, 1, "x", kind)]))
    assert caught.value.values["modality"] == modality


def test_all_bad_lines_are_reported(tmp_path):
    rows = [
        {**source(1, 1, "x"), "contributor": "bob"},
        source(2, 1, "x", "exe"),
        source(3, 1, "ok"),
        source(3, 1, "ok"),
    ]
    with pytest.raises(DataError) as caught:
        read_sources(write_sources(tmp_path / "d.jsonl", rows))
    assert len(caught.value.values["problems"]) == 3


def test_a_changed_file_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text("changed")
    row = {**source(1, 1, ""), "format": "txt", "path": "a.txt", "sha256": "0x" + "0" * 64}
    del row["text"]
    with pytest.raises(TamperedFileError, match=r"a\.txt"):
        read_sources(write_sources(tmp_path / "d.jsonl", [row]))
