"""The shipped networks in plain PyTorch, with the shipped weights."""

import numpy as np
import torch
from torch import nn

from keras_productgen import models

EPSILON = 1e-3
SLOPE = 0.05


class Norm(nn.Module):
    """Layer normalization of the channels at each place."""

    def __init__(self, width):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.bias = nn.Parameter(torch.zeros(width))

    def forward(self, x):
        x = nn.functional.layer_norm(
            x.permute(0, 2, 3, 1),
            self.weight.shape,
            self.weight,
            self.bias,
            EPSILON,
        )
        return x.permute(0, 3, 1, 2)


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm1 = Norm(width)
        self.inner1 = nn.Conv2d(width, 2 * width, 1)
        self.depthwise = nn.Conv2d(
            2 * width, 2 * width, 3, padding=1, groups=2 * width
        )
        self.outer1 = nn.Conv2d(width, width, 1)
        self.norm2 = Norm(width)
        self.inner2 = nn.Conv2d(width, 2 * width, 1)
        self.outer2 = nn.Conv2d(width, width, 1)

    def forward(self, x):
        first, second = self.depthwise(self.inner1(self.norm1(x))).chunk(2, 1)
        x = x + self.outer1(first * second)
        first, second = self.inner2(self.norm2(x)).chunk(2, 1)
        return x + self.outer2(first * second)


class NAFNet(nn.Module):
    def __init__(self, width=48, encoder_blocks=(1, 2), middle_blocks=3):
        super().__init__()
        self.first = nn.Conv2d(12, width, 3, padding=1)
        self.down, self.narrow = nn.ModuleList(), nn.ModuleList()
        for count in encoder_blocks:
            self.down.append(nn.Sequential(*map(Block, [width] * count)))
            self.narrow.append(nn.Conv2d(width, 2 * width, 2, 2))
            width *= 2
        self.middle = nn.Sequential(*map(Block, [width] * middle_blocks))
        self.widen, self.up = nn.ModuleList(), nn.ModuleList()
        for _ in encoder_blocks:
            width //= 2
            self.widen.append(nn.Conv2d(2 * width, 4 * width, 1, bias=False))
            self.up.append(Block(width))
        self.last = nn.Conv2d(width, 12, 3, padding=1)

    def forward(self, images):
        x = self.first(nn.functional.pixel_unshuffle(images, 2))
        skipped = []
        for blocks, narrow in zip(self.down, self.narrow, strict=True):
            x = blocks(x)
            skipped.append(x)
            x = narrow(x)
        x = self.middle(x)
        for widen, block in zip(self.widen, self.up, strict=True):
            x = nn.functional.pixel_shuffle(widen(x), 2) + skipped.pop()
            x = block(x)
        return images + nn.functional.pixel_shuffle(self.last(x), 2)

    def in_order(self):
        """Its parts as the weights of the Keras network lie."""
        yield self.first, "unshuffled"
        for blocks, narrow in zip(self.down, self.narrow, strict=True):
            yield from ((part, None) for block in blocks for part in _of(block))
            yield narrow, None
        yield from (
            (part, None) for block in self.middle for part in _of(block)
        )
        for widen, block in zip(self.widen, self.up, strict=True):
            yield widen, "shuffled"
            yield from ((part, None) for part in _of(block))
        yield self.last, "shuffled"


def _of(block):
    return block.children()


class Distilled(nn.Module):
    def __init__(self, width):
        super().__init__()
        rest = width - width // 4
        sides = (width, rest, rest)
        self.convolutions = nn.ModuleList(
            nn.Conv2d(side, width, 3, padding=1) for side in sides
        )
        self.fourth = nn.Conv2d(rest, width // 4, 3, padding=1)
        self.joined = nn.Conv2d(width, width, 1)
        self.kept = width // 4

    def forward(self, inputs):
        x, aside = inputs, []
        for convolution in self.convolutions:
            x = nn.functional.leaky_relu(convolution(x), SLOPE)
            aside.append(x[:, : self.kept])
            x = x[:, self.kept :]
        aside.append(self.fourth(x))
        return inputs + self.joined(torch.cat(aside, 1))


class IMDN(nn.Module):
    def __init__(self, scale=2, num_blocks=6, width=64):
        super().__init__()
        self.first = nn.Conv2d(3, width, 3, padding=1)
        self.blocks = nn.ModuleList(map(Distilled, [width] * num_blocks))
        self.joined = nn.Conv2d(num_blocks * width, width, 1)
        self.second = nn.Conv2d(width, width, 3, padding=1)
        self.last = nn.Conv2d(width, 3 * scale**2, 3, padding=1)
        self.scale = scale

    def forward(self, images):
        first = x = self.first(images)
        stages = []
        for block in self.blocks:
            x = block(x)
            stages.append(x)
        x = self.joined(torch.cat(stages, 1))
        x = first + self.second(nn.functional.leaky_relu(x, SLOPE))
        larger = nn.functional.interpolate(images, scale_factor=self.scale)
        return larger + nn.functional.pixel_shuffle(self.last(x), self.scale)

    def in_order(self):
        yield self.first, None
        for block in self.blocks:
            parts = (*block.convolutions, block.fourth, block.joined)
            yield from ((part, None) for part in parts)
        yield self.joined, None
        yield self.second, None
        yield self.last, "shuffled"


def take_weights(network, weights):
    """Copies the weights of a Keras network, laid out as PyTorch wants them."""
    weights = iter(weights)
    for part, layout in network.in_order():
        if isinstance(part, Norm):
            part.weight.data = torch.tensor(next(weights))
            part.bias.data = torch.tensor(next(weights))
            continue
        kernel = next(weights)
        if part.groups > 1:
            kernel = kernel.transpose(2, 3, 0, 1)
        else:
            kernel = kernel.transpose(3, 2, 0, 1)
        bias = None if part.bias is None else next(weights)
        if layout == "unshuffled":
            kernel = kernel[:, _order(kernel.shape[1])]
        if layout == "shuffled":
            order = _order(len(kernel))
            kernel = kernel[order]
            bias = None if bias is None else bias[order]
        part.weight.data = torch.tensor(np.ascontiguousarray(kernel))
        if bias is not None:
            part.bias.data = torch.tensor(bias)
    if next(weights, None) is not None:
        raise ValueError("The network must have as many weights")


def _order(count, squares=4):
    """Keras lays out squares first, then channels; PyTorch the other way."""
    return np.arange(count).reshape(squares, -1).T.ravel()


def restore(task):
    """Returns a function of uint8 pictures `(height, width, 3)`."""
    model = models.load(task)
    network = NAFNet() if task == "denoise" else IMDN()
    take_weights(network, model.network.get_weights())
    # Channels last: the faster layout for both on a CPU.
    network = network.eval().to(memory_format=torch.channels_last)

    def call(image):
        with torch.inference_mode():
            x = torch.from_numpy(image).permute(2, 0, 1)[None].float()
            outputs = network(x / 127.5 - 1.0)[0].permute(1, 2, 0)
            levels = torch.round((outputs + 1.0) * 127.5)
            return levels.clamp(0, 255).to(torch.uint8).numpy()

    return call
