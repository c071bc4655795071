"""What a user of MindSpore has: the names that the snippets take as given."""

import copy
import itertools
import math
import random

import matplotlib.pyplot as plt
import mindspore as ms
import numpy as np
from mindspore import nn, ops


def pictures(count):
    """Small pictures, brighter the higher the class."""
    target = np.random.randint(0, classes, count).astype("int32")
    return (np.random.rand(count, 3, 8, 8) + target.reshape(-1, 1, 1, 1)).astype("float32"), target


def data_set(images, labels, shuffle=False):
    return ms.dataset.NumpySlicesDataset((images, labels), ["image", "label"], shuffle=shuffle)


def make_train_set(batch_size, transforms=None):
    return data_set(images, labels, shuffle=not transforms).map(transforms or flipped, ["image"], num_parallel_workers=1).batch(batch_size)


def flipped(picture):
    return picture[..., ::-1].copy() if np.random.rand() < 0.5 else picture


def train_and_evaluate():
    net = nn.SequentialCell(nn.Flatten(), nn.Dense(192, classes))
    fresh = ms.train.Model(net, loss_fn, nn.Adam(net.trainable_params()), metrics={"accuracy"})
    fresh.train(1, make_train_set(batch_size), dataset_sink_mode=False)
    return fresh.eval(validation_set, dataset_sink_mode=False)


def split(images, labels):
    return (data_set(images[a:b], labels[a:b]).batch(batch_size) for a, b in ((0, 500), (500, 600)))


ms.set_context(mode=ms.GRAPH_MODE)
ms.set_seed(0)
classes, batch_size, epochs = 3, 32, 10
images, labels = pictures(600)
validation_transforms = [lambda picture: picture]
train_set = make_train_set(batch_size)
validation_set = data_set(*pictures(64)).batch(batch_size)
net = nn.SequentialCell(nn.Flatten(), nn.Dense(192, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(p=0.1), nn.Dense(8, classes))
loss_fn = nn.CrossEntropyLoss()
optimizer = nn.SGD(net.trainable_params(), 0.1)
model = ms.train.Model(net, loss_fn, optimizer, metrics={"accuracy"})

ms.save_checkpoint(net, "reference_start.ckpt")
ms.save_checkpoint(net, "evaluated.ckpt")
np.savez("reference_batches.npz", **{f"{name}{i}": a[i * 32 : i * 32 + 32] for i in range(5) for name, a in (("x", images), ("y", labels))})
np.save("reference_inputs.npy", images[:10])
