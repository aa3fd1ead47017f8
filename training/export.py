"""Weights → the model folder that ships: ONNX, fused, int8. `python -m training.export build/reader src/sayso/model`."""

from __future__ import annotations

import argparse
import json
import logging
import shutil
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions
from torch import Tensor, nn

from sayso.reading import labels
from sayso.reading.onnx import INPUTS, OUTPUTS
from training.lean import lean
from training.model import Tagger, trunk_folder
from training.train import learned


def export(weights: Path, folder: Path, *, dials: dict[str, object] | None = None, name: str = "sayso-1") -> None:
    """Write model.onnx (int8), tokenizer.json and labels.json. card.md is written by hand."""
    logging.getLogger("onnxruntime").setLevel(logging.ERROR)
    model = Tagger()
    model.load_state_dict(torch.load(weights, weights_only=True), strict=False)
    model.eval()
    folder.mkdir(parents=True, exist_ok=True)
    plain, fused = folder / "plain.onnx", folder / "fused.onnx"
    _to_onnx(model, plain)
    options = FusionOptions("bert")
    options.enable_embed_layer_norm = (
        False  # our surface inputs are added to the word vectors; that pattern has no fusion
    )
    made = optimizer.optimize_model(
        str(plain), model_type="bert", num_heads=12, hidden_size=384, optimization_options=options
    )
    made.save_model_to_file(str(fused))
    quantize_dynamic(
        fused,
        folder / "model.onnx",
        per_channel=True,
        # 7-bit weights: on processors without VNNI the 8-bit kernels saturate and the reading suffers
        reduce_range=True,
        weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )
    lean(folder / "model.onnx", folder / "model.onnx")
    for path in (plain, fused):
        path.unlink()
    shutil.copy(trunk_folder() / "tokenizer.json", folder / "tokenizer.json")
    about = labels.describe() | {"name": name, "dials": {"follow": learned(model)} | (dials or {})}
    (folder / "labels.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    size = sum(p.stat().st_size for p in folder.iterdir()) / 1e6
    print(f"{folder}: {size:.1f} MB")


class _Whole(nn.Module):
    """The model with everything the runtime reads as its forward pass."""

    def __init__(self, model: Tagger) -> None:
        super().__init__()
        self.model = model

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        """As `Tagger.whole`."""
        return self.model.whole(*inputs)


def _to_onnx(model: Tagger, path: Path) -> None:
    length = 32
    example = tuple(torch.ones(1, length, dtype=torch.long) for _ in INPUTS)
    axes = {n: {0: "batch", 1: "subwords"} for n in (*INPUTS, "flat", *OUTPUTS[2:-1])}
    axes |= {"links": {0: "batch", 1: "subwords", 2: "subwords"}, "stance": {0: "batch"}}
    torch.onnx.export(
        _Whole(model),
        example,
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dials", type=json.loads, default={})
    options = parser.parse_args()
    export(options.weights, options.folder, dials=options.dials)


if __name__ == "__main__":
    main()
