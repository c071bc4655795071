import mindspore as ms
from mindspore import nn
from mindspore.dataset import MnistDataset, transforms, vision

ms.set_seed(11)


def pipeline(path):
    data = MnistDataset(path)
    data = data.map([vision.Rescale(1.0 / 255.0, 0), vision.HWC2CHW()], "image")
    data = data.map(transforms.TypeCast(ms.int32), "label")
    return data.batch(64)


net = nn.SequentialCell(nn.Flatten(), nn.Dense(784, 128), nn.ReLU(), nn.Dense(128, 10))
loss_fn = nn.CrossEntropyLoss()
optimizer = nn.Momentum(net.trainable_params(), 0.01, 0.9)


def forward(image, label):
    return loss_fn(label, net(image))


grad_fn = ms.value_and_grad(forward, None, optimizer.parameters)
for epoch in range(5):
    net.set_train()
    for image, label in pipeline("MNIST_Data/train").create_tuple_iterator():
        loss, grads = grad_fn(image, label)
        optimizer(grads)
    print(epoch, loss)
