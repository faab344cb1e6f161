"""What the training minimises: which candidate answers for which shape, and how far off it is."""

import torch
from torch.nn import functional as F

from network import candidate_centres

# Task-aligned assignment as in TOOD (Feng et al. 2021) and YOLOv8: score^ALPHA × IoU^BETA, the best TOP candidates.
ALPHA, BETA, TOP = 0.5, 6.0, 10
BOX_WEIGHT, SCORE_WEIGHT = 5.0, 1.0


def detection_loss(boxes, logits, truth, classes, side):
    """
    boxes [n, c, 4] and logits [n, c, k] of the candidates; truth [n, m, 4] and classes [n, m] of the shapes, class -1
    where a picture has fewer than m.
    """
    wanted, target, weight = assigned(boxes.detach(), logits.detach().sigmoid(), truth, classes, side)
    total = target.sum().clamp(min=1)
    score_loss = F.binary_cross_entropy_with_logits(logits, target, reduction="sum") / total
    chosen = weight > 0
    box_loss = ((1 - generalised_iou(boxes[chosen], wanted[chosen])) * weight[chosen]).sum() / total
    return BOX_WEIGHT * box_loss + SCORE_WEIGHT * score_loss


def assigned(boxes, scores, truth, classes, side):
    """Per candidate: the box wanted [n, c, 4], the scores wanted [n, c, k], and its weight [n, c], 0 for background."""
    pictures, shapes = classes.shape
    real = classes >= 0
    centres = candidate_centres(side).T
    inside = torch.cat([centres - truth[:, :, None, :2], truth[:, :, None, 2:] - centres], 3).amin(3) > 0
    overlap = iou(truth[:, :, None], boxes[:, None]).clamp(min=0)
    own = scores.gather(2, classes.clamp(min=0)[:, None].expand(-1, scores.shape[1], -1)).transpose(1, 2)
    alignment = own**ALPHA * overlap**BETA * inside * real[..., None]

    best = alignment.topk(TOP, dim=2)
    picked = torch.zeros_like(alignment).scatter_(2, best.indices, (best.values > 1e-9).float())
    # A candidate that two shapes want goes to the one that it overlaps more.
    owner = torch.where(picked > 0, overlap, torch.full_like(overlap, -1)).argmax(1)
    picked = picked * F.one_hot(owner, shapes).transpose(1, 2)
    alignment = alignment * picked
    # The best candidate of each shape is to have the score of the best overlap.
    norm = (overlap * picked).amax(2, keepdim=True) / alignment.amax(2, keepdim=True).clamp(min=1e-9)
    weight, owner = (alignment * norm).max(1)
    wanted = truth.gather(1, owner[..., None].expand(-1, -1, 4))
    kind = classes.clamp(min=0).gather(1, owner)
    return wanted, F.one_hot(kind, scores.shape[2]) * weight[..., None], weight


def iou(first, second):
    return shared_and_union(first, second)[2]


def shared_and_union(first, second):
    span = (torch.minimum(first[..., 2:], second[..., 2:]) - torch.maximum(first[..., :2], second[..., :2])).clamp(min=0)
    shared = span.prod(-1)
    union = (first[..., 2:] - first[..., :2]).prod(-1) + (second[..., 2:] - second[..., :2]).prod(-1) - shared
    return shared, union, shared / union.clamp(min=1e-6)


def generalised_iou(first, second):
    """Rezatofighi et al. 2019: IoU less the part of the hull that neither covers."""
    _, union, overlap = shared_and_union(first, second)
    hull = (torch.maximum(first[..., 2:], second[..., 2:]) - torch.minimum(first[..., :2], second[..., :2])).prod(-1)
    return overlap - (hull - union) / hull.clamp(min=1e-6)
