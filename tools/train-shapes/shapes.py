"""The six shapes as outlines, and how they come to lie in a picture: turned, tilted away, drawn by hand."""

import numpy as np

CLASSES = ("circle", "square", "triangle", "star", "hexagon", "cross")

# Tilted further, a square would pass for any rectangle and a circle for any ellipse.
MOST_TILT = np.radians(42)


def outline(kind, rng):
    """Corners [n, 2] of a shape around the origin, the furthest at a distance of 1; random where a kind leaves room."""
    if kind == "circle":
        return regular(48)
    if kind == "square":
        return regular(4)
    if kind == "triangle":
        return regular(3) * rng.uniform((0.85, 0.85), (1, 1))
    if kind == "star":
        return alternating(5, rng.uniform(0.38, 0.52))
    if kind == "hexagon":
        return regular(6)
    if kind == "cross":
        return cross(rng.uniform(0.26, 0.4))
    raise ValueError(kind)


def regular(corners):
    angles = np.arange(corners) * (2 * np.pi / corners) - np.pi / 2
    return np.stack([np.cos(angles), np.sin(angles)], axis=1)


def alternating(points, inner):
    star = regular(points * 2)
    star[1::2] *= inner
    return star


def cross(arm):
    """A plus of two bars `arm` times as wide as long."""
    quarter = np.array([(arm, -1), (arm, -arm), (1, -arm)])
    turns = [np.linalg.matrix_power(np.array([[0, -1], [1, 0]]), turn) for turn in range(4)]
    corners = np.concatenate([quarter @ turn.T for turn in turns])
    return corners / np.hypot(1, arm)


def resampled(corners, count):
    """`count` points at equal distances along a closed outline."""
    closed = np.vstack([corners, corners[:1]])
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(closed, axis=0).T))])
    at = np.linspace(0, along[-1], count, endpoint=False)
    return np.stack([np.interp(at, along, closed[:, axis]) for axis in (0, 1)], axis=1)


def hand_drawn(corners, rng, wobble):
    """The outline as a hand draws it: off by `wobble` (part of the radius), smoothly along the line."""
    points = resampled(corners, 72)
    phase = np.arange(len(points))[:, None] * (2 * np.pi / len(points))
    for waves in (2, 3, 5, 9):
        points = points + np.sin(phase * waves + rng.uniform(0, 2 * np.pi, 2)) * rng.normal(0, wobble / 2, 2)
    return points


def posed(corners, rng, tilt=MOST_TILT):
    """The outline turned in its plane, then tilted away from the camera, in perspective."""
    turn = rng.uniform(0, 2 * np.pi)
    points = corners @ np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]).T
    angle = rng.uniform(0, tilt) * rng.uniform()
    axis = rng.uniform(0, 2 * np.pi)
    towards = np.array([np.cos(axis), np.sin(axis)])
    depth = points @ towards
    flat = points + np.outer(depth * (np.cos(angle) - 1), towards)
    return flat / (1 + depth[:, None] * np.sin(angle) / rng.uniform(4, 8))


def fitted(corners, size, centre):
    """The outline scaled and moved: the longer side of its box is `size`, the middle of its box is `centre`."""
    low, high = corners.min(axis=0), corners.max(axis=0)
    return (corners - (low + high) / 2) * (size / (high - low).max()) + centre


def box_of(points):
    """Left, top, right, bottom."""
    return np.concatenate([points.min(axis=0), points.max(axis=0)])
