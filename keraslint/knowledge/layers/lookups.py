"""Vocabularies: words and integers become indices or one-hot vectors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from keraslint.knowledge.arguments import (
    as_dim,
    base_arguments,
    choice,
    flag,
    is_known,
    number,
    plain,
)
from keraslint.knowledge.faults import Fault, FaultKind
from keraslint.knowledge.layers.base import Call, Layer
from keraslint.knowledge.layers.checks import literal_dim, sole
from keraslint.knowledge.layers.encoding import (
    check_salt,
    counted,
    encoded,
    output_mode,
    refuse_sparse_indices,
)
from keraslint.knowledge.values import Callable_, ClassObject, KerasObject
from keraslint.tensors.dims import UNKNOWN, Dim, Unknown
from keraslint.tensors.shapes import Shape
from keraslint.tensors.specs import Nest, TensorSpec

MODES = ("int", "one_hot", "multi_hot", "count", "tf_idf")


class Lookup(Layer):
    """``(…)`` → indices of that shape, or vectors as long as the vocabulary.

    Attributes:
        vocabulary_size: the number of tokens with the special ones; dynamic before it is known.
    """

    takes_data = True
    base_arguments = frozenset(("trainable", "dtype", "vocabulary_size", "has_input_vocabulary"))
    token_type: type = str

    def check_base_arguments(self) -> None:
        """Only the name is looked at; dtype and trainable are dropped."""
        base_arguments({"name": self.arguments["name"]})

    def configure(self) -> None:
        """Check sizes, modes and special tokens, then take in the vocabulary."""
        if self.arguments["max_tokens"] is not None:
            most = number(self.arguments, "max_tokens")
            if isinstance(most, (int, float)) and most <= 1:
                raise Fault(
                    FaultKind.INVALID_VALUE, argument="max_tokens", expected=">= 2", found=most
                )
        elif flag(self.arguments, "pad_to_max_tokens") is True:
            raise Fault(FaultKind.MISSING_ARGUMENT, argument="max_tokens")
        number(self.arguments, "num_oov_indices", low=0)
        self.check_hash()
        self.mode = output_mode(self.arguments, MODES)
        if self.mode in MODES[1:] and flag(self.arguments, "invert") is True:
            raise Fault(
                FaultKind.INVALID_VALUE, argument="output_mode", expected="int", found=self.mode
            )
        refuse_sparse_indices(self.arguments, self.mode)
        self.check_weights_of_words()
        self.check_mask_token()
        self.check_unknown_token()
        self.vocabulary_size = as_dim(self.arguments.get("vocabulary_size"))
        vocabulary = self.arguments["vocabulary"]
        if vocabulary is not None:
            self.check_count_of_weights(vocabulary)
            self.learn(vocabulary)

    def check_hash(self) -> None:
        """Check how words out of vocabulary are hashed."""
        if "oov_method" in self.arguments:
            choice(self.arguments, "oov_method", ("floormod", "farmhash"))
        check_salt(self.arguments["salt"])

    def check_weights_of_words(self) -> None:
        """Inverse document frequencies belong to tf_idf and to a vocabulary."""
        weights = self.arguments["idf_weights"]
        if self.mode in MODES[:-1] and weights is not None and is_known(weights):
            raise Fault(
                FaultKind.INVALID_VALUE, argument="idf_weights", expected=None, found=weights
            )
        if self.mode == "tf_idf" and weights is None:
            given = self.arguments["vocabulary"]
            if given is not None and is_known(given):
                raise Fault(FaultKind.MISSING_ARGUMENT, argument="idf_weights")

    def check_mask_token(self) -> None:
        """Check that the mask token has the type of the tokens."""
        token = self.arguments["mask_token"]
        items = token if isinstance(token, (tuple, list)) else (token,)
        fits = (self.token_type, bytes, tuple, list, type(None))
        if any(is_known(item) and not isinstance(item, fits) for item in items):
            raise Fault(
                FaultKind.ARGUMENT_TYPE,
                argument="mask_token",
                expected=self.token_type.__name__,
                found=token,
            )

    def check_unknown_token(self) -> None:
        """Check the token that stands for unknown indices."""
        token = self.arguments["oov_token"]
        if flag(self.arguments, "invert") is not True or isinstance(token, self.token_type):
            return
        if is_known(token) and not isinstance(token, bytes):
            expected = self.token_type.__name__
            kind = FaultKind.ARGUMENT_TYPE
            raise Fault(kind, argument="oov_token", expected=expected, found=token)

    def check_count_of_weights(self, vocabulary: Any) -> None:
        """There is one inverse document frequency for each token."""
        weights = self.arguments["idf_weights"]
        both = isinstance(vocabulary, (list, tuple)) and isinstance(weights, (list, tuple))
        if both and len(weights) != len(vocabulary):
            raise Fault(
                FaultKind.INVALID_VALUE,
                argument="idf_weights",
                expected=f"{len(vocabulary)} numbers",
                found=weights,
            )

    def learn(self, vocabulary: Any = UNKNOWN) -> None:
        """Take in a vocabulary, or an unknown one from data.

        Raises:
            Fault: it is empty or too large, repeats a token, or has a special one among them.
        """
        self.vocabulary_size = UNKNOWN
        if isinstance(vocabulary, (int, float, dict)):
            raise Fault(
                FaultKind.ARGUMENT_TYPE, argument="vocabulary", expected="a list", found=vocabulary
            )
        if not isinstance(vocabulary, (list, tuple)):
            return
        if not vocabulary:
            raise invalid(vocabulary, "at least one token")
        given = tuple(plain(token) for token in vocabulary)
        if self.refuses(given):
            raise invalid(vocabulary, f"tokens of type {self.token_type.__name__}")
        special, tokens = self.split(given)
        if tokens is not None:
            self.check_tokens(tokens, vocabulary)
            self.vocabulary_size = special + len(tokens)
            self.check_size(self.vocabulary_size)

    def split(self, vocabulary: tuple[Any, ...]) -> tuple[int, tuple[Any, ...] | None]:
        """The number of special tokens, and the others; `None` if they cannot be told apart."""
        spare = plain(self.arguments["num_oov_indices"])
        mask, oov = plain(self.arguments["mask_token"]), plain(self.arguments["oov_token"])
        kind = self.token_type
        if any(not isinstance(token, kind) or isinstance(token, bool) for token in vocabulary):
            return 0, None
        if not isinstance(spare, int) or isinstance(self.mode, Unknown):
            return 0, None
        if not all(token is None or isinstance(token, kind) for token in (mask, oov)):
            return 0, None
        special = (mask,) * (mask is not None and self.mode == "int") + (oov,) * spare
        if vocabulary[: len(special)] == special:
            return len(special), vocabulary[len(special) :]
        return len(special), vocabulary

    def refuses(self, vocabulary: tuple[Any, ...]) -> bool:
        """Whether no token can be converted: numbers where words are wanted."""
        return all(isinstance(token, (int, float)) for token in vocabulary)

    def check_tokens(self, tokens: tuple[Any, ...], vocabulary: Any) -> None:
        """Refuse repeated tokens, and special ones among the others."""
        if len(set(tokens)) < len(tokens):
            raise invalid(vocabulary, "no token twice")
        mask, oov = plain(self.arguments["mask_token"]), plain(self.arguments["oov_token"])
        inverts = flag(self.arguments, "invert") is True
        if (mask is not None and mask in tokens) or (inverts and oov is not None and oov in tokens):
            raise invalid(vocabulary, "special tokens at the start or left out")

    def check_size(self, vocabulary_size: Dim) -> None:
        """Refuse a vocabulary above ``max_tokens``."""
        most = plain(self.arguments["max_tokens"])
        if isinstance(most, int) and isinstance(vocabulary_size, int) and vocabulary_size > most:
            raise Fault(
                FaultKind.INVALID_VALUE,
                argument="max_tokens",
                expected=f">= {vocabulary_size}",
                found=most,
            )

    def output(self, call: Call) -> Nest:
        """Indices, or vectors as long as the vocabulary or as ``max_tokens`` says."""
        dtype = {"int": "int64"}.get(str(self.mode), "float32")
        shape = self.looked_up(sole(call.first).shape)
        return TensorSpec(shape, UNKNOWN if isinstance(self.mode, Unknown) else dtype)

    def looked_up(self, shape: Shape) -> Shape:
        """The shape that comes out for tokens of a shape."""
        if self.mode == "int":
            return shape
        depth = self.depth()
        if self.mode == "one_hot":
            return encoded(shape, depth, self.mode)
        return counted(shape, depth, self.mode)

    def depth(self) -> Dim:
        """The length of a vector."""
        pads = flag(self.arguments, "pad_to_max_tokens")
        if isinstance(pads, Unknown):
            return UNKNOWN
        return literal_dim(self.arguments, "max_tokens") if pads else self.vocabulary_size


class StringLookup(Lookup):
    """``(…)`` of words → ``(…)`` of indices, or ``(…, vocabulary)``."""

    names = ("StringLookup",)
    extra_arguments = frozenset(("oov_method",))


class IntegerLookup(Lookup):
    """``(…)`` of integers → ``(…)`` of indices, or ``(…, vocabulary)``."""

    names = ("IntegerLookup",)
    token_type = int

    def refuses(self, vocabulary: tuple[Any, ...]) -> bool:
        """Whether all tokens are words, and some are no integers in quotes."""
        words = [token for token in vocabulary if isinstance(token, str)]
        return len(words) == len(vocabulary) and not all(is_integer(word) for word in words)

    def check_hash(self) -> None:
        """Integers are salted only with farmhash, and are of one dtype."""
        choice(self.arguments, "vocabulary_dtype", ("int64",))
        super().check_hash()
        salt, method = self.arguments["salt"], self.arguments["oov_method"]
        if salt is not None and is_known(salt) and method == "floormod":
            raise Fault(
                FaultKind.INVALID_VALUE, argument="oov_method", expected="farmhash", found=method
            )


class TextVectorization(Layer):
    """``(batch,)`` or ``(batch, 1)`` of text → ``(batch, output_sequence_length)`` of indices.

    Other modes than int look every word up: ``(…, vocabulary)``.
    """

    names = ("TextVectorization",)
    takes_data = True
    extra_arguments = frozenset(("vocabulary_size", "has_input_vocabulary"))
    names_at_construction = ("string_lookup",)

    def configure(self) -> None:
        """Check how text is split and what comes out, then set up the vocabulary."""
        name_or_function(
            self.arguments,
            "standardize",
            ("lower_and_strip_punctuation", "lower", "strip_punctuation"),
        )
        name_or_function(self.arguments, "split", ("whitespace", "character"))
        self.mode = output_mode(self.arguments, MODES)
        self.check_ngrams()
        self.check_length()
        if self.mode in MODES[1:] and flag(self.arguments, "ragged") is True:
            raise Fault(FaultKind.INVALID_VALUE, argument="ragged", expected=False, found=True)
        fixed = {
            "num_oov_indices": 1,
            "mask_token": "",
            "oov_token": "[UNK]",
            "invert": False,
            "salt": None,
            "name": None,
        }
        self.lookup = StringLookup({**self.arguments, **fixed})

    def check_ngrams(self) -> None:
        """Check that n-grams are an integer or a tuple of them."""
        value = self.arguments["ngrams"]
        items = value if isinstance(value, tuple) else (value,)
        wrong = any(is_known(item) and not isinstance(item, int) for item in items)
        if value is not None and wrong:
            raise Fault(
                FaultKind.ARGUMENT_TYPE,
                argument="ngrams",
                expected="an integer or a tuple of integers",
                found=value,
            )

    def check_length(self) -> None:
        """Check that only indices have a length, and that it is an integer."""
        length = self.arguments["output_sequence_length"]
        if length is None or not is_known(length):
            return
        if self.mode == "int" and not isinstance(length, int):
            raise Fault(
                FaultKind.ARGUMENT_TYPE,
                argument="output_sequence_length",
                expected="an integer",
                found=length,
            )
        if self.mode in MODES[1:]:
            raise Fault(
                FaultKind.INVALID_VALUE,
                argument="output_sequence_length",
                expected=None,
                found=length,
            )

    def learn(self, vocabulary: Any = UNKNOWN) -> None:
        """Take in a vocabulary. Raises `Fault` as `Lookup.learn` does."""
        self.lookup.learn(vocabulary)

    def sublayers(self) -> Iterator[Layer]:
        """The layer that looks words up."""
        yield self.lookup

    def output(self, call: Call) -> Nest:
        """Indices of words, or vectors as long as the vocabulary."""
        shape = sole(call.first).shape
        if isinstance(self.mode, Unknown):
            return TensorSpec(UNKNOWN, UNKNOWN)
        if self.mode == "int":
            length = literal_dim(self.arguments, "output_sequence_length")
            if isinstance(shape, Unknown):
                return TensorSpec((UNKNOWN, length), "int64")
            if not shape:
                raise Fault(FaultKind.INPUT_RANK, input=0, expected=1, found=shape, minimum=True)
            return TensorSpec((shape[0], length), "int64")
        return TensorSpec(self.lookup.looked_up(self.words(shape)), "float32")

    def words(self, shape: Shape) -> Shape:
        """The shape of the words that a text of a shape is split into."""
        split = self.arguments["split"]
        if isinstance(shape, Unknown) or isinstance(split, Unknown):
            return UNKNOWN
        if split is None:
            return (*shape, 1) if len(shape) <= 1 else shape
        return (*shape, None)


def name_or_function(arguments: Mapping[str, Any], name: str, names: tuple[str, ...]) -> None:
    """Check an argument that is ``None``, one of a few names or callable."""
    value = arguments[name]
    callable_ = isinstance(value, (Callable_, ClassObject, KerasObject))
    if value is not None and is_known(value) and not callable_ and value not in names:
        raise Fault(FaultKind.INVALID_VALUE, argument=name, expected=names, found=value)


def invalid(vocabulary: Any, expected: str) -> Fault:
    """The fault for a vocabulary that Keras refuses."""
    return Fault(
        FaultKind.INVALID_VALUE, argument="vocabulary", expected=expected, found=vocabulary
    )


def is_integer(word: str) -> bool:
    """Whether a text is an integer for Python."""
    try:
        int(word)
    except ValueError:
        return False
    return True
