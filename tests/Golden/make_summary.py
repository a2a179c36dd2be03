"""Golden values of the 193 summary features and of their pieces, from plain NumPy and SciPy (no librosa).

Run: python3 make_summary.py   (numpy 1.24, scipy 1.10; writes summary_numpy.json beside itself; with `--table SOUND.wav... --rows TABLE.csv...` it
compares 16-bit WAV files with rows of the published table instead, which librosa 0.7 made)
The definitions are librosa 0.7's: core.stft, istft, estimate_tuning, cqt; feature.mfcc, chroma_stft, melspectrogram, spectral_contrast, tonnetz;
effects.harmonic; filters.mel, chroma, constant_q; and resampy 0.2's 'kaiser_fast'. Single precision is used where they use it.
The sounds are those of make_features.py.
"""
import json
import pathlib
import sys
import wave

import numpy as np
import scipy.fft
import scipy.ndimage
import scipy.signal

TINY = np.finfo(np.float32).tiny


def sound(count, rate):
    state, values = 1, []
    for i in range(count):
        state = (state * 1103515245 + 12345) % 2**31
        noise = (state // 65536 - 16384) / 32768
        tones = sum(a * np.sin(2 * np.pi * hz * i / rate) for a, hz in [(0.3, 187.5), (0.2, 1234.5), (0.1, 3456.7)])
        values.append((tones + 0.05 * noise) * (1 if i < count * 2 // 3 else 1e-5))
    return np.array(values, np.float32)


def noise(count):
    state, values = 1, []
    for _ in range(count):
        state = (state * 1103515245 + 12345) % 2**31
        values.append((state // 65536 - 16384) / 32768)
    return np.array(values, np.float32)


def hann(size):
    return scipy.signal.get_window("hann", size, fftbins=True)


def stft(y, window, hop):
    padded = np.pad(y, len(window) // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, len(window))[::hop]
    return np.fft.rfft(frames * window).T.astype(np.complex64)


def unit(values, norm):
    size = np.abs(values).max(0) if norm == np.inf else (np.abs(values).astype(float) ** norm).sum(0) ** (1 / norm)
    return (values / np.where(size < np.finfo(values.dtype).tiny, 1, size)).astype(values.dtype)


def decibels(power):
    level = 10 * np.log10(np.maximum(1e-10, power))
    return np.maximum(level, level.max() - 80)


def slaney(rate):
    def hz(mel):
        return np.where(mel < 15, mel * 200 / 3, 1000 * 6.4 ** ((mel - 15) / 27))

    top = rate / 2 / (200 / 3) if rate < 2000 else 15 + 27 * np.log(rate / 2000) / np.log(6.4)
    edges, bins = hz(np.linspace(0, top, 130)), np.linspace(0, rate / 2, 1025)
    up = (bins - edges[:-2, None]) / np.diff(edges)[:-1, None]
    down = (edges[2:, None] - bins) / np.diff(edges)[1:, None]
    return (np.maximum(0, np.minimum(up, down)) * 2 / (edges[2:] - edges[:-2])[:, None]).astype(np.float32)


def tuning(S, rate):
    bins = np.linspace(0, rate / 2, 1025)[:, None]
    slope, curve = 0.5 * (S[2:] - S[:-2]), 2 * S[1:-1] - S[2:] - S[:-2]
    shift = np.pad(slope / (curve + (np.abs(curve) < TINY)), ((1, 1), (0, 0)))
    level = S + 0.5 * np.pad(slope, ((1, 1), (0, 0))) * shift
    strong = np.pad(S * (S > 0.1 * S.max(0)), ((1, 1), (0, 0)), mode="edge")
    peak = (strong[1:-1] > strong[:-2]) & (strong[1:-1] >= strong[2:]) & (bins >= 150) & (bins < 4000)
    if not peak.any():
        return 0.0
    pitch = ((np.arange(1025)[:, None] + shift) * float(rate) / 2048).astype(np.float32)[peak]
    pitch = pitch[level[peak] >= np.median(level[peak])]
    residual = np.mod(12 * np.log2(pitch / 27.5), 1.0)
    residual[residual >= 0.5] -= 1
    counts, edges = np.histogram(residual, np.linspace(-0.5, 0.5, 101))
    return edges[counts.argmax()]


def chroma_filters(rate, tune):
    notes = 12 * np.log2(np.linspace(0, rate, 2048, endpoint=False)[1:] / (440 * 2 ** (tune / 12) / 16))
    notes = np.concatenate([[notes[0] - 18], notes])
    width = np.concatenate([np.maximum(np.diff(notes), 1), [1]])
    distance = np.mod(notes - np.arange(12)[:, None] + 6, 12) - 6
    bumps = unit(np.exp(-0.5 * (2 * distance / width) ** 2), 2) * np.exp(-0.5 * ((notes / 12 - 5) / 2) ** 2)
    return np.roll(bumps, -3, axis=0)[:, :1025].astype(np.float32)


def contrast(S, rate):
    bins, edges = np.linspace(0, rate / 2, 1025), np.concatenate([[0], 200 * 2.0 ** np.arange(7)])
    peaks, valleys = [], []
    for k in range(7):
        inside = np.flatnonzero((bins >= edges[k]) & (bins <= edges[k + 1]))
        first, last = inside[0] - (k > 0), 1024 if k == 6 else inside[-1]
        count = max(1, int(np.rint(0.02 * (last - first + 1))))
        ordered = np.sort(S[first:last + (k == 6)], axis=0)
        valleys.append(ordered[:count].mean(0))
        peaks.append(ordered[-count:].mean(0))
    return decibels(np.array(peaks, float)) - decibels(np.array(valleys, float))


def harmonic(D, length):
    S, phase = np.abs(D), np.exp(1j * np.angle(D)).astype(np.complex64)
    slow = scipy.ndimage.median_filter(S, size=(1, 31), mode="reflect")
    fast = scipy.ndimage.median_filter(S, size=(31, 1), mode="reflect")
    larger = np.maximum(slow, fast)
    empty = larger < TINY
    larger[empty] = 1
    a, b = (slow / larger) ** 2, (fast / larger) ** 2
    mask = np.where(empty, np.float32(0.5), a / np.where(empty, 1, a + b))
    frames = np.fft.irfft((S * mask * phase).T) * hann(2048)
    y, weight = np.zeros(2048 + 512 * (len(frames) - 1), np.float32), np.zeros(2048 + 512 * (len(frames) - 1), np.float32)
    for t, frame in enumerate(frames):
        y[512 * t:512 * t + 2048] += frame
        weight[512 * t:512 * t + 2048] += hann(2048) ** 2
    y[weight > TINY] /= weight[weight > TINY]
    return np.pad(y[1024:-1024], (0, length))[:length]


def downsample(x, factor):
    # resampy's loop: a table of 512 entries per zero crossing, read every 512 / factor entries, interpolated where an output falls between two.
    table = scipy.signal.windows.kaiser(2 * 16 * 512 + 1, 8.555504641634386)[16 * 512:] * 0.85 * np.sinc(0.85 * np.linspace(0, 16, 16 * 512 + 1)) / factor
    slope, step, y = np.append(np.diff(table), 0), 512 // factor, np.zeros(-(-len(x) // factor), x.dtype)
    for t in range(len(x) // factor):
        time = t * float(factor)
        n, total = int(time), 0.0
        for fraction, samples in [((time - n) / factor, x[n::-1]), (1 / factor - (time - n) / factor, x[n + 1:])]:
            offset = int(fraction * 512)
            count = min(len(samples), (len(table) - offset) // step)
            entries = offset + step * np.arange(count)
            total += ((table[entries] + (fraction * 512 - offset) * slope[entries]) * samples[:count]).sum()
        y[t] = total
    return y / np.float32(np.sqrt(1 / factor))


def constant_q(y, rate, tune):
    quality, lowest = 1 / (2 ** (1 / 12) - 1), 440 * 2 ** (-45 / 12) * 2 ** (tune / 12)
    cutoff = lowest * 2 ** (83 / 12) * (1 + 0.5 * 1.50018310546875 / quality)
    early = 2 ** min(3, max(0, int(np.ceil(np.log2(0.85 * rate / 2 / cutoff)) - 2)))
    y, rate, hop = downsample(y, early) if early > 1 else y, rate / early, 512 // early
    lengths = quality * rate / (lowest * 2 ** (np.arange(84) / 12))
    top = lengths[-12:]
    size = int(2 ** np.ceil(np.log2(top.max())))
    kernels = np.zeros((12, size), np.complex64)
    for i, length in enumerate(top):
        n = np.arange(-length // 2, length // 2)
        kernel = hann(len(n)) * np.exp(2j * np.pi * quality / length * n)
        kernels[i, (size - len(n)) // 2:][:len(n)] = kernel / np.abs(kernel).sum()
    kernels *= top[:, None] / size
    filters = np.fft.fft(kernels)[:, :size // 2 + 1]
    ordered = np.sort(np.abs(filters))
    enough = (np.cumsum(ordered / ordered.sum(1, keepdims=True), axis=1) < 0.01).argmin(1)
    filters[np.abs(filters) < ordered[np.arange(12), enough][:, None]] = 0
    octaves = []
    for octave in range(7):
        if octave:
            y, filters, hop = downsample(y, 2), filters * np.sqrt(2), hop // 2
        octaves.append(filters @ stft(y, np.ones(size), hop))
    frames = min(o.shape[1] for o in octaves)
    return np.abs(np.vstack([o[:, :frames] for o in octaves[::-1]])) / np.sqrt(lengths)[:, None]


def features(y, rate):
    D = stft(y, hann(2048), 512)
    S = np.abs(D)
    mel = slaney(rate) @ S**2
    mfcc = scipy.fft.dct(decibels(mel), axis=0, norm="ortho")[:40]
    h = harmonic(D, len(y))
    tunes = [tuning(S, rate), tuning(np.abs(stft(h, hann(2048), 512)), rate)]
    chroma = unit(chroma_filters(rate, tunes[0]) @ S, np.inf)
    classes = constant_q(h, rate, tunes[1]).reshape(7, 12, -1).sum(0)
    turns = np.pi * np.outer([7 / 6, 7 / 6, 3 / 2, 3 / 2, 2 / 3, 2 / 3], np.arange(12))
    circles = np.array([1, 1, 1, 1, 0.5, 0.5])[:, None] * np.where(np.arange(6)[:, None] % 2 == 0, np.sin(turns), np.cos(turns))
    tonnetz = circles @ unit(classes, 1)
    all_ = np.concatenate([x.mean(1) for x in (mfcc, chroma, mel, contrast(S, rate), tonnetz)])
    return all_, {"tunings": tunes, "harmonic": h, "classes": classes}


def rounded(values):
    return [float(f"{v:.9g}") for v in np.ravel(values)]


def golden():
    # No clip has only two frames: with two values in a row, SciPy 1.10's median of 31 reads outside the row.
    cases = []
    for rate, count in [(24414, 30011), (16000, 20480), (48000, 40123), (96000, 50000), (24414, 1100)]:
        values, pieces = features(sound(count, rate), rate)
        case = {"rate": rate, "count": count, "values": rounded(values), "tunings": pieces["tunings"]}
        case["harmonic"] = rounded(pieces["harmonic"][::97])
        case["classes"] = [rounded(c) for c in pieces["classes"].T[:: max(1, pieces["classes"].shape[1] // 4)]]
        cases.append(case)
    medians = [{"rows": r, "width": w, "values": rounded(scipy.ndimage.median_filter(noise(r * w).reshape(r, w), size=(31, 1), mode="reflect"))}
               for r, w in [(3, 5), (16, 8), (70, 11)]]
    lower = [{"count": n, "factor": f, "values": rounded(downsample(noise(n), f))} for n, f in [(33, 2), (400, 2), (403, 4), (801, 8)]]
    return {"clips": cases, "medians": medians, "lower": lower}


def check(sounds, rows):
    table = np.vstack([np.loadtxt(r, delimiter=",") for r in rows])
    for path in sounds:
        with wave.open(path) as w:
            y, rate = np.frombuffer(w.readframes(w.getnframes()), "<i2").astype(np.float32) / 32768, w.getframerate()
        values = features(y, rate)[0]
        row = table[np.linalg.norm(table[:, :40] - values[:40], axis=1).argmin()]
        parts = [np.linalg.norm(values[a:b] - row[a:b]) / np.linalg.norm(row[a:b]) for a, b in [(0, 40), (40, 52), (52, 180), (180, 187), (187, 193)]]
        print(path, *[f"{p:.1e}" for p in parts])


if "--table" in sys.argv:
    rows_at = sys.argv.index("--rows")
    check(sys.argv[2:rows_at], sys.argv[rows_at + 1:])
else:
    path = pathlib.Path(__file__).with_name("summary_numpy.json")
    path.write_text(json.dumps(golden(), separators=(",", ":")).replace('{"', '\n{"') + "\n")
