import mindspore as ms
from mindspore import Model, nn
from mindspore.dataset import MnistDataset, transforms, vision
from mindspore.train import Accuracy, LossMonitor

ms.set_seed(1)


def create_dataset(path, batch_size=32):
    data = MnistDataset(path)
    data = data.map([vision.Resize((32, 32)), vision.Rescale(1.0 / 255.0, 0.0), vision.HWC2CHW()], "image")
    return data.map(transforms.TypeCast(ms.int32), "label").batch(batch_size, drop_remainder=True)


train_set = create_dataset("MNIST/train")
test_set = create_dataset("MNIST/test")
net = nn.SequentialCell(
    nn.Conv2d(1, 6, 5, pad_mode="valid"), nn.ReLU(), nn.MaxPool2d(2, 2), nn.Flatten(), nn.Dense(6 * 14 * 14, 10))
loss = nn.SoftmaxCrossEntropyWithLogits(sparse=True, reduction="mean")
opt = nn.Momentum(net.trainable_params(), 0.01, 0.9)
model = Model(net, loss, opt, metrics={"accuracy": Accuracy()})
model.train(5, train_set, callbacks=[LossMonitor(125)])
print(model.eval(train_set))
