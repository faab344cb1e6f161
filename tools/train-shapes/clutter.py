"""What lies about in the pictures and is none of the six shapes: lines, writing, and distractors of other forms."""

import cv2
import numpy as np

from paint import any_colour, blend, filled_mask, fixed, region_of, SHIFT, stroke_mask
from shapes import fitted, posed, regular

# Without letters and digits that are a circle or a cross.
LETTERS = list("ABCEFGHJKLMNPRSUVWYZabdefhkmnpqrsuwyz23456789")


def add_clutter(picture, rng, count):
    for _ in range(count):
        THINGS[rng.integers(len(THINGS))](picture, rng)


def line(picture, rng):
    height, width = picture.shape[:2]
    ends = rng.uniform(0, (width, height), (2, 2))
    cv2.polylines(picture, [fixed(ends)], False, any_colour(rng).tolist(), int(rng.integers(1, 7)), cv2.LINE_AA, SHIFT)


def curve(picture, rng):
    height, width = picture.shape[:2]
    start, first, second, end = rng.uniform(0, (width, height), (4, 2))
    at = np.linspace(0, 1, 24)[:, None]
    points = start * (1 - at) ** 3 + first * 3 * at * (1 - at) ** 2 + second * 3 * at**2 * (1 - at) + end * at**3
    cv2.polylines(picture, [fixed(points)], False, any_colour(rng).tolist(), int(rng.integers(1, 6)), cv2.LINE_AA, SHIFT)


def writing(picture, rng):
    height, width = picture.shape[:2]
    text = "".join(rng.choice(LETTERS, rng.integers(2, 12)))
    at = rng.integers(0, (width, height)).tolist()
    font = int(rng.choice([cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_COMPLEX, cv2.FONT_HERSHEY_SCRIPT_SIMPLEX]))
    cv2.putText(picture, text, at, font, rng.uniform(0.3, 1.1), any_colour(rng).tolist(), int(rng.integers(1, 3)), cv2.LINE_AA)


def distractor(picture, rng):
    height, width = picture.shape[:2]
    form = posed(FORMS[rng.integers(len(FORMS))](rng), rng)
    points = fitted(form, rng.uniform(0.06, 0.4) * max(width, height), rng.uniform(0, (width, height)))
    region = region_of(points, 8, (height, width))
    if region is None:
        return
    patch = picture[region]
    points = points - (region[1].start, region[0].start)
    if rng.random() < 0.6:
        mask = filled_mask(patch.shape[:2], points)
    else:
        mask = stroke_mask(patch.shape[:2], points, rng.uniform(1, 6))
    blend(patch, mask, any_colour(rng), rng.uniform(0.6, 1))


def bar(rng):
    """At least 2.2 times as long as wide, so that no view makes a square of it."""
    return regular(4) @ np.array([[1, 1], [-1, 1]]) * (1, rng.uniform(0.1, 0.45))


def ellipse(rng):
    return regular(40) * (1, rng.uniform(0.2, 0.45))


def half_disc(rng):
    return regular(40)[:21]


def crescent(rng):
    outer = regular(40)[:21]
    return np.concatenate([outer, outer[::-1] * (rng.uniform(0.3, 0.7), 1)])


def angle(rng):
    """The letter L in any proportion."""
    wide, high = rng.uniform(0.2, 0.45, 2)
    return np.array([(0, 0), (wide, 0), (wide, 1 - high), (1, 1 - high), (1, 1), (0, 1)]) - 0.4


def arrow(rng):
    shaft, head = rng.uniform(0.1, 0.25), rng.uniform(0.3, 0.6)
    return np.array([(-1, -shaft), (0, -shaft), (0, -head), (1, 0), (0, head), (0, shaft), (-1, shaft)])


def heart(rng):
    turn = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    down = 13 * np.cos(turn) - 5 * np.cos(2 * turn) - 2 * np.cos(3 * turn) - np.cos(4 * turn)
    return np.stack([16 * np.sin(turn) ** 3, -down], axis=1) / 17


def scrap(rng):
    """A torn piece: long, with ragged edges."""
    across = np.linspace(-1, 1, 9)
    upper = np.stack([across, -rng.uniform(0.1, 0.4, 9)], axis=1)
    return np.concatenate([upper, upper[::-1] * (1, -1)])


FORMS = (bar, bar, ellipse, half_disc, crescent, angle, arrow, heart, scrap)
THINGS = (line, curve, writing, distractor, distractor)
