"""A program with one more call at its end, of a function that makes a model."""

from __future__ import annotations

from dataclasses import replace

from keraslint.sources.source import Source
from keraslint.usage import UsageError

CALLED = "keraslint_model"
"""The variable that keeps what the call gives."""


def with_call(source: Source, qualname: str, arguments: str) -> Source:
    """The program followed by the call, to be read like the rest of it; nothing is run.

    Args:
        source: the program.
        qualname: the function or class.
        arguments: what to call it with, such as ``10, pooling="max"``: literals only.

    Raises:
        UsageError: the arguments are something else.
    """
    call = f"\n\n{CALLED} = {qualname}({literals(arguments)})\n"
    return replace(source, text=source.text + call)


def literals(arguments: str) -> str:
    """The arguments on one line.

    Raises:
        UsageError: they are no arguments of a call, or not all of them are literals.
    """
    import ast

    text = " ".join(arguments.split())
    try:
        call = ast.parse(f"f({text})", mode="eval").body
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)):
            raise ValueError
        for value in (*call.args, *(keyword.value for keyword in call.keywords)):
            ast.literal_eval(value)
        if any(keyword.arg is None for keyword in call.keywords):
            raise ValueError
    except (SyntaxError, TypeError, ValueError, RecursionError, MemoryError) as error:
        raise UsageError(
            f"{text!r} cannot be passed: give literals, such as '10, pooling=\"max\"'"
        ) from error
    return text
