import mindspore as ms
import numpy as np
from mindspore import nn
from mindspore.dataset import NumpySlicesDataset

ms.set_seed(3)
images = np.load("digits_images.npy")
labels = np.load("digits_labels.npy").astype(np.int32)
train = NumpySlicesDataset({"image": images, "label": labels}, shuffle=True).batch(32)
net = nn.SequentialCell(nn.Flatten(), nn.Dense(784, 128), nn.ReLU(), nn.Dense(128, 10))
loss_fn = nn.CrossEntropyLoss()
opt = nn.Adam(net.trainable_params(), learning_rate=1e-3)


def forward(x, y):
    return loss_fn(net((x // 255).astype(ms.float32)), y)


grad_fn = ms.value_and_grad(forward, None, opt.parameters)
for epoch in range(10):
    for x, y in train.create_tuple_iterator():
        loss, grads = grad_fn(x, y)
        opt(grads)
