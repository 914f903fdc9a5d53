"""Keras 2's ``Tokenizer``: what it makes of texts."""

from __future__ import annotations

from keraslint.interpreter.libraries.array_shapes import as_dim
from keraslint.interpreter.libraries.array_values import array, as_array
from keraslint.interpreter.libraries.objects import library_object, methods_of
from keraslint.interpreter.scopes import Frame
from keraslint.interpreter.values import Opaque, Value
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown

TOKENIZER = "keras.preprocessing.text.Tokenizer"
WORDS = "keras.preprocessing.text.sequences"
method = methods_of(TOKENIZER)


def tokenizer(num_words: Value) -> Opaque:
    """A tokenizer that keeps the ``num_words - 1`` most frequent words."""
    return library_object(TOKENIZER, {"num_words": num_words})


def count_of(texts: Value) -> Dim:
    """How many texts there are."""
    model = as_array(texts)
    if model is None or isinstance(model.spec.shape, Unknown) or not model.spec.shape:
        return UNKNOWN
    return model.spec.shape[0]


@method("fit_on_texts fit_on_sequences")
def _fit(frame: Frame, self: Opaque, texts: Value) -> Value:
    return None


@method("texts_to_sequences")
def _texts_to_sequences(frame: Frame, self: Opaque, texts: Value) -> Value:
    words = self.attributes["num_words"]
    facts = {"low": 0, "high": words - 1} if isinstance(words, int) and words > 0 else None
    return Opaque(WORDS, {"count": count_of(texts), "facts": facts})


@method("texts_to_matrix sequences_to_matrix")
def _texts_to_matrix(frame: Frame, self: Opaque, texts: Value, mode: Value = "binary") -> Value:
    words = self.attributes["num_words"]
    return array((count_of(texts), UNKNOWN if words is None else as_dim(words)))
