"""Rules about asking for leave and going out: when, for how long, with which papers."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.acts import Verb
from core.condition import shown
from core.finding import Level, Problem
from core.matter import State
from core.people import Span
from core.rule_kinds import FieldKey, Proposal, rule
from plugins.leave import days, standing

_AWAY = (standing.REQUEST, standing.OUTING)
ONWARD = (Verb.SUBMIT, Verb.APPROVE, Verb.PERFORM, Verb.FILE)


@dataclass(frozen=True, slots=True)
class NoParameters:
    """The rule needs none."""


@rule("leave.span", "请假起止", NoParameters, matters=(*_AWAY, "leave.truancy"))
def sound_span(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Leave begins before it ends, lasts no longer than a year, and covers some working time."""
    matter, office = proposal.matter, proposal.office
    halves = days.span_of(matter)
    if not matter.day("since") or not matter.day("until"):
        return
    if not halves:
        yield Problem(f"起始 {matter.day('since')} 晚于结束 {matter.day('until')}", "把起止时间改成先后次序", "until")
    elif len(halves) > 2 * days.LONGEST:
        yield Problem(
            f"起止相距 {len(halves) // 2} 天 > {days.LONGEST} 天", "分次办理，每次不超过一年；或改正结束日期", "until"
        )
        return
    elif not standing.used(office, matter):
        said = "、".join(dict.fromkeys(office.calendar.why(days.day_of(each)) for each in halves))
        yield Problem(f"这段时间没有工作日（{said}）", "不必请假；日期填写有误的予以改正", "since")
    reckoned = sorted({day.year for each in halves if office.calendar.is_provisional(day := days.day_of(each))})
    if reckoned:
        years = "、".join(f"{year} 年" for year in reckoned)
        facts = f"{years}的放假和调休安排还没有公布，天数暂按推算"
        yield Problem(facts, "可以提交；安排公布后有出入的，变更或销假时按公布的计算", "until", Level.NOTE)


@rule("leave.no-overlap", "同一时间不得重复", NoParameters, matters=_AWAY)
def no_overlap(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Nobody is away twice at the same time."""
    matter, office = proposal.matter, proposal.office
    for other in standing.clashes(office, matter.applicant, days.span_of(matter), matter.number):
        kind = office.matter_type(other.kind)
        title = kind.title if kind else other.kind
        yield Problem(
            f"与 {other.number}（{title}，{other.day('since')} 至 {other.day('until')}）重叠",
            f"改为不与其重叠的日期；{other.number} 还没有办结的可先撤回",
            "since",
        )


@rule("leave.beforehand", "事前办理", NoParameters, matters=(*_AWAY, "leave.consent", "leave.abroad"))
def beforehand(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """It is asked for before it begins; leave may follow a consent that was sought beforehand."""
    matter = proposal.matter
    since, filed = matter.day("since"), matter.submitted.date()
    if since is None or since >= filed:
        return
    late = f"起始日期 {since} 早于提交日期 {filed}"
    if matter.kind != standing.REQUEST:
        yield Problem(late, "事前办理；已经过去的日期不能补办，日期填写有误的予以改正", "since")
        return
    consent = proposal.office.matter(matter.text("consent")) if matter.text("consent") else None
    if consent is None:
        yield Problem(late, "确有特殊情况、事先请示（报告）过的，填写“事前请示”的编号后补办", "consent")
    elif consent.applicant != matter.applicant or consent.state is not State.SETTLED:
        yield Problem(
            f"{late}；{consent.number} {consent.state.title}，申请人是"
            f"{proposal.office.organisation.name(consent.applicant)}",
            "填写本人已获同意的事前请示",
            "consent",
        )
    elif consent.text("leave") != matter.text("leave") or not _within(consent.day("since"), since):
        yield Problem(
            f"{late}；{consent.number} 请示的是 {consent.day('since')} 起的{consent.text('leave')}",
            f"起始日期不早于 {consent.day('since')}，假别填{consent.text('leave')}",
            "consent",
        )


def _within(earliest: object, since: object) -> bool:
    return earliest is not None and since is not None and str(since) >= str(earliest)


def _touches(absence: Span, halves: days.Span) -> bool:
    return bool(days.overlap(days.span(absence.since, absence.until), halves))


@dataclass(frozen=True, slots=True)
class MedicalProof:
    """The hospitals' grades and the physicians' ranks whose certificate is good; `needed` are blanks beside them."""

    hospitals: tuple[str, ...]
    physicians: tuple[str, ...]
    needed: tuple[FieldKey, ...] = ()


@rule("leave.medical-proof", "长病假的证明", MedicalProof, matters=(standing.REQUEST,))
def medical_proof(parameters: MedicalProof, proposal: Proposal) -> Iterator[Problem]:
    """Long sick leave rests on a certificate from a good enough hospital and physician."""
    matter = proposal.matter
    told = f"病假连续或当月累计 {days.in_days(matter.count('run_half_days'))}"
    wanted = (
        ("hospital_grade", "医院等级", parameters.hospitals),
        ("physician_rank", "医师职称", parameters.physicians),
    )
    for key, title, accepted in wanted:
        if matter.text(key) not in accepted:
            said = f"，{title}：{shown(matter.values.get(key))}"
            yield Problem(told + said, f"换取病假单，{title}须为{'、'.join(accepted)}", key)
    declared = proposal.office.matter_type(matter.kind)
    for key in parameters.needed:
        blank = declared.blank(key) if declared else None
        if not matter.text(key):
            title = blank.title if blank else key
            yield Problem(f"{told}，“{title}”未填写", f"填写{title}", key)


@rule("leave.blackout", "重要工作期间", NoParameters, matters=(standing.REQUEST,), verbs=(Verb.SUBMIT, Verb.APPROVE))
def not_in_blackout(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Leave keeps clear of the periods of important work."""
    for period in standing.blackouts(proposal.office, days.span_of(proposal.matter)):
        yield Problem(
            f"与“{period.text('occasion')}”（{period.day('since')} 至 {period.day('until')}）重叠",
            f"改在 {period.day('until')} 之后；确需在这期间请假的，写明理由",
            "since",
        )


@rule("leave.not-truant", "旷工不得补作请假", NoParameters, matters=(standing.REQUEST,))
def not_truant(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """What was found to be absence without leave is not made leave afterwards."""
    for finding in standing.truant(proposal.office, proposal.matter.applicant, days.span_of(proposal.matter)):
        yield Problem(
            f"{finding.day('since')} 至 {finding.day('until')} 已认定旷工（{finding.number}）",
            "改为不含这段时间的日期；对认定有异议的，向办公室提出复核",
            "since",
        )


@rule("leave.truancy-unexcused", "没有请假记录", NoParameters, matters=("leave.truancy",), verbs=ONWARD)
def truancy_unexcused(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Nobody is found absent without leave on days that are accounted for, nor twice for one day."""
    matter, office = proposal.matter, proposal.office
    halves = days.span_of(matter)
    for excuse in standing.excused(office, matter.text("person"), halves):
        span = f"{excuse.day('since')} 至 {excuse.day('until')}"
        yield Problem(f"{excuse.number} 已批准，时间 {span}", "去掉这段时间，或核对人员", "since")
    registered = [each for each in office.organisation.absences if each.person == matter.text("person")]
    for absence in registered:
        if absence.reason not in office.setting("leave.kinds") and _touches(absence.span, halves):
            span = f"{absence.span.since} 至 {absence.span.until}"
            yield Problem(f"{span} 已登记外出（{absence.reason}）", "去掉这段时间，或核对人员", "since")
    for half in standing.traced(office, matter.text("person"), halves):
        yield Problem(f"{days.day_of(half)} {days.slot_of(half)}有签到或核实记录", "去掉这半天，或核对人员", "since")
    for other in standing.truant(office, matter.text("person"), halves):
        if other.number != matter.number:
            yield Problem(f"{other.number} 已认定过同一时间", "去掉重复的时间", "since")


@rule("leave.set-off", "先行冲抵", NoParameters, matters=(standing.REQUEST,), recorded=True)
def set_off(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """What a request draws from annual and compensatory leave first is told before it is filed."""
    matter = proposal.matter
    drawn = standing.draws(proposal.office, matter, standing.used(proposal.office, matter))
    if drawn.said:
        rest = f"，余 {days.in_days(len(drawn.over))}按{matter.text('leave')}计" if drawn.over else ""
        yield Problem(f"先冲抵{drawn.said}{rest}", "办结时按当时的余额冲抵", "leave", Level.NOTE)


KINDS = (
    sound_span,
    no_overlap,
    beforehand,
    medical_proof,
    not_in_blackout,
    not_truant,
    truancy_unexcused,
    set_off,
)
