"""Backgrounds of the training set. The test set has its own, in unseen_backgrounds.py: keep the two apart."""

import cv2
import numpy as np

from paint import any_colour, fixed, mixed, noise, SHIFT


def training_background(rng, width, height):
    """uint8 RGB [height, width, 3] from one of the generators below."""
    return GENERATORS[rng.integers(len(GENERATORS))](rng, width, height)


def plain(rng, width, height):
    picture = np.empty((height, width, 3), np.uint8)
    picture[:] = any_colour(rng)
    return picture


def gradient(rng, width, height):
    angle = rng.uniform(0, 2 * np.pi)
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    along = columns * np.cos(angle) + rows * np.sin(angle)
    if rng.random() < 0.4:
        along = np.hypot(columns - rng.uniform(0, width), rows - rng.uniform(0, height))
    along = (along - along.min()) / (np.ptp(along) + 1e-6)
    return mixed(along[..., None], any_colour(rng), any_colour(rng))


def clouds(rng, width, height):
    amount = noise(rng, width, height, rng.integers(1, 8), 5)
    return mixed(amount, any_colour(rng), any_colour(rng))


def speckle(rng, width, height):
    """Coloured fractal noise: gravel, carpet, foliage out of focus."""
    colours = noise(rng, width, height, rng.integers(4, 40), 4, channels=3)
    return mixed(colours, any_colour(rng) * rng.uniform(0, 0.7), any_colour(rng))


def wood(rng, width, height):
    """Boards with grain along them."""
    turned = rng.random() < 0.5
    if turned:
        width, height = height, width
    bend = noise(rng, width, height, 2, 2)[..., 0] * rng.uniform(5, 40)
    rows = np.arange(height, dtype=np.float32)[:, None] + bend
    grain = 0.5 + 0.5 * np.sin(rows / rng.uniform(1.2, 6))
    fibres = cv2.resize(rng.random((height, max(2, width // 24)), np.float32), (width, height))
    brown = np.array([rng.uniform(90, 220), rng.uniform(60, 160), rng.uniform(30, 110)])
    picture = mixed((0.5 * grain + 0.5 * fibres)[..., None], brown * rng.uniform(0.55, 0.9), brown)
    for row in np.arange(rng.uniform(0, 60), height, rng.uniform(40, 110)):
        cv2.line(picture, (0, int(row)), (width, int(row)), (brown * 0.35).tolist(), 1)
    return np.ascontiguousarray(picture.transpose(1, 0, 2)) if turned else picture


def stripes(rng, width, height):
    angle, period = rng.uniform(0, np.pi), rng.uniform(6, 60)
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    phase = (columns * np.cos(angle) + rows * np.sin(angle)) * (2 * np.pi / period)
    wave = np.sin(phase + noise(rng, width, height, 3, 2)[..., 0] * rng.uniform(0, 6))
    return mixed(np.clip(wave * rng.uniform(1, 6), -1, 1)[..., None] * 0.5 + 0.5, any_colour(rng), any_colour(rng))


def collage(rng, width, height):
    """Overlapping sheets and beams that are larger than the picture or long and narrow."""
    picture = gradient(rng, width, height)
    for _ in range(rng.integers(3, 14)):
        centre = rng.uniform(0, (width, height))
        angle = rng.uniform(0, np.pi)
        along = np.array([np.cos(angle), np.sin(angle)])
        across = np.array([-along[1], along[0]]) * rng.uniform(4, 70)
        along = along * max(width, height)
        sheet = [centre - along - across, centre + along - across, centre + along + across, centre - along + across]
        cv2.fillPoly(picture, [fixed(sheet)], any_colour(rng).tolist(), cv2.LINE_AA, SHIFT)
    return picture


def room(rng, width, height):
    """A wall and a floor, with the light falling off towards the corners."""
    picture = clouds(rng, width, height) // 4 + gradient(rng, width, height) // 4 * 3
    edge = rng.uniform(0.4, 0.9) * height
    floor = np.float32([(0, edge + rng.uniform(-20, 20)), (width, edge + rng.uniform(-20, 20)), (width, height), (0, height)])
    cv2.fillPoly(picture, [fixed(floor)], any_colour(rng).tolist(), cv2.LINE_AA, SHIFT)
    texture = noise(rng, width, height, rng.integers(10, 60), 3)
    return np.clip(picture * (0.8 + 0.4 * texture), 0, 255).astype(np.uint8)


def lattice(rng, width, height):
    """Wire mesh: two families of oblique lines, closer to each other than any shape is large."""
    picture = clouds(rng, width, height)
    colour, thickness = any_colour(rng).tolist(), int(rng.integers(1, 4))
    reach = width + height
    for angle in rng.uniform(0, np.pi) + np.array([0, rng.uniform(0.6, 1.5)]):
        along = np.array([np.cos(angle), np.sin(angle)])
        across = np.array([-along[1], along[0]])
        for offset in np.arange(-reach / 2, reach / 2, rng.uniform(7, 18)):
            middle = np.array([width, height]) / 2 + across * offset
            ends = [middle - along * reach, middle + along * reach]
            cv2.polylines(picture, [fixed(ends)], False, colour, thickness, cv2.LINE_AA, SHIFT)
    return picture


def cracks(rng, width, height):
    """Dry ground: lines that wander."""
    picture = speckle(rng, width, height) // 2 + plain(rng, width, height) // 2
    colour = any_colour(rng).tolist()
    for _ in range(rng.integers(10, 50)):
        turns = rng.uniform(0, 2 * np.pi) + np.cumsum(rng.normal(0, 0.5, 25))
        steps = np.stack([np.cos(turns), np.sin(turns)], axis=1) * rng.uniform(2, 10)
        walk = rng.uniform(0, (width, height)) + np.cumsum(steps, axis=0)
        cv2.polylines(picture, [fixed(walk)], False, colour, int(rng.integers(1, 3)), cv2.LINE_AA, SHIFT)
    return picture


GENERATORS = (plain, gradient, clouds, speckle, wood, stripes, collage, room, lattice, cracks)
