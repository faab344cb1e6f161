"""Backgrounds of the test set, made in other ways than those of the training set and never trained on."""

import cv2
import numpy as np

from paint import any_colour, fixed, mixed, SHIFT


def unseen_background(rng, width, height):
    """uint8 RGB [height, width, 3] from one of the generators below."""
    return GENERATORS[rng.integers(len(GENERATORS))](rng, width, height)


def spectrum(rng, width, height, channels=1):
    """Noise by its Fourier spectrum, which falls off as in photographs (1/f to 1/f²); 0-1."""
    rows = np.fft.fftfreq(height)[:, None]
    columns = np.fft.rfftfreq(width)[None]
    fall = np.maximum(np.hypot(rows, columns), 1 / max(width, height)) ** -rng.uniform(1, 2)
    waves = rng.normal(size=(channels, *fall.shape)) + 1j * rng.normal(size=(channels, *fall.shape))
    field = np.ascontiguousarray(np.fft.irfft2(waves * fall, (height, width)).transpose(1, 2, 0))
    field -= field.min(axis=(0, 1))
    return (field / field.max(axis=(0, 1))).astype(np.float32)


def photograph(rng, width, height):
    """Statistics of a photograph without its objects."""
    return mixed(spectrum(rng, width, height, 3), any_colour(rng) * 0.5, 255 - (255 - any_colour(rng)) * 0.5)


def marble(rng, width, height):
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    veins = np.sin((columns * rng.uniform(-1, 1) + rows * rng.uniform(-1, 1)) / 9 + spectrum(rng, width, height)[..., 0] * 18)
    return mixed(np.abs(veins)[..., None] ** 0.4, any_colour(rng) * 0.6, any_colour(rng))


def hills(rng, width, height):
    """Sky over ridges, each nearer one darker."""
    down = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    picture = mixed(np.broadcast_to(down, (height, width, 1)), any_colour(rng), any_colour(rng))
    colour = any_colour(rng)
    across = np.arange(0, width + 4, 4)
    for level in np.sort(rng.uniform(0.3, 0.95, rng.integers(2, 6))):
        waves = sum(np.sin(across / rng.uniform(8, 90) + rng.uniform(0, 6)) * rng.uniform(1, 14) for _ in range(4))
        ridge = np.stack([across, level * height + waves], axis=1)
        cv2.fillPoly(picture, [fixed([*ridge, (width, height), (0, height)])], colour.tolist(), cv2.LINE_AA, SHIFT)
        colour = colour * 0.75
    return np.clip(picture * (0.85 + 0.3 * spectrum(rng, width, height)), 0, 255).astype(np.uint8)


def bricks(rng, width, height):
    """Courses of bricks, more than twice as long as high."""
    course = rng.uniform(9, 26)
    length = course * rng.uniform(2.4, 3.5)
    colour, mortar = any_colour(rng), any_colour(rng)
    picture = np.empty((height, width, 3), np.uint8)
    picture[:] = mortar
    for row in range(int(height / course) + 1):
        for start in np.arange(-length * (row % 2) / 2, width, length):
            corner = (int(start), int(row * course))
            end = (int(start + length - 2), int((row + 1) * course - 2))
            cv2.rectangle(picture, corner, end, np.clip(colour * rng.uniform(0.75, 1.15), 0, 255).tolist(), -1)
    return np.clip(picture * (0.8 + 0.4 * spectrum(rng, width, height)), 0, 255).astype(np.uint8)


def weave(rng, width, height):
    """Threads over and under each other."""
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    period = rng.uniform(3, 12)
    over = np.abs(np.sin(columns * np.pi / period)) * (np.sin(rows * np.pi / period) > 0)
    under = np.abs(np.sin(rows * np.pi / period)) * (np.sin(columns * np.pi / period) > 0)
    return mixed(np.clip(over + under, 0, 1)[..., None] * 0.7 + spectrum(rng, width, height) * 0.3, any_colour(rng), any_colour(rng))


def grass(rng, width, height):
    """Many curved blades."""
    picture = np.empty((height, width, 3), np.uint8)
    picture[:] = any_colour(rng) * 0.5
    colour = any_colour(rng)
    for _ in range(rng.integers(80, 260)):
        start = rng.uniform(0, (width, height))
        lean = rng.normal(0, (14, 5))
        blade = [start, start + lean * 0.6 + (0, -14), start + lean * 2 + (0, -rng.uniform(20, 50))]
        shade = np.clip(colour * rng.uniform(0.5, 1.2), 0, 255).tolist()
        cv2.polylines(picture, [fixed(blade)], False, shade, int(rng.integers(1, 4)), cv2.LINE_AA, SHIFT)
    return picture


def metal(rng, width, height):
    """Brushed metal with a band of light."""
    brushed = cv2.blur(rng.random((height, width), np.float32), (41, 1))
    light = np.exp(-(((np.arange(width) / width - rng.uniform()) / rng.uniform(0.1, 0.5)) ** 2)).astype(np.float32)
    return mixed((brushed * 0.8 + light * 0.5)[..., None], any_colour(rng) * 0.4, np.float32([235, 238, 242]))


GENERATORS = (photograph, marble, hills, bricks, weave, grass, metal)
