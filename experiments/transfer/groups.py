"""How much `ser predict --normalise corpus` gains on clips of a corpus that a model was not trained on: in groups of N clips drawn at
random, and in groups of two emotions only. Prints the UAR in % of the clips one by one -> normalised together, pooled over the draws.

    python3 experiments/transfer/groups.py SER.dll DATA runs/transfer/four/robust     # its three runs of seed 1
"""
import csv
import glob
import io
import os
import random
import subprocess
import sys

SER, DATA, RUNS = sys.argv[1:]
SIZES = {10: 60, 25: 30, 50: 20, 100: 12, 200: 8}  # clips in a group: number of draws
PAIRS = [('anger', 'happy'), ('neutral', 'sad'), ('anger', 'neutral'), ('happy', 'sad')]


def predict(run, files, *more):
    command = ['dotnet', SER, 'predict', *files, '--model', run, '--format', 'csv', *more]
    rows = csv.DictReader(io.StringIO(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout))
    return {row['file']: row['emotion'] for row in rows}


def uar(truth, answers):
    """UAR in % of all answers together; `answers` has one {file: emotion} per draw."""
    pairs = [(truth[file], emotion) for group in answers for file, emotion in group.items()]
    recalls = [[answer == emotion for true, answer in pairs if true == emotion] for emotion in {true for true, _ in pairs}]
    return 100 * sum(sum(hits) / len(hits) for hits in recalls) / len(recalls)


def clips(corpus, run):
    """The true emotion of each scored clip, by its file."""
    with open(f'{run}/predictions.csv') as rows:
        truth = {row['key'].split('/')[1]: row['truth'] for row in csv.DictReader(rows)}
    files = {}
    for path in glob.glob(f'{DATA}/{corpus}/**/*.wav', recursive=True):
        folder, name = path.split(os.sep)[-2:]
        key = (f'{folder}_' if corpus == 'savee' else '') + name.removesuffix('.wav')
        if key in truth:
            files[path] = truth[key]
    assert len(files) == len(truth), f'{corpus}: {len(files)} of {len(truth)} scored clips found'
    return files


for fold, corpus in enumerate(['ravdess', 'savee', 'tess']):
    run = f'{RUNS}/fold{fold}-seed1'
    truth = clips(corpus, run)
    alone = predict(run, sorted(truth))

    def line(name, groups):
        single = uar(truth, [{file: alone[file] for file in group} for group in groups])
        together = uar(truth, [predict(run, group, '--normalise', 'corpus') for group in groups])
        print(f'{corpus}, {name}: {single:.1f} -> {together:.1f}', flush=True)

    for size, draws in SIZES.items():
        draw = random.Random(size)
        line(f'{size} clips, {draws} draws', [sorted(draw.sample(sorted(truth), size)) for _ in range(draws)])
    line(f'all {len(truth)}', [sorted(truth)])
    for pair in PAIRS:
        line(' and '.join(pair), [sorted(file for file in truth if truth[file] in pair)])
