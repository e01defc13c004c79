"""Canonical JSON: the bytes that are hashed."""

from fractions import Fraction

import pytest

from datanets_trainer.canonical import canonical, decimal_string, digest


def test_keys_are_sorted_by_utf16_code_units():
    assert canonical({"\U0001f600": 1, "\ufb33": 2, "a": 3}) == '{"a":3,"\U0001f600":1,"\ufb33":2}'


def test_strings_are_escaped_as_rfc_8785_asks():
    assert canonical('\u20ac$\x0f\nA\'B"\\"/') == '"\u20ac$\\u000f\\nA\'B\\"\\\\\\"/"'


@pytest.mark.parametrize("value", [1.5, {"a": [0.1]}, 2**53])
def test_floats_and_unsafe_integers_are_refused(value):
    with pytest.raises(TypeError):
        canonical(value)


def test_digest_ignores_key_order():
    assert digest({"a": 1, "b": [True, None]}) == digest({"b": [True, None], "a": 1})


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.1, "0.100000000000000006"), (-0.0, "0"), (Fraction(-1, 3), "-0.333333333333333333"), (1e-30, "0"), (12, "12")],
)
def test_decimals_are_plain_and_bounded(value, text):
    assert decimal_string(value) == text
