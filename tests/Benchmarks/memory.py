"""Measures the memory of a training run of each of four architectures of configs/models (mlp, cnn, lstm, cnn_lstm): the resident bytes at the end of each
epoch and their maximum, which is also given less that of a program that has only loaded libtorch. It is compared with what a run needs at least: the
features once, the weights with their two moments, and what PyTorch keeps of one batch for the backward pass. Writes the part `memory` of
results/performance/measured.json. Linux only.

    /usr/bin/python3 tests/Benchmarks/memory.py --data DIR [--epochs 8]

Needs a Release build of the solution, and runs in a Python that has torch.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time

import torch_step
from measure import BENCHMARKS, ROOT, SER

MIB = 2**20


def resident(pid):
    try:
        with open(f"/proc/{pid}/status") as status:
            return 1024 * int(next(line for line in status if line.startswith("VmRSS")).split()[1])
    except (OSError, StopIteration):
        return 0


def peak(command, each=None, **more):
    """Maximum of the resident bytes of a program, which are read fifty times a second."""
    process = subprocess.Popen(command, env=dict(os.environ, TORCH_CPP_LOG_LEVEL="ERROR", **more), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    most, log = 0, []

    def watch():
        nonlocal most
        while process.poll() is None:
            most = max(most, resident(process.pid))
            time.sleep(0.02)

    watcher = threading.Thread(target=watch)
    watcher.start()
    for line in process.stderr:
        log.append(line)
        if each is not None and line.startswith("epoch "):
            each(resident(process.pid))
    watcher.join()
    if process.wait() != 0:
        sys.exit("".join(log[-20:]))
    return most


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="folder of RAVDESS, SAVEE and TESS")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--out", default=os.path.join(ROOT, "results/performance/measured.json"))
    args = parser.parse_args()
    saved = {name: torch_step.saved_bytes(torch_step.step_of(name)) for name in torch_step.OPTIONS}
    base = peak(["dotnet", BENCHMARKS, "load"])
    rows = {}
    for name, batch in saved.items():
        with tempfile.TemporaryDirectory() as work:
            command = ["dotnet", SER, "train", "configs/base.yaml", f"configs/models/{name}.yaml", "--data", args.data, "--out", work + "/run"]
            sets = ["data.corpora=[ravdess,savee,tess]", "split.kind=merged", "train.patience=0", "threads=1", f"train.epochs={args.epochs}"]
            command += [part for each in sets for part in ("--set", each)]
            cache, epochs = work + "/cache", []
            peak([*command, "--set", "train.epochs=1"], SER_CACHE=cache)  # fills the cache
            subprocess.run(["rm", "-r", work + "/run"], check=True)
            most = peak(command, epochs.append, SER_CACHE=cache)
            features = sum(os.path.getsize(os.path.join(d, f)) for d, _, files in os.walk(cache + "/features") for f in files)
            parameters = 4 * json.load(open(work + "/run/environment.json"))["parameters"]
            need = features + 3 * parameters + batch
            rows[name] = {"features": features, "parameters": parameters, "activations": batch, "peak": most, "peak_less_base": most - base,
                          "ratio": round((most - base) / need, 2), "epochs_mib": [e // MIB for e in epochs]}
            print(name, rows[name], flush=True)
    commit = subprocess.run(["git", "-C", ROOT, "describe", "--always", "--dirty", "--abbrev=12"], capture_output=True, text=True, check=True).stdout.strip()
    measured = json.load(open(args.out)) if os.path.exists(args.out) else {}
    measured["memory, 1 threads"] = {"commit": commit, "base": base, "bytes": rows}
    with open(args.out, "w") as file:
        json.dump(measured, file, indent=2)


main()
