"""Images scaled for pretrained models, as arrays and inside the graph."""

import keras
import numpy as np
from keras import layers
from keras.applications import densenet, efficientnet, imagenet_utils, resnet50, vgg16

photo = keras.Input((64, 64, 3))
scaled = resnet50.preprocess_input(photo)
backbone = keras.applications.ResNet50(weights=None, include_top=False, input_tensor=scaled)
middle = backbone.get_layer("conv4_block6_2_relu").output
head = layers.Dense(3)(layers.GlobalAveragePooling2D()(middle))

channels_first = keras.Input((3, 32, 32))
planes = vgg16.preprocess_input(channels_first, data_format="channels_first")
planes = imagenet_utils.preprocess_input(planes, "channels_first", mode="torch")
planes = layers.Conv2D(3, 2, data_format="channels_first")(planes)

for scale in (densenet.preprocess_input, efficientnet.preprocess_input):
    layers.Conv2D(4, 3)(scale(photo))

stack = keras.Sequential(
    [keras.Input((32, 32, 3)), layers.Lambda(vgg16.preprocess_input), layers.Conv2D(3, 3)]
)
array = keras.applications.inception_v3.preprocess_input(np.zeros((2, 32, 32, 3), dtype="uint8"))
layers.Conv2D(3, 2)(array)


def difference(pair):
    left, right = pair
    return left - right


twins = [layers.Flatten()(photo), layers.Flatten()(photo)]
distance = layers.Dense(1)(layers.Lambda(difference, output_shape=(12288,))(twins))
