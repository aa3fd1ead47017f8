"""`python -m training`: from the bare trunk to the model folder that ships, in one command, on two cores in under an hour.

Trains with the pinned recipe, tunes the dials on the development part, exports int8 into src/sayso/model.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from training.export import export
from training.train import Recipe, train

SHIPPED = Recipe(seed=1, epochs=4, own=2.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("build/reader"), help="weights and recipe")
    parser.add_argument("--model", type=Path, default=Path("src/sayso/model"), help="the model folder to write")
    options = parser.parse_args()
    train(SHIPPED, options.data, options.out)
    export(options.out / "weights.pt", options.model)


if __name__ == "__main__":
    main()
