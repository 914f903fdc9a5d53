"""Names of Keras 1 and 2 that Keras 3 has no more, and what replaces them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from keraslint.knowledge.api.replacement import Replacement

_Pairs = Mapping[str, str]


def _table(*groups: Iterable[Replacement]) -> dict[str, Replacement]:
    return {entry.old: entry for group in groups for entry in group}


def _under(prefix: str, table: Mapping[str, tuple[str | None, str]]) -> list[Replacement]:
    """Entries whose replacement needs a look at the code."""
    return [Replacement(prefix + old, new, advice=advice) for old, (new, advice) in table.items()]


def _gone(prefix: str, names: str, advice: str = "") -> list[Replacement]:
    return [Replacement(prefix + name, None, advice=advice) for name in names.split()]


_OPS_OF_THE_SAME_NAME = (
    "abs all any binary_crossentropy cast categorical_crossentropy cos dtype elu exp is_tensor "
    "log logsumexp max mean min ndim prod round sigmoid sign sin softmax softplus softsign sqrt "
    "square stack std sum tanh transpose var"
)
_TWO = {"x": "x1", "y": "x2"}
# Each with the operation and the keyword arguments whose names changed.
_OPS: Mapping[str, tuple[str, _Pairs]] = {
    "clip": ("clip", {"min_value": "x_min", "max_value": "x_max"}),
    "equal": ("equal", _TWO),
    "greater": ("greater", _TWO),
    "greater_equal": ("greater_equal", _TWO),
    "less": ("less", _TWO),
    "less_equal": ("less_equal", _TWO),
    "lesser": ("less", _TWO),
    "lesser_equal": ("less_equal", _TWO),
    "maximum": ("maximum", _TWO),
    "minimum": ("minimum", _TWO),
    "not_equal": ("not_equal", _TWO),
    "permute_dimensions": ("transpose", {"pattern": "axes"}),
    "pow": ("power", {"x": "x1", "a": "x2"}),
    "repeat_elements": ("repeat", {"rep": "repeats"}),
    "reshape": ("reshape", {"shape": "newshape"}),
    "reverse": ("flip", {"axes": "axis"}),
    "squeeze": ("squeeze", {}),
    "tile": ("tile", {"n": "repeats"}),
}
_BACKEND: Mapping[str, tuple[str | None, str]] = {
    "arange": ("keras.ops.arange", "its default dtype is no longer int32"),
    "argmax": ("keras.ops.argmax", "pass axis=-1, the old default"),
    "argmin": ("keras.ops.argmin", "pass axis=-1, the old default"),
    "batch_dot": ("keras.layers.Dot", "or keras.ops.einsum"),
    "batch_flatten": ("keras.ops.reshape", "reshape to (-1, size)"),
    "batch_normalization": ("keras.ops.batch_normalization", "the arguments have another order"),
    "bias_add": ("keras.ops.add", ""),
    "cast_to_floatx": ("keras.ops.cast", "with keras.config.floatx()"),
    "concatenate": ("keras.ops.concatenate", "pass axis=-1, the old default"),
    "constant": ("keras.ops.convert_to_tensor", ""),
    "conv1d": ("keras.ops.conv", ""),
    "conv2d": ("keras.ops.conv", ""),
    "conv2d_transpose": ("keras.ops.conv_transpose", ""),
    "conv3d": ("keras.ops.conv", ""),
    "conv3d_transpose": ("keras.ops.conv_transpose", ""),
    "ctc_batch_cost": ("keras.ops.ctc_loss", ""),
    "ctc_decode": ("keras.ops.ctc_decode", ""),
    "cumprod": ("keras.ops.cumprod", "pass axis=0, the old default"),
    "cumsum": ("keras.ops.cumsum", "pass axis=0, the old default"),
    "depthwise_conv2d": ("keras.ops.depthwise_conv", ""),
    "dot": ("keras.ops.matmul", ""),
    "dropout": ("keras.random.dropout", ""),
    "eval": ("keras.ops.convert_to_numpy", ""),
    "expand_dims": ("keras.ops.expand_dims", "pass axis=-1, the old default"),
    "eye": ("keras.ops.eye", "the dtype is no longer the second argument"),
    "flatten": ("keras.ops.ravel", ""),
    "foldl": ("keras.ops.scan", ""),
    "foldr": ("keras.ops.scan", ""),
    "function": ("keras.Model", "make a model of the same inputs and outputs"),
    "gather": ("keras.ops.take", "pass axis=0"),
    "get_value": ("keras.ops.convert_to_numpy", ""),
    "hard_sigmoid": ("keras.ops.hard_sigmoid", "its slope changed from 0.2 to 1/6"),
    "identity": ("keras.ops.copy", ""),
    "image_dim_ordering": (
        "keras.config.image_data_format",
        "'tf' is now 'channels_last', 'th' is 'channels_first'",
    ),
    "in_top_k": ("keras.ops.in_top_k", "the targets come first"),
    "int_shape": (None, "use x.shape, a tuple"),
    "get_variable_shape": (None, "use x.shape, a tuple"),
    "is_sparse": (None, ""),
    "l2_normalize": ("keras.ops.normalize", ""),
    "map_fn": ("keras.ops.map", ""),
    "one_hot": ("keras.ops.one_hot", "the first argument is now x"),
    "ones": ("keras.ops.ones", "it has no name argument"),
    "ones_like": ("keras.ops.ones_like", "it has no name argument"),
    "placeholder": ("keras.Input", ""),
    "pool2d": ("keras.ops.max_pool", "or keras.ops.average_pool"),
    "pool3d": ("keras.ops.max_pool", "or keras.ops.average_pool"),
    "random_binomial": ("keras.random.binomial", ""),
    "random_normal": ("keras.random.normal", ""),
    "random_uniform": ("keras.random.uniform", ""),
    "relu": ("keras.activations.relu", "alpha is now negative_slope"),
    "repeat": ("keras.ops.repeat", "repeat an axis of its own"),
    "resize_images": ("keras.ops.image.resize", "it takes the new size, not factors"),
    "rnn": ("keras.layers.RNN", ""),
    "separable_conv1d": ("keras.ops.separable_conv", ""),
    "separable_conv2d": ("keras.ops.separable_conv", ""),
    "set_image_dim_ordering": (
        "keras.config.set_image_data_format",
        "'tf' is now 'channels_last', 'th' is 'channels_first'",
    ),
    "set_value": ("keras.Variable.assign", ""),
    "shape": ("keras.ops.shape", "it gives a tuple"),
    "size": ("keras.ops.size", "it has no name argument"),
    "slice": ("keras.ops.slice", ""),
    "sparse_categorical_crossentropy": ("keras.ops.sparse_categorical_crossentropy", ""),
    "spatial_2d_padding": ("keras.ops.pad", ""),
    "spatial_3d_padding": ("keras.ops.pad", ""),
    "stop_gradient": ("keras.ops.stop_gradient", "it takes one tensor at a time"),
    "switch": ("keras.ops.cond", "or keras.ops.where, element by element"),
    "temporal_padding": ("keras.ops.pad", ""),
    "truncated_normal": ("keras.random.truncated_normal", ""),
    "update": ("keras.Variable.assign", ""),
    "update_add": ("keras.Variable.assign_add", ""),
    "update_sub": ("keras.Variable.assign_sub", ""),
    "variable": ("keras.Variable", ""),
    "zeros": ("keras.ops.zeros", "it has no name argument"),
    "zeros_like": ("keras.ops.zeros_like", "it has no name argument"),
}
_LAYERS: Mapping[str, tuple[str | None, str]] = {
    "AbstractRNNCell": ("keras.Layer", "a cell is a layer with a state_size and an output_size"),
    "AtrousConvolution1D": ("keras.layers.Conv1D", "atrous_rate is now dilation_rate"),
    "AtrousConvolution2D": ("keras.layers.Conv2D", "atrous_rate is now dilation_rate"),
    "ConvLSTM2DCell": ("keras.layers.ConvLSTM2D", ""),
    "ConvRecurrent2D": ("keras.layers.RNN", ""),
    "Deconvolution2D": ("keras.layers.Conv2DTranspose", "it has no output_shape argument"),
    "Deconvolution3D": ("keras.layers.Conv3DTranspose", "it has no output_shape argument"),
    "DenseFeatures": ("keras.utils.FeatureSpace", ""),
    "Highway": (None, ""),
    "LocallyConnected1D": (None, ""),
    "LocallyConnected2D": (None, ""),
    "MaxoutDense": (None, ""),
    "Merge": (None, "use Add, Multiply, Concatenate, Average, Maximum or Dot"),
    "ParametricSoftplus": (None, ""),
    "RandomHeight": ("keras.layers.RandomZoom", ""),
    "RandomWidth": ("keras.layers.RandomZoom", ""),
    "Recurrent": ("keras.layers.RNN", ""),
    "SReLU": (None, ""),
    "ThresholdedReLU": ("keras.layers.ReLU", "theta, 1 by default, is now threshold"),
    "TimeDistributedDense": ("keras.layers.Dense", "Dense works on the last axis of any input"),
    "experimental.RandomFourierFeatures": (None, ""),
    "experimental.SyncBatchNormalization": (
        "keras.layers.BatchNormalization",
        "with synchronized=True",
    ),
    "experimental.preprocessing.PreprocessingLayer": ("keras.Layer", ""),
    "merge": (None, "use add, multiply, concatenate, average, maximum or dot"),
}
_OTHERS: Mapping[str, tuple[str | None, str]] = {
    "callbacks.BaseLogger": (None, "Keras logs the averages by itself"),
    "estimator.model_to_estimator": (None, ""),
    "experimental.LinearModel": (None, ""),
    "experimental.SequenceFeatures": (None, ""),
    "experimental.WideDeepModel": (None, ""),
    "losses.Reduction": (None, "pass the reduction as a string, such as 'sum_over_batch_size'"),
    "losses.huber_loss": ("keras.losses.huber", ""),
    "losses.cosine_proximity": ("keras.losses.cosine_similarity", ""),
    "metrics.MeanRelativeError": (None, ""),
    "metrics.MeanTensor": (None, ""),
    "metrics.accuracy": ("keras.metrics.Accuracy", ""),
    "metrics.cosine_proximity": ("keras.metrics.CosineSimilarity", ""),
    "metrics.f1score": ("keras.metrics.F1Score", ""),
    "metrics.fbeta_score": ("keras.metrics.FBetaScore", ""),
    "metrics.fmeasure": ("keras.metrics.F1Score", ""),
    "metrics.precision": ("keras.metrics.Precision", ""),
    "metrics.recall": ("keras.metrics.Recall", ""),
    "models.model_from_config": ("keras.saving.deserialize_keras_object", ""),
    "models.model_from_yaml": ("keras.models.model_from_json", "YAML is gone: export as JSON"),
    "optimizers.TFOptimizer": (None, "Keras optimizers only"),
    "preprocessing.image.ImageDataGenerator": (
        "keras.utils.image_dataset_from_directory",
        "and Random… layers for augmentation; only tf.keras still has it",
    ),
    "preprocessing.sequence.TimeseriesGenerator": (
        "keras.utils.timeseries_dataset_from_array",
        "only tf.keras still has it",
    ),
    "preprocessing.text.Tokenizer": (
        "keras.layers.TextVectorization",
        "only tf.keras still has it",
    ),
    "preprocessing.text.hashing_trick": ("keras.layers.Hashing", "only tf.keras still has it"),
    "preprocessing.text.one_hot": ("keras.layers.Hashing", "only tf.keras still has it"),
    "regularizers.activity_l1": ("keras.regularizers.L1", ""),
    "regularizers.activity_l1l2": ("keras.regularizers.L1L2", "its defaults are now 0"),
    "regularizers.activity_l2": ("keras.regularizers.L2", ""),
    "regularizers.EigenvalueRegularizer": (None, ""),
    "regularizers.l1l2": ("keras.regularizers.L1L2", "its defaults are now 0"),
    "constraints.RadialConstraint": (None, ""),
    "utils.GeneratorEnqueuer": ("keras.utils.PyDataset", ""),
    "utils.HDF5Matrix": (None, "read the file with h5py"),
    "utils.OrderedEnqueuer": ("keras.utils.PyDataset", ""),
    "utils.SequenceEnqueuer": ("keras.utils.PyDataset", ""),
    "utils.SidecarEvaluator": (None, ""),
    "utils.experimental.DatasetCreator": (None, "pass a tf.data.Dataset"),
    "utils.layer_utils.layer_from_config": ("keras.layers.deserialize", ""),
    "utils.multi_gpu_model": (None, "use tf.distribute.MirroredStrategy or keras.distribution"),
    "utils.np_utils.categorical_probas_to_classes": ("keras.ops.argmax", "with axis=-1"),
    "utils.np_utils.probas_to_classes": ("keras.ops.argmax", "with axis=-1"),
    "utils.print_summary": ("keras.Model.summary", "a method of the model"),
    "utils.visualize_util.model_to_dot": ("keras.utils.model_to_dot", ""),
    "utils.visualize_util.plot": ("keras.utils.plot_model", ""),
    "wrappers.scikit_learn.KerasClassifier": ("keras.wrappers.SKLearnClassifier", ""),
    "wrappers.scikit_learn.KerasRegressor": ("keras.wrappers.SKLearnRegressor", ""),
}
_SESSIONS = (
    "Function control_dependencies get_session in_test_phase in_train_phase is_placeholder "
    "learning_phase learning_phase_scope manual_variable_initialization set_learning_phase "
    "set_session"
)
_LEGACY_OPTIMIZERS = "Adadelta Adagrad Adam Adamax Ftrl Nadam Optimizer RMSprop SGD"

NAMES = _table(
    [
        Replacement(f"keras.backend.{name}", f"keras.ops.{name}", mechanical=True)
        for name in _OPS_OF_THE_SAME_NAME.split()
    ],
    [
        Replacement(f"keras.backend.{old}", f"keras.ops.{new}", mechanical=True, arguments=renamed)
        for old, (new, renamed) in _OPS.items()
    ],
    _under("keras.backend.", _BACKEND),
    _gone("keras.backend.", _SESSIONS, "Keras runs eagerly, without sessions and phases"),
    _under("keras.layers.", _LAYERS),
    [
        Replacement(f"keras.layers.CuDNN{name}", f"keras.layers.{name}", True, positional=1)
        for name in ("LSTM", "GRU")
    ],
    [
        Replacement(
            f"keras.optimizers.legacy.{name}",
            f"keras.optimizers.{name}",
            mechanical=name != "Optimizer",
            advice="the legacy optimizers raise as soon as they are made",
            positional=1,
        )
        for name in _LEGACY_OPTIMIZERS.split()
    ],
    [
        Replacement(f"keras.regularizers.{name}", "keras.regularizers.L1L2", mechanical=True)
        for name in ("ActivityRegularizer", "L1L2Regularizer", "WeightRegularizer")
    ],
    [
        Replacement(
            "keras.callbacks.experimental.BackupAndRestore",
            "keras.callbacks.BackupAndRestore",
            mechanical=True,
        )
    ],
    _under("keras.", _OTHERS),
)

_MEMBERS: Mapping[str, tuple[str | None, str]] = {
    "Layer.add_inbound_node": (None, ""),
    "Layer.add_update": (None, "assign to the variable in call"),
    "Layer.compute_output_signature": ("keras.Layer.compute_output_spec", ""),
    "Layer.get_input_at": ("keras.Layer.input", "of one call; keep the tensors of others"),
    "Layer.get_input_shape_at": ("keras.Layer.input", "use layer.input.shape"),
    "Layer.get_losses_for": ("keras.Layer.losses", ""),
    "Layer.get_output_at": ("keras.Layer.output", "of one call; keep the tensors of others"),
    "Layer.get_output_shape_at": ("keras.Layer.output", "use layer.output.shape"),
    "Layer.get_output_shape_for": ("keras.Layer.compute_output_shape", ""),
    "Layer.get_updates_for": (None, ""),
    "Layer.inbound_nodes": (None, ""),
    "Layer.input_shape": ("keras.Layer.input", "use layer.input.shape"),
    "Layer.outbound_nodes": (None, ""),
    "Layer.output_shape": ("keras.Layer.output", "use layer.output.shape"),
    "Layer.updates": (None, ""),
    "Model.predict_classes": ("keras.Model.predict", "take the argmax of what it gives"),
    "Model.reset_states": ("keras.layers.RNN.reset_state", "call it on the recurrent layers"),
    "Model.to_yaml": ("keras.Model.to_json", "YAML is gone"),
    "Optimizer.compute_gradients": (None, "use tf.GradientTape"),
    "Optimizer.get_gradients": (None, "use tf.GradientTape"),
    "Optimizer.get_updates": ("keras.Optimizer.apply_gradients", ""),
    "Optimizer.minimize": ("keras.Optimizer.apply_gradients", "with tf.GradientTape"),
}

METHODS = _table(
    _under("keras.", _MEMBERS),
    [
        Replacement(
            f"keras.Model.{method}_generator",
            f"keras.Model.{method}",
            mechanical=True,
            positional=1,
            arguments={"generator": "x"},
        )
        for method in ("fit", "evaluate", "predict")
    ],
    [
        Replacement("keras.Model.predict_proba", "keras.Model.predict", mechanical=True),
        Replacement("keras.Optimizer.lr", "keras.Optimizer.learning_rate", mechanical=True),
        Replacement("keras.Metric.reset_states", "keras.Metric.reset_state", mechanical=True),
    ],
)

_MOVED: Mapping[str, str] = {
    "layers": "advanced_activations convolutional convolutional_recurrent core cudnn_recurrent "
    "embeddings experimental experimental.preprocessing local merge noise normalization pooling "
    "recurrent wrappers",
    "utils": "conv_utils data_utils experimental generic_utils io_utils layer_utils losses_utils "
    "metrics_utils multi_gpu_utils np_utils vis_utils visualize_util",
    "callbacks": "callbacks experimental tensorboard_v1 tensorboard_v2",
    "metrics": "experimental",
    "optimizers": "experimental",
    "backend": "common tensorflow_backend",
}

MODULES = _table(
    [
        Replacement(f"keras.{home}.{name}", f"keras.{home}")
        for home, names in _MOVED.items()
        for name in names.split()
    ],
    _under(
        "keras.",
        {
            "datasets.cifar": ("keras.datasets.cifar10", ""),
            "engine": ("keras.layers", ""),
            "engine.base_layer": ("keras.layers", ""),
            "engine.input_layer": ("keras.layers", ""),
            "engine.network": ("keras.models", ""),
            "engine.saving": ("keras.models", ""),
            "engine.sequential": ("keras.models", ""),
            "engine.topology": ("keras.layers", ""),
            "engine.training": ("keras.models", ""),
            "estimator": (None, ""),
            "experimental": (None, ""),
            "initializations": ("keras.initializers", "they are classes now"),
            "legacy.layers": ("keras.layers", ""),
            "objectives": ("keras.losses", ""),
            "preprocessing.text": ("keras.layers", "TextVectorization; only tf.keras still has it"),
            "wrappers.scikit_learn": ("keras.wrappers", ""),
        },
    ),
)
