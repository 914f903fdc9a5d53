"""Pictures in the language of their readers."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import keraslint.diagrams
from keraslint.diagrams import Options, picture, render
from keraslint.diagrams.language import NOUNS, TEXTS, count, known, say, speaking
from keraslint.diagrams.measure import wrap
from tests.diagrams.drawing import EXAMPLES, example, sequential, texts, with_failures
from tests.diagrams.test_failures import RANK
from tests.diagrams.test_room import LAYERS

ROOM = Path(keraslint.diagrams.__file__).parent


def words(drawn):
    return " ".join(text.text for text, _ in texts(drawn))


def test_conv1d_in_chinese():
    drawn = picture(example("tutorial").models[0], Options(language="zh"))
    said = words(drawn)
    for word in (
        "步 = 10",
        "特征 = 32",
        "一个卷积窗口",
        "64 个滤波器",
        "6,208 个参数",
        "看到 5 步",
    ):
        assert word in said
    for word in ("steps", "filter", "window", "sees", "layer", "padding"):
        assert word not in said
    assert drawn.title == "model — Sequential, 2 层, 12,384 个参数"
    assert drawn.description.startswith("张量 (batch, 10, 32)")


def test_errors_in_chinese():
    model, failures = with_failures(RANK)
    said = words(picture(model, Options(language="zh"), failures))
    assert "需要 4 维" in said
    assert "实际是 (batch, 10, 64)" in said


def test_the_next_picture_is_in_english_again():
    render([example("tutorial").models[0]], "svg", Options(language="zh"))
    assert "one kernel window" in words(picture(example("tutorial").models[0]))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_text_leaves_a_chinese_picture(path):
    for model in example(path.stem).models:
        drawn = picture(model, Options(language="zh"))
        for _, box in texts(drawn):
            assert box.left >= 0
            assert box.right <= drawn.width


@pytest.mark.parametrize(("layer", "shape"), LAYERS)
def test_every_layer_is_said_in_chinese(layer, shape):
    if "Attention" in layer:
        return
    said = words(picture(sequential(layer, shape=shape), Options(view="tensors", language="zh")))
    assert not re.search(r"\b(window|value|channel|state|step|rows|cols|the|one)s?\b", said)


@pytest.mark.parametrize(
    ("given", "spoken"),
    [("zh", "zh"), ("zh_CN", "zh"), ("zh-Hans", "zh"), ("de", "en"), ("", "en")],
)
def test_languages_that_are_not_known_are_english(given, spoken):
    assert known(given) == spoken


def test_values_stand_where_the_language_has_them():
    with speaking("zh"):
        assert say("needs {} on axis {}", 3, 1) == "需要 3（第 1 轴）"
        assert count(1, "filter") == "1 个滤波器"
    assert count(1, "filter") == "1 filter"
    assert count("n", "filter") == "n filters"


def test_chinese_is_broken_without_spaces_but_not_before_punctuation():
    text = "Conv2D：卷积核覆盖全部通道，沿两个轴（行、列）滑动"
    for room in range(60, 300, 10):
        lines = wrap(text, room, 10, most=9)
        assert "".join(lines) == text
        assert not any(line[0] in "，、）：" for line in lines)


def said_in_the_room():
    """Every text that the room says, read from its source."""
    for path in sorted(ROOM.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
                [first, *_] = node.args
                if isinstance(first, ast.Constant):
                    yield first.value


@pytest.mark.parametrize("language", TEXTS)
def test_every_text_has_its_translation(language):
    spoken = set(said_in_the_room())
    assert len(spoken) > 50
    assert spoken <= set(TEXTS[language])
    for text, translated in TEXTS[language].items():
        assert text.count("{}") == translated.count("{}")
    assert set(NOUNS[language]) >= {"layer", "filter", "param", "step"}
