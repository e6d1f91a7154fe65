"""What regular expressions need of a text: a prefilter may let too much through, and never too little."""

import re
import string
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.util import AtomicString

from chautari.prefilter import Prefiltered, needed

NEEDED = {
    r"\*|_": ["*", "_"],
    r"  \n": ["  \n"],
    r"(?<!\!)\[": ["["],
    r"<([^<> !]+@[^@<> ]+)>": ["<"],
    r"(&(?:\#[0-9]+|\#x[0-9a-fA-F]+|[a-zA-Z0-9]+);)": ["&"],
    r"(?i)<((?:ht|f)tps?://[^<>]*)>": ["://"],
    r"(?i)w{3}\.\w": ["WW.", "Ww.", "wW.", "ww."],
    r"(?:^|\n)!{3} ?(\w+)": ["!!!"],
    r"a(?=\^)(?#seen ahead)": ["^"],
    r"(?:>>|<<)+x": ["<<", ">>"],
    r"(?>\{\{)++": ["{{"],
    r"(?P<a>~)?(?(a)~|\|)": [],
    r"\d+\.[ ]+(.*)": [],
    r"(a|[^b]|\$)": [],
    r"(?:\$)*": [],
    r"[^$]": [],
    r"(?<!\$)x": [],
    r"ক্ষ|ខ្មែរ": ["ক্ষ", "ខ្មែរ"],
}


@pytest.mark.parametrize("expression", NEEDED)
def test_what_an_expression_needs(expression: str) -> None:
    assert list(needed(re.compile(expression))) == NEEDED[expression]


@given(st.data())
def test_no_match_lacks_what_its_expression_needs(data: st.DataObject) -> None:
    expression = re.compile(data.draw(st.sampled_from(sorted(NEEDED))))
    text = data.draw(st.from_regex(expression))
    assert any(each in text for each in needed(expression) or [""])


@pytest.mark.parametrize("expression", [re.compile(b"<"), "<", None])
def test_of_what_is_no_expression_over_text_nothing_is_known(expression: object) -> None:
    assert needed(expression) == ()


def test_no_sign_beyond_ascii_is_taken_for_a_letter_that_is_looked_for() -> None:
    beyond = "".join(map(chr, range(128, sys.maxunicode + 1)))
    for letter in string.printable:
        if any(letter in each for each in needed(re.compile(f"~{re.escape(letter)}", re.IGNORECASE))):
            assert not re.search(re.escape(letter), beyond, re.IGNORECASE)


@given(st.text("<a>b \n"), st.integers(0, 4))
def test_a_prefiltered_expression_finds_what_it_would_have_found(text: str, start: int) -> None:
    expression = re.compile(r"<(\w)>", re.MULTILINE)
    quick = Prefiltered(expression, needed(expression))
    for method in ("search", "match", "fullmatch", "findall", "split"):
        plain, found = getattr(expression, method)(text), getattr(quick, method)(text)
        assert repr(plain) == repr(found)
    assert quick.sub(r"\1", text) == expression.sub(r"\1", text)
    assert repr(quick.search(text, start)) == repr(expression.search(text, start))
    assert quick.pattern == expression.pattern


def test_nothing_replaced_in_a_string_of_another_class_leaves_a_plain_one() -> None:
    expression = re.compile("<")
    for each in (expression, Prefiltered(expression, ["<"])):
        assert type(each.sub("", AtomicString("plain"))) is str
