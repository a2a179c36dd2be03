"""Makes metrics_random.csv, metrics_small.csv and metrics_paired.csv with scikit-learn 1.2.1 (Debian 12's python3-sklearn).

metrics_random.csv has one case per line: number of classes; true and predicted classes, one digit per clip; UAR
(balanced_accuracy_score); accuracy; macro-F1 over the union of labels (f1_score's default); UAR and macro-F1 (labels=) of the
first two classes on the clips of these classes, where every answer is allowed (nan without such clips); and the recall of
each class, separated by spaces (nan for a class without clips).

metrics_small.csv has the same for every confusion matrix of two classes with up to four clips and of three classes with up to three clips. So it
has every degenerate case: a class without clips, without answers or without either, answers outside the true classes, one clip, all right, none
right.

metrics_paired.csv has one case per line: number of classes; speakers, true classes and the answers of two systems, one
digit per clip; the difference in UAR; and its two-sided permutation p-value, from scoring every one of the 2^S ways to
swap the two systems' answers of whole speakers (S speakers).
"""
import itertools
import pathlib
import warnings

import numpy as np
from sklearn.metrics import accuracy_score, balanced_accuracy_score, f1_score, recall_score

warnings.simplefilter("ignore")
HERE = pathlib.Path(__file__).parent
random = np.random.default_rng(1)


def text(values):
    return "".join(str(value) for value in values)


def first_two(truth, predicted):
    kept = [(t, p) for t, p in zip(truth, predicted) if t < 2]
    if not kept:
        return [float("nan")] * 2
    truth, predicted = zip(*kept)
    labels = [c for c in (0, 1) if c in truth or c in predicted]
    return [balanced_accuracy_score(truth, predicted), f1_score(truth, predicted, average="macro", labels=labels)]


def case(classes, truth, predicted):
    recall = recall_score(truth, predicted, average=None, labels=range(classes), zero_division=0)
    recall = [value if c in set(truth) else float("nan") for c, value in enumerate(recall)]
    figures = [
        balanced_accuracy_score(truth, predicted),
        accuracy_score(truth, predicted),
        f1_score(truth, predicted, average="macro"),
        *first_two(truth, predicted),
    ]
    return ",".join([str(classes), text(truth), text(predicted), *map(repr, map(float, figures)), " ".join(repr(float(v)) for v in recall)])


def random_case():
    classes = int(random.integers(2, 9))
    clips = int(random.integers(1, 41))
    # Uneven classes, so that some have no clip and some are never answered.
    truth = random.choice(classes, clips, p=random.dirichlet(np.full(classes, 0.5)))
    guess = random.choice(classes, clips, p=random.dirichlet(np.full(classes, 0.5)))
    predicted = np.where(random.random(clips) < random.random(), truth, guess)
    return case(classes, truth.tolist(), predicted.tolist())


def paired_case():
    speakers, classes = int(random.integers(1, 7)), int(random.integers(2, 5))
    clips = int(random.integers(speakers, 40))
    speaker = np.concatenate([np.arange(speakers), random.integers(0, speakers, clips - speakers)])
    truth = random.integers(0, classes, clips)
    first = np.where(random.random(clips) < 0.7, truth, random.integers(0, classes, clips))
    second = np.where(random.random(clips) < 0.4, truth, random.integers(0, classes, clips))

    def difference(swap):
        swapped = np.array(swap)[speaker]
        a, b = np.where(swapped, second, first), np.where(swapped, first, second)
        return balanced_accuracy_score(truth, a) - balanced_accuracy_score(truth, b)

    observed = difference([False] * speakers)
    all_swaps = [difference(swap) for swap in itertools.product([False, True], repeat=speakers)]
    p = np.mean(np.abs(all_swaps) >= abs(observed) - 1e-12)
    return ",".join([str(classes), text(speaker), text(truth), text(first), text(second), repr(float(observed)), repr(float(p))])


degenerate = [
    case(4, [2], [2]), case(4, [2], [0]),                # a single clip, right and wrong
    case(4, [1] * 5, [1] * 5), case(4, [1] * 5, [3] * 5),  # one class only
    case(2, [0, 0, 1, 1], [0, 0, 0, 0]),                 # a class never answered
    case(6, [0, 1, 2, 3], [4, 4, 5, 5]),                 # every answer outside the true classes
    case(8, list(range(8)), list(range(8))),             # all right
]


def small_cases(classes, most):
    cells = [(t, p) for t in range(classes) for p in range(classes)]
    for clips in range(1, most + 1):
        for chosen in itertools.combinations_with_replacement(cells, clips):
            yield case(classes, *map(list, zip(*chosen)))


(HERE / "metrics_small.csv").write_text("\n".join([*small_cases(2, 4), *small_cases(3, 3)]) + "\n")
(HERE / "metrics_random.csv").write_text("\n".join(degenerate + [random_case() for _ in range(1000)]) + "\n")
(HERE / "metrics_paired.csv").write_text("\n".join(paired_case() for _ in range(30)) + "\n")
