import mindspore as ms
from mindspore import nn, ops
from mindspore.amp import DynamicLossScaler, all_finite, auto_mixed_precision
from mindspore.dataset import Cifar10Dataset, transforms, vision

ms.set_seed(4)


def pipeline(split, batch):
    data = Cifar10Dataset("cifar-10-batches-bin", usage=split, shuffle=split == "train")
    ops_ = [vision.RandomCrop((32, 32), (4, 4, 4, 4)), vision.RandomHorizontalFlip()] if split == "train" else []
    ops_ += [vision.Rescale(1.0 / 255.0, 0.0), vision.Normalize([0.4914, 0.4822, 0.4465], [0.2470, 0.2435, 0.2616]), vision.HWC2CHW()]
    return data.map(ops_, "image").map(transforms.TypeCast(ms.int32), "label").batch(batch, drop_remainder=True)


class ConvNet(nn.Cell):
    def __init__(self):
        super().__init__()
        self.body = nn.SequentialCell(
            nn.Conv2d(3, 64, 3), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(2, 2),
            nn.Conv2d(64, 128, 3), nn.BatchNorm2d(128), nn.ReLU(), nn.MaxPool2d(2, 2), nn.Flatten())
        self.head = nn.Dense(128 * 8 * 8, 10)

    def construct(self, x):
        return self.head(self.body(x))


net = auto_mixed_precision(ConvNet(), "O2")
loss_fn = nn.CrossEntropyLoss()
lr = nn.cosine_decay_lr(0.0, 0.1, 390 * 30, 390, 30)
opt = nn.Momentum(net.trainable_params(), lr, 0.9, weight_decay=5e-4)
scaler = DynamicLossScaler(scale_value=2 ** 10, scale_factor=2, scale_window=50)


def forward(images, labels):
    logits = net(images)
    return scaler.scale(loss_fn(logits, labels)), logits


grad_fn = ms.value_and_grad(forward, None, opt.parameters, has_aux=True)


@ms.jit
def one_step(images, labels):
    (loss, _), grads = grad_fn(images, labels)
    loss = scaler.unscale(loss)
    finite = all_finite(grads)
    if finite:
        opt(scaler.unscale(grads))
    scaler.adjust(finite)
    return loss


train_set, test_set = pipeline("train", 128), pipeline("test", 128)
metric = ms.train.Accuracy()
for epoch in range(30):
    net.set_train()
    for images, labels in train_set.create_tuple_iterator():
        loss = one_step(images, labels)
    net.set_train(False)
    metric.clear()
    for images, labels in test_set.create_tuple_iterator():
        metric.update(net(images), labels)
    print(epoch, loss, metric.eval())
