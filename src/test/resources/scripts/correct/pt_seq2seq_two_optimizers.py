import random

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import optim

from lang import pairs_to_tensors, prepare_data

hidden_size, SOS, EOS, MAX_LENGTH = 256, 0, 1, 10
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
teacher_forcing_ratio = 0.5


class EncoderRNN(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.embedding = nn.Embedding(input_size, hidden_size)
        self.gru = nn.GRU(hidden_size, hidden_size)

    def forward(self, token, hidden):
        embedded = self.embedding(token).view(1, 1, -1)
        return self.gru(embedded, hidden)


class DecoderRNN(nn.Module):
    def __init__(self, output_size):
        super().__init__()
        self.embedding = nn.Embedding(output_size, hidden_size)
        self.gru = nn.GRU(hidden_size, hidden_size)
        self.out = nn.Linear(hidden_size, output_size)
        self.softmax = nn.LogSoftmax(dim=1)

    def forward(self, token, hidden):
        output = F.relu(self.embedding(token).view(1, 1, -1))
        output, hidden = self.gru(output, hidden)
        return self.softmax(self.out(output[0])), hidden


def train(src, tgt, encoder, decoder, encoder_optimizer, decoder_optimizer, criterion):
    hidden = torch.zeros(1, 1, hidden_size, device=device)
    encoder_optimizer.zero_grad()
    decoder_optimizer.zero_grad()
    loss = 0
    for token in src:
        _, hidden = encoder(token, hidden)
    decoder_input = torch.tensor([[SOS]], device=device)
    forcing = random.random() < teacher_forcing_ratio
    for token in tgt:
        output, hidden = decoder(decoder_input, hidden)
        loss += criterion(output, token)
        if forcing:
            decoder_input = token
        else:
            _, topi = output.topk(1)
            decoder_input = topi.squeeze().detach()
            if decoder_input.item() == EOS:
                break
    loss.backward()
    encoder_optimizer.step()
    decoder_optimizer.step()
    return loss.item() / tgt.size(0)


def train_iters(encoder, decoder, pairs, n_iters, learning_rate=0.01):
    encoder_optimizer = optim.SGD(encoder.parameters(), lr=learning_rate)
    decoder_optimizer = optim.SGD(decoder.parameters(), lr=learning_rate)
    chosen = [pairs_to_tensors(random.choice(pairs)) for _ in range(n_iters)]
    criterion = nn.NLLLoss()
    total = 0
    for i, (src, tgt) in enumerate(chosen, 1):
        total += train(src, tgt, encoder, decoder, encoder_optimizer, decoder_optimizer, criterion)
        if i % 5000 == 0:
            print(i, total / 5000)
            total = 0


source, target, pairs = prepare_data("eng", "fra", True)
train_iters(EncoderRNN(source.n_words).to(device), DecoderRNN(target.n_words).to(device), pairs, 75000)
