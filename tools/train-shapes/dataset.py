"""Sets of rendered pictures on disk, and batches of them for training."""

from dataclasses import dataclass
from multiprocessing import Pool

import cv2
import numpy as np

from backgrounds import training_background
from scene import MOST_SHAPES, render, SIDE
from unseen_backgrounds import unseen_background


@dataclass(frozen=True)
class SetSpec:
    name: str
    first_seed: int
    pictures: int
    unseen: bool
    """Whether the backgrounds are those that are kept from training."""


@dataclass
class PictureSet:
    pixels: np.ndarray
    """uint8 RGB [pictures, 320, 320, 3]"""
    boxes: np.ndarray
    """float32 [pictures, 8, 4]: left, top, right, bottom in pixels"""
    classes: np.ndarray
    """int64 [pictures, 8], -1 where there is no shape"""


def rendered_set(spec, folder):
    """Renders a set in two processes; its pixels lie in a file of `folder`, 300 kB a picture."""
    pixels = np.lib.format.open_memmap(
        folder / f"{spec.name}.npy", "w+", np.uint8, (spec.pictures, SIDE, SIDE, 3)
    )
    boxes = np.zeros((spec.pictures, MOST_SHAPES, 4), np.float32)
    classes = np.full((spec.pictures, MOST_SHAPES), -1, np.int64)
    render_one = render_unseen if spec.unseen else render_training
    with Pool(2) as pool:
        seeds = range(spec.first_seed, spec.first_seed + spec.pictures)
        for i, picture in enumerate(pool.imap(render_one, seeds, chunksize=16)):
            pixels[i] = picture.pixels
            boxes[i, : len(picture.boxes)] = picture.boxes
            classes[i, : len(picture.classes)] = picture.classes
    return PictureSet(pixels, boxes, classes)


def render_training(seed):
    cv2.setNumThreads(1)
    return render(seed, training_background)


def render_unseen(seed):
    cv2.setNumThreads(1)
    return render(seed, unseen_background)


def batch(pictures, indices, side, rng):
    """
    uint8 [n, side, side, 3], boxes and classes of those pictures, each turned, mirrored and recoloured at random: the six
    shapes stay what they are.
    """
    pixels = np.empty((len(indices), side, side, 3), np.uint8)
    boxes = pictures.boxes[indices] * (side / SIDE)
    classes = pictures.classes[indices]
    for i, index in enumerate(indices):
        picture = pictures.pixels[index]
        if side != SIDE:
            picture = cv2.resize(picture, (side, side), interpolation=cv2.INTER_LINEAR)
        picture = picture[..., rng.permutation(3)]
        if rng.random() < 0.15:
            picture = 255 - picture
        if rng.random() < 0.5:
            picture, boxes[i] = picture[:, ::-1], mirrored(boxes[i], side)
        if rng.random() < 0.5:
            picture, boxes[i] = picture.transpose(1, 0, 2), boxes[i][:, [1, 0, 3, 2]]
        if rng.random() < 0.5:
            picture, boxes[i] = picture[:, ::-1], mirrored(boxes[i], side)
        pixels[i] = picture
    return pixels, boxes, classes


def mirrored(boxes, side):
    return boxes[:, [2, 1, 0, 3]] * (-1, 1, -1, 1) + (side, 0, side, 0)
