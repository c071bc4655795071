import numpy as np
import mindspore as ms
from mindspore import nn, ops
from mindspore.dataset import NumpySlicesDataset

ms.set_seed(8)
rng = np.random.default_rng(8)
table = np.load("wine.npz")
order = np.arange(len(table["x"]))
cut = int(0.8 * len(order))
mean, std = table["x"][order[:cut]].mean(0), table["x"][order[:cut]].std(0)
scaled = ((table["x"] - mean) / std).astype(np.float32)
onehot = np.eye(3, dtype=np.float32)[table["y"]]
train = NumpySlicesDataset((scaled[order[:cut]], onehot[order[:cut]]), ["x", "y"], shuffle=False).batch(16)
valid = NumpySlicesDataset((scaled[order[cut:]], onehot[order[cut:]]), ["x", "y"], shuffle=False).batch(64)

net = nn.SequentialCell([nn.Dense(13, 32, activation="relu"), nn.Dropout(p=0.2), nn.Dense(32, 3)])
criterion = nn.SoftmaxCrossEntropyWithLogits(reduction="mean")
optimizer = nn.Adam(net.trainable_params(), 0.003)
step = ms.value_and_grad(lambda x, y: criterion(net(x), y), None, optimizer.parameters)
for epoch in range(50):
    net.set_train(True)
    for x, y in train:
        loss, grads = step(x, y)
        grads = ops.clip_by_global_norm(grads, 5.0)
        optimizer(grads)
    net.set_train(False)
    hits = sum(int((net(x).argmax(1) == y.argmax(1)).sum()) for x, y in valid)
    print(epoch, float(loss), hits / (len(order) - cut))
