"""
Trains the bundled detector of shapes from scratch and reports how well it does: see README.md.

    python3 tools/train-shapes/train.py            the model that is bundled
    python3 tools/train-shapes/train.py --try      a short run, to see that everything works
"""

import os

# Threads that wait for each other sleep: where other programs want the cores too, spinning costs ten times the time.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import argparse
import copy
import json
import time
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch

from dataset import batch, rendered_set, SetSpec
from evaluate import average_precisions, detect, found_share
from export import export, write_reference
from loss import detection_loss
from network import Detector
from report import write_report
from shapes import CLASSES

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "out" / "train-shapes"
SEED = 7
BATCH = 16
RATE, LEAST_RATE, DECAY = 3e-3, 3e-5, 0.02
WARM_UP = 150
AVERAGING = 0.998
# The first part of the training sees the pictures smaller, which costs half the time; the last part at full size.
SMALL_SIDES, FULL_SIDE, SMALL_PART = (192, 224, 256), 320, 0.6


def train(pictures, steps, watched):
    rng = np.random.default_rng(SEED)
    model = Detector().to(memory_format=torch.channels_last)
    average = copy.deepcopy(model).eval()
    # Weight decay is for weights of convolutions only.
    groups = [
        {"params": [p for p in model.parameters() if p.ndim > 1], "weight_decay": DECAY},
        {"params": [p for p in model.parameters() if p.ndim == 1], "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(groups, lr=RATE)
    order = np.empty(0, np.int64)
    started, losses = time.time(), []
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = rate_at(step, steps)
        if len(order) < BATCH:
            order = rng.permutation(len(pictures.pixels))
        chosen, order = order[:BATCH], order[BATCH:]
        side = int(rng.choice(SMALL_SIDES)) if step < SMALL_PART * steps else FULL_SIDE
        pixels, boxes, classes = batch(pictures, chosen, side, rng)
        model.train()
        loss = detection_loss(*model.raw(as_input(pixels)), torch.from_numpy(boxes), torch.from_numpy(classes), side)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 10.0)
        optimiser.step()
        follow(average, model, min(AVERAGING, (1 + step) / (10 + step)))
        losses.append(loss.item())
        if (step + 1) % 100 == 0:
            print(f"step {step + 1}/{steps}  loss {np.mean(losses[-100:]):.3f}  {time.time() - started:.0f} s", flush=True)
        if (step + 1) % max(1, steps // 5) == 0:
            precisions = average_precisions(detect(average, watched.pixels), watched.boxes, watched.classes)
            print(f"validation mAP50 {np.mean(precisions):.3f}  {np.round(precisions, 3)}", flush=True)
    return average


def rate_at(step, steps):
    if step < WARM_UP:
        return RATE * (step + 1) / WARM_UP
    return LEAST_RATE + (RATE - LEAST_RATE) * 0.5 * (1 + np.cos(np.pi * (step - WARM_UP) / (steps - WARM_UP)))


def as_input(pixels):
    """RGB in 0-1, [n, 3, h, w], the channels last in memory."""
    return torch.from_numpy(pixels).permute(0, 3, 1, 2).float() / 255


@torch.no_grad()
def follow(average, model, keep):
    for own, new in zip(average.state_dict().values(), model.state_dict().values()):
        if own.is_floating_point():
            own.lerp_(new, 1 - keep)


@dataclass(frozen=True)
class Plan:
    steps: int
    pictures: int
    tested: int
    models: Path
    """Folder for shapes.onnx and shapes.md."""


BUNDLED = Plan(steps=5000, pictures=10_000, tested=1000, models=ROOT / "resources" / "models")
TRIAL = Plan(steps=300, pictures=600, tested=100, models=OUT)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--try", dest="trial", action="store_true", help="a short run, all of it into out/train-shapes")
    plan = TRIAL if parser.parse_args().trial else BUNDLED
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    torch.use_deterministic_algorithms(True)
    cv2.setNumThreads(1)
    OUT.mkdir(parents=True, exist_ok=True)

    started = time.time()
    training = rendered_set(SetSpec("training", 0, plan.pictures, unseen=False), OUT)
    validation = rendered_set(SetSpec("validation", 5_000_000, 200, unseen=False), OUT)
    test = rendered_set(SetSpec("test", 20_000_000, plan.tested, unseen=True), OUT)
    rendered = time.time()
    print(f"rendered in {rendered - started:.0f} s", flush=True)
    model = train(training, plan.steps, validation)
    seconds = {"rendering": rendered - started, "training": time.time() - rendered}

    result = {**measured(model, test), "plan": {"steps": plan.steps, "pictures": plan.pictures}, "seconds": seconds}
    print(json.dumps(result, indent=2))
    export(model, plan.models / "shapes.onnx")
    write_reference(model, test.pixels[:8], OUT)
    write_report(result, SEED, plan.models / "shapes.md")


def measured(model, test):
    found = detect(model, test.pixels)
    precisions = average_precisions(found, test.boxes, test.classes)
    recall, precision = found_share(found, test.boxes, test.classes, 0.25)
    return {
        "map50": float(np.mean(precisions)),
        "ap50": dict(zip(CLASSES, precisions)),
        "recall": recall,
        "precision": precision,
        "pictures": len(test.pixels),
        "shapes": [int((test.classes == kind).sum()) for kind in range(len(CLASSES))],
        "parameters": sum(p.numel() for p in model.parameters()),
    }


if __name__ == "__main__":
    main()
