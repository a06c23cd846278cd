"""What a case row's words mean in an office: the person, the act, the matter or duty it is done to."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from core.acts import POSITION_TITLES, TO_APPLICANT, Act, Position, Verb
from core.cases.files import CaseRow
from core.cases.words import Filled
from core.family import MatterType
from core.fields import Field
from core.hearings.signing import RESOLUTION_FORM, VERB_OF_STEP
from core.hearings.standing import OBJECTION_FORM
from core.matter import Matter
from core.office import Office
from core.people import Organisation
from core.records import Duty
from core.rulebook.faults import meant

LOOK = "查看"
"""Nothing is done; only what is expected is looked up."""

OPINION, REASON, BACK_TO, WHICH, DUTY = "意见", "理由", "退至", "事项", "例行"

_ON_A_MATTER = {
    "同意": Verb.APPROVE,
    "不同意": Verb.REJECT,
    "退回": Verb.RETURN,
    "重新提交": Verb.RESUBMIT,
    "撤回": Verb.WITHDRAW,
    "留言": Verb.COMMENT,
    "办理": Verb.PERFORM,
    "先行办理": Verb.URGENT,
    "归档": Verb.FILE,
    "登记决议": Verb.RESOLVE,
    "答复": Verb.ANSWER,
    "收回": Verb.TAKE_BACK,
    "催办": Verb.URGE,
    "特批": Verb.OVERRIDE,
}
_WITH_PERSONS = {
    "转办": Verb.TRANSFER,
    "委派": Verb.CONSULT,
    "前加签": Verb.ADD_SIGNER,
    "并加签": Verb.ADD_SIGNER,
    "后加签": Verb.ADD_SIGNER,
    "减签": Verb.REMOVE_SIGNER,
    "抄送": Verb.COPY,
}
_ON_A_NOTICE = {"提出异议": Verb.OBJECT, "处理异议": Verb.SETTLE_OBJECTION}
_WITH_OBJECT = {
    "申请": Verb.SUBMIT,
    "登记": Verb.SUBMIT,
    "办结": Verb.DISCHARGE,
    "阅知签收": Verb.ACKNOWLEDGE,
    "签收": Verb.ACKNOWLEDGE,
    "查阅": Verb.READ,
}
VERBS = (*_ON_A_MATTER, *_ON_A_NOTICE, *_WITH_OBJECT, *_WITH_PERSONS, LOOK)


def person_of(text: str, organisation: Organisation, day: date) -> str:
    """The person a row names: by number, by name, or as the first holder of a post; ValueError names the nearest."""
    if text in organisation.people:
        return text
    named = [key for key, person in organisation.people.items() if person.name == text]
    if len(named) > 1:
        raise ValueError(f"有 {len(named)} 位“{text}”，请写人员编号：{'、'.join(named)}")
    if named:
        return named[0]
    posts = _holders(organisation, day)
    if text in posts:
        return posts[text]
    names = [*(person.name for person in organisation.people.values()), *posts]
    raise ValueError(f"没有“{text}”这个人或职务，{meant(text, names)}")


def holds(text: str, person: str, organisation: Organisation, day: date) -> bool:
    """Whether a person is the one a text names: by number, name, post, or unit and post."""
    found = organisation.people.get(person)
    if found is None or text in (person, found.name):
        return found is not None
    for tenure in organisation.tenures_of(person, day):
        post = organisation.posts[tenure.post].title
        if text in (post, organisation.units[tenure.unit].title + post):
            return True
    return False


def _holders(organisation: Organisation, day: date) -> dict[str, str]:
    """The first holder of each post, by the post's title and by unit and post."""
    posts: dict[str, str] = {}
    for tenure in organisation.tenures:
        if tenure.span.holds(day):
            post = organisation.posts[tenure.post].title
            posts.setdefault(organisation.units[tenure.unit].title + post, tenure.person)
            posts.setdefault(post, tenure.person)
    return posts


def act_of(row: CaseRow, office: Office, numbers: Sequence[str]) -> Act | None:
    """The act a row stands for, on one of the case's matters so far; None for `查看`. ValueError says what is wrong."""
    by = person_of(row.who, office.desk.organisation, office.desk.day)
    word, rest = _parted(row.action, _steps(row, office, numbers))
    if word == LOOK:
        return None
    if word in _WITH_OBJECT:
        return _with_object(_WITH_OBJECT[word], rest, by, row, office)
    matter = matter_of(row, office, numbers)
    if word in _ON_A_NOTICE:
        return _on_a_notice(_ON_A_NOTICE[word], by, row, office, matter)
    if word in _WITH_PERSONS:
        return _with_persons(word, rest, by, row, office, matter)
    verb = _ON_A_MATTER.get(word)
    if verb is None:
        verb = _verb_of_step(word, matter)
    blanks = _blanks(verb, matter, office)
    values, words = _split(row, blanks)
    act = Act(verb, by, matter=matter.number, values=values, opinion=words.get(OPINION, ""))
    return replace(act, reason=words.get(REASON, ""), to=_back_to(words.get(BACK_TO, ""), matter))


def matter_of(row: CaseRow, office: Office, numbers: Sequence[str]) -> Matter:
    """The matter a row acts on: the case's latest that takes a course, or the one `事项=#2` names."""
    if not numbers:
        raise ValueError(f"前面还没有提交成功的事项，不能“{row.action}”")
    which = row.filled.get(WHICH)
    number = _latest(office, numbers)
    if isinstance(which, str) and which.startswith("#"):
        if not which[1:].isdecimal() or not 1 <= int(which[1:]) <= len(numbers):
            raise ValueError(f"“{WHICH}={which}”不对，本案例到此提交了 {len(numbers)} 件，可写 #1 至 #{len(numbers)}")
        number = numbers[int(which[1:]) - 1]
    found = office.desk.matter(number)
    assert found is not None
    return found


def _latest(office: Office, numbers: Sequence[str]) -> str:
    """The matter filed last; a register takes no further acts, so it counts only where nothing else was filed."""
    kinds = office.host.matter_types
    on_course = [
        number for number in numbers if (found := office.desk.matter(number)) and not kinds[found.kind].register
    ]
    return (on_course or numbers)[-1]


def titled(written: str, declared: str) -> bool:
    """Whether what is written names the duty of a title, without or with its period and person."""
    return written == declared or written.startswith(f"{declared}（")


def duties_titled(title: str, office: Office) -> list[Duty]:
    """What is owed under a title, without or with its period; ValueError names the nearest title there is."""
    owed = office.desk.duties()
    found = [duty for duty in owed if duty.title == title or duty.title.startswith(f"{title}（")]
    declared = {duty.title for duty, _, _ in office.rulebook.duties()}
    if not found and not any(titled(title, each) for each in declared):
        raise ValueError(f"没有“{title}”这件例行事项，{meant(title, sorted(declared))}")
    return found


def _parted(action: str, steps: Sequence[str]) -> tuple[str, str]:
    """The verb and its object; a step's own title is a verb too."""
    if action in (*_ON_A_MATTER, *_ON_A_NOTICE, LOOK, *steps):
        return action, ""
    for word in (*_WITH_OBJECT, *_WITH_PERSONS):
        if action.startswith(word):
            rest = action.removeprefix(word).strip()
            if not rest:
                raise ValueError(f"“{word}”后面要写明是什么，例如“{word} …”")
            return word, rest
    raise ValueError(f"没有“{action}”这个动作，{meant(action.split()[0], [*VERBS, *steps])}")


def _steps(row: CaseRow, office: Office, numbers: Sequence[str]) -> list[str]:
    return [step.title for step in matter_of(row, office, numbers).steps] if numbers else []


def _verb_of_step(title: str, matter: Matter) -> Verb:
    step = matter.step
    if step is not None and step.title != title:
        raise ValueError(f"事项现在在“{step.title}”环节，不在“{title}”环节")
    named = step or next(each for each in matter.steps if each.title == title)
    return VERB_OF_STEP[named.kind]


def _with_object(verb: Verb, name: str, by: str, row: CaseRow, office: Office) -> Act:
    if verb is Verb.SUBMIT:
        kind = _kind(name, office)
        values, words = _split(row, kind.fields)
        duty = _owed(words[DUTY], by, office) if DUTY in words else ""
        return Act(
            verb, by, kind.key, values=values, reason=words.get(REASON, ""), opinion=words.get(OPINION, ""), duty=duty
        )
    words = _split(row, ())[1]
    if verb is Verb.READ:
        return _reading(name, by, office)
    if verb is Verb.DISCHARGE:
        return Act(verb, by, target=_owed(name, by, office), opinion=words.get(OPINION, ""))
    titles = {each.title: key for key, each in office.rulebook.regulations.items()}
    if name not in titles:
        raise ValueError(f"没有“{name}”这项制度，{meant(name, list(titles))}")
    return Act(verb, by, target=titles[name])


def _reading(name: str, by: str, office: Office) -> Act:
    """`查阅 付款台账`, `查阅 费用支出` (the latest there is), `查阅 费支-2026-0001`."""
    ledgers = {each.title: key for key, each in office.host.ledgers.items()}
    kinds = {each.title: key for key, each in reversed(office.host.matter_types.items())}
    if name in kinds:
        found = office.desk.matters(kinds[name], limit=1)
        if not found:
            raise ValueError(f"前面还没有“{name}”，没有可以查阅的")
        return Act(Verb.READ, by, matter=found[0].number)
    if name in ledgers:
        return Act(Verb.READ, by, target=ledgers[name])
    if office.desk.matter_document(name) is None:
        raise ValueError(f"没有“{name}”这类事项、这本台账或这个编号，{meant(name, [*kinds, *ledgers])}")
    return Act(Verb.READ, by, matter=name)


def _with_persons(word: str, names: str, by: str, row: CaseRow, office: Office, matter: Matter) -> Act:
    """`转办 李四`、`抄送 李四、贸易科科长`: an act that hands something to people."""
    organisation, day = office.desk.organisation, office.desk.day
    persons = tuple(person_of(each.strip(), organisation, day) for each in names.split("、") if each.strip())
    position = next((each for each, title in POSITION_TITLES.items() if title == word), Position.BEFORE)
    words = _split(row, ())[1]
    opinion = words.get(OPINION, "")
    return Act(_WITH_PERSONS[word], by, matter=matter.number, opinion=opinion, persons=persons, position=position)


def _kind(title: str, office: Office) -> MatterType:
    kinds = {kind.title: kind for kind in reversed(office.host.matter_types.values())}
    if title not in kinds:
        raise ValueError(f"没有“{title}”这类事项，{meant(title, list(kinds))}")
    return kinds[title]


def _owed(title: str, by: str, office: Office) -> str:
    """The key of the soonest duty of a title, one's own first."""
    found = duties_titled(title, office)
    if not found:
        raise ValueError(f"这一天没有应办的“{title}”")
    return min(found, key=lambda duty: (by not in duty.owners, duty.due)).key


def _on_a_notice(verb: Verb, by: str, row: CaseRow, office: Office, matter: Matter) -> Act:
    notices = [notice for notice in office.desk.notices() if notice.matter == matter.number]
    if not notices:
        raise ValueError(f"事项{matter.number}没有公示")
    values, words = _split(row, OBJECTION_FORM if verb is Verb.SETTLE_OBJECTION else ())
    return Act(verb, by, values=values, target=notices[0].key, opinion=words.get(OPINION, ""))


def _blanks(verb: Verb, matter: Matter, office: Office) -> Sequence[Field]:
    kind = office.host.matter_types.get(matter.kind)
    if kind is None:
        return ()
    if verb is Verb.RESUBMIT:
        return kind.fields
    if verb is Verb.RESOLVE:
        return RESOLUTION_FORM
    step = matter.step
    if step is None or verb is not VERB_OF_STEP[step.kind]:
        return tuple(blank for form in kind.step_forms.values() for blank in form)
    return kind.step_forms.get(step.form, ())


def _split(row: CaseRow, blanks: Sequence[Field]) -> tuple[dict[str, Filled], dict[str, str]]:
    """What goes into the form, and what goes beside it (意见、理由…); ValueError for a name that is neither."""
    titles = {blank.title: blank for blank in blanks} | {blank.key: blank for blank in blanks}
    beside = (OPINION, REASON, BACK_TO, WHICH, DUTY)
    values: dict[str, Filled] = {}
    words: dict[str, str] = {}
    for name, value in row.filled.items():
        pointing = name == WHICH and isinstance(value, str) and value.startswith("#")
        if name in titles and not pointing:
            _check_columns(titles[name], value)
            values[name] = value
        elif name in beside and isinstance(value, str):
            words[name] = value
        else:
            raise ValueError(f"没有“{name}”这一栏，{meant(name, [*(blank.title for blank in blanks), *beside])}")
    return values, words


def _check_columns(blank: Field, value: Filled) -> None:
    if isinstance(value, str):
        return
    titles = [column.title for column in blank.columns]
    keys = [column.key for column in blank.columns]
    rows: Sequence[Mapping[str, str]] = value
    for name in (name for row in rows for name in row):
        if name not in titles and name not in keys:
            raise ValueError(f"“{blank.title}”每行没有“{name}”这一栏，{meant(name, titles)}")


def _back_to(title: str, matter: Matter) -> int:
    """The index of the step a matter is returned to."""
    if not title or title == "申请人":
        return TO_APPLICANT
    titles = [step.title for step in matter.steps]
    if title not in titles:
        raise ValueError(f"没有“{title}”这个环节，{meant(title, ['申请人', *titles])}")
    return titles.index(title)
