"""`python -m training`: from the bare trunk to the model folder that ships; `--open`: the same from openly licensed data alone.

Trains attribution stage by stage, then the branch (names, certainty of events, stance), tunes the dials on the development part and exports
int8: to src/sayso/model, the open one to build/open-model. Some three hours on two cores without bfloat16; training/LOG.md tells how the stages came about.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from training.branch import Plan
from training.branch import train as train_branch
from training.export import export
from training.train import Recipe, train
from training.tune import tune

_ALONE = {"named": 0.0, "judged": False, "crf": 0.0}

#: what the shipped weights came from: the tagger, then the linker, then our own paragraphs, then all tasks with a conditional random field
STAGES = (
    Recipe(epochs=4, stop=2, link_mean=True, link_weight=1.0, rivalry=0.0, **_ALONE),
    Recipe(epochs=2, stop=1, rate=2e-4, ema=0.995, rivalry=0.0, **_ALONE),
    Recipe(epochs=2, rate=2e-4, ema=0.995, own=2.0, **_ALONE),
    Recipe(epochs=3, rate=2e-4, own=2.0, layer_decay=0.95),
)
#: from our own paragraphs alone
OPEN_STAGES = (
    Recipe(
        epochs=9,
        watch=9,
        polnear=False,
        open_only=True,
        own=1.0,
        ema=0.99,
        layer_decay=0.95,
        named=0.0,
        judged=False,
    ),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--open", action="store_true", help="learn from openly licensed data alone")
    parser.add_argument("--out", type=Path, default=Path("build"), help="weights and recipes")
    parser.add_argument("--model", type=Path, help="the model folder to write")
    options = parser.parse_args()
    kind = "open" if options.open else "reader"
    model = options.model or (options.out / "open-model" if options.open else Path("src/sayso/model"))
    weights: list[Path] = []
    for number, stage in enumerate(OPEN_STAGES if options.open else STAGES, 1):
        out = options.out / kind / f"stage-{number}"
        train(replace(stage, start=str(weights[-1]) if weights else ""), options.data, out)
        weights.append(out / "weights.pt")
    out = options.out / kind / "branch"
    train_branch(weights[-1], options.data, out, Plan(open_only=options.open))
    export(out / "weights.pt", model, name="sayso-open-1" if options.open else "sayso-1")
    tune(model, options.data, write=True)


if __name__ == "__main__":
    main()
