"""Whole pictures with the six shapes in them, and where they are."""

from dataclasses import dataclass

import cv2
import numpy as np

from camera import photographed
from clutter import add_clutter
from paint import any_colour, blend, filled_mask, fixed, noise, region_of, SHIFT, stroke_mask
from shapes import box_of, CLASSES, fitted, hand_drawn, outline, posed

SIDE = 320
# Grey of the padding, as in image/letterbox.
PADDING = 114
ASPECTS = (1.0, 4 / 3, 16 / 9, 3 / 4, 9 / 16)
# Longer side of a shape's box, as parts of the picture's side.
SIZES = (0.08, 0.7)
MOST_SHAPES = 8
# A shape of which less is in sight has no box.
LEAST_VISIBLE = 0.4


@dataclass
class Picture:
    pixels: np.ndarray
    """uint8 RGB [320, 320, 3]"""
    boxes: np.ndarray
    """float32 [n, 4]: left, top, right, bottom of the whole shape with what hides behind others, cut off at the edges"""
    classes: np.ndarray
    """int64 [n]"""


@dataclass
class Placed:
    kind: int
    points: np.ndarray
    box: np.ndarray


def render(seed, background):
    """The picture of this seed. `background(rng, width, height)` gives what lies behind everything."""
    rng = np.random.default_rng(seed)
    cv2.setRNGSeed(int(rng.integers(1 << 31)))
    width, height = frame(rng)
    picture = background(rng, width, height)
    add_clutter(picture, rng, rng.integers(0, 8) if rng.random() < 0.6 else 0)
    shapes = scene_on_paper(picture, rng) if rng.random() < 0.25 else loose_scene(picture, rng)
    hidden = np.zeros((height, width), np.uint8)
    if shapes and rng.random() < 0.3:
        hide_in_part(picture, hidden, rng, shapes)
    kept = visible(shapes, hidden)
    smallest = min((np.max(shape.box[2:] - shape.box[:2]) for shape in shapes), default=SIDE)
    return letterboxed(photographed(picture, rng, smallest), kept)


def frame(rng):
    aspect = ASPECTS[rng.integers(len(ASPECTS))] if rng.random() < 0.6 else 1.0
    return (SIDE, round(SIDE / aspect)) if aspect >= 1 else (round(SIDE * aspect), SIDE)


def letterboxed(pixels, shapes):
    height, width = pixels.shape[:2]
    left, top = (SIDE - width) // 2, (SIDE - height) // 2
    whole = np.full((SIDE, SIDE, 3), PADDING, np.uint8)
    whole[top : top + height, left : left + width] = pixels
    boxes = np.array([shape.box for shape in shapes], np.float32).reshape(-1, 4)
    boxes = np.clip(boxes, 0, (width, height, width, height)) + (left, top, left, top)
    return Picture(whole, boxes.astype(np.float32), np.array([shape.kind for shape in shapes], np.int64))


def loose_scene(picture, rng):
    """Shapes anywhere, at any size, each painted in a way of its own."""
    height, width = picture.shape[:2]
    placed = []
    wanted = rng.integers(0, MOST_SHAPES + 1)
    for _ in range(wanted * 3):
        if len(placed) == wanted:
            break
        size = SIDE * np.exp(rng.uniform(*np.log(SIZES)))
        if size > 1.1 * min(width, height):
            continue
        centre = rng.uniform(0, (width, height))
        kind = rng.integers(len(CLASSES))
        corners = outline(CLASSES[kind], rng)
        if rng.random() < 0.25:
            corners = hand_drawn(corners, rng, rng.uniform(0.004, 0.02))
        points = fitted(posed(corners, rng), size, centre)
        shape = Placed(kind, points, box_of(points))
        if fits(shape, placed, width, height):
            paint_shape(picture, rng, shape, size)
            placed.append(shape)
    return placed


def fits(shape, placed, width, height):
    """Whether enough of it lies in the picture and it covers no other too much."""
    inside = np.clip(shape.box, 0, (width, height, width, height))
    if area(inside) < 0.65 * area(shape.box):
        return False
    return all(overlap(shape.box, other.box) <= 0.2 * min(area(shape.box), area(other.box)) for other in placed)


def area(box):
    return max(0, box[2] - box[0]) * max(0, box[3] - box[1])


def overlap(one, other):
    return area(np.concatenate([np.maximum(one[:2], other[:2]), np.minimum(one[2:], other[2:])]))


def paint_shape(picture, rng, shape, size):
    margin = size * 0.15 + 4
    region = region_of(shape.points, margin, picture.shape[:2])
    patch = picture[region]
    points = shape.points - (region[1].start, region[0].start)
    # Bilinear shrinking without smoothing leaves hard edges: a third of the shapes has them.
    line_type = cv2.LINE_8 if rng.random() < 0.3 else cv2.LINE_AA
    inside = filled_mask(patch.shape[:2], points, line_type)
    colour = contrasting(rng, patch, inside)
    thickness = max(1.6, size * rng.uniform(0.03, 0.12))
    style = rng.random()
    if style < 0.35:
        blend(patch, stroke_mask(patch.shape[:2], points, thickness, line_type=line_type), colour)
        # Half the line lies outside.
        shape.box = grown(shape.box, thickness / 2)
        return
    if rng.random() < 0.3:
        offset = rng.uniform(-0.06, 0.1, 2) * size
        shadow = cv2.blur(filled_mask(patch.shape[:2], points + offset), (max(2, round(size * 0.08)),) * 2)
        blend(patch, shadow, (0, 0, 0), rng.uniform(0.2, 0.6))
    blend(patch, inside, surface(rng, patch.shape, colour), rng.uniform(0.85, 1))
    if style > 0.8:
        edge = np.clip(colour + rng.choice([-1, 1]) * rng.uniform(50, 160, 3), 0, 255)
        blend(patch, stroke_mask(patch.shape[:2], points, thickness * 0.5, line_type=line_type), edge)


def grown(box, by):
    return box + by * np.array([-1, -1, 1, 1])


def contrasting(rng, patch, mask):
    """A random colour that stands out from what lies under the mask."""
    under = patch[mask > 127].astype(np.float32)
    under = under[:: max(1, len(under) // 200)] if len(under) else np.float32([[128, 128, 128]])
    best, best_distance = None, -1.0
    for _ in range(10):
        colour = any_colour(rng)
        # The nearest quarter of the pixels decides: over stripes a colour must differ from both.
        distance = np.quantile(np.abs(under - colour) @ np.float32([0.3, 0.5, 0.2]), 0.25)
        if distance > best_distance:
            best, best_distance = colour, distance
        if distance > 60:
            break
    return best


def surface(rng, shape, colour):
    """One colour, or one that changes over the shape."""
    height, width = shape[:2]
    kind = rng.random()
    if kind < 0.5:
        return colour
    if kind < 0.75:
        ramp = np.linspace(0.6, 1.25, width, dtype=np.float32)[None, :, None]
        return np.clip(colour * (ramp if rng.random() < 0.5 else ramp[:, ::-1]), 0, 255)
    return np.clip(colour * (0.7 + 0.5 * noise(rng, width, height, rng.integers(2, 20), 2)), 0, 255)


# Sides of a sheet: longer than wide as A4 is, in units of its width.
LONG, SHORT = 1.414, 1.0


def scene_on_paper(picture, rng):
    """A sheet held to the camera, with shapes drawn on it by a thick pen, all in the perspective of the sheet."""
    height, width = picture.shape[:2]
    to_picture = held_sheet(picture, rng)
    placed = []
    pen = any_colour(rng) * rng.uniform(0.1, 0.7)
    columns, rows = LAYOUTS[rng.integers(len(LAYOUTS))]
    cell = min(LONG / columns, SHORT / rows)
    for slot in rng.permutation(columns * rows)[: rng.integers(1, columns * rows + 1)]:
        row, column = divmod(int(slot), columns)
        middle = ((column + 0.5) / columns - 0.5) * LONG, ((row + 0.5) / rows - 0.5) * SHORT
        kind = rng.integers(len(CLASSES))
        flat = hand_drawn(posed(outline(CLASSES[kind], rng), rng, tilt=0), rng, rng.uniform(0, 0.022))
        flat = fitted(flat, cell * rng.uniform(0.5, 0.85), middle + rng.normal(0, 0.03 * cell, 2))
        points = cv2.perspectiveTransform(flat[None].astype(np.float32), to_picture)[0]
        shape = Placed(kind, points, box_of(points))
        size = np.max(shape.box[2:] - shape.box[:2])
        if size < SIZES[0] * SIDE or not fits(shape, placed, width, height):
            continue
        if rng.random() < 0.3:
            pen = any_colour(rng) * 0.75
        draw_by_pen(picture, rng, shape, size, pen)
        placed.append(shape)
    return placed


def held_sheet(picture, rng):
    """Paints the sheet and returns the 3 × 3 matrix that leads from it, its middle at the origin, into the picture."""
    height, width = picture.shape[:2]
    scale = rng.uniform(0.6, 1.05) * min(width / LONG, height / SHORT)
    corners = np.float32([(-LONG, -SHORT), (LONG, -SHORT), (LONG, SHORT), (-LONG, SHORT)]) / 2
    seen = posed(corners, rng, tilt=np.radians(30)) * scale + rng.uniform(0.4, 0.6, 2) * (width, height)
    to_picture = cv2.getPerspectiveTransform(corners, seen.astype(np.float32))
    paper = np.clip(rng.uniform(205, 255) + rng.normal(0, 6, 3), 0, 255)
    light = 0.9 + 0.1 * noise(rng, width, height, 3, 2)
    blend(picture, filled_mask((height, width), seen), paper * light)
    if rng.random() < 0.3:
        rule(picture, rng, to_picture)
    return to_picture


def draw_by_pen(picture, rng, shape, size, colour):
    """In outline, at times filled in."""
    canvas = picture.shape[:2]
    if rng.random() < 0.25:
        blend(picture, filled_mask(canvas, shape.points), colour, rng.uniform(0.7, 1))
    thickness = max(1.5, size * rng.uniform(0.04, 0.11))
    blend(picture, stroke_mask(canvas, shape.points, thickness), colour, rng.uniform(0.8, 1))
    shape.box = grown(shape.box, thickness / 2)


# Columns and rows of the shapes on a sheet.
LAYOUTS = ((1, 1), (2, 1), (2, 2), (3, 2), (4, 2))


def rule(picture, rng, to_picture):
    """Lines or squares far smaller than any shape, as writing paper has them."""
    colour, gap = rng.uniform(120, 220, 3).tolist(), rng.uniform(0.035, 0.06)
    ends = [((-LONG / 2, at), (LONG / 2, at)) for at in np.arange(-SHORT / 2 + gap, SHORT / 2, gap)]
    if rng.random() < 0.5:
        ends += [((at, -SHORT / 2), (at, SHORT / 2)) for at in np.arange(-LONG / 2 + gap, LONG / 2, gap)]
    for pair in cv2.perspectiveTransform(np.float32(ends), to_picture):
        cv2.polylines(picture, [fixed(pair)], False, colour, 1, cv2.LINE_AA, SHIFT)


def hide_in_part(picture, hidden, rng, shapes):
    """Lays a long bar or two across, as a finger, a pen or a cable would."""
    for _ in range(rng.integers(1, 3)):
        shape = shapes[rng.integers(len(shapes))]
        size = np.max(shape.box[2:] - shape.box[:2])
        angle = rng.uniform(0, np.pi)
        along = np.array([np.cos(angle), np.sin(angle)])
        across = np.array([-along[1], along[0]])
        middle = (shape.box[:2] + shape.box[2:]) / 2 + across * size * rng.uniform(0.15, 0.5) * rng.choice([-1, 1])
        half = across * size * rng.uniform(0.04, 0.12)
        reach = along * size * rng.uniform(0.7, 2)
        bar = [middle - reach - half, middle + reach - half, middle + reach + half, middle - reach + half]
        mask = filled_mask(picture.shape[:2], bar)
        blend(picture, mask, any_colour(rng))
        hidden |= mask


def visible(shapes, hidden):
    """Those of which enough is neither behind a later shape, behind a bar, nor outside."""
    kept = []
    covered = hidden.copy()
    for shape in reversed(shapes):
        mask = filled_mask(hidden.shape, shape.points, cv2.LINE_8)
        whole = cv2.contourArea(shape.points.astype(np.float32))
        if np.count_nonzero(mask & ~covered) >= LEAST_VISIBLE * whole:
            kept.append(shape)
        covered |= mask
    return kept[::-1]
