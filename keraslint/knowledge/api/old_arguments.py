"""Keyword arguments of Keras 1 and 2 that Keras 3 refuses or ignores.

What Keras 2.3 converted from Keras 1 stands with its signatures and is not repeated here.
"""

from __future__ import annotations

from collections.abc import Mapping

from keraslint.knowledge.api.replacement import Replacement

VALUES: Mapping[str, Mapping[object, object]] = {
    "dim_ordering": {"tf": "channels_last", "th": "channels_first", "default": None},
}

_Entry = tuple[str | None, str]


def _look(**entries: _Entry) -> dict[str, Replacement]:
    """Arguments whose replacement needs a look at the code."""
    return {old: Replacement(old, new, advice=advice) for old, (new, advice) in entries.items()}


def _drop(advice: str, *names: str) -> dict[str, Replacement]:
    return {old: Replacement(old, None, advice=advice) for old in names}


def _default(advice: str, **values: object) -> dict[str, Replacement]:
    """Arguments that may go where they have the value that they had anyway."""
    return {
        old: Replacement(old, None, advice=advice, values={value: None})
        for old, value in values.items()
    }


def _rename(**names: str) -> dict[str, Replacement]:
    return {
        old: Replacement(old, new, mechanical=True, values=VALUES.get(old, {}))
        for old, new in names.items()
    }


def _still(**entries: _Entry) -> dict[str, Replacement]:
    """Arguments that Keras 3 still takes."""
    return {
        old: Replacement(old, new, bool(new) and not advice, advice, accepted=True)
        for old, (new, advice) in entries.items()
    }


_ROWS: _Entry = ("kernel_size", "kernel_size=(rows, columns)")
_DIMS: _Entry = ("kernel_size", "kernel_size takes all three")
_KERNEL_2D = _look(nb_row=_ROWS, nb_col=_ROWS)
_KERNEL_3D = _look(kernel_dim1=_DIMS, kernel_dim2=_DIMS, kernel_dim3=_DIMS)
_FORGET = _look(forget_bias_init=("unit_forget_bias", "unit_forget_bias=True starts at one"))
_QUEUE = _default(
    "give it to the PyDataset that makes the batches",
    max_queue_size=10,
    use_multiprocessing=False,
    workers=1,
    max_q_size=10,
    nb_worker=1,
    pickle_safe=False,
)
_SAMPLES: _Entry = ("steps", "it counts batches, not samples")
_RESET = _drop("call reset_metrics() where it was True", "reset_metrics")

ARGUMENTS: Mapping[str, Mapping[str, Replacement]] = {
    "keras.Layer": {
        **_look(
            batch_input_shape=(None, "start with keras.Input(batch_shape=…)"),
            input_length=("input_shape", "input_shape=(length, features)"),
            weights=(None, "call set_weights once the layer is built"),
        ),
        **_default(
            "a layer that must run eagerly needs run_eagerly=True in compile", dynamic=False
        ),
        **_rename(input_dtype="dtype"),
    },
    "keras.Input": {
        **_drop("", "type_spec"),
        **_rename(batch_input_shape="batch_shape"),
    },
    "keras.Model": _rename(input="inputs", output="outputs"),
    "keras.Optimizer": {
        **_rename(lr="learning_rate"),
        **_still(decay=(None, "it is ignored: use a schedule from keras.optimizers.schedules")),
        **_drop("give it to compile", "jit_compile"),
        **_drop("use a schedule from keras.optimizers.schedules", "schedule_decay"),
    },
    **dict.fromkeys(
        ("keras.optimizers.LossScaleOptimizer", "keras.optimizers.MultiOptimizer"),
        _drop("the optimizers inside take schedules from keras.optimizers.schedules", "decay"),
    ),
    "keras.layers.InputLayer": {
        **_still(input_shape=("shape", ""), batch_input_shape=("batch_shape", "")),
        **_drop("", "type_spec"),
    },
    "keras.layers.BatchNormalization": {
        **_drop("", "adjustment", "virtual_batch_size"),
        **_default("", fused=None, mode=0),
    },
    "keras.layers.Conv1D": _rename(atrous_rate="dilation_rate"),
    "keras.layers.Conv2D": {**_KERNEL_2D, **_rename(atrous_rate="dilation_rate")},
    "keras.layers.Conv2DTranspose": {**_KERNEL_2D, **_drop("", "output_shape")},
    "keras.layers.Conv3D": _KERNEL_3D,
    "keras.layers.ConvLSTM2D": {**_KERNEL_2D, **_FORGET},
    "keras.layers.Concatenate": _rename(concat_axis="axis"),
    "keras.layers.Dot": _rename(dot_axes="axes"),
    "keras.layers.Embedding": {
        **_still(input_length=(None, "it is ignored: the length comes from the input")),
        **_drop("put a SpatialDropout1D after the layer", "dropout"),
        **_drop("", "sparse"),
    },
    "keras.layers.LSTM": _FORGET,
    "keras.layers.LeakyReLU": _still(alpha=("negative_slope", "")),
    "keras.layers.RNN": {
        **_drop("", "consume_less", "forget_bias_init"),
        **_drop("the batch comes first: transpose the input", "time_major"),
    },
    "keras.layers.MultiHeadAttention": _drop("", "softmax_robust_masking"),
    "keras.layers.SimpleRNN": _drop("it has no gates", "inner_activation"),
    "keras.layers.Softmax": _drop("", "robust_masking"),
    "keras.layers.SeparableConv2D": {
        **_KERNEL_2D,
        **_look(init=("depthwise_initializer", "and pointwise_initializer")),
    },
    "keras.Model.compile": {
        **_drop("give sample_weight to fit", "sample_weight_mode"),
        **_drop("", "experimental_run_tf_function", "pss_evaluation_shards", "target_tensors"),
    },
    "keras.Model.fit": {
        **_QUEUE,
        **_rename(nb_epoch="epochs"),
        **_look(
            samples_per_epoch=("steps_per_epoch", _SAMPLES[1]),
            nb_val_samples=("validation_steps", _SAMPLES[1]),
        ),
    },
    "keras.Model.evaluate": {**_QUEUE, **_look(val_samples=_SAMPLES)},
    "keras.Model.predict": {**_QUEUE, **_look(val_samples=_SAMPLES)},
    "keras.Model.train_on_batch": _RESET,
    "keras.Model.test_on_batch": _RESET,
    "keras.Model.save_weights": _drop(
        "the name of the file says it: .weights.h5", "options", "save_format"
    ),
    "keras.activations.relu": _rename(alpha="negative_slope"),
    "keras.callbacks.BackupAndRestore": _drop("", "save_before_preemption"),
    "keras.callbacks.ModelCheckpoint": {
        **_look(period=("save_freq", "save_freq='epoch' or a number of batches")),
        **_drop("", "options"),
    },
    "keras.callbacks.ProgbarLogger": _drop("", "count_mode", "stateful_metrics"),
    "keras.callbacks.TensorBoard": _drop(
        "", "batch_size", "embeddings_data", "embeddings_layer_names", "write_grads"
    ),
    "keras.constraints.MaxNorm": _rename(m="max_value"),
    "keras.constraints.MinMaxNorm": _rename(low="min_value", high="max_value"),
    "keras.datasets.reuters.load_data": _rename(nb_words="num_words"),
    "keras.regularizers.L1": _rename(l="l1"),
    "keras.regularizers.L2": _rename(l="l2"),
    "keras.utils.array_to_img": _rename(dim_ordering="data_format"),
    "keras.utils.img_to_array": _rename(dim_ordering="data_format"),
    "keras.utils.load_img": _look(grayscale=("color_mode", "color_mode='grayscale'")),
    "keras.utils.to_categorical": _rename(y="x", nb_classes="num_classes"),
}
