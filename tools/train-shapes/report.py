"""The page on the bundled model: resources/models/shapes.md."""

PAGE = """# shapes.onnx

Finds drawn and cut-out shapes: {names}.
It is small and quick enough for any machine, and there so that Weft detects something with no download. It knows nothing
else: a pentagon may pass for a hexagon, a rectangle for a square.

| | |
| --- | --- |
| Input | `images` float32[1, 3, 320, 320]: RGB, 0-1, letterboxed with grey 114 |
| Output | `output0` float32[1, 10, 2100], as YOLOv8's: centre x, centre y, width, height in pixels, six scores 0-1 |
| Parameters | {parameters:,} |
| Opset | 16 |
| Licence | MIT, as the rest of Weft. Trained from scratch on pictures that `tools/train-shapes` renders; nothing of anyone else's is in it. |

## How well it does

On {test:,} rendered pictures that it never saw, made from other seeds and on backgrounds of kinds that are not in the
training set ({shapes:,} shapes). AP at IoU 0.5 as COCO computes it, after suppression at IoU 0.45:

| Class | Shapes | AP50 |
| --- | ---: | ---: |
{rows}
| **mAP50** | | **{map50:.3f}** |

At a score of 0.25, the default of the sample graphs, it finds {recall:.1%} of the shapes, and {precision:.1%} of what it shows is
right.

## What it was trained on

{training:,} pictures of 320 × 320, rendered by `tools/train-shapes` from the seeds 0 to {last_seed:,}; validation uses
seeds from 5,000,000 on, the test set seeds from 20,000,000 on. Each has up to 8 shapes of 8 % to 70 % of its side, filled
or in outline, in any colours, some drawn by hand; turned, tilted by up to 42°, partly hidden (a shape of which less than
40 % is in sight has no box) and cut off at the edge. A box encloses the whole shape with what hides behind others, up to
the edge of the picture. One picture in four is a sheet of paper before a camera. Around the shapes lie lines, writing,
bars, ellipses, half discs, crescents, arrows and hearts. Light, shadow, blur, motion, noise, JPEG and letterboxing are
those of cameras.

Backgrounds in training: plain, gradients, value noise, speckle, wood, stripes, collages, rooms, wire mesh, cracks.
Backgrounds of the test set: noise with a photograph's spectrum, marble, hills, bricks, weave, grass, brushed metal. While
it was developed, pictures like those of the test set were looked at, from other seeds (9,000,000 on); then the network
grew, mesh and cracks were added to the training, and the faintest shapes of all sets were given more contrast. The
figures above are of pictures that nobody had looked at.

## How to make it again

    python3 tools/train-shapes/train.py

with what `tools/train-shapes/README.md` asks for. {steps:,} steps of 16 pictures; seed {seed}, two threads, deterministic
algorithms. On two cores of an AMD EPYC server, with other programs running, rendering took {rendering:.0f} minutes and
training {training_time:.0f}. Other processors round differently: expect mAP50 within 0.01.
"""


def write_report(result, seed, path):
    rows = [
        f"| {name} | {count:,} | {result['ap50'][name]:.3f} |" for name, count in zip(result["ap50"], result["shapes"])
    ]
    page = PAGE.format(
        names=", ".join(result["ap50"]),
        parameters=result["parameters"],
        test=result["pictures"],
        shapes=sum(result["shapes"]),
        rows="\n".join(rows),
        map50=result["map50"],
        recall=result["recall"],
        precision=result["precision"],
        training=result["plan"]["pictures"],
        last_seed=result["plan"]["pictures"] - 1,
        steps=result["plan"]["steps"],
        seed=seed,
        rendering=result["seconds"]["rendering"] / 60,
        training_time=result["seconds"]["training"] / 60,
    )
    path.write_text(page)
