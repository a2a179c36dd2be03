"""Computes what a trained model of the workbench takes from a sound file, for rebuild_in_pytorch.py. Needs torch, torchaudio and a back end of
torchaudio's that reads the file (soundfile).

    python3 features_in_pytorch.py model.safetensors clip.wav > clips.json
    python3 rebuild_in_pytorch.py model.safetensors clips.json    # the clip's logits

Of the front ends, logmel and mfcc are here, without features.prosody, whose pitch tracker is in C# alone; of the normalisations, global and clip
ones. For a file at the model's rate the values are the workbench's to a thousandth of a deviation; for others, torchaudio resamples otherwise.
"""
import json
import sys

import torch
import torchaudio
from torchaudio.transforms import AmplitudeToDB, MelSpectrogram

from rebuild_in_pytorch import load


def powers(wave, f):
    """Mean power of each frame, whose centres are a hop apart; at the clip's ends, of the samples that exist."""
    side = f["fft_size"] // 2
    frames = [wave[max(0, t * f["hop"] - side):t * f["hop"] + side].double() for t in range(1 + len(wave) // f["hop"])]
    return torch.stack([frame.square().mean() for frame in frames])


def cut(wave, f):
    """The clip without its quiet ends, at one level if features.normalise_level is on, and of its longest length at most."""
    if f["trim_db"] > 0:
        power = powers(wave, f)
        loud = (power >= power.max() * 10 ** (-f["trim_db"] / 10)).nonzero().flatten()
        first, last = loud[0].item() * f["hop"], loud[-1].item()
        first = first if first < len(wave) else max(0, len(wave) - f["fft_size"] // 2)
        wave = wave[first:len(wave) if last == len(power) - 1 else last * f["hop"] + 1]
    if f.get("normalise_level"):
        wave = wave / powers(wave, f).max().sqrt().float()
    most = int(f["max_seconds"] * f["sample_rate"])
    return wave if len(wave) <= most else wave[(len(wave) - most) // 2:][:most]


def features(path, card):
    """T x F values of a sound file, normalised as the model was trained."""
    f, norm = card["features"], card["normaliser"]
    if f["kind"] not in ("logmel", "mfcc") or f.get("prosody") or norm["kind"] not in ("global", "clip", "clip_mean"):
        sys.exit("only features.kind logmel and mfcc without prosody, and train.normalise global, clip and clip_mean, are rebuilt here")
    wave, rate = torchaudio.load(path)
    wave = cut(torchaudio.functional.resample(wave.mean(0), rate, f["sample_rate"]), f)
    mel = MelSpectrogram(
        f["sample_rate"], n_fft=f["fft_size"], hop_length=f["hop"], n_mels=f["mels"],
        f_min=float(f["min_hz"]), f_max=float(f["max_hz"] or f["sample_rate"] / 2))
    x = AmplitudeToDB("power", top_db=f["top_db"])(mel(wave))
    if f["kind"] == "mfcc":
        x = torchaudio.functional.create_dct(f["mfccs"], f["mels"], "ortho").t() @ x
    if f["deltas"]:
        first = torchaudio.functional.compute_deltas(x)
        x = torch.cat([x, first, torchaudio.functional.compute_deltas(first)])
    x, mean, deviation = x.t(), torch.tensor(norm["mean"]), torch.tensor(norm["deviation"])
    mean = mean if norm["kind"] == "global" else x.mean(0)
    return (x - mean) / (x.std(0, unbiased=False) if norm["kind"] == "clip" else deviation)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python3 features_in_pytorch.py model.safetensors clip.wav > clips.json")
    values = features(sys.argv[2], load(sys.argv[1])[0])
    print(json.dumps({"features": [values.tolist()], "lengths": [len(values)]}))
