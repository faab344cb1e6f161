"""Painting onto pictures: uint8 RGB arrays [height, width, 3], changed in place."""

import cv2
import numpy as np

# Fixed-point bits of OpenCV's drawing coordinates: sixteenths of a pixel.
SHIFT = 4


def fixed(points):
    return np.round(np.asarray(points) * (1 << SHIFT)).astype(np.int32)


def filled_mask(size, points, line_type=cv2.LINE_AA):
    """uint8 [height, width]: 255 inside of the outline."""
    mask = np.zeros(size, np.uint8)
    cv2.fillPoly(mask, [fixed(points)], 255, line_type, SHIFT)
    return mask


def stroke_mask(size, points, thickness, closed=True, line_type=cv2.LINE_AA):
    """uint8 [height, width]: 255 along the line."""
    mask = np.zeros(size, np.uint8)
    cv2.polylines(mask, [fixed(points)], closed, 255, max(1, round(thickness)), line_type, SHIFT)
    return mask


def region_of(points, margin, size):
    """Rows and columns that hold the points and `margin` pixels around them, or None where none is in the picture."""
    height, width = size
    left, top = np.floor(np.min(points, axis=0) - margin).astype(int)
    right, bottom = np.ceil(np.max(points, axis=0) + margin).astype(int) + 1
    left, top, right, bottom = max(left, 0), max(top, 0), min(right, width), min(bottom, height)
    return (slice(top, bottom), slice(left, right)) if left < right and top < bottom else None


def blend(picture, mask, colour, opacity=1.0):
    """Lays `colour`, one or one a pixel, over the picture where the mask says so."""
    weight = mask[..., None].astype(np.float32) * (opacity / 255)
    mixed = picture + (np.asarray(colour, np.float32) - picture) * weight
    picture[:] = np.clip(mixed + 0.5, 0, 255).astype(np.uint8)


def any_colour(rng):
    hue, saturation, value = rng.uniform((0, 0, 25), (180, 255, 255))
    return cv2.cvtColor(np.uint8([[[hue, saturation, value]]]), cv2.COLOR_HSV2RGB)[0, 0].astype(np.float32)


def noise(rng, width, height, cells, octaves, channels=1):
    """Fractal value noise, float32 [height, width, channels] in 0-1, with `cells` cells along the longer side."""
    total = np.zeros((height, width, channels), np.float32)
    share = 1.0
    for octave in range(octaves):
        count = cells * 2**octave
        rows, columns = (max(2, round(count * side / max(width, height)) + 1) for side in (height, width))
        grid = rng.random((rows, columns, channels), np.float32)
        layer = cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC if octave < 3 else cv2.INTER_LINEAR)
        total += layer.reshape(total.shape) * share
        share *= 0.55
    low, high = total.min(), total.max()
    return (total - low) / max(high - low, 1e-6)


def mixed(amount, first, second):
    """uint8 picture that goes from one colour to the other by `amount` [height, width, 1] in 0-1."""
    return np.clip(first + (np.asarray(second) - first) * amount, 0, 255).astype(np.uint8)
