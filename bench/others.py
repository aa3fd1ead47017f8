"""What reading is measured against: the same network in float PyTorch, and a small spaCy pipeline. Untrained: weights do not change the speed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from sayso.reading.onnx import OnnxReader
from sayso.reading.reader import model_folder
from sayso.reading.windows import windows
from sayso.records import Article

Run = Callable[[Article], object]
LAYERS = 9  # six of the trunk, three of the branch
SENTENCE = "The mayor of Norda said on Monday that the bridge will open in June ."


def pipelines() -> Iterator[tuple[str, Run]]:
    """Name and run on one core, of those that are installed."""
    if find_spec("torch") and find_spec("transformers"):
        yield "float PyTorch, same network", float_network()
    else:
        print("no PyTorch here: pip install torch transformers to measure against it")
    if find_spec("spacy"):
        yield "spaCy: tagger, parser, names", spacy_pipeline()
    else:
        print("no spaCy here: pip install spacy to measure against it")


def float_network() -> Run:
    """The encoder's layers in float, on the windows that the reader makes."""
    torch, transformers = import_module("torch"), import_module("transformers")
    torch.set_num_threads(1)
    config = transformers.BertConfig(
        hidden_size=384, num_attention_heads=12, num_hidden_layers=LAYERS, intermediate_size=1536
    )
    network = transformers.BertModel(config, add_pooling_layer=False).eval()
    tokenizer = OnnxReader(model_folder()).tokenizer

    def run(article: Article) -> object:
        with torch.inference_mode():
            cut = windows(article.text, tokenizer)
            return [network(torch.from_numpy(window.ids)[None]).last_hidden_state for window in cut]

    return run


def spacy_pipeline() -> Run:
    """tok2vec, tagger, parser and ner as in spaCy's small English pipeline."""
    spacy, training = import_module("spacy"), import_module("spacy.training")
    nlp = spacy.blank("en")
    shared: dict[str, Any] = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    nlp.add_pipe("tok2vec")
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}})
    parser = {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": "parser", "extra_state_tokens": False}
    nlp.add_pipe("parser", config={"model": parser | {"hidden_width": 64, "maxout_pieces": 2, "tok2vec": shared}})
    names = parser | {"state_type": "ner", "hidden_width": 64, "maxout_pieces": 2}
    nlp.add_pipe("ner", config={"model": names | {"tok2vec": shared}})
    tokens = SENTENCE.split()
    about = {
        "tags": ["NN" if t[0].isupper() else "IN" for t in tokens],
        "heads": [0] * len(tokens),
        "deps": ["ROOT", *["dep", "nsubj", "obj", "punct"] * 4][: len(tokens)],
        "entities": [(13, 18, "GPE")],
    }
    example = training.Example.from_dict(nlp.make_doc(SENTENCE), about)
    nlp.initialize(lambda: [example])
    return lambda article: nlp(article.text)
