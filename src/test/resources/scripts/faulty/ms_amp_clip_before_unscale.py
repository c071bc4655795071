import mindspore as ms
from mindspore import nn, ops
from mindspore.amp import DynamicLossScaler, all_finite, auto_mixed_precision
from mindspore.dataset import Cifar10Dataset, transforms, vision

ms.set_seed(4)
data = Cifar10Dataset("cifar-10-batches-bin", usage="train", shuffle=True)
data = data.map([vision.Rescale(1.0 / 255.0, 0.0), vision.HWC2CHW()], "image")
data = data.map(transforms.TypeCast(ms.int32), "label").batch(128, drop_remainder=True)
net = auto_mixed_precision(
    nn.SequentialCell(nn.Conv2d(3, 64, 3), nn.ReLU(), nn.Flatten(), nn.Dense(64 * 32 * 32, 10)), "O2")
loss_fn = nn.CrossEntropyLoss()
opt = nn.Momentum(net.trainable_params(), 0.01, 0.9)
scaler = DynamicLossScaler(scale_value=2**16, scale_factor=2, scale_window=50)


def forward(images, labels):
    return scaler.scale(loss_fn(net(images), labels))


grad_fn = ms.value_and_grad(forward, None, opt.parameters)


def one_step(images, labels):
    loss, grads = grad_fn(images, labels)
    finite = all_finite(grads)
    if finite:
        grads = ops.clip_by_global_norm(grads, 1.0)
        opt(scaler.unscale(grads))
    scaler.adjust(finite)
    return scaler.unscale(loss)


for epoch in range(30):
    net.set_train()
    for images, labels in data.create_tuple_iterator():
        loss = one_step(images, labels)
    print(epoch, loss)
