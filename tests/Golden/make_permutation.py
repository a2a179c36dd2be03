"""Makes permutation_numpy.json with NumPy 1.24.2 (Debian 12's python3-numpy): the first words of the legacy RandomState and its permutations.

`words`: of each seed, the first five words of MT19937, and the sum modulo 2**32 of its first 1,300 (which refill its 624 words twice).
`permutations`: seed, length, the first eight numbers, and the SHA-256 of all numbers joined with spaces.
"""
import hashlib
import json
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent


def words(seed):
    drawn = np.random.RandomState(seed).randint(0, 2**32, size=1300, dtype=np.uint64)
    return {"seed": seed, "first": [int(word) for word in drawn[:5]], "sum": int(drawn.sum() % 2**32)}


def permutation(seed, length):
    order = np.random.RandomState(seed).permutation(length)
    text = " ".join(str(number) for number in order)
    return {"seed": seed, "length": length, "first": [int(n) for n in order[:8]], "sha256": hashlib.sha256(text.encode()).hexdigest()}


golden = {
    "words": [words(seed) for seed in (0, 9, 42, 2**32 - 1)],
    "permutations": [permutation(seed, length) for seed, length in ((9, 1), (9, 2), (9, 10), (0, 100), (42, 4096), (9, 4097), (9, 6671), (123456, 70000))],
}
(HERE / "permutation_numpy.json").write_text(json.dumps(golden, indent=1) + "\n")
