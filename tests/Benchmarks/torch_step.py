"""Milliseconds of one training step of each architecture in PyTorch: the models of docs/rebuild_in_pytorch.py with batch statistics, on the same
shapes as StepBenchmarks. Prints one line of JSON.

    python3 torch_step.py THREADS STEPS [MODEL ...]
"""
import json
import os
import statistics
import sys
import time

import torch

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../docs"))
import rebuild_in_pytorch as rebuilt

OPTIONS = {
    "mlp": dict(hidden=[256, 128], dropout=0.4),
    "cnn": dict(channels=[16, 32, 64, 96], time_halvings=4, attention=64, dropout=0.3),
    "lstm": dict(frames_per_step=3, hidden=96, layers=2, attention=64, dropout=0.3),
    "cnn_lstm": dict(channels=[16, 32, 48], time_halvings=2, projection=128, hidden=96, layers=1, attention=64, dropout=0.3),
}
BATCH, FRAMES, MELS, CLASSES = 32, 256, 64, 4


class BatchNorm(torch.nn.Module):
    """PyTorch's own batch normalisation in place of the masked one: no clip of the benchmark is padded, so both give the same."""

    def __init__(self, channels):
        super().__init__()
        self.norm = torch.nn.BatchNorm2d(channels)

    def forward(self, x):
        return self.norm(x) if x.dim() == 4 else self.norm(x[:, :, None, None]).flatten(1)


def step_of(name):
    rebuilt.MaskedBatchNorm = BatchNorm
    model = rebuilt.ARCHITECTURES[name](MELS, CLASSES, **OPTIONS[name]).train()
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3)
    features, lengths = torch.rand(BATCH, FRAMES, MELS) - 0.5, torch.full((BATCH,), FRAMES)
    labels = torch.arange(BATCH) % CLASSES

    def step():
        optimiser.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(features, lengths), labels, label_smoothing=0.05)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1)
        optimiser.step()

    return step


def main():
    torch.set_num_threads(int(sys.argv[1]))
    result = {}
    for name in sys.argv[3:] or OPTIONS:
        step, times = step_of(name), []
        for i in range(int(sys.argv[2]) + 3):
            start = time.perf_counter()
            step()
            times.append(1000 * (time.perf_counter() - start))
        result[name] = {"min": min(times[3:]), "median": statistics.median(times[3:])}
    print(json.dumps(result))


main()
