"""`python -m training`: from the bare trunk to the model folder that ships, in one command, on two cores in under an hour.

Trains with the pinned recipe, tunes the dials on the development part, exports int8 into src/sayso/model.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from training.export import export
from training.train import Recipe, train
from training.tune import tune

#: what the shipped weights came from, stage by stage (training/LOG.md says why): the tagger first, then the linker, then our own paragraphs
STAGES = (
    Recipe(epochs=4, stop=2, link_mean=True, link_weight=1.0, rivalry=0.0),
    Recipe(epochs=2, stop=1, rate=2e-4, ema=0.995, rivalry=0.0),
    Recipe(epochs=2, rate=2e-4, ema=0.995, own=2.0),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("build/reader"), help="weights and recipe")
    parser.add_argument("--model", type=Path, default=Path("src/sayso/model"), help="the model folder to write")
    options = parser.parse_args()
    weights: list[Path] = []
    for number, stage in enumerate(STAGES, 1):
        out = options.out / f"stage-{number}"
        train(replace(stage, start=str(weights[-1]) if weights else ""), options.data, out)
        weights.append(out / "weights.pt")
    export(weights[-1], options.model)
    tune(options.model, options.data, write=True)


if __name__ == "__main__":
    main()
