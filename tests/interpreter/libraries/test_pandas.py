"""What is known of tables."""

from typing import Any

import pytest

from keraslint.tensors.dims import UNKNOWN
from tests.interpreter.libraries.programs import interpret

SETUP = """
import numpy as np
import pandas as pd
df = pd.read_csv("data.csv")
named = pd.read_csv("data.csv", names=["a", "b", "c"])
made = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
"""

SHAPES: dict[str, Any] = {
    "df.values": (UNKNOWN, UNKNOWN),
    "df['a'].values": (UNKNOWN,),
    "df[['a', 'b']].values": (UNKNOWN, 2),
    "df[['a']].to_numpy()": (UNKNOWN, 1),
    "np.array(df[['a', 'b']])": (UNKNOWN, 2),
    "df.drop(columns=['a']).values": (UNKNOWN, UNKNOWN),
    "df.drop('a', axis=1).values": (UNKNOWN, UNKNOWN),
    "named.drop(columns=['a']).values": (UNKNOWN, 2),
    "named.drop('a', axis=1).values.astype('float32')": (UNKNOWN, 2),
    "named.values": (UNKNOWN, 3),
    "named.shape": (UNKNOWN, 3),
    "named.iloc[:, 0].values": (UNKNOWN,),
    "named.iloc[:, 0:2].values": (UNKNOWN, 2),
    "named.iloc[:, :-1].values": (UNKNOWN, 2),
    "df.iloc[:, :-1].values": (UNKNOWN, UNKNOWN),
    "df.iloc[:, -1].values": (UNKNOWN,),
    "df.loc[:, ['a', 'b']].values": (UNKNOWN, 2),
    "df[df['a'].map(str)]": UNKNOWN,
    "df['a'].astype('float32').to_numpy().reshape(-1, 1)": (UNKNOWN, 1),
    "pd.get_dummies(df['a']).values": (UNKNOWN, UNKNOWN),
    "made.values": (2, 2),
    "made['a'].values": (2,),
    "df.sample(frac=1).values": (UNKNOWN, UNKNOWN),
    "np.array(df.values)": (UNKNOWN, UNKNOWN),
    "df.values.reshape(-1, 28, 28, 1)": (UNKNOWN, 28, 28, 1),
}


@pytest.mark.parametrize(("expression", "shape"), SHAPES.items())
def test_shape(expression: str, shape: Any) -> None:
    found = interpret(f"{SETUP}\nresult = {expression}")["result"]
    assert (found.spec.shape if hasattr(found, "spec") else found) == shape


def test_columns_set_and_taken_away() -> None:
    names = interpret(
        f"{SETUP}\n"
        "named['d'] = 1\n"
        "n = named.values\n"
        "y = named.pop('a')\n"
        "m = named.values\n"
        "z = y.values\n"
        "named.drop(columns=['b', 'c'], inplace=True)\nk = named.values"
    )
    assert [names[key].spec.shape for key in "nmzk"] == [
        (UNKNOWN, 4),
        (UNKNOWN, 3),
        (UNKNOWN,),
        (UNKNOWN, 1),
    ]


def test_columns_of_a_branch_are_unknown_after_it() -> None:
    names = interpret(
        f"{SETUP}\n"
        "if len(open('f').read()):\n"
        "    named['d'] = 1\n"
        "n = named.values\n"
        "m = named[['a']].values"
    )
    assert names["n"].spec.shape == (UNKNOWN, UNKNOWN)
    assert names["m"].spec.shape == (UNKNOWN, 1)
