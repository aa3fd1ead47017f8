"""A shipped model folder back into weights to go on from: `python -m training.restore src/sayso/model build/shipped.pt`.

The int8 file holds every weight as a whole number with a scale; what comes back is within half a step of what was exported.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from training.joint import grown
from training.model import Tagger, distance_buckets

Arrays = Mapping[str, NDArray[np.float32]]
buckets = distance_buckets().numpy()
#: modules whose matrix products stand in the graph under their own name
_DENSE = ("attention.output.dense", "intermediate.dense", "output.dense")
_HEADS = ("flat", "kind", "certainty", "word", "cue", "branch.names", "branch.factuality.0", "branch.factuality.2")


def restore(folder: Path) -> dict[str, Tensor]:
    """The state of a `Tagger`. Raises SystemExit where the folder holds another network than today's."""
    graph = onnx.load(folder / "model.onnx").graph
    held = _floats(graph)
    made: dict[str, NDArray[np.float32]] = {}
    for name, array in held.items():
        if name.startswith("model."):
            made[name.removeprefix("model.")] = array
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            _dense(node.name, held[node.input[1].removesuffix("_quantized")], made)
        elif node.op_type == "QAttention":
            _attention(node, held, made)
        elif node.op_type == "Gather" and node.input[0].endswith("_quantized") and "onnx::Gather" in node.input[0]:
            far = held[node.input[0].removesuffix("_quantized")]
            made["distance"] = np.stack([far[:, buckets == b].mean(1) for b in range(int(buckets.max()) + 1)], 1)
    about = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    made["follow"] = np.array(about["dials"]["follow"], dtype=np.float32)
    return _checked(made)


def _checked(arrays: Arrays) -> dict[str, Tensor]:
    wanted = Tagger().state_dict()
    made = {name: torch.from_numpy(np.array(array, dtype=np.float32)) for name, array in arrays.items()}
    made = grown(made)
    for name, array in made.items():
        if name not in wanted or tuple(array.shape) != tuple(wanted[name].shape):
            raise SystemExit(f"{name} {array.shape} has no place in today's network")
    if missing := wanted.keys() - made.keys():
        raise SystemExit(f"the model folder lacks {', '.join(sorted(missing)[:5])}")
    return made


def _floats(graph: onnx.GraphProto) -> dict[str, NDArray[np.float32]]:
    """Every initializer as floats, quantised ones under their plain name."""
    raw = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    made = {}
    for name, array in raw.items():
        plain = name.removesuffix("_quantized")
        if plain != name:
            made[plain] = ((array.astype(np.float32) - raw[f"{plain}_zero_point"]) * raw[f"{plain}_scale"]).astype(
                np.float32
            )
        elif array.dtype == np.float32 and not plain_scale(name):
            made[name] = array
    return made


def plain_scale(name: str) -> bool:
    """Whether this is the scale of another weight."""
    return name.endswith("_scale")


def _module(name: str) -> str:
    """`/layer.3/output/dense/MatMul_quant` → `trunk.encoder.layer.3.output.dense`."""
    path = name.strip("/").split("/")[:-1]
    dotted = ".".join(path)
    return f"trunk.encoder.{dotted}" if dotted.startswith("layer.") else dotted


def _dense(name: str, weight: NDArray[np.float32], made: dict[str, NDArray[np.float32]]) -> None:
    module = _module(name)
    module = module.replace("factuality.factuality", "factuality")
    if module.startswith("branch.stance"):
        module = "branch.stance." + module.rsplit(".", 1)[1] if "stance." in module else module
        made[f"{module}.weight"] = weight.T
    elif module in _HEADS or module.endswith(_DENSE):
        made[f"{module}.weight"] = weight.T
    else:
        raise SystemExit(f"no place for {name}")


def _attention(node: onnx.NodeProto, held: Arrays, made: dict[str, NDArray[np.float32]]) -> None:
    module = _module(node.output[0]).removesuffix(".self") + ".self"
    packed = held[node.input[1].removesuffix("_quantized")]
    bias = held[node.input[2]]
    for part, weight, off in zip(("query", "key", "value"), np.split(packed, 3, 1), np.split(bias, 3), strict=True):
        made[f"{module}.{part}.weight"] = weight.T
        made[f"{module}.{part}.bias"] = off


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(restore(options.folder), options.out)


if __name__ == "__main__":
    main()
