"""两个小型卷积网络，每一层后面的注释给出该层的输出形状。"""

from keras.layers import Convolution1D, Convolution2D
from keras.models import Sequential

# 在长度为 10、每步 32 维的序列上做宽度为 3 的卷积，共 64 个滤波器。
model = Sequential()
model.add(
    Convolution1D(
        64,
        3,
        padding="same",
        input_shape=(10, 32),
    )
)
# 输出形状：(None, 10, 64)

# 再叠加一层卷积，共 32 个滤波器。
model.add(Convolution1D(32, 3, padding="same"))
# 输出形状：(None, 10, 32)

# 在 256x256 的三通道图像上做 3x3 卷积，共 64 个滤波器。
image_model = Sequential()
image_model.add(
    Convolution2D(
        64,
        (3, 3),
        padding="same",
        input_shape=(256, 256, 3),
    )
)
# 输出形状：(None, 256, 256, 64)

# 再叠加一层卷积，共 32 个滤波器。
image_model.add(Convolution2D(32, (3, 3), padding="same"))
# 输出形状：(None, 256, 256, 32)
