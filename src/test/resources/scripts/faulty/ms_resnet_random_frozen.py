import mindspore as ms
from mindspore import nn
from mindspore.dataset import ImageFolderDataset, vision

ms.set_seed(1)


class Body(nn.Cell):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3, stride=2)
        self.conv2 = nn.Conv2d(32, 64, 3, stride=2)
        self.relu = nn.ReLU()
        self.flatten = nn.Flatten()

    def construct(self, x):
        return self.flatten(self.relu(self.conv2(self.relu(self.conv1(x)))))


class Classifier(nn.Cell):
    def __init__(self, body):
        super().__init__()
        self.body = body
        self.fc = nn.Dense(64 * 56 * 56, 2)

    def construct(self, x):
        return self.fc(self.body(x))


body = Body()
for param in body.get_parameters():
    param.requires_grad = False
net = Classifier(body)
loss_fn = nn.CrossEntropyLoss()
opt = nn.Momentum(net.trainable_params(), 0.001, 0.9)
train = ImageFolderDataset("Canidae/train", shuffle=True)
train = train.map([vision.Decode(), vision.Resize((224, 224)), vision.HWC2CHW()], "image").batch(18)


def forward(images, labels):
    return loss_fn(net(images), labels)


grad_fn = ms.value_and_grad(forward, None, opt.parameters)
for epoch in range(10):
    net.set_train()
    for images, labels in train.create_tuple_iterator():
        loss, grads = grad_fn(images, labels)
        opt(grads)
    print(epoch, loss)
