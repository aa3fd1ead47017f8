"""`python -m training`: from the bare trunk to the model folder that ships; `--open`: the same from openly licensed data alone.

Trains attribution stage by stage, then all tasks together (attribution, names, certainty of events, stance), exports int8 and tunes the dials on the
development part: to src/sayso/model, the open one to build/open-model. training/LOG.md tells how the stages came about and what they took.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from training.export import export
from training.joint import Plan
from training.joint import train as train_jointly
from training.train import Recipe, train
from training.tune import tune

#: the tagger, then the linker, then our own paragraphs; what they left is trained on with all tasks
STAGES = (
    Recipe(epochs=4, stop=2, link_mean=True, link_weight=1.0, rivalry=0.0, crf=0.0),
    Recipe(epochs=2, stop=1, rate=2e-4, ema=0.995, rivalry=0.0, crf=0.0),
    Recipe(epochs=2, rate=2e-4, ema=0.995, own=2.0, crf=0.0),
)
#: from our own paragraphs alone
OPEN_STAGES = (Recipe(epochs=9, watch=9, polnear=False, own=1.0, ema=0.99, layer_decay=0.95),)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--open", action="store_true", help="learn from openly licensed data alone")
    parser.add_argument("--float", action="store_true", help="no bfloat16: for processors that have none of their own")
    parser.add_argument("--out", type=Path, default=Path("build"), help="weights and recipes")
    parser.add_argument("--limit", type=int, help="so many texts of each corpus, to try the whole way in minutes")
    parser.add_argument("--model", type=Path, help="the model folder to write")
    options = parser.parse_args()
    kind = "open" if options.open else "reader"
    aside = options.open or options.limit  # what ships is not overwritten by a trial
    model = options.model or (options.out / f"{kind}-model" if aside else Path("src/sayso/model"))
    weights: list[Path] = []
    for number, stage in enumerate(OPEN_STAGES if options.open else STAGES, 1):
        out = options.out / kind / f"stage-{number}"
        train(
            replace(stage, start=str(weights[-1]) if weights else "", half=not options.float),
            options.data,
            out,
            limit=options.limit,
        )
        weights.append(out / "weights.pt")
    out = options.out / kind / "joint"
    plan = Plan(open_only=options.open, half=not options.float, limit=options.limit)
    train_jointly(weights[-1], options.data, out, plan)
    export(out / "weights.pt", model, name="sayso-open-1" if options.open else "sayso-1")
    tune(model, options.data, write=True)


if __name__ == "__main__":
    main()
