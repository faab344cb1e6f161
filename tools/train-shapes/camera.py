"""What a camera and its light do to a scene."""

import cv2
import numpy as np

from paint import noise


def photographed(picture, rng, smallest):
    """The uint8 picture as a camera gives it; blur stays below what would hide a shape of `smallest` pixels."""
    height, width = picture.shape[:2]
    seen = picture.astype(np.float32)
    if rng.random() < 0.6:
        seen *= uneven_light(rng, width, height)
    if rng.random() < 0.4:
        seen *= rng.uniform(0.8, 1.15, 3).astype(np.float32)
    if rng.random() < 0.5:
        seen = (seen - 128) * rng.uniform(0.65, 1.2) + 128 + rng.uniform(-25, 25)
    if rng.random() < 0.35:
        seen = cv2.GaussianBlur(seen, (0, 0), rng.uniform(0.4, max(0.5, min(2.2, smallest / 22))))
    if rng.random() < 0.2:
        seen = cv2.filter2D(seen, -1, motion(rng, min(14, smallest / 4)))
    if rng.random() < 0.5:
        deviation = rng.uniform(1, 14)
        grain = cv2.randn(np.empty((height, width, 3), np.float32), (0, 0, 0), (deviation, deviation, deviation))
        seen += grain
    seen = np.clip(seen, 0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        _, stored = cv2.imencode(".jpg", seen, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(30, 96))])
        seen = cv2.imdecode(stored, cv2.IMREAD_COLOR)
    return seen


def uneven_light(rng, width, height):
    """float32 [height, width, 1]: brightness by place, with a hard shadow at times."""
    light = 1.1 - noise(rng, width, height, rng.integers(1, 4), 1) * rng.uniform(0.2, 0.55)
    if rng.random() < 0.3:
        corners = rng.uniform((-0.5, -0.5), (1.5, 1.5), (4, 2)) * (width, height)
        shadow = np.zeros((height, width), np.float32)
        cv2.fillConvexPoly(shadow, cv2.convexHull(corners.astype(np.int32)), rng.uniform(0.15, 0.45))
        light *= 1 - cv2.blur(shadow, (int(rng.integers(1, 20)),) * 2)[..., None]
    return light


def motion(rng, most):
    """Kernel of a camera that moved by up to `most` pixels during the exposure."""
    length = max(2, int(rng.uniform(2, max(3, most))))
    kernel = np.zeros((length, length), np.float32)
    middle = (length - 1) / 2
    angle = rng.uniform(0, np.pi)
    reach = np.array([np.cos(angle), np.sin(angle)]) * middle
    ends = np.round([middle - reach, middle + reach]).astype(int)
    cv2.line(kernel, ends[0].tolist(), ends[1].tolist(), 1.0)
    return kernel / kernel.sum()
