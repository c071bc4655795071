import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader
from torchvision import datasets, models, transforms

T, ALPHA = 4.0, 0.7
stats = ((0.5071, 0.4867, 0.4408), (0.2675, 0.2565, 0.2761))
train_tf = transforms.Compose([transforms.RandomCrop(32, padding=4), transforms.RandomHorizontalFlip(),
                               transforms.ToTensor(), transforms.Normalize(*stats)])
test_tf = transforms.Compose([transforms.ToTensor(), transforms.Normalize(*stats)])
train_loader = DataLoader(datasets.CIFAR100("d", train=True, transform=train_tf, download=True), batch_size=128, shuffle=True)
test_loader = DataLoader(datasets.CIFAR100("d", train=False, transform=test_tf), batch_size=256)

teacher = models.resnet50(num_classes=100)
teacher.load_state_dict(torch.load("teacher.pth"))
teacher.eval()
for p in teacher.parameters():
    p.requires_grad_(False)
student = models.mobilenet_v2(num_classes=100)
optimizer = torch.optim.SGD(student.parameters(), lr=0.05, momentum=0.9, nesterov=True, weight_decay=5e-4)
scheduler = torch.optim.lr_scheduler.MultiStepLR(optimizer, milestones=[60, 120, 160], gamma=0.2)


def kd_loss(student_logits, teacher_logits, labels):
    soft = F.kl_div(F.log_softmax(student_logits / T, dim=1), F.softmax(teacher_logits / T, dim=1),
                    reduction="batchmean") * (T * T)
    hard = F.cross_entropy(student_logits, labels)
    return ALPHA * soft + (1 - ALPHA) * hard


def train_epoch():
    student.train()
    for x, y in train_loader:
        with torch.no_grad():
            t = teacher(x)
        s = student(x)
        loss = kd_loss(s, t, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def test_epoch():
    student.eval
    n = 0
    with torch.no_grad():
        for x, y in test_loader:
            n += (student(x).argmax(1) == y).sum().item()
    return n / len(test_loader.dataset)


for epoch in range(200):
    train_epoch()
    scheduler.step()
    print(epoch, test_epoch())
