"""How configs/published/best_weighted.yaml was chosen: kernel ridge regression on the training rows of the published split, scored by UAR over five folds of them.

    python3 experiments/published/weights.py DIR/seed-features [MINUTES]

Prints the UAR in percent of equal weights and of the committed weights, for two assignments of rows to folds. With MINUTES, it then searches that long for better weights, gamma
and ridge, by random hill climbing from equal weights on the first assignment. Needs NumPy and SciPy. The test rows are dropped before anything is computed.
"""

import sys
import time

import numpy as np
from scipy.linalg import cho_factor, cho_solve

GROUPS = (40, 12, 128, 7, 6)  # MFCC, chroma, mel, contrast, tonnetz
TEST = 1668

tables = [np.loadtxt(f"{sys.argv[1]}/f_{e}.csv", delimiter=",") for e in ("anger", "happy", "sad", "neutral")]
x, y = np.vstack(tables), np.repeat(range(4), [len(t) for t in tables])
train = np.random.RandomState(9).permutation(len(y))[TEST:]
x, y = x[train], y[train]
x[:, 52:180] = np.log(np.maximum(x[:, 52:180], 1e-10))


def kernel(a, b, gamma):
    return np.exp(-gamma * np.maximum((a * a).sum(1)[:, None] + (b * b).sum(1) - 2 * a @ b.T, 0))


def uar(weights, gamma, ridge, seed):
    fold = np.random.RandomState(seed).permutation(len(y)) % 5
    scores = []
    for f in range(5):
        known, asked = fold != f, fold == f
        z = np.clip((x - x[known].mean(0)) / (x[known].std(0) + 1e-9), -5, 5) * np.sqrt(np.repeat(weights, GROUPS))
        k = kernel(z[known], z[known], gamma) + ridge * np.eye(known.sum())
        answer = (kernel(z[asked], z[known], gamma) @ cho_solve(cho_factor(k), np.eye(4)[y[known]] - 0.25)).argmax(1)
        scores.append(np.mean([np.mean(answer[y[asked] == c] == c) for c in range(4)]))
    return 100 * np.mean(scores)


for name, point in (("equal", ((1, 1, 1, 1, 1), 0.006, 0.03)), ("committed", ((4, 0.5, 1.3, 2, 0.1), 0.004, 0.08))):
    print(name, *(f"{uar(*point, seed):.2f}" for seed in (1, 2)), flush=True)

draw, best, end = np.random.RandomState(0), (np.ones(5), 0.006, 0.03), time.time() + 60 * float((sys.argv + ["0"])[2])
score = uar(*best, 1) if time.time() < end else 0
while time.time() < end:
    step = np.exp(draw.randn(7) * (0.5, 0.5, 0.5, 0.5, 0.5, 0.3, 0.5) * (draw.rand(7) < 0.5))
    tried = (best[0] * step[:5], best[1] * step[5], best[2] * step[6])
    if (u := uar(*tried, 1)) > score:
        best, score = tried, u
        print(f"{score:.2f}", tried[0].round(2), f"gamma {tried[1]:.4f} ridge {tried[2]:.4f}", flush=True)
