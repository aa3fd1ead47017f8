"""Two runs' weights as one: `python -m training.mix build/j1/weights.pt build/j3/weights.pt build/mixed.pt --share 0.4 --upper`.

Weights of one path of training can be averaged (Wortsman et al. 2022, "model soups"): the mean often reads better than either end. With `--upper` only what
attribution has for itself is mixed, the trunk's upper layers and the heads on them; what the branch stands on stays as the first run left it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from torch import Tensor

from training.model import SHARED


def mixed(one: dict[str, Tensor], other: dict[str, Tensor], share: float, *, upper: bool) -> dict[str, Tensor]:
    """The first run's weights moved by `share` towards the other's."""
    made = {}
    for name, weight in one.items():
        moves = weight.is_floating_point() and not (upper and _below(name))
        made[name] = torch.lerp(weight, other[name], share) if moves else weight
    return made


def _below(name: str) -> bool:
    """Whether the branch stands on it, or it is the branch."""
    layers = tuple(f"trunk.encoder.layer.{n}." for n in range(SHARED))
    return name.startswith(("branch.", "trunk.embeddings.", "shape.", "quote.", *layers))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("one", type=Path)
    parser.add_argument("other", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--share", type=float, default=0.5)
    parser.add_argument("--upper", action="store_true")
    options = parser.parse_args()
    one, other = (torch.load(path, weights_only=True) for path in (options.one, options.other))
    torch.save(mixed(one, other, options.share, upper=options.upper), options.out)


if __name__ == "__main__":
    main()
