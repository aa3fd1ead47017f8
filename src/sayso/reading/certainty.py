"""How surely a wording puts its main event, −3 … +3 (Saurí & Pustejovsky 2009; Lee et al. 2015).

These are the plain cases by rule; they decide for the article's own voice, which has no cue for the model to read, and where
a wording leaves no doubt. None where the rules do not know.
"""

from __future__ import annotations

import re

_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|dismiss(?:es|ed|ing)?|reject(?:s|ed|ing)?|rubbish(?:es|ed)|refut(?:e|es|ed))\b", re.I
)
_SILENT = re.compile(
    r"\b(?:refus\w+|declin\w+|wouldn[’']t|would not|will not|won[’']t|did not|didn[’']t)\s+"
    r"(?:\w+\s+)?(?:say|confirm|comment|discuss|respond|be drawn|rule out)\b|\bdid(?: not|n[’']t) respond\b|\bdeclin\w+ to\b",
    re.I,
)
_WISHES = re.compile(
    r"\b(?:want|wants|wanted|hope|hopes|hoped|wish|wishes|demand\w*|urge\w*|ask(?:s|ed)?|call(?:s|ed) (?:for|on))\b",
    re.I,
)
_PLANS = re.compile(
    r"\b(?:plan|plans|planned|intend\w*|aim\w*|expect\w*|believ\w*|think\w*|thought|confident|feel|feels|felt)\b", re.I
)
_NOT = re.compile(
    r"\b(?:not|never|no longer|cannot|without|neither|nobody|no one)\b|n[’']t\b|\b(?:fail(?:s|ed)? to|refus(?:e|es|ed) to|ruled? out|stopped short of)\b",
    re.I,
)
_LIKELY = re.compile(
    r"\b(?:expect(?:s|ed)?|set to|likely|probably|due to|poised to|on course to|bound to|intend\w*|plan(?:s|ned)? to|should|looks? set)\b",
    re.I,
)
_MAY = re.compile(
    r"\b(?:may|might|could|possib\w+|perhaps|maybe|consider(?:s|ed|ing)?|an option|alternative|talks|interest(?:ed)?|weigh(?:s|ed|ing)|"
    r"eye(?:s|d|ing)|linked with|open to|seem(?:s|ed)?|appear(?:s|ed)? to)\b",
    re.I,
)
_UNLIKELY = re.compile(r"\b(?:unlikely|improbable|little chance|doubt(?:s|ed|ful)?)\b", re.I)
_ASKS = re.compile(r"\?\s*[”\"’']?$|^(?:whether|if|why|how|what|who|when|where)\b", re.I)


def by_rule(content: str, cue: str = "") -> int | None:
    """Certainty of a content under its cue, where the wording is plain; else None."""
    if _SILENT.search(cue) or _ASKS.search(content) or _WISHES.search(cue):
        return 0
    if _UNLIKELY.search(content):
        return -2
    sign = -1 if bool(_NOT.search(content)) != bool(_DENIES.search(cue)) else 1
    if _MAY.search(content):
        return sign
    if _LIKELY.search(content) or _PLANS.search(cue):
        return 2 * sign
    return 3 * sign


def certainty(content: str, cue: str, *, modelled: float | None) -> int | None:
    """The mean of rule and model where there is a model's value; but a refusal to speak is 0, and where rule and model differ on
    whether it is *not* so, an explicit negation or denial decides.
    """
    ruled = by_rule(content, cue)
    if modelled is None:
        return ruled
    if ruled == 0 and _SILENT.search(cue):
        return 0
    if ruled is not None and abs(ruled) == 3 and (ruled < 0) != (modelled < 0):
        return ruled if ruled < 0 else max(-3, min(3, round(modelled)))
    value = modelled if ruled is None else (modelled + ruled) / 2
    return max(-3, min(3, round(value)))
