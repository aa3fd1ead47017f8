"""The same network in operators that run faster: `python -m training.lean src/sayso/model/model.onnx build/lean.onnx`.

The exporter's fused `SkipLayerNormalization` and `QAttention` are each slower on a CPU than what they were fused from: the plain sum and
`LayerNormalization`, and an int8 product for queries, keys and values before `MultiHeadAttention`, which without a mask goes through
the sequence in blocks that stay in the cache. A window is one sequence without padding, so no mask is lost. Weights stay as they are; sums
are taken in another order, which int8 rounding makes visible in the third digit (docs/performance.md has the figures).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
from onnx import NodeProto, helper, numpy_helper

WIDTH = 384
_THIRDS = "qkv_thirds"


def lean(source: Path, target: Path) -> int:
    """Rewrite a model file; how many operators were taken apart. Open the result with ONNX Runtime's SkipLayerNormFusion off."""
    model = onnx.load(source)
    nodes = [made for node in model.graph.node for made in _apart(node)]
    changed = sum(node.op_type in ("SkipLayerNormalization", "QAttention") for node in model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    model.graph.initializer.append(numpy_helper.from_array(np.array([WIDTH] * 3, dtype=np.int64), _THIRDS))
    onnx.save(model, target)
    return changed


def _apart(node: NodeProto) -> Iterator[NodeProto]:
    if node.op_type == "SkipLayerNormalization":
        yield from _normalised(node)
    elif node.op_type == "QAttention":
        yield from _attended(node)
    else:
        yield node


def _normalised(node: NodeProto) -> Iterator[NodeProto]:
    values, skipped, weight, shift, bias = node.input
    out, epsilon = node.output[0], next(a.f for a in node.attribute if a.name == "epsilon")
    yield helper.make_node("Add", [values, bias], [f"lean_{out}_biased"])
    yield helper.make_node("Add", [f"lean_{out}_biased", skipped], [f"lean_{out}_summed"])
    yield helper.make_node("LayerNormalization", [f"lean_{out}_summed", weight, shift], [out], axis=-1, epsilon=epsilon)


def _attended(node: NodeProto) -> Iterator[NodeProto]:
    values, weight, bias, scale, weight_scale, _mask, zero, weight_zero = node.input[:8]
    out, heads = node.output[0], next(a.i for a in node.attribute if a.name == "num_heads")
    yield helper.make_node(
        "MatMulInteger", [values, weight, zero, weight_zero], [f"lean_{out}_whole"], name=f"lean_{out}_qkv"
    )
    yield helper.make_node("Cast", [f"lean_{out}_whole"], [f"lean_{out}_cast"], to=onnx.TensorProto.FLOAT)
    yield helper.make_node("Mul", [scale, weight_scale], [f"lean_{out}_scale"])
    yield helper.make_node("Mul", [f"lean_{out}_cast", f"lean_{out}_scale"], [f"lean_{out}_scaled"])
    yield helper.make_node("Add", [f"lean_{out}_scaled", bias], [f"lean_{out}_biased"])
    parts = [f"lean_{out}_{part}" for part in ("queries", "keys", "values")]
    yield helper.make_node("Split", [f"lean_{out}_biased", _THIRDS], parts, axis=-1)
    yield helper.make_node("MultiHeadAttention", parts, [out], domain="com.microsoft", num_heads=heads)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    options = parser.parse_args()
    print(f"{lean(options.source, options.target)} operators taken apart: {options.target}")


if __name__ == "__main__":
    main()
