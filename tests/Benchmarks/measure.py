"""Measures the speed of the workbench, compared with other programs and with its own floors (the least time that a part can take). The programs of a part
take turns for a number of rounds. The fastest of all rounds counts, since a shared machine only ever adds time. Writes results/performance/measured.json.

    python3 tests/Benchmarks/measure.py --data DIR [--rounds 3] [--threads N] [--before CHECKOUT] [--only PART ...]

Needs a Release build of the solution; --python names a Python with torch, torchaudio and soundfile (Debian: python3-torch, python3-torchaudio,
python3-soundfile, libopenblas0-pthread). DIR holds the corpora; CHECKOUT is a built checkout of an older commit, for the part `study`.
"""
import argparse
import json
import os
import platform
import shutil
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
OUT = "bin/Release/net10.0/linux-x64"
BENCHMARKS, SER = os.path.join(HERE, OUT, "benchmarks.dll"), os.path.join(ROOT, "src/Cli", OUT, "ser.dll")
ARCHITECTURES = ["mlp", "cnn", "lstm", "cnn_lstm"]


def run(command, **more):
    environment = dict(os.environ, TORCH_CPP_LOG_LEVEL="ERROR", **more)
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done.stdout


def ours(name, args, **more):
    """Fastest iteration of each benchmark of a class, in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        run(["dotnet", BENCHMARKS, "--filter", f"*.{name}.*", "--artifacts", folder], SER_THREADS=str(args.threads),
            DOTNET_PROCESSOR_COUNT=str(args.threads), **more)
        path = os.path.join(folder, "results", f"SpeechEmotion.Benchmarks.{name}-report-brief.json")
        rows = json.load(open(path))["Benchmarks"]
    return {f"{row['Method']} {row['Parameters'].split('=')[-1]}".strip(): row["Statistics"]["Min"] / 1e6 for row in rows}


def theirs(args, script, *more):
    result = json.loads(run([args.python, os.path.join(HERE, script), *map(str, more)]).splitlines()[-1])
    return {"PyTorch " + k: v["min"] for k, v in result.items()} if "min" not in result else {"torchaudio": result["min"]}


def wall(name, command, **more):
    start = time.perf_counter()
    run(command, **more)
    return {name: 1000 * (time.perf_counter() - start)}


def step(args):
    return [lambda: ours("StepBenchmarks", args), lambda: theirs(args, "torch_step.py", args.threads, 10)]


def logmel(args):
    return [lambda: ours("LogMelBenchmarks", args), lambda: theirs(args, "torch_features.py", args.threads, "batch")]


def corpus(args):
    return [lambda: ours("CorpusBenchmarks", args, SER_CLIPS=args.data), lambda: theirs(args, "torch_features.py", args.threads, "corpus", args.data)]


def native(args):
    return [lambda: ours("CorpusBenchmarks", args, SER_CLIPS=args.native), lambda: theirs(args, "torch_features.py", args.threads, "corpus", args.native)]


def summary(args):
    return [lambda: ours("SummaryBenchmarks", args)]


def answer(args):
    return [lambda: ours("AnswerBenchmarks", args)]


def predict(args):
    clip = next(os.path.join(d, f) for d, _, files in sorted(os.walk(args.data, followlinks=True)) for f in sorted(files) if f.endswith(".wav"))
    program = ["dotnet", args.installed, "predict", clip]
    return [lambda: wall("libtorch loaded, two tensors added", ["dotnet", BENCHMARKS, "load"]), lambda: wall("ser predict", program)] * 3


def second(args):
    """The same training run twice, with one cache that starts empty: the time until the first epoch starts (start-up and features)."""
    def once(name, cache):
        with tempfile.TemporaryDirectory() as out:
            command = ["dotnet", args.installed, "train", "configs/base.yaml", "configs/models/mlp.yaml", "--data", args.data, "--out", out + "/run",
                       "--set", "data.corpora=[ravdess,savee,tess]", "--set", "split.kind=merged", "--set", "train.epochs=1", "--set", f"threads={args.threads}"]
            os.chdir(ROOT)
            process = subprocess.Popen(command, env=dict(os.environ, SER_CACHE=cache), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
            start = time.perf_counter()
            log = process.stderr.read()
            if process.wait() != 0:
                raise SystemExit(log)
            # The history is written when the first epoch ends and holds that epoch's seconds; the difference is when it started.
            first = os.path.getmtime(out + "/run/history.csv") - float(open(out + "/run/history.csv").read().splitlines()[1].split(",")[-1])
            return {name: 1000 * (first - (time.time() - (time.perf_counter() - start)))}

    cache = tempfile.mkdtemp()
    return [lambda: (shutil.rmtree(cache), once("first run", cache))[1], lambda: once("second run", cache)]


def study(args):
    """One fold of the merged comparison on real speech, and the whole quickstart, with features and report; each run has an empty cache of its own."""
    def compare(which, root, study_file, *more):
        with tempfile.TemporaryDirectory() as out:
            os.chdir(root)
            return wall(which, ["dotnet", os.path.join(root, "src/Cli", OUT, "ser.dll"), "compare", study_file, "--out", out + "/study", *more], SER_CACHE=out + "/cache")

    merged = ["experiments/merged/study.yaml", "--data", args.data, "--folds", "0"]
    return [part for kind, more in (("quickstart", ["experiments/quickstart/study.yaml"]), ("fold of merged", merged))
            for part in (lambda k=kind, m=more: compare(f"{k}, before", args.before, *m),
                         lambda k=kind, m=more: compare(f"{k}, now", ROOT, *m))]


PARTS = {p.__name__: p for p in (step, logmel, corpus, native, summary, answer, predict, second, study)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="folder of the corpora")
    parser.add_argument("--native", help="folder of clips at their original rates (part native)")
    parser.add_argument("--before", help="checkout of an older commit, built (part study)")
    parser.add_argument("--installed", default=SER, help="the ser.dll whose start is measured (parts predict and second), such as one published with ReadyToRun")
    parser.add_argument("--python", default="/usr/bin/python3")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--out", default=os.path.join(ROOT, "results/performance/measured.json"))
    parser.add_argument("--only", nargs="*", choices=PARTS, default=[p for p in PARTS if p not in ("native", "study")])
    args = parser.parse_args()
    measured = json.load(open(args.out)) if os.path.exists(args.out) else {}
    commit = run(["git", "-C", ROOT, "describe", "--always", "--dirty", "--abbrev=12"]).strip()
    for name in args.only:
        best, load = {}, []
        for _ in range(args.rounds):
            for part in PARTS[name](args):
                load.append(os.getloadavg()[0])
                for key, value in part().items():
                    best[key] = min(best.get(key, value), value)
        measured[f"{name}, {args.threads} threads"] = {
            "commit": commit, "machine": f"{os.cpu_count()} cores, {platform.machine()}", "rounds": args.rounds, "load": round(max(load), 1),
            "milliseconds": {k: round(v, 3) for k, v in best.items()}}
        os.makedirs(os.path.dirname(args.out), exist_ok=True)
        with open(args.out, "w") as file:
            json.dump(measured, file, indent=2)
        print(name, json.dumps(measured[f"{name}, {args.threads} threads"], indent=2), flush=True)


if __name__ == "__main__":
    main()
