"""Rebuilds a trained model of the workbench in PyTorch, from the file that `ser export` writes. Needs torch and nothing else.

    python3 rebuild_in_pytorch.py model.safetensors               # what the model is
    python3 rebuild_in_pytorch.py model.safetensors clips.json    # its logits

clips.json is {"features": N x T x F numbers, "lengths": N numbers}: normalised features, padded with zeros past a clip's end;
features_in_pytorch.py makes it of a sound file. As a module:

    import rebuild_in_pytorch as r
    card, model = r.load("model.safetensors")      # card: architecture, options, classes, front end, normalisation
    r.save("tuned.safetensors", card, model)       # `ser import tuned.safetensors --out tuned.ser` takes it back

The models are in evaluation mode: batch normalisation uses the running statistics, even if you train them further.
"""
import json
import struct
import sys

import torch
from torch import nn


def mask_of(lengths, frames):
    return torch.arange(frames, device=lengths.device).unsqueeze(0) < lengths.unsqueeze(1)


def strided(lengths, stride):
    return (lengths + stride - 1) // stride


class MaskedBatchNorm(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))
        self.register_buffer("running_mean", torch.zeros(channels))
        self.register_buffer("running_var", torch.ones(channels))

    def forward(self, x):  # (N, C, ...)
        scale = self.weight * (self.running_var + 1e-5).rsqrt()
        offset = self.bias - self.running_mean * scale
        shape = [1, -1] + [1] * (x.dim() - 2)
        return x * scale.view(shape) + offset.view(shape)


class ConvBlock(nn.Module):
    def __init__(self, inputs, outputs, time_stride):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, 3, stride=(2, time_stride), padding=1, bias=False)
        self.norm = MaskedBatchNorm(outputs)

    def forward(self, x, mask):
        return self.norm(self.conv(x)).relu() * mask[:, None, None, :]


class ConvStack(nn.Module):
    """Maps (N, T, planes x F) to (N, T', channels x frequencies). The planes are convolved as (frequency, time)."""

    def __init__(self, features, channels, time_halvings, planes):
        super().__init__()
        self.halvings = min(time_halvings, len(channels))
        self.blocks = nn.ModuleList(
            ConvBlock(i, o, 2 if n < time_halvings else 1) for n, (i, o) in enumerate(zip([planes] + channels[:-1], channels)))
        self.planes, features = planes, features // planes
        for _ in channels:
            features = (features + 1) // 2
        self.width, self.time_stride = channels[-1] * features, 1 << self.halvings

    def forward(self, x, mask):
        x = (x * mask.unsqueeze(-1)).unflatten(2, (self.planes, -1)).permute(0, 2, 3, 1)
        for n, block in enumerate(self.blocks):
            mask = mask[:, ::2] if n < self.halvings else mask
            x = block(x, mask)
        return x.flatten(1, 2).transpose(1, 2)


class BiLstm(nn.Module):
    """The backward LSTM reads each clip reversed within its own length."""

    def __init__(self, inputs, hidden, layers):
        super().__init__()
        sizes = [inputs] + [2 * hidden] * (layers - 1)
        self.ahead = nn.ModuleList(nn.LSTM(size, hidden, batch_first=True) for size in sizes)
        self.back = nn.ModuleList(nn.LSTM(size, hidden, batch_first=True) for size in sizes)

    def forward(self, x, lengths):
        time, ends = torch.arange(x.shape[1], device=x.device).unsqueeze(0), lengths.unsqueeze(1)
        order = torch.where(time < ends, ends - 1 - time, time).unsqueeze(-1)
        turn = lambda y: y.gather(1, order.expand(-1, -1, y.shape[2]))
        for ahead, back in zip(self.ahead, self.back):
            x = torch.cat([ahead(x)[0], turn(back(turn(x))[0])], -1)
        return x


class StatisticsPool(nn.Module):
    def __init__(self, width, attention):
        super().__init__()
        self.hidden = nn.Linear(width, attention) if attention else None
        self.score = nn.Linear(attention, 1, bias=False) if attention else None

    def forward(self, x, mask):
        scores = self.score(self.hidden(x).tanh()).squeeze(-1) if self.hidden else x.new_zeros(x.shape[:2])
        weights = scores.masked_fill(~mask, float("-inf")).softmax(1).unsqueeze(-1)
        mean = (weights * x).sum(1, keepdim=True)
        variance = (weights * (x - mean).square()).sum(1)
        return torch.cat([mean.squeeze(1), variance.clamp_min(1e-5).sqrt()], -1)


def sound(x, lengths):
    mask = mask_of(lengths, x.shape[1]).unsqueeze(-1)
    return x * mask, mask, mask.sum(1)


def moments(x, lengths):
    x, mask, count = sound(x, lengths)
    mean = x.sum(1) / count
    return torch.cat([mean, (((x - mean.unsqueeze(1)).square() * mask).sum(1) / count).clamp_min(1e-5).sqrt()], 1)


def percentiles_of(ordered, count, percentiles):
    place = (count - 1) * torch.tensor([p / 100 for p in percentiles], device=ordered.device)
    at = lambda places: ordered.gather(1, places.long().unsqueeze(-1).expand(-1, -1, ordered.shape[2]))
    below = place.floor()
    return torch.lerp(at(below), at((below + 1).minimum(count - 1)), (place - below).unsqueeze(-1)).flatten(1)


def statistics(x, lengths, percentiles):
    both = moments(x, lengths)
    x, mask, count = sound(x, lengths)
    if percentiles:
        order = percentiles_of(x.masked_fill(~mask, torch.finfo(x.dtype).max).sort(1).values, count, percentiles)
    else:
        order = torch.cat([x.masked_fill(~mask, float("inf")).amin(1), x.masked_fill(~mask, float("-inf")).amax(1)], 1)
    step = ((x[:, 1:] - x[:, :-1]).abs() * mask[:, 1:]).sum(1) / (count - 1).clamp_min(1)
    return torch.cat([both, order, step], 1)


class Mlp(nn.Module):
    def __init__(self, features, classes, hidden, dropout, input_dropout=0, percentiles=()):  # input dropout is off in evaluation
        super().__init__()
        self.percentiles, layers = percentiles, []
        width = (3 + (len(percentiles) or 2)) * features
        self.norm = MaskedBatchNorm(width)
        for units in hidden:
            layers += [nn.Linear(width, units), nn.LayerNorm(units), nn.ReLU(), nn.Dropout(dropout)]
            width = units
        self.layers = nn.Sequential(*layers, nn.Linear(width, classes))

    def forward(self, x, lengths):
        return self.layers(self.norm(statistics(x, lengths, self.percentiles)))


class RbfNetwork(nn.Module):
    """A kernel machine: the architecture that ships with the workbench. `ridge` and `balanced` only matter when it is fitted, not here."""

    def __init__(self, features, classes, centres, kernel, gamma, clip, scale, percentiles=(), moments=False, groups=(), weights=(), ridge=0, balanced=False):
        super().__init__()
        self.kernel, self.gamma, self.clip, self.scale, self.percentiles, self.moments = kernel, gamma, clip, scale, percentiles, moments
        width = features * (2 if moments else 3 + len(percentiles) if percentiles else 1)
        self.weight = nn.Parameter(torch.zeros(centres, classes))
        self.register_buffer("centres", torch.zeros(centres, width))
        if moments or percentiles:
            self.register_buffer("middle", torch.zeros(width))
            self.register_buffer("spread", torch.ones(width))
        shares = [weight / 100 if kernel == "laplace" else (weight / 100) ** 0.5 for group, weight in zip(groups, weights) for _ in range(group)]
        self.register_buffer("shares", torch.tensor(shares), persistent=False)

    def forward(self, x, lengths):
        if self.moments or self.percentiles:
            x = ((moments(x, lengths) if self.moments else statistics(x, lengths, self.percentiles)) - self.middle) / self.spread
        else:
            x, _, count = sound(x, lengths)
            x = x.sum(1) / count
        x = x.clamp(-self.clip, self.clip) * (self.shares if len(self.shares) else 1)
        distance = torch.cdist(x, self.centres, p=1) if self.kernel == "laplace" else torch.cdist(x, self.centres).square()
        return (-self.gamma * distance).exp() @ self.weight * self.scale


class Cnn(nn.Module):
    def __init__(self, features, classes, channels, time_halvings, attention, dropout, planes=1):
        super().__init__()
        self.stack = ConvStack(features, channels, time_halvings, planes)
        self.pool = StatisticsPool(self.stack.width, attention)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(2 * self.stack.width, classes)

    def forward(self, x, lengths):
        x = self.stack(x, mask_of(lengths, x.shape[1]))
        return self.classifier(self.drop(self.pool(x, mask_of(strided(lengths, self.stack.time_stride), x.shape[1]))))


class Lstm(nn.Module):
    def __init__(self, features, classes, frames_per_step, hidden, layers, attention, dropout):
        super().__init__()
        self.frames = frames_per_step
        self.recurrent = BiLstm(features * frames_per_step, hidden, layers)
        self.pool = StatisticsPool(2 * hidden, attention)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(4 * hidden, classes)

    def forward(self, x, lengths):
        x = x * mask_of(lengths, x.shape[1]).unsqueeze(-1)
        x = nn.functional.pad(x, [0, 0, 0, -x.shape[1] % self.frames])
        x = x.reshape(x.shape[0], -1, self.frames * x.shape[2])
        steps = strided(lengths, self.frames)
        return self.classifier(self.drop(self.pool(self.recurrent(x, steps), mask_of(steps, x.shape[1]))))


class CnnLstm(nn.Module):
    def __init__(self, features, classes, channels, time_halvings, projection, hidden, layers, attention, dropout, planes=1):
        super().__init__()
        self.stack = ConvStack(features, channels, time_halvings, planes)
        self.project = nn.Linear(self.stack.width, projection)
        self.norm = nn.LayerNorm(projection)
        self.recurrent = BiLstm(projection, hidden, layers)
        self.pool = StatisticsPool(2 * hidden, attention)
        self.drop = nn.Dropout(dropout)
        self.classifier = nn.Linear(4 * hidden, classes)

    def forward(self, x, lengths):
        x = self.stack(x, mask_of(lengths, x.shape[1]))
        steps = strided(lengths, self.stack.time_stride)
        x = self.recurrent(self.drop(self.norm(self.project(x)).relu()), steps)
        return self.classifier(self.drop(self.pool(x, mask_of(steps, x.shape[1]))))


class ParallelCnnLstm(nn.Module):
    def __init__(self, features, classes, channels, time_halvings, frames_per_step, hidden, layers, attention, dropout, planes=1):
        super().__init__()
        self.convolutions = Cnn(features, classes, channels, time_halvings, attention, dropout, planes)
        self.recurrence = Lstm(features, classes, frames_per_step, hidden, layers, attention, dropout)

    def forward(self, x, lengths):
        return self.convolutions(x, lengths) + self.recurrence(x, lengths)


ARCHITECTURES = {"mlp": Mlp, "cnn": Cnn, "lstm": Lstm, "cnn_lstm": CnnLstm, "parallel_cnn_lstm": ParallelCnnLstm, "rbf_network": RbfNetwork}


def build(card):
    if card["name"] not in ARCHITECTURES:
        sys.exit(f"{card['name']}: not rebuilt here, where there are {', '.join(ARCHITECTURES)}; Architectures/ has it in C#")
    options = {key: value for key, value in card["options"].items() if key != "precision"}  # it matters in training only
    return ARCHITECTURES[card["name"]](card["shape"]["features"], card["shape"]["classes"], **options).eval()


def load(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = bytearray(file.read())
    card = json.loads(header.pop("__metadata__")["ser_card"])
    state = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        state[name] = torch.frombuffer(data, dtype=torch.float32, offset=start, count=(end - start) // 4).reshape(entry["shape"]).clone()
    model = build(card)
    model.load_state_dict(state)
    return card, model


def save(path, card, model):
    header, data = {"__metadata__": {"format": "pt", "ser_card": json.dumps(card)}}, b""
    for name, tensor in model.state_dict().items():
        values = tensor.detach().float().contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(values)]}
        data += values
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: python3 rebuild_in_pytorch.py model.safetensors [clips.json]")
    card, model = load(sys.argv[1])
    if len(sys.argv) == 2:
        print(f"{card['name']}, {card['shape']['features']} values a frame, classes {', '.join(card['classes'])}, options {card['options']}")
        print(f"{sum(p.numel() for p in model.parameters()):,} parameters")
    else:
        with open(sys.argv[2]) as file:
            clips = json.load(file)
        with torch.no_grad():
            print(json.dumps(model(torch.tensor(clips["features"]), torch.tensor(clips["lengths"])).tolist()))
