import mindspore
import mindspore.nn as nn
import mindspore.ops as ops
import numpy as np
from mindspore import dataset as ds

np.random.seed(2)


def get_data(num, w=2.0, b=3.0):
    for _ in range(num):
        x = np.random.uniform(-10.0, 10.0)
        noise = np.random.normal(0, 1)
        yield np.array([x]).astype(np.float32), np.array([x * w + b + noise]).astype(np.float32)


def create_dataset(num_data, batch_size=16):
    input_data = ds.GeneratorDataset(list(get_data(num_data)), column_names=["data", "label"])
    return input_data.batch(batch_size)


class LinearNet(nn.Cell):
    def __init__(self):
        super().__init__()
        self.fc = nn.Dense(1, 1)

    def construct(self, x):
        return self.fc(x)


class MyL1Loss(nn.LossBase):
    def __init__(self, reduction="mean"):
        super().__init__(reduction)
        self.abs = ops.Abs()

    def construct(self, base, target):
        return self.get_loss(self.abs(base - target))


net = LinearNet()
loss = MyL1Loss()
opt = nn.Momentum(net.trainable_params(), learning_rate=0.005, momentum=0.9)
net_with_loss = nn.WithLossCell(net, loss)
train_net = nn.TrainOneStepCell(net_with_loss, opt)
train_net.set_train()
for epoch in range(10):
    for data, label in create_dataset(1600):
        step_loss = train_net(data, label)
    print(epoch, step_loss)

net.set_train(False)
errors = []
for data, label in create_dataset(160):
    errors.append(np.abs(net(data).asnumpy() - label.asnumpy()).mean())
print("mae", np.mean(errors))
