"""Golden values of torchaudio.functional.resample (its defaults: sinc_interp_hann, width 6, rolloff 0.99).

Run: python3 make_resample.py > resample_torchaudio.json   (torchaudio 0.13.1; 24414 -> 16000 takes some 5 GB)
The input is white noise of an integer linear congruential generator, so that the test can make it again.
The golden values are resampled in double precision. In single precision (which a float tensor gets), torchaudio also rounds the times at
which it takes the sinc. The two differ by up to `single` (3.5e-4 at 24414 -> 16000, where 8,000 phases share a block of 12,207 samples).
Of each output, its length, its first and last 30 samples and every 101st sample between are kept.
"""
import json

import torch
import torchaudio


def noise(count):
    state, values = 1, []
    for _ in range(count):
        state = (state * 1103515245 + 12345) % 2**31
        values.append((state // 65536 - 16384) / 32768)
    return torch.tensor(values)


cases = []
for source, target, count in [(48000, 16000, 20001), (44100, 16000, 20000), (24414, 16000, 30000), (16000, 8000, 10000), (8000, 16000, 7777)]:
    output = torchaudio.functional.resample(noise(count).double(), source, target)
    single = (torchaudio.functional.resample(noise(count), source, target) - output).abs().max()
    last = len(output)
    indices = list(range(30)) + list(range(30, last - 30, 101)) + list(range(last - 30, last))
    cases.append(
        {
            "from": source,
            "to": target,
            "input": count,
            "output": last,
            "single": float(f"{single:.2g}"),
            "indices": indices,
            "values": [float(f"{output[i]:.8g}") for i in indices],
        }
    )
print("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]")
