"""The detector: a small convolutional network without anchors, its output as YOLOv8's."""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from shapes import CLASSES

STRIDES = (8, 16, 32)
# Candidates start out as background: one in a hundred is sure of a class.
PRIOR = -4.6
# Channels at a quarter, an eighth, a sixteenth and a thirty-second of the picture's side. Multiples of 16, half of them
# too where that costs little: AVX-512 convolutions work on blocks of 16.
WIDTHS = (32, 32, 64, 128)
# Residual units at the last three.
UNITS = (2, 2, 2)
NECK = 32


def convolution(inputs, outputs, size=3, stride=1):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, size, stride, size // 2, bias=False),
        nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.03),
        nn.ReLU(inplace=True),
    )


class Partial(nn.Module):
    """A cross-stage partial block: half of the channels pass through residual units, the other half past them."""

    def __init__(self, channels, units):
        super().__init__()
        self.half = half = channels // 2
        self.into = convolution(channels, channels, 1)
        self.units = nn.ModuleList(nn.Sequential(convolution(half, half), convolution(half, half)) for _ in range(units))
        self.out = convolution(channels, channels, 1)

    def forward(self, features):
        past, through = self.into(features).split(self.half, 1)
        for unit in self.units:
            through = through + unit(through)
        return self.out(torch.cat([past, through], 1))


class Pooling(nn.Module):
    """Spatial pyramid pooling as in YOLOv5 and later: each cell sees the strongest of 5, 9 and 13 cells around it."""

    def __init__(self, channels):
        super().__init__()
        self.into = convolution(channels, channels // 2, 1)
        self.out = convolution(channels * 2, channels, 1)

    def forward(self, features):
        pooled = [self.into(features)]
        for _ in range(3):
            pooled.append(F.max_pool2d(pooled[-1], 5, 1, 2))
        return self.out(torch.cat(pooled, 1))


class Detector(nn.Module):
    """RGB in 0-1, float32 [n, 3, h, w], to float32 [n, 4 + 6, candidates]: centre, width and height in pixels, scores."""

    def __init__(self):
        super().__init__()
        quarter, eighth, sixteenth, last = WIDTHS
        self.stem = nn.Sequential(
            nn.Conv2d(3, quarter, 6, 4, 1, bias=False), nn.BatchNorm2d(quarter, eps=1e-3, momentum=0.03), nn.ReLU(inplace=True)
        )
        self.to_eighth = nn.Sequential(Partial(quarter, 1), convolution(quarter, eighth, 3, 2), Partial(eighth, UNITS[0]))
        self.to_sixteenth = nn.Sequential(convolution(eighth, sixteenth, 3, 2), Partial(sixteenth, UNITS[1]))
        self.to_last = nn.Sequential(convolution(sixteenth, last, 3, 2), Partial(last, UNITS[2]), Pooling(last))
        self.lateral = nn.ModuleList(convolution(channels, NECK, 1) for channels in (eighth, sixteenth, last))
        self.merge = nn.ModuleList(Partial(NECK, 1) for _ in STRIDES)
        self.towers = nn.ModuleList(convolution(NECK, NECK) for _ in STRIDES)
        self.boxes = nn.ModuleList(nn.Conv2d(NECK, 4, 1) for _ in STRIDES)
        self.scores = nn.ModuleList(nn.Conv2d(NECK, len(CLASSES), 1) for _ in STRIDES)
        for boxes, scores in zip(self.boxes, self.scores):
            nn.init.constant_(boxes.bias, 1.0)
            nn.init.constant_(scores.bias, PRIOR)

    def candidates(self, images):
        """
        Of each candidate: its centre [2, candidates] and how far its box reaches left, up, right, down
        [n, 4, candidates], both in pixels, and its score logits [n, 6, candidates].
        """
        eighth = self.to_eighth(self.stem(images))
        sixteenth = self.to_sixteenth(eighth)
        coarse = self.merge[2](self.lateral[2](self.to_last(sixteenth)))
        middle = self.merge[1](self.lateral[1](sixteenth) + F.interpolate(coarse, scale_factor=2.0))
        fine = self.merge[0](self.lateral[0](eighth) + F.interpolate(middle, scale_factor=2.0))
        centres, reaches, logits = [], [], []
        for level, features in enumerate((fine, middle, coarse)):
            features = self.towers[level](features)
            # Whole numbers, so that the exported graph has sizes and centres as constants.
            pictures, _, rows, columns = (int(size) for size in features.shape)
            centres.append(centres_of(rows, columns, STRIDES[level]))
            reach = self.boxes[level](features).reshape(pictures, 4, rows * columns)
            reaches.append(softplus(reach) * STRIDES[level])
            logits.append(self.scores[level](features).reshape(pictures, len(CLASSES), rows * columns))
        return torch.cat(centres, 1), torch.cat(reaches, 2), torch.cat(logits, 2)

    def raw(self, images):
        """Edges left, top, right, bottom [n, candidates, 4] in pixels, score logits [n, candidates, 6]."""
        centres, reaches, logits = self.candidates(images)
        low, high = reaches.split(2, 1)
        edges = torch.cat([centres - low, centres + high], 1)
        return edges.transpose(1, 2), logits.transpose(1, 2)

    def forward(self, images):
        centres, reaches, logits = self.candidates(images)
        low, high = reaches.split(2, 1)
        return torch.cat([centres + (high - low) / 2, low + high, logits.sigmoid()], 1)


def softplus(values):
    """As torch's, of operators that every backend of ONNX Runtime has."""
    return values.relu() + (1 + (-values.abs()).exp()).log()


def centres_of(rows, columns, stride):
    """float32 [2, rows * columns]: x and y in the middle of each cell."""
    y, x = np.mgrid[:rows, :columns].reshape(2, -1)
    return torch.from_numpy((np.stack([x, y]) + 0.5).astype(np.float32) * stride)


def candidate_centres(side):
    """float32 [2, candidates] of a picture of that side."""
    return torch.cat([centres_of(side // stride, side // stride, stride) for stride in STRIDES], 1)
