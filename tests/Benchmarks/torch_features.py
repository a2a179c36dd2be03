"""Times torchaudio's log-mel (AmplitudeToDB over MelSpectrogram) in milliseconds, on the work of LogMelBenchmarks and CorpusBenchmarks. Prints one
line of JSON.

    python3 torch_features.py THREADS batch           # 32 clips of 3 s at 16 kHz, 33 times
    python3 torch_features.py THREADS corpus FOLDER   # every WAV file: read (soundfile), resample to 16 kHz, log-mel
"""
import glob
import json
import os
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import torch
import torchaudio

RATE = 16000
mel = torchaudio.transforms.MelSpectrogram(RATE, 512, hop_length=256, n_mels=64, f_max=8000)
to_db = torchaudio.transforms.AmplitudeToDB("power", 80)


def log_mel(x):
    return to_db(mel(x)[:, None])


def of_file(path):
    import soundfile  # in the corpus part only

    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    sound = torch.from_numpy(samples.T).mean(0, keepdim=True)
    if rate != RATE:
        sound = torchaudio.functional.resample(sound, rate, RATE)
    return log_mel(sound).numel()


def main():
    threads = int(sys.argv[1])
    times = []
    with torch.no_grad():
        if sys.argv[2] == "batch":
            torch.set_num_threads(threads)
            x = torch.rand(32, 3 * RATE) - 0.5
            for _ in range(33):
                start = time.perf_counter()
                log_mel(x)
                times.append(1000 * (time.perf_counter() - start))
        else:
            # One thread per file, as in the workbench: torch's own threads gain little on one short clip.
            torch.set_num_threads(1)
            files = sorted(glob.glob(os.path.join(sys.argv[3], "**", "*.wav"), recursive=True))
            with ThreadPoolExecutor(threads) as pool, torch.no_grad():
                for _ in range(3):
                    start = time.perf_counter()
                    sum(pool.map(of_file, files))
                    times.append(1000 * (time.perf_counter() - start))
    kept = times[1:]  # the first warms up
    print(json.dumps({"min": min(kept), "median": statistics.median(kept)}))


main()
