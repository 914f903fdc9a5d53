"""scikit-learn code, interpreted and executed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.model_selection import train_test_split

from keraslint.interpreter.values import Tensor
from keraslint.tensors.dims import UNKNOWN, Unknown
from tests.interpreter.libraries.programs import (
    assert_sound,
    execute,
    interpret,
    is_exact,
    value_of,
)

SETUP = """
import numpy as np
from sklearn import datasets, decomposition, model_selection, preprocessing, utils
from sklearn.model_selection import train_test_split
x = np.random.rand(23, 5)
y = np.random.randint(0, 3, 23)
iris = datasets.load_iris()
"""

EXACT = """
iris.data
iris.target
iris["data"].shape
datasets.load_digits().images
datasets.load_iris(return_X_y=True)[0]
datasets.load_wine(return_X_y=True)[1]
datasets.load_breast_cancer().data
datasets.load_diabetes().target
train_test_split(x, y)[0]
train_test_split(x, y)[3]
train_test_split(x, y, test_size=0.2, random_state=1)[1]
train_test_split(x, test_size=7)[0]
train_test_split(x, y, train_size=0.55)[2]
datasets.make_classification(n_samples=30, n_features=6)[0]
datasets.make_classification(30)[1]
datasets.make_regression(n_samples=10, n_features=3, n_targets=2)[1]
datasets.make_regression(10, 3)[1]
datasets.make_blobs(n_samples=12, centers=4, n_features=3)[0]
datasets.make_moons(20)[0]
preprocessing.StandardScaler().fit_transform(x)
preprocessing.MinMaxScaler().fit(x).transform(x)
preprocessing.LabelEncoder().fit_transform(iris.target)
decomposition.PCA(n_components=2).fit_transform(x)
utils.shuffle(x, y, random_state=0)[1]
utils.shuffle(x)
"""

SOUND = """
preprocessing.OneHotEncoder(sparse_output=False).fit_transform(y.reshape(-1, 1))
preprocessing.OneHotEncoder().fit_transform(y.reshape(-1, 1)).toarray()
preprocessing.LabelBinarizer().fit_transform(y)
[(p, q) for p, q in model_selection.KFold(3).split(x)][0]
train_test_split(list(range(10)), y[:10], test_size=3)
"""


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest.mark.parametrize("expression", lines(EXACT))
def test_array_is_known(expression: str) -> None:
    code = f"{SETUP}\nresult = {expression}"
    known, real = interpret(code)["result"], execute(code)["result"]
    assert_sound(known, real, expression)
    assert known == real if isinstance(known, tuple) else is_exact(known, real)


@pytest.mark.parametrize("expression", lines(SOUND))
def test_what_is_known_is_true(expression: str) -> None:
    code = f"{SETUP}\nresult = {expression}"
    known, real = interpret(code)["result"], execute(code)["result"]
    assert not isinstance(known, Unknown)
    assert_sound(known, real, expression)


@given(
    st.integers(2, 40),
    st.none() | st.floats(0.05, 0.95) | st.integers(1, 20),
    st.none() | st.floats(0.05, 0.95) | st.integers(1, 20),
)
def test_split_sizes_are_those_of_sklearn(n: int, test_size: Any, train_size: Any) -> None:
    try:
        real = train_test_split(list(range(n)), test_size=test_size, train_size=train_size)
    except ValueError:
        return
    call = (
        f"train_test_split(np.zeros(({n}, 2)), test_size={test_size!r}, train_size={train_size!r})"
    )
    known = value_of(
        call, "import numpy as np", "from sklearn.model_selection import train_test_split"
    )
    assert [part.spec.shape for part in known.items] == [(len(part), 2) for part in real]


def test_split_of_unknown_rows_keeps_the_other_axes() -> None:
    code = (
        f"{SETUP}\n"
        "z = np.zeros((len(open('f').read()), 4))\n"
        "a, b = train_test_split(z, test_size=0.2)"
    )
    assert interpret(code)["a"].spec.shape == (UNKNOWN, 4)


def test_one_hot_encoding_of_unknown_classes() -> None:
    found = value_of("preprocessing.LabelBinarizer().fit_transform(y)", SETUP)
    assert isinstance(found, Tensor)
    assert found.spec.shape == (23, UNKNOWN)
