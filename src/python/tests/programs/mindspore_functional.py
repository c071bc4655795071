import mindspore as ms
import numpy as np
from mindspore import nn
from mindspore.dataset import NumpySlicesDataset

ms.set_context(mode=ms.PYNATIVE_MODE)
ms.set_seed(1)
rng = np.random.default_rng(0)
x = rng.normal(size=(2000, 16)).astype(np.float32)
y = (np.tanh(x @ rng.normal(size=(16, 32))) @ rng.normal(size=(32, 4))).argmax(1).astype(np.int32)
train = NumpySlicesDataset((x[:1600], y[:1600]), shuffle=True).batch(32)

network = nn.SequentialCell(nn.Dense(16, 64), nn.ReLU(), nn.Dense(64, 64), nn.ReLU(), nn.Dense(64, 4))
loss_fn = nn.CrossEntropyLoss()
optimizer = nn.Adam(network.trainable_params(), learning_rate=1e-3)


def forward(data, label):
    logits = network(data)
    return loss_fn(logits, label), logits


grad_fn = ms.value_and_grad(forward, None, optimizer.parameters, has_aux=True)
epochs = 15
for epoch in range(epochs):
    network.set_train()
    for data, label in train.create_tuple_iterator():
        (loss, _), grads = grad_fn(data, label)
        optimizer(grads)
    network.set_train(False)
    hits = (network(ms.Tensor(x[1600:])).argmax(1).asnumpy() == y[1600:]).mean()
    print(f"epoch {epoch} loss {float(loss):.4f} accuracy {hits:.3f}")
