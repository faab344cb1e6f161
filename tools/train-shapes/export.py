"""Writes the trained network as an ONNX file that says of itself what a YOLOv8 file of Ultralytics says."""

import warnings

import numpy as np
import torch

from network import STRIDES
from scene import SIDE
from shapes import CLASSES

OPSET = 16

METADATA = {
    "description": "Detector of drawn shapes, trained on rendered pictures",
    "author": "The authors of Weft",
    "license": "MIT",
    "task": "detect",
    "stride": str(max(STRIDES)),
    "batch": "1",
    "imgsz": str([SIDE, SIDE]),
    "names": str(dict(enumerate(CLASSES))),
}


def export(model, path):
    """ONNX: `images` float32[1,3,320,320], RGB in 0-1, to `output0` float32[1,10,2100]."""
    model.eval()
    example = torch.zeros(1, 3, SIDE, SIDE)
    with warnings.catch_warnings():
        # That sizes become constants, which is meant; that a shape is not inferred, which leaves the file as it is.
        warnings.simplefilter("ignore")
        torch.onnx.export(model, example, str(path), opset_version=OPSET, input_names=["images"], output_names=["output0"])
    # Messages of protocol buffers that follow each other are one message: no library is needed to add to it.
    with open(path, "ab") as file:
        for key, value in METADATA.items():
            entry = text_field(1, key) + text_field(2, value)
            file.write(bytes([METADATA_PROPS << 3 | 2]) + varint(len(entry)) + entry)


# Number of the field in ModelProto of onnx.proto.
METADATA_PROPS = 14


def text_field(number, text):
    data = text.encode()
    return bytes([number << 3 | 2]) + varint(len(data)) + data


def varint(value):
    low = bytearray()
    while value > 127:
        low.append(value & 127 | 128)
        value >>= 7
    return bytes([*low, value])


def write_reference(model, pixels, folder):
    """What the network itself gives for some pictures, for check-export.ts to compare with."""
    images = torch.from_numpy(pixels).permute(0, 3, 1, 2).float() / 255
    with torch.no_grad():
        outputs = model(images)
    np.ascontiguousarray(images.numpy()).tofile(folder / "reference-input.f32")
    np.ascontiguousarray(outputs.numpy()).tofile(folder / "reference-output.f32")
