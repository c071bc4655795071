import mindspore as ms
import numpy as np
from mindspore import nn
from mindspore.dataset import NumpySlicesDataset
from mindspore.train import Accuracy, LossMonitor, Model

ms.set_seed(1)
rng = np.random.default_rng(0)
x = rng.normal(size=(2000, 16)).astype(np.float32)
y = (np.tanh(x @ rng.normal(size=(16, 32))) @ rng.normal(size=(32, 4))).argmax(1).astype(np.int32)
train = NumpySlicesDataset((x[:1600], y[:1600]), shuffle=True).batch(32)
test = NumpySlicesDataset((x[1600:], y[1600:]), shuffle=False).batch(100)

network = nn.SequentialCell(nn.Dense(16, 64), nn.ReLU(), nn.Dense(64, 64), nn.ReLU(), nn.Dense(64, 4))
optimizer = nn.Adam(network.trainable_params(), learning_rate=1e-3)
model = Model(network, nn.CrossEntropyLoss(), optimizer, metrics={"accuracy": Accuracy(), "loss": ms.train.Loss()})
model.fit(15, train, test, callbacks=[LossMonitor(50)], dataset_sink_mode=False)
