"""The context of a mention: direction, reach, limits and languages of cues, on made-up and on the shipped rules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from imetaudit.errors import DataFileError
from imetaudit.model import SectionKind
from imetaudit.tag.context import ContextReader
from imetaudit.tag.examples import run_examples
from imetaudit.tag.tagger import Tagger
from imetaudit.taxonomy import Taxonomy, load_taxonomy

TOPICS = """
area: democracy
label: {en: Democracy}
order: 1
version: "1"
scope: democracy
topics:
  - id: elections
    label: {en: elections}
    definition: d
    source: project judgement
    verified: false
    strength: explicit
    terms: {en: [elections]}
    examples: {match: [Free elections], no_match: [The tower]}
"""

RULES = """
version: "1"
reasons:
  - {id: negation, sentence: n, source: s}
  - {id: biography, sentence: b, source: s}
  - {id: procedure, sentence: p, source: s}
  - {id: name, sentence: m, source: s}
sections: {policy: procedure}
stops:
  source: s
  marks: [";", "|"]
  titles: [":"]
  words: {en: [but, even though], es: [pero]}
cues:
  - reason: negation
    source: s
    direction: before
    reach: 4
    phrases: {en: [not cover, pre-exclude, omitting], es: [sin incluir], fr: ["n'aborde pas"]}
    unless: {en: [not cover only]}
    examples: {set_aside: ["Not cover [[elections]]"], kept: ["[[elections]]"]}
  - reason: negation
    source: s
    direction: after
    reach: 3
    phrases: {en: [(is|are) not taught]}
    examples: {set_aside: ["[[elections]] are not taught"], kept: ["[[elections]]"]}
  - reason: procedure
    source: s
    direction: around
    phrases: {en: [honor council]}
    examples: {set_aside: ["[[elections]] to the honor council"], kept: ["[[elections]]"]}
  - reason: biography
    source: s
    direction: around
    phrases: {en: [served as]}
    with: {en: [she, instructor]}
    examples: {set_aside: ["She served as [[elections]] observer"], kept: ["[[elections]] served as a model"]}
patterns:
  - reason: name
    source: s
    regex: '[A-Z][a-z]+ Hall'
    examples: {set_aside: ["[[Elections]] Hall"], kept: ["[[elections]] hall"]}
boilerplate: {courses: 3, similarity: 0.8, words: 8, exempt: [lesson], source: s}
"""

Reason = Callable[..., str | None]


def taxonomy_of(folder: Path, rules: str = RULES) -> Taxonomy:
    """Return a taxonomy of one topic under the context rules."""
    (folder / "topics").mkdir(exist_ok=True)
    (folder / "topics" / "democracy.yaml").write_text(TOPICS, encoding="utf-8")
    (folder / "context.yaml").write_text(rules, encoding="utf-8")
    return load_taxonomy(folder)


@pytest.fixture
def reason(tmp_path: Path) -> Reason:
    """Return a function that tells the reason for the `[[mention]]` of a sentence under the test's rules."""
    reader = ContextReader(taxonomy_of(tmp_path).context)

    def read(marked: str, language: str = "en", kind: SectionKind = SectionKind.LESSON) -> str | None:
        before, rest = marked.split("[[")
        mention, after = rest.split("]]")
        return reader.reason(kind, language, before + mention + after, len(before), len(before) + len(mention))

    return read


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We do not cover [[elections]].", "negation"),
        ("[[Elections]] we do not cover.", None),
        ("[[Elections]] are not taught.", "negation"),
        ("Wars are not taught [[elections]].", None),
        ("The honor council holds [[elections]].", "procedure"),
        ("[[Elections]] to the honor council.", "procedure"),
        ("The [[honor council]] meets.", "procedure"),
    ],
)
def test_a_cue_bears_in_its_direction_only(reason: Reason, sentence: str, expected: str | None) -> None:
    """A cue of one side is blind to the other; one that bears around reads both, and the mention itself."""
    assert reason(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We do not cover one two three four [[elections]].", "negation"),
        ("We do not cover one two three four five [[elections]].", None),
        ("We do not cover (one), «two», three – four [[elections]].", "negation"),
        ("[[Elections]] one two three are not taught.", "negation"),
        ("[[Elections]] one two three four are not taught.", None),
    ],
)
def test_reach_counts_words_and_no_signs(reason: Reason, sentence: str, expected: str | None) -> None:
    """As many words as `reach` says may lie between cue and mention, and not one more; signs do not count."""
    assert reason(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We do not cover war; [[elections]] follow.", None),
        ("We do not cover war | [[elections]]", None),
        ("We do not cover war, [[elections]]", "negation"),
        ("We do not cover war but [[elections]]", None),
        ("We do not cover war, even though [[elections]]", None),
        ("We do not cover war even [[elections]]", "negation"),
        ("But we do not cover [[elections]]", "negation"),
        ("[[Elections]]; wars are not taught", None),
        ("[[Elections]] | wars are not taught", None),
        ("[[Elections]] but wars are not taught", None),
        ("Honor council | [[elections]]", None),
        ("Honor council but [[elections]]", "procedure"),
    ],
)
def test_signs_and_turning_words_end_a_reach(reason: Reason, sentence: str, expected: str | None) -> None:
    """Cells and semicolons stop every cue; a turning word stops a cue of one side where it stands between the two."""
    assert reason(sentence) == expected


def test_a_turning_word_of_another_language_turns_nothing(reason: Reason) -> None:
    """The words that end a reach are those of the term's language."""
    assert reason("We do not cover war pero [[elections]]") == "negation"
    assert reason("sin incluir guerra pero [[elecciones]]", "es") is None
    assert reason("sin incluir guerra but [[elecciones]]", "es") == "negation"


def test_a_subtitle_does_not_negate_its_title(reason: Reason) -> None:
    """What follows a colon does not reach back over it, unless the cue stands there at once."""
    assert reason("[[Elections]]: why they are not taught") is None
    assert reason("[[Elections]]: are not taught") == "negation"
    assert reason("We do not cover: [[elections]]") == "negation"


def test_a_pseudo_cue_is_no_cue(reason: Reason) -> None:
    """A wording under `unless` that holds the cue's words takes its force, there and nowhere else."""
    assert reason("We do not cover only [[elections]]") is None
    assert reason("We do not cover only war and not cover [[elections]]") == "negation"


def test_a_cue_with_needed_words_is_none_without_them(reason: Reason) -> None:
    """Where `with` names words, one must stand in the same cell of the sentence."""
    assert reason("She served as an observer of [[elections]]") == "biography"
    assert reason("It served as a model for [[elections]]") is None
    assert reason("She spoke | it served as a model for [[elections]]") is None


def test_cues_are_read_beside_terms_of_their_own_language_only(reason: Reason) -> None:
    """A Spanish cue says nothing of an English term, nor the other way round."""
    assert reason("sin incluir [[elections]]", "es") == "negation"
    assert reason("sin incluir [[elections]]", "en") is None
    assert reason("We do not cover [[elecciones]]", "es") is None


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("We pre-exclude [[elections]]", "en"),
        ("We pre exclude [[elections]]", "en"),
        ("WE DO NOT\n  COVER [[elections]]", "en"),
        ("We do **not** cover [[elections]]", "en"),
        ("Il n’aborde pas les [[élections]]", "fr"),
        ("Il N'ABORDE PAS les [[élections]]", "fr"),
    ],
)
def test_spelling_does_not_hide_a_cue(reason: Reason, sentence: str, language: str) -> None:
    """Hyphens, capitals, line breaks, emphasis marks and curly apostrophes make no difference."""
    assert reason(sentence, language) == "negation"


def test_a_cue_inside_a_hyphened_word_is_none(reason: Reason) -> None:
    """A hyphen joins the cue's word to another one, which means something else."""
    assert reason("Omitting [[elections]]") == "negation"
    assert reason("Never-omitting [[elections]]") is None
    assert reason("Omitting-style [[elections]]") is None


def test_a_pattern_sees_capitals_and_holds_the_whole_mention(reason: Reason) -> None:
    """A pattern reads the sentence as written, and sets aside only what lies wholly inside it."""
    assert reason("[[Elections]] Hall") == "name"
    assert reason("[[elections]] hall") is None
    assert reason("[[Free Elections]] Hall") is None


def test_the_first_reason_of_the_file_wins(reason: Reason) -> None:
    """Of several reasons, also between cues and patterns, the one that stands first in the file is given."""
    assert reason("She served as guard in [[Elections]] Hall") == "biography"
    assert reason("We do not cover the honor council's [[elections]]") == "negation"


def test_a_kind_of_section_decides_before_its_sentences(reason: Reason) -> None:
    """In a section whose kind is set aside no cue is asked."""
    assert reason("Free [[elections]]", kind=SectionKind.POLICY) == "procedure"
    assert reason("We do not cover [[elections]]", kind=SectionKind.POLICY) == "procedure"
    assert reason("Free [[elections]]", kind=SectionKind.OBJECTIVE) is None


def test_the_order_of_questions_does_not_matter(reason: Reason) -> None:
    """What is remembered of one sentence does not leak into the next one."""
    first = "We do not cover [[elections]]"
    assert [reason(first), reason("[[Elections]] in Ghana"), reason(first)] == ["negation", None, "negation"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("reason: biography", "reason: biografy", "unknown reason 'biografy'"),
        ("[not cover,", "[not cover*,", "no wildcards here"),
        ("with: {en: [she, instructor]}", "with: {es: [ella]}", "no words in 'en'"),
        ("[A-Z][a-z]+ Hall", "[A-Z", "no regular expression"),
        ("[but, even though]", "[but ~3 though]", "no nearness here"),
        ("direction: around", "direction: near", "direction"),
    ],
)
def test_faults_of_the_rules_are_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    """A context file with a fault is refused with what is wrong."""
    with pytest.raises(DataFileError) as caught:
        taxonomy_of(tmp_path, RULES.replace(old, new, 1))
    assert told in " ".join(str(problem) for problem in caught.value.problems)


def test_an_example_that_does_not_hold_is_told(tmp_path: Path) -> None:
    """`check` names the cue's line and what became of its example, both ways; an unmarked example is a fault too."""
    rules = RULES.replace('"[[elections]] are not taught"', '"[[elections]] are taught"').replace(
        'kept: ["[[elections]]"]', 'kept: ["not cover [[elections]]", "elections"]', 1
    )
    told = [problem.what for problem in run_examples(Tagger(taxonomy_of(tmp_path, rules)))]
    assert told == [
        "the example 'not cover [[elections]]' must be kept, but was set aside",
        "the example 'elections' must be kept, but was set aside",
        "the example '[[elections]] are taught' must be set aside as 'negation', but it was kept",
    ]


# --- the shipped rules ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped(taxonomy: Taxonomy) -> Tagger:
    """Return a tagger of the taxonomy that comes with the program."""
    return Tagger(taxonomy)


def shipped_reason(tagger: Tagger, marked: str, language: str = "en") -> str | None:
    """Return the shipped rules' reason for the `[[mention]]` of a sentence in a lesson."""
    before, rest = marked.split("[[")
    mention, after = rest.split("]]")
    start = len(before)
    return tagger.reason(SectionKind.LESSON, language, before + mention + after, start, start + len(mention))


def test_every_cue_has_examples_in_each_of_its_languages(taxonomy: Taxonomy) -> None:
    """Each language of a cue is shown to set something aside and to keep something."""
    told: dict[str, set[str]] = {}
    for _, examples, where in taxonomy.context.examples:
        for kind, texts in (("set aside", examples.set_aside), ("kept", examples.kept)):
            for text in texts:
                told.setdefault(where, set()).add(f"{kind} {text[:2] if text[2:4] == ': ' else 'en'}")
    missing = [
        (cue.where, cue.language, kind)
        for cue in taxonomy.context.cues
        for kind in ("set aside", "kept")
        if f"{kind} {cue.language}" not in told[cue.where]
    ]
    assert missing == []


@pytest.mark.parametrize(
    "title",
    [
        "Obstacles to [[democratization]]: why elections are not covered by the press",
        "[[Civilian control]] and the Department of Defense",
        "The Commission on [[Human Rights]] at sixty",
        "A history of the Center for Strategic Studies and [[civilian control]]",
        "Students will examine the [[rights]] that students have.",
        "See the film on [[human rights]] before class.",
        "Students must have read the [[Geneva Conventions]].",
        "He was a dictator who suspended the [[constitution]].",
        "Washington led the army and accepted [[civilian control]].",
        "Dr. King led the campaign for [[civil rights]].",
        "Week 4 | Presidential nominations and [[primary elections]] | 2 hrs",
        "Constitutions do not include every [[right]] that people claim.",
        "[[Minorities]] excluded from public life",
        "Prerequisites for [[democracy]]",
        "What the [[law of war]] does not prohibit",
        "Peace agreements that leave out [[women]]",
        "[[Elections]] were not held, and nobody was told why.",
        "Sovereignty belongs to the [[people]].",
        "Retired generals in politics and [[civil-military relations]]",
        "Copyright, [[freedom of expression]] and the press",
        "Building [[Democracy]]: state building after war",
        "International law prohibits [[discrimination]].",
        "The right to be free from [[discrimination]]",
        "Participants are given a case on [[military justice]].",
    ],
)
def test_ordinary_lesson_titles_are_kept(shipped: Tagger, title: str) -> None:
    """A word that is a cue elsewhere does not set aside what a lesson is about."""
    assert shipped_reason(shipped, title) is None


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("es", "La materia aborda los [[derechos humanos]] y su defensa."),
        ("es", "El módulo de [[derechos humanos]] se dicta en el segundo semestre."),
        ("es", "La Ley excluye a los militares de la [[política]]."),
        ("es", "Convocatoria a [[elecciones]] libres"),
        ("es", "Excombatientes y [[justicia transicional]]"),
        ("es", "La [[Sala Constitucional]] y su control"),
        ("fr", "La place de la [[démocratie]] dans les armées"),
        ("fr", "Candidatures et [[élections]]"),
        ("fr", "La convention ne couvre pas tous les [[droits]]."),
        ("pt", "A disciplina trata dos [[direitos humanos]]."),
        ("pt", "Candidaturas e [[eleições]]"),
        ("pt", "A lei não inclui o [[direito à vida]]."),
    ],
)
def test_ordinary_titles_of_other_languages_are_kept(shipped: Tagger, language: str, title: str) -> None:
    """The same holds in Spanish, French and Portuguese."""
    assert shipped_reason(shipped, title, language) is None


@pytest.mark.parametrize(
    ("expected", "language", "sentence"),
    [
        ("negation", "en", "In this seminar we do not take up [[military justice]]."),
        ("negation", "en", "[[Genocide]] lies outside this module."),
        ("negation", "en", "[[Detention]] will not be covered in our section."),
        ("negation", "en", "No instruction is given here, and nothing on [[elections]]."),
        ("negation", "es", "En este curso no se abordan los [[derechos humanos]]."),
        ("negation", "fr", "Ce stage ne couvre pas le [[droit de la guerre]]."),
        ("negation", "pt", "Este módulo não abrange os [[direitos humanos]]."),
        ("other-course", "en", "[[Rules of engagement]] are taught in another course."),
        ("other-course", "en", "Prerequisites: [[constitutional law]] and French"),
        ("other-course", "en", "[[Elections]] are covered in POLS 210."),
        ("other-course", "es", "Haber aprobado [[derecho constitucional]]."),
        ("procedure", "en", "Participants facing dismissal are entitled to [[due process]]."),
        ("procedure", "en", "This University does not discriminate on the basis of [[sex]]."),
        ("biography", "en", "He has worked for [[human rights]] organisations."),
        ("biography", "es", "Es abogada de [[derechos humanos]]."),
        ("admission", "en", "Nominees undergo [[human rights]] vetting."),
        ("admission", "en", "Target audience | [[civil society]] leaders"),
        ("name", "en", "Meet in [[Liberty]] Hall at nine."),
        ("name", "en", "Sponsored by the Institute for [[Democracy]]"),
        ("placeholder", "en", "[Insert [[human rights]] lesson here]"),
        ("glossary", "en", "Glossary: [[human rights]], coup"),
        ("elective", "en", "Possible electives are French, [[human rights]] and riding."),
        ("copyright", "en", "[[Human Rights]] Handbook, all rights reserved"),
        ("adversary", "en", "Insurgent leaflets promise [[democracy]]."),
    ],
)  # fmt: skip
def test_each_family_sets_aside(shipped: Tagger, expected: str, language: str, sentence: str) -> None:
    """Every family of cues works on a sentence that is none of its own examples."""
    assert shipped_reason(shipped, sentence, language) == expected
