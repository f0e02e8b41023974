"""Words as suggestions compare them: folded, without what says nothing, stems, a few synonyms."""

import re
from functools import lru_cache

from mailflow.model.text import folded

MAX_TEXT, MAX_CLAUSES, MAX_WORDS = 600, 6, 24
"""Characters of a field, clauses of it and words of a clause that are compared."""
MIN_STEM = 4

WORD = re.compile(r"[^\W_]+")
PARTS = re.compile(r"[;\n•|]|,(?=\s)|\.(?=\s)|\s/\s")
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")

_EMPTY = """
a an the and or but of for from to in on at by with into onto about as is are was be been being it
its they them their theirs he him his she her hers you your yours who whom whose which that this
these those there here what when where how why i me my mine we us our ours some any all more most
much many very really also just only such same other another each every both few not no nor none
never without except want wants wanted wanting need needs needed needing looking look looks seek
seeks seeking find finds finding meet meets meeting get gets getting know knows have has had
having would could should can may might will like likes love loves interested interest offer
offers offered offering give gives giving provide provides share shares sharing help helps helping
helpful support supports assist advice advise intro intros introduction introductions introduce
connect connects connection connections contact contacts talk talks chat someone somebody anyone
anybody people person persons folks thing things stuff good great best better nice new old big
small large top senior junior lead leading head chief vice president officer director manager
managing executive assistant associate member team teams company companies business firm group
dept department work works working job role currently possibly maybe etc eg ie via per year years
month months week weeks time times day days one two three several first second next free gmbh inc
ltd llc plc ag sa sas srl bv nv ab oy kg co corp corporation limited der die das den dem des ein
eine einen einem einer und oder mit fur von zu im am auf bei aus sucht suche bietet biete braucht
le la les un une du de et ou pour avec sur dans cherche propose el los las una y o con para por
busca ofrece il lo gli uno e di da cerca offre het een en van voor met zoekt biedt
"""
EMPTY_WORDS = frozenset(_EMPTY.split())
"""Words that match without meaning anything; what stands in titles of every trade is among them."""

SAME: dict[str, str] = {
    word: words.split()[0]
    for words in (
        "investor investors invest investing investment investments vc vcs angel angels funding"
        " fund funds fundraising venture capital",
        "developer developers engineer engineers engineering programmer programmers programming",
        "designer designers design ux ui",
        "customer customers client clients buyer buyers",
        "founder founders cofounder cofounders entrepreneur entrepreneurs",
        "lawyer lawyers attorney attorneys solicitor legal law counsel",
        "journalist journalists reporter reporters press media",
        "mentor mentors mentoring coach coaches coaching advisor advisors adviser advisers",
        "hire hires hiring recruit recruits recruiting recruiter recruiters recruitment talent",
        "speaker speakers speaking keynote keynotes",
        "ml ai",
        "pilot pilots trial trials beta",
        "doctor doctors physician physicians",
        "flat flats apartment apartments",
    )
    for word in words.split()
}
"""Words for the same thing; the first stands for all."""

ENDINGS = ("ments", "ment", "ings", "ing", "ers", "er", "ors", "or", "ed", "es", "s", "e")

NEGATION = re.compile(
    r"\b(?:no|not|non|without|except|kein|keine|ohne|nicht|pas|sans|sin|senza)\b", re.IGNORECASE
)


def affirmed(clause: str) -> str:
    """The clause up to a word that excludes: of "designers, not agencies" the designers."""
    found = NEGATION.search(clause)
    return clause if found is None else clause[: found.start()].rstrip(" ,:-–—(")


def clauses(text: str) -> tuple[str, ...]:
    """The single things a field names, as written: "seed investors; a flat in Lyon" is two."""
    parts = (part.strip(" .,:-–—") for part in PARTS.split(text[:MAX_TEXT]))
    return tuple(part for part in parts if part)[:MAX_CLAUSES]


def stems(text: str) -> frozenset[str]:
    """What is compared of a text; the same for "seed investors" and "an investor (seed)"."""
    words = WORD.findall(folded(text[:MAX_TEXT]))[:MAX_WORDS]
    found = {stem for word in words if word not in EMPTY_WORDS for stem in _stems(word)}
    return frozenset(found)


@lru_cache(maxsize=65536)
def _stems(word: str) -> tuple[str, ...]:
    if CJK.search(word):  # written without spaces: two characters are the least that means much
        return tuple(word[at : at + 2] for at in range(max(1, len(word) - 1)))
    if word in SAME:
        return (SAME[word],)
    if len(word) < 2 or word.isdigit():
        return ()
    return (_stem(word),)


def _stem(word: str) -> str:
    """Endings off until four letters or none are left of it: "trainers" and "training" meet."""
    shorter = next(
        (
            word.removesuffix(ending)
            for ending in ENDINGS
            if word.endswith(ending) and len(word) - len(ending) >= MIN_STEM
            and not (ending == "s" and word.endswith("ss"))
        ),
        word,
    )  # fmt: skip
    return word if shorter == word else _stem(shorter)


def employer(org: str) -> frozenset[str]:
    """A company's name as compared, legal forms left out."""
    return frozenset(w for w in WORD.findall(folded(org[:MAX_TEXT])) if w not in EMPTY_WORDS)
