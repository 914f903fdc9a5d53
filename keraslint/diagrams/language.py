"""What pictures say, in the language of their readers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ENGLISH = "en"

NOUNS = {
    "zh": {
        "layer": "层",
        "card": "个框",
        "operation": "个运算",
        "filter": "个滤波器",
        "unit": "个单元",
        "head": "个头",
        "token": "个词元",
        "value": "个值",
        "step": "步",
        "param": "个参数",
    },
}
"""Counted things by language, with what stands between the number and the thing."""

TEXTS = {
    "zh": {
        # axes
        "steps": "步",
        "features": "特征",
        "rows": "行",
        "cols": "列",
        "channels": "通道",
        "depth": "深度",
        "sides": "边",
        "axis {}": "轴 {}",
        # windows and what they make
        "one window": "一个窗口",
        "one kernel window": "一个卷积窗口",
        "one pooling window": "一个池化窗口",
        "{} (drawn enlarged)": "{}（放大绘制）",
        "the next window": "下一个窗口",
        "zero padding ({})": "补零（{}）",
        "0-pad": "补零",
        "1 index": "1 个索引",
        "{} + state {}": "{} + 状态 {}",
        "1 value per filter": "每个滤波器 1 个值",
        "1 value per filter of the group": "组内每个滤波器 1 个值",
        "{} per channel": "每个通道 {}",
        "1 value per unit": "每个单元 1 个值",
        "1 unit sees every feature": "1 个单元看到全部特征",
        "spread by the kernel": "由卷积核展开",
        "repeated": "重复",
        "zeros added": "补上的零",
        "cut off": "被裁掉的部分",
        "the max, channel by channel": "逐通道取最大值",
        "the mean, channel by channel": "逐通道取平均值",
        "the max of a channel": "一个通道的最大值",
        "the mean of a channel": "一个通道的平均值",
        "the state at each step": "每一步的状态",
        "the state after the last step": "最后一步之后的状态",
        "one vector per index": "每个索引一个向量",
        "the same values in a row": "同样的值排成一行",
        "the same values, other axes": "同样的值，换了轴",
        "the same values, axes swapped": "同样的值，轴互换",
        "the same vector at each step": "每一步都是同一个向量",
        "the same values": "同样的值",
        "what one window makes": "一个窗口的结果",
        "one output step: {}": "一个输出步：{}",
        "one output pixel: {}": "一个输出像素：{}",
        "one position: {}": "一个位置：{}",
        "size not fixed": "大小不固定",
        "log scale, n = size of the axis: {}": "对数比例，n = 轴的长度：{}",
        "{}: the kernel {} and slides along {}": "{}：卷积核{}，沿{}滑动",
        "covers every feature": "覆盖全部特征",
        "covers every channel": "覆盖全部通道",
        "covers one feature at a time": "每次只覆盖一个特征",
        "covers one channel at a time": "每次只覆盖一个通道",
        "covers the features of its group": "只覆盖本组的特征",
        "covers the channels of its group": "只覆盖本组的通道",
        "one axis (steps)": "一个轴（步）",
        "two axes (rows, cols)": "两个轴（行、列）",
        "three axes": "三个轴",
        # captions
        "input": "输入",
        "unknown from here on": "从这里起未知",
        "{} · rank {}": "{} · {} 维",
        "sees everything": "看到全部输入",
        "sees {}": "看到 {}",
        "{} kept": "{} 不变",
        # arguments
        "{} groups": "{} 组",
        "vectors of {}": "{} 维向量",
        "window {}": "窗口 {}",
        "stride {}": "步长 {}",
        "dilation {}": "膨胀 {}",
        "multiplier {}": "倍数 {}",
        "pad {}": "填充 {}",
        "crop {}": "裁剪 {}",
        "order {}": "顺序 {}",
        "rate {}": "比率 {}",
        "key {}": "键 {}",
        "every step": "每一步",
        "backwards": "反向",
        # graphs
        "Input": "输入",
        "Stem": "主干前段",
        "Head": "输出头",
        "drawn as {}": "画成 {}",
        "what feeds what is not known": "层与层之间的连接未知",
        "{} and {}": "{}、{}",
        "squeeze-excite": "压缩激励",
        "{} shortcut": "{} 捷径",
        "identity shortcut": "恒等捷径",
        "projection shortcut": "投影捷径",
        "pooled shortcut": "池化捷径",
        "repeated, with the same shapes": "重复，形状相同",
        "skip connection": "跳跃连接",
        "{}: first axis down, last across": "{}：第一个轴向下，最后一个轴向右",
        "error: the card leads to the rule": "错误：点击红框查看规则",
        "shared: again after {}": "共享：又用在 {} 之后",
        "itself": "自身",
        "→ {} unknown from here on": "→ {} 从这里起未知",
        # errors
        "got {}": "实际是 {}",
        "needs rank {}": "需要 {} 维",
        "needs at least rank {}": "至少需要 {} 维",
        "needs {} on axis {}": "需要 {}（第 {} 轴）",
        "needs equal shapes": "需要相同的形状",
        "the window does not fit": "窗口放不下",
        "needs as many elements": "元素个数必须相同",
        "{}: needs {}": "{}：需要 {}",
        "✖ {} {}, got {}": "✖ {} {}，实际是 {}",
        # tables and sentences
        "Layer": "层",
        "Class": "类",
        "Arguments": "参数",
        "Output": "输出",
        "Params": "参数量",
        "What it does": "作用",
        "From": "来自",
        "A tensor {}": "张量 {}",
        "{} refuses it ({}: {})": "{} 不接受它（{}：{}）",
        "{} makes it {}": "{} 把它变成 {}",
        "{} gives {}": "{} 给出 {}",
        "{} {} times": "{} {} 次",
    },
}
"""Texts by language; `{}` stands for what differs from picture to picture."""

LANGUAGES = (ENGLISH, *TEXTS)

_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


def known(language: str) -> str:
    """The language among those that pictures speak: ``zh_CN`` is ``zh``, and others are English."""
    first = language.replace("_", "-").partition("-")[0].lower()
    return first if first in TEXTS else ENGLISH


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in that language meanwhile."""
    token = _spoken.set(known(language))
    try:
        yield
    finally:
        _spoken.reset(token)


def say(text: str, *values: object) -> str:
    """A text with its values in it: ``say("sees {}", "3 × 3")``."""
    return TEXTS.get(_spoken.get(), {}).get(text, text).format(*values)


def count(number: int | str, noun: str) -> str:
    """A number of things, or an expression for the number."""
    said = number if isinstance(number, str) else f"{number:,}"
    thing = NOUNS.get(_spoken.get(), {}).get(noun)
    if thing is not None:
        return f"{said} {thing}"
    return f"{said} {noun}{'' if number == 1 else 's'}"
