"""Times one training step of each architecture in PyTorch, in milliseconds: the models of docs/rebuild_in_pytorch.py with batch statistics, on
the same shapes as StepBenchmarks. Prints one line of JSON. On a GPU (SER_DEVICE=cuda), a step does not wait for the one before it, and rounds of
steps are timed, as `Benchmarks steps cuda STEPS` does.

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
DEVICE = os.environ.get("SER_DEVICE", "cpu")
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
    model = rebuilt.ARCHITECTURES[name](MELS, CLASSES, **OPTIONS[name]).to(DEVICE).train()
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3)
    features, lengths = torch.rand(BATCH, FRAMES, MELS, device=DEVICE) - 0.5, torch.full((BATCH,), FRAMES, device=DEVICE)
    labels = torch.arange(BATCH, device=DEVICE) % CLASSES

    def step():
        optimiser.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(features, lengths), labels, label_smoothing=0.05)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1)
        optimiser.step()

    return step


def saved_bytes(step):
    """Bytes that one step keeps for the backward pass. Each storage counts once; weights do not count."""
    storages, alive = {}, []

    def keep(tensor):
        alive.append(tensor)  # otherwise another tensor could get the address of a freed one
        if not isinstance(tensor, torch.nn.Parameter):
            storages[tensor.storage().data_ptr()] = tensor.storage().size() * tensor.element_size()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        step()
    return sum(storages.values())


def rounds(step, steps):
    """Milliseconds per step in each of five rounds, after one round to warm up."""
    times = []
    for count in [20] + [steps] * 5:
        torch.cuda.synchronize()
        start = time.perf_counter()
        for _ in range(count):
            step()
        torch.cuda.synchronize()
        times.append(1000 * (time.perf_counter() - start) / count)
    return times[1:]


def main():
    torch.set_num_threads(int(sys.argv[1]))
    result = {}
    for name in sys.argv[3:] or OPTIONS:
        step, times = step_of(name), []
        if DEVICE != "cpu":
            times = rounds(step, int(sys.argv[2]))
        else:
            for i in range(int(sys.argv[2]) + 3):
                start = time.perf_counter()
                step()
                times.append(1000 * (time.perf_counter() - start))
            del times[:3]
        result[name] = {"min": min(times), "median": statistics.median(times)}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
