"""Golden values of torchaudio's MelSpectrogram + AmplitudeToDB, MFCC and compute_deltas.

Run: python3 make_features.py   (torchaudio 0.13.1, torch 1.13; writes melspec_torchaudio.json and mfcc_torchaudio.json beside itself)
The sound is three sines and white noise of an integer linear congruential generator, so that the test can make it again. Its last third is
100 dB lower, so that top_db has something to raise. The first three frames, the last three and every seventh between are kept.
"""
import json
import math
import pathlib

import torch
import torchaudio
from torchaudio.transforms import MFCC, AmplitudeToDB, MelSpectrogram


def sound(count, rate):
    state, values = 1, []
    for i in range(count):
        state = (state * 1103515245 + 12345) % 2**31
        noise = (state // 65536 - 16384) / 32768
        tones = sum(a * math.sin(2 * math.pi * hz * i / rate) for a, hz in [(0.3, 187.5), (0.2, 1234.5), (0.1, 3456.7)])
        values.append((tones + 0.05 * noise) * (1 if i < count * 2 // 3 else 1e-5))
    return torch.tensor(values)


def case(values, **options):  # values: (width, frames)
    frames = values.shape[1]
    kept = [t for t in range(frames) if t < 3 or t >= frames - 3 or t % 7 == 0]
    rows = [[round(v, 5) for v in values[:, t].tolist()] for t in kept]
    return {**options, "count": COUNT, "frames": frames, "kept": kept, "rows": rows}


COUNT = 11237
mels, mfccs = [], []
for rate, fft, hop, bands, low, high in [(16000, 512, 256, 64, 0, 0), (16000, 400, 160, 40, 0, 0), (22050, 1024, 300, 80, 60, 7600)]:
    frame = {"n_fft": fft, "hop_length": hop, "n_mels": bands, "f_min": float(low), "f_max": float(high or rate // 2)}
    options = {"sampleRate": rate, "fftSize": fft, "hop": hop, "mels": bands, "minHz": low, "maxHz": high}
    wave = sound(COUNT, rate)
    level = AmplitudeToDB("power", top_db=80)(MelSpectrogram(sample_rate=rate, **frame)(wave))
    mels.append(case(level, **options))
    if bands > 40:
        coefficients = MFCC(sample_rate=rate, n_mfcc=40, melkwargs=frame)(wave)
        first = torchaudio.functional.compute_deltas(coefficients)
        second = torchaudio.functional.compute_deltas(first)
        mfccs.append(case(torch.cat([coefficients, first, second]), kind="mfcc", deltas=True, **options))

for name, cases in [("melspec", mels), ("mfcc", mfccs)]:
    path = pathlib.Path(__file__).with_name(f"{name}_torchaudio.json")
    path.write_text("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]\n")
