"""Average precision at IoU 0.5, as COCO computes it."""

import numpy as np
import torch

from shapes import CLASSES

# As in detect/nms and the sample graph; scores from 0.01 on count for the curve.
NMS_IOU = 0.45
LEAST_SCORE = 0.01


def detect(model, pixels):
    """Detections [n, 6] of each picture of uint8 [pictures, h, w, 3]: left, top, right, bottom, score, class."""
    found = []
    model.eval()
    with torch.no_grad():
        for start in range(0, len(pixels), 32):
            images = torch.from_numpy(np.ascontiguousarray(pixels[start : start + 32])).permute(0, 3, 1, 2).float() / 255
            found += [survivors(candidates.T) for candidates in model(images).numpy()]
    return found


def survivors(candidates):
    """Non-maximum suppression by class over [candidates, 4 + classes]."""
    kept = []
    for kind in range(len(CLASSES)):
        scores = candidates[:, 4 + kind]
        order = [i for i in np.argsort(-scores, kind="stable") if scores[i] >= LEAST_SCORE]
        middle, half = candidates[order, :2], candidates[order, 2:4] / 2
        boxes, scores = np.concatenate([middle - half, middle + half], axis=1), scores[order]
        while len(boxes):
            kept.append([*boxes[0], scores[0], kind])
            apart = iou_with(boxes[0], boxes) <= NMS_IOU
            boxes, scores = boxes[apart], scores[apart]
    return np.array(kept, np.float32).reshape(-1, 6)


def iou_with(box, boxes):
    span = np.clip(np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2]), 0, None)
    shared = span.prod(axis=1)
    return shared / ((box[2:] - box[:2]).prod() + (boxes[:, 2:] - boxes[:, :2]).prod(axis=1) - shared + 1e-9)


def average_precisions(found, boxes, classes):
    """AP50 of each class, over all pictures."""
    return [average_precision(found, boxes, classes, kind) for kind in range(len(CLASSES))]


def average_precision(found, boxes, classes, kind):
    entries = [(score, i, box) for i, detections in enumerate(found) for *box, score, k in detections if k == kind]
    entries.sort(key=lambda entry: -entry[0])
    truth = [boxes[i][classes[i] == kind] for i in range(len(found))]
    taken = [np.zeros(len(own), bool) for own in truth]
    hits = []
    for _, i, box in entries:
        overlaps = np.where(taken[i], 0, iou_with(np.array(box), truth[i])) if len(truth[i]) else np.zeros(1)
        best = overlaps.argmax()
        hits.append(overlaps[best] >= 0.5)
        if hits[-1]:
            taken[i][best] = True
    right = np.cumsum(hits)
    recall = right / max(1, sum(map(len, truth)))
    precision = np.maximum.accumulate((right / np.arange(1, len(hits) + 1))[::-1])[::-1]
    # COCO's 101 levels of recall.
    at = np.searchsorted(recall, np.linspace(0, 1, 101))
    return float(np.mean(np.append(precision, 0)[at]))


def found_share(found, boxes, classes, score):
    """Of the shapes, the share found with at least this score, and of those detections, the share that is right."""
    right = shown = total = 0
    for detections, own_boxes, own_classes in zip(found, boxes, classes):
        detections = detections[detections[:, 4] >= score]
        shown += len(detections)
        for box, kind in zip(own_boxes[own_classes >= 0], own_classes[own_classes >= 0]):
            total += 1
            same = detections[detections[:, 5] == kind]
            right += bool(len(same) and iou_with(box, same[:, :4]).max() >= 0.5)
    return right / max(1, total), right / max(1, shown)
