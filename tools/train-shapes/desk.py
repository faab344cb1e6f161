"""The scene of the sample picture and video: shapes cut out of coloured paper, or drawn on a sheet, on a desk."""

import cv2
import numpy as np

from paint import blend, filled_mask, mixed, noise, region_of, stroke_mask

OAK, DARK_OAK = np.float32([206, 166, 122]), np.float32([140, 98, 62])
# Light falls from the upper left: shadows lie to the lower right, this many shape sizes away.
SHADOW = np.array([0.035, 0.05])


def desk(rng, width, height):
    """Boards of oak, uint8 RGB [height, width, 3]."""
    bend = noise(rng, width, height, 3, 2)[..., 0]
    rows = np.arange(height, dtype=np.float32)[:, None] / height
    rings = 0.5 + 0.5 * np.sin((rows * 9 + bend * 3.2) * 2 * np.pi)
    fibres = cv2.resize(noise(rng, max(8, width // 40), height, height // 3, 1), (width, height))
    streaks = cv2.resize(noise(rng, max(8, width // 16), height, 40, 3), (width, height))
    dark = 0.28 * rings + 0.3 * fibres + 0.42 * streaks
    boards = 4
    for board in range(boards):
        top, bottom = board * height // boards, (board + 1) * height // boards
        joint, gap = int(rng.integers(width)), max(2, height // 480)
        dark[top:bottom] = np.roll(dark[top:bottom], joint, axis=1) + rng.uniform(-0.1, 0.1)
        dark[top:bottom, joint : joint + gap] += 0.45
        dark[top : top + gap] += 0.55
    return mixed(np.clip(dark * 0.75, 0, 1)[..., None], OAK, DARK_OAK)


def lit(picture):
    """Light of a window at the upper left, falling off towards the other corner."""
    height, width = picture.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    away = np.hypot(columns / width - 0.25, (rows / height - 0.15) * 0.7)
    light = 1.12 - 0.42 * away[..., None]
    warm = np.float32([1.02, 1.0, 0.96])
    return np.clip(picture * light * warm, 0, 255).astype(np.uint8)


def cast_shadow(picture, points, size, opacity=0.45, height=1.0):
    softness = max(3, round(size * 0.09 * height))
    points = points + SHADOW * size * height
    region = region_of(points, softness, picture.shape[:2])
    if region is None:
        return
    patch = picture[region]
    mask = filled_mask(patch.shape[:2], points - (region[1].start, region[0].start))
    blend(patch, cv2.blur(cv2.blur(mask, (softness, softness)), (softness, softness)), (28, 16, 8), opacity)


def cut_out(picture, rng, points, colour):
    """A piece of coloured paper of that outline."""
    size = np.ptp(points, axis=0).max()
    cast_shadow(picture, points, size)
    region = region_of(points, 3, picture.shape[:2])
    if region is None:
        return
    patch = picture[region]
    own = points - (region[1].start, region[0].start)
    grain = noise(rng, patch.shape[1], patch.shape[0], 60, 2)
    blend(patch, filled_mask(patch.shape[:2], own), np.clip(np.float32(colour) * (0.94 + 0.1 * grain), 0, 255))
    edge = stroke_mask(patch.shape[:2], own, max(1, size * 0.008))
    blend(patch, edge, np.clip(np.float32(colour) * 1.15 + 12, 0, 255), 0.7)


def sheet(picture, rng, points):
    """A sheet of drawing paper."""
    size = np.ptp(points, axis=0).max()
    cast_shadow(picture, points, size * 0.25)
    height, width = picture.shape[:2]
    texture = 0.975 + 0.025 * noise(rng, width, height, 200, 2)
    blend(picture, filled_mask((height, width), points), np.float32([250, 248, 242]) * texture)


def drawn(picture, rng, points, colour, thickness):
    """A line of a felt pen, drawn twice and not quite on itself."""
    for _ in range(2):
        off = points + rng.normal(0, thickness * 0.04, points.shape)
        blend(picture, stroke_mask(picture.shape[:2], off, thickness), colour, 0.8)


def pencil(picture, start, end, thickness, colour):
    """A sharpened pencil from its end to its point."""
    start, end = np.float32(start), np.float32(end)
    along = (end - start) / np.linalg.norm(end - start)
    across = np.array([-along[1], along[0]]) * thickness / 2
    neck, lead = end - along * thickness * 2.4, end - along * thickness * 0.7
    cast_shadow(picture, np.array([start - across, neck - across, end, neck + across, start + across]), thickness * 4)
    for low, high, shade in ((-1, -0.35, 1.12), (-0.35, 0.4, 1.0), (0.4, 1, 0.72)):
        facet = np.array([start + across * low, neck + across * low, neck + across * high, start + across * high])
        blend(picture, filled_mask(picture.shape[:2], facet), np.clip(np.float32(colour) * shade, 0, 255))
    blend(picture, filled_mask(picture.shape[:2], [neck - across, end, neck + across]), (232, 196, 150))
    tip = across * 0.3
    blend(picture, filled_mask(picture.shape[:2], [lead - tip, end, lead + tip]), (50, 46, 48))
    ferrule = start + along * thickness * 1.2
    blend(picture, filled_mask(picture.shape[:2], [start - across, ferrule - across, ferrule + across, start + across]), (196, 198, 204))
