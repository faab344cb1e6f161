"""
Renders the sample picture and the sample video into resources/media, with what is in them beside: see README.md.

    python3 tools/train-shapes/media.py
"""

import json
import subprocess
from pathlib import Path

import cv2
import numpy as np

from desk import cut_out, desk, drawn, lit, pencil, sheet
from shapes import box_of, CLASSES, fitted, hand_drawn, outline, posed

MEDIA = Path(__file__).resolve().parents[2] / "resources" / "media"
# Everything is painted at twice its size, for smooth edges.
SCALE = 2

RED, AMBER, TEAL, BLUE, VIOLET, GREEN = (
    (222, 72, 64), (244, 178, 52), (34, 150, 144), (52, 104, 196), (132, 84, 176), (92, 160, 76),
)
INK, CRIMSON, NAVY = (44, 46, 54), (190, 40, 60), (30, 60, 130)

# Kind, size and middle in pixels, colour.
CUT_OUTS = (
    ("star", 190, (178, 170), AMBER),
    ("circle", 150, (150, 470), RED),
    ("hexagon", 170, (376, 592), TEAL),
    ("cross", 165, (1120, 150), VIOLET),
    ("square", 150, (1126, 420), BLUE),
    ("triangle", 160, (1010, 610), GREEN),
)
DRAWINGS = (
    ("circle", 120, (500, 190), NAVY),
    ("star", 135, (690, 170), CRIMSON),
    ("square", 115, (880, 150), INK),
    ("triangle", 125, (520, 400), INK),
    ("hexagon", 120, (716, 380), NAVY),
    ("cross", 120, (900, 350), CRIMSON),
)


def write_picture():
    rng = np.random.default_rng(21)
    width, height = 1280, 720
    picture = desk(rng, width * SCALE, height * SCALE)
    sheet(picture, rng, np.float32([(402, 92), (972, 40), (1008, 468), (430, 520)]) * SCALE)
    shapes = []
    for kind, size, middle, colour in DRAWINGS:
        points = fitted(hand_drawn(posed(outline(kind, rng), rng, 0), rng, 0.012), size * SCALE, np.array(middle) * SCALE)
        pen = 9 * SCALE
        drawn(picture, rng, points, colour, pen)
        shapes.append((kind, box_of(points) + pen / 2 * np.array([-1, -1, 1, 1])))
    for kind, size, middle, colour in CUT_OUTS:
        points = fitted(posed(outline(kind, rng), rng, 0), size * SCALE, np.array(middle) * SCALE)
        cut_out(picture, rng, points, colour)
        shapes.append((kind, box_of(points)))
    pencil(picture, np.array([560, 668]) * SCALE, np.array([880, 560]) * SCALE, 20 * SCALE, (240, 196, 60))
    picture = cv2.resize(lit(picture), (width, height), interpolation=cv2.INTER_AREA)
    cv2.imwrite(str(MEDIA / "shapes.jpg"), picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 88])
    listed = [{"label": kind, "box": left_top_size(box / SCALE)} for kind, box in shapes]
    lines = ",\n".join(f"    {json.dumps(shape)}" for shape in listed)
    (MEDIA / "shapes.json").write_text(f'{{\n  "width": {width},\n  "height": {height},\n  "shapes": [\n{lines}\n  ]\n}}\n')


def left_top_size(box):
    left, top, right, bottom = (float(value) for value in box)
    return [round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1)]


WIDTH, HEIGHT, RATE, FRAMES = 640, 480, 30, 180
SIZES = (104, 92, 100, 112, 96, 100)
COLOURS = (RED, BLUE, GREEN, AMBER, TEAL, VIOLET)


def write_video():
    rng = np.random.default_rng(22)
    background = desk(rng, WIDTH * SCALE, HEIGHT * SCALE)
    outlines = [posed(outline(kind, rng), rng, 0) for kind in CLASSES]
    encoder = subprocess.Popen(ENCODE + [str(MEDIA / "shapes.mp4")], stdin=subprocess.PIPE)
    frames = []
    for middles, angles in motion(rng):
        frame, boxes = background.copy(), []
        for kind in range(len(CLASSES)):
            turn = np.array([[np.cos(angles[kind]), np.sin(angles[kind])], [-np.sin(angles[kind]), np.cos(angles[kind])]])
            points = (outlines[kind] @ turn * (SIZES[kind] / 2) + middles[kind]) * SCALE
            cut_out(frame, np.random.default_rng(kind), points, COLOURS[kind])
            boxes.append(left_top_size(box_of(points) / SCALE))
        frame = cv2.resize(lit(frame), (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
        encoder.stdin.write(frame.tobytes())
        frames.append(boxes)
    encoder.stdin.close()
    if encoder.wait() != 0:
        raise SystemExit("ffmpeg failed")
    lines = ",\n".join(f"    {json.dumps(boxes, separators=(',', ':'))}" for boxes in frames)
    labels = json.dumps(CLASSES)
    (MEDIA / "shapes-video.json").write_text(
        f'{{\n  "width": {WIDTH},\n  "height": {HEIGHT},\n  "fps": {RATE},\n  "labels": {labels},\n  "frames": [\n{lines}\n  ]\n}}\n'
    )


# One thread and no version strings: the same file every time.
ENCODE = (
    f"ffmpeg -v error -y -f rawvideo -pix_fmt rgb24 -s {WIDTH}x{HEIGHT} -r {RATE} -i - -c:v libx264 -preset slow -crf 25 "
    "-pix_fmt yuv420p -threads 1 -fflags +bitexact -flags:v +bitexact -movflags +faststart"
).split()


def motion(rng):
    """Middles and angles of all shapes, frame by frame: discs on a table that is pushed now and then."""
    steps = 8
    radii = np.array(SIZES) / 2
    middles = np.array([(110, 110), (320, 100), (530, 120), (110, 360), (320, 370), (530, 350)], float)
    headings = rng.uniform(0, 2 * np.pi, len(radii))
    ways = np.stack([np.cos(headings), np.sin(headings)], axis=1)
    angles, spins = np.zeros(len(radii)), rng.uniform(-1, 1, len(radii)) * 0.08
    for frame in range(FRAMES):
        yield middles.copy(), angles.copy()
        # Widths per frame: slow, then fast enough that no shape overlaps where it was four frames ago.
        speed = 0.02 + 0.25 * max(0, np.sin(frame / FRAMES * 6 * np.pi)) ** 3
        for _ in range(steps):
            middles += ways * (radii * 2 * speed / steps)[:, None]
            bounce(middles, ways, radii)
        angles += spins


def bounce(middles, ways, radii):
    for axis, side in ((0, WIDTH), (1, HEIGHT)):
        ways[middles[:, axis] < radii, axis] = np.abs(ways[middles[:, axis] < radii, axis])
        over = middles[:, axis] > side - radii
        ways[over, axis] = -np.abs(ways[over, axis])
    for i in range(len(radii)):
        for j in range(i):
            apart = middles[i] - middles[j]
            distance = np.linalg.norm(apart)
            if distance >= radii[i] + radii[j]:
                continue
            normal = apart / distance
            middles[i] += normal * (radii[i] + radii[j] - distance) / 2
            middles[j] -= normal * (radii[i] + radii[j] - distance) / 2
            exchanged = ((ways[i] - ways[j]) @ normal) * normal
            ways[i], ways[j] = ways[i] - exchanged, ways[j] + exchanged
    # All keep their pace.
    ways /= np.maximum(np.linalg.norm(ways, axis=1, keepdims=True), 1e-6)


if __name__ == "__main__":
    MEDIA.mkdir(parents=True, exist_ok=True)
    write_picture()
    write_video()
