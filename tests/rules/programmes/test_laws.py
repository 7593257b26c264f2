"""Laws that hold for every condition: Kleene's, and that knowing more never turns true into false or back."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.programmes.small_world import UNKNOWN, WORDS, condition, facts, truth_of

from gongjiang.kernel.truth import Truth
from gongjiang.rules.programmes.facts import Facts, Row, rows_of

YEARS = st.integers(0, 12)
LEVELS = st.sampled_from(["初级工", "高级工", "技师", "高级技师"])
OWNERS = st.sampled_from(["公有制", "非公有制", "民营企业", "外资企业"])
COMPARE = st.sampled_from(["is", "is_not", "at_least", "at_most", "above", "below"])


def leaf() -> st.SearchStrategy[dict[str, Any]]:
    """A condition without parts."""
    return st.one_of(
        st.builds(lambda word, bound: {"field": "years", word: bound}, COMPARE, YEARS),
        st.builds(lambda word, level: {"field": "level", word: level}, COMPARE, LEVELS),
        st.builds(lambda owners: {"field": "owner", "in": owners}, st.lists(OWNERS, min_size=1, max_size=3)),
        st.builds(lambda owner: {"field": "owner", "is_not": owner}, OWNERS),
        st.sampled_from(
            [
                {"field": "member", "is": True},
                {"field": "trade", "same_as": "craft"},
                {"judged": "character"},
                {"opinion": "sheet.employer", "is": "同意"},
                {"field": "case.route", "is": "自荐"},
                {
                    "rows": "experts",
                    "where": {"field": "employer", "differs_from": "subject.employer"},
                    "count_at_least": 2,
                },
                {"rows": "contests", "where": {"field": "rank", "at_most": {"lookup": "bar"}}, "count_at_most": 0},
                {"rows": "contests", "where": {"judged": "recognised"}, "count_at_least": 1},
            ]
        ),
    )


CONDITIONS = st.recursive(
    leaf(),
    lambda inner: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda part: {"not": part}, inner),
        st.builds(
            lambda n, parts: {"n_of": n, "of": parts}, st.integers(0, 3), st.lists(inner, min_size=1, max_size=4)
        ),
    ),
    max_leaves=8,
)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value or nothing."""
    return st.one_of(st.none(), values)


@st.composite
def known_facts(draw: st.DrawFn) -> Facts:
    """A submitted case in which some things are blank."""
    trades = maybe(st.sampled_from(["焊工", "车工"]))
    places = maybe(st.sampled_from(["甲厂", "乙厂"]))
    subject = {
        "years": draw(maybe(YEARS)), "level": draw(maybe(LEVELS)), "owner": draw(maybe(OWNERS)),
        "member": draw(maybe(st.booleans())), "trade": draw(trades), "craft": draw(trades), "employer": draw(places),
    }  # fmt: skip
    experts = draw(st.lists(st.fixed_dictionaries({"employer": places}), max_size=3))
    places_won = st.fixed_dictionaries(
        {"contest": maybe(st.sampled_from(["市级大赛", "厂内比武"])), "rank": maybe(st.integers(1, 5))}
    )
    contests = draw(st.lists(places_won, max_size=3))
    judged = {("character", ""): draw(maybe(st.booleans()))}
    judged |= {("recognised", f"contests-{n}"): draw(maybe(st.booleans())) for n in (1, 2, 3)}
    route = draw(maybe(st.sampled_from(["自荐", "推荐"])))
    return facts(
        subject,
        rows={"experts": experts, "contests": contests},
        judgements=judged,
        opinions={("sheet", "employer"): draw(maybe(st.sampled_from(["同意", "不同意"])))},
        case={"route": route} if route else {},
    )


@st.composite
def less_and_more(draw: st.DrawFn) -> tuple[Facts, Facts]:
    """A case, and the same case with some answers taken away."""
    more = draw(known_facts())

    def fewer(values: Any) -> dict[Any, Any]:
        return {key: value for key, value in values.items() if draw(st.booleans())}

    rows = {group: tuple(Row(one.id, fewer(one.values)) for one in found) for group, found in more.rows.items()}
    less = replace(
        more, subject=fewer(more.subject), judgements=fewer(more.judgements), opinions=fewer(more.opinions),
        case=fewer(more.case), rows=rows,
    )  # fmt: skip
    return less, more


@given(CONDITIONS, less_and_more())
@settings(max_examples=300, deadline=None)
def test_knowing_more_never_changes_what_was_certain(raw: dict[str, Any], pair: tuple[Facts, Facts]) -> None:
    less, more = pair
    before = truth_of(raw, less)
    if before is not UNKNOWN:
        assert truth_of(raw, more) is before


@given(CONDITIONS, CONDITIONS, known_facts())
@settings(max_examples=150, deadline=None)
def test_kleene(a: dict[str, Any], b: dict[str, Any], known: Facts) -> None:
    def says(raw: dict[str, Any]) -> Truth:
        return truth_of(raw, known)

    assert says({"not": {"not": a}}) is says(a)
    assert says({"not": {"all": [a, b]}}) is says({"any": [{"not": a}, {"not": b}]})
    assert says({"all": [a, b]}) is says({"all": [b, a]}) is says({"n_of": 2, "of": [a, b]})
    assert says({"any": [a, b]}) is says({"n_of": 1, "of": [a, b]})
    assert says({"all": [a, {"any": [a, b]}]}) is says(a)


@given(CONDITIONS, known_facts())
@settings(max_examples=150, deadline=None)
def test_an_open_condition_says_what_is_missing_and_a_settled_one_nothing(raw: dict[str, Any], known: Facts) -> None:
    found = condition(raw).evaluate(known)
    assert bool(found.missing) is (found.truth is UNKNOWN)


@given(CONDITIONS, known_facts())
@settings(max_examples=100, deadline=None)
def test_a_draft_is_never_surer_than_the_submission(raw: dict[str, Any], known: Facts) -> None:
    draft = replace(known, submitted=False, rows={group: one for group, one in known.rows.items() if one})
    before = truth_of(raw, draft)
    if before is not UNKNOWN:
        assert truth_of(raw, known) is before


def test_rows_of_takes_ids_or_numbers() -> None:
    assert [one.id for one in rows_of("experts", [{"id": "k7"}, {"name": "何焊平"}])] == ["k7", "experts-2"]
    assert WORDS.rows_label("experts") == "推荐专家"
