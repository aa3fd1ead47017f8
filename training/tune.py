"""Tune the decoding dials on the development part, through the int8 model: `python -m training.tune src/sayso/model`."""

from __future__ import annotations

import argparse
import itertools
import json
from dataclasses import asdict, replace
from pathlib import Path

from corpora.marked import read_marked
from corpora.polnear import read_polnear
from gate.attribution import first_annotators
from sayso.reading.decode import Dials
from sayso.reading.onnx import OnnxReader
from sayso.reading.windows import windows
from training.train import score_articles

GRID = {
    "flat_weight": (0.5,),
    "rivalry": (2.0,),
    "link_bias": (0.7, 1.2),
    "cue_bias": (-0.4, -0.2, 0.0),
    "content_bias": (-0.4, -0.2, 0.0),
}


def tune(folder: Path, data: Path, *, own: bool = False, write: bool = False) -> Dials:
    """The dials with the best sum of exact spans and whole attributions."""
    reader = OnnxReader(folder)
    items = first_annotators(read_polnear(data / "polnear" / "dev"))
    if own:
        items = [i for p in sorted(Path("training/corpus/train").glob("*.txt")) for i in read_marked(p)]
    seen = [(cut := windows(item.text, reader.tokenizer), reader.scores(cut)) for item in items]
    best, best_value = Dials(), 0.0
    for values in itertools.product(*GRID.values()):
        dials = replace(reader.dials, **dict(zip(GRID, values, strict=True)))
        figures = score_articles(items, seen, dials).figures()
        exact = [figures["exact"][role]["f1"] for role in ("source", "cue", "content")]
        value = sum(exact) / 3 + figures["whole"]["f1"] + figures["close"]["f1"]
        print(values, exact, figures["whole"], figures["close"]["f1"], flush=True)
        if value > best_value:
            best, best_value = dials, value
    if write:
        path = folder / "labels.json"
        about = json.loads(path.read_text(encoding="utf-8")) | {"dials": asdict(best)}
        path.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--own", action="store_true", help="show the figures on our own training paragraphs instead")
    parser.add_argument("--write", action="store_true", help="keep the best in the folder's labels.json")
    options = parser.parse_args()
    print("best", tune(options.folder, options.data, own=options.own, write=options.write))


if __name__ == "__main__":
    main()
