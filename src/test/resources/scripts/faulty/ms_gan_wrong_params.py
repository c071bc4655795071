import mindspore as ms
import mindspore.nn as nn
import mindspore.ops as ops
import numpy as np
from mindspore.dataset import MnistDataset

ms.set_seed(3)
latent = 100
dataset = MnistDataset("mnist/train", usage="train", shuffle=True)
dataset = dataset.map(lambda x: (x.astype("float32") / 127.5 - 1.0), input_columns="image").batch(128)


class Generator(nn.Cell):
    def __init__(self):
        super().__init__()
        self.layers = nn.SequentialCell(nn.Dense(latent, 256), nn.BatchNorm1d(256), nn.ReLU(),
                                        nn.Dense(256, 784), nn.Tanh())

    def construct(self, x):
        return self.layers(x)


class Discriminator(nn.Cell):
    def __init__(self):
        super().__init__()
        self.layers = nn.SequentialCell(nn.Dense(784, 256), nn.LeakyReLU(), nn.Dense(256, 1), nn.Sigmoid())

    def construct(self, x):
        return self.layers(x)


net_g, net_d = Generator(), Discriminator()
adversarial_loss = nn.BCELoss(reduction="mean")
optimizer_g = nn.Adam(net_d.trainable_params(), learning_rate=2e-4, beta1=0.5)
optimizer_d = nn.Adam(net_d.trainable_params(), learning_rate=2e-4, beta1=0.5)


def generator_forward(noise):
    fake = net_g(noise)
    return adversarial_loss(net_d(fake), ops.ones((noise.shape[0], 1), ms.float32))


def discriminator_forward(real, noise):
    fake = net_g(noise)
    real_loss = adversarial_loss(net_d(real), ops.ones((real.shape[0], 1), ms.float32))
    fake_loss = adversarial_loss(net_d(fake), ops.zeros((real.shape[0], 1), ms.float32))
    return (real_loss + fake_loss) / 2


grad_g = ms.value_and_grad(generator_forward, None, optimizer_g.parameters)
grad_d = ms.value_and_grad(discriminator_forward, None, optimizer_d.parameters)
net_g.set_train()
net_d.set_train()
for epoch in range(20):
    for image, _ in dataset.create_tuple_iterator():
        real = image.reshape(image.shape[0], -1)
        noise = ops.standard_normal((image.shape[0], latent))
        d_loss, d_grads = grad_d(real, noise)
        optimizer_d(d_grads)
        g_loss, g_grads = grad_g(noise)
        optimizer_g(g_grads)
    print(epoch, d_loss, g_loss)
