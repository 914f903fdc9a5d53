"""The data sets that come with Keras: their sizes, dtypes and labels."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dataset:
    """What ``keras.datasets.<name>.load_data()`` gives.

    Attributes:
        train, test: the number of samples.
        sample, dtype: shape and dtype of one sample; the dtype is `None` for lists of words.
        label, label_dtype: shape and dtype of one label.
        classes: the number of classes, numbered from 0; `None` for regression.
        every_class_tested: whether the test samples are known to have every class too.
        total: the number of all samples, where ``test_split`` divides them.
    """

    train: int
    test: int
    sample: tuple[int, ...]
    dtype: str | None
    label: tuple[int, ...] = ()
    label_dtype: str = "uint8"
    classes: int | None = None
    every_class_tested: bool = True
    total: int | None = None

    def split(self, test_split: float) -> tuple[int, int]:
        """The numbers of training and test samples for another ``test_split``."""
        if self.total is None:
            return self.train, self.test
        train = int(self.total * (1 - test_split))
        return train, self.total - train


DATASETS = {
    "mnist": Dataset(60_000, 10_000, (28, 28), "uint8", classes=10),
    "fashion_mnist": Dataset(60_000, 10_000, (28, 28), "uint8", classes=10),
    "cifar10": Dataset(50_000, 10_000, (32, 32, 3), "uint8", (1,), classes=10),
    "cifar100": Dataset(50_000, 10_000, (32, 32, 3), "uint8", (1,), "int64", classes=100),
    "imdb": Dataset(25_000, 25_000, (), None, label_dtype="int64", classes=2),
    "reuters": Dataset(
        8_982, 2_246, (), None, (), "int64", classes=46, every_class_tested=False, total=11_228
    ),
    "boston_housing": Dataset(404, 102, (13,), "float64", (), "float64", total=506),
    "california_housing": Dataset(16_512, 4_128, (8,), "float32", (), "float32", total=20_640),
}
CALIFORNIA_SMALL = Dataset(480, 120, (8,), "float32", (), "float32", total=600)
COARSE_CLASSES = 20
