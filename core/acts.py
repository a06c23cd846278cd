"""What a person can do: verbs, and one act with everything it says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum


class Verb(Enum):
    """Every kind of act that the office performs."""

    SUBMIT = "submit"
    APPROVE = "approve"
    REJECT = "reject"
    RETURN = "return"
    RESUBMIT = "resubmit"
    WITHDRAW = "withdraw"
    COMMENT = "comment"
    RESOLVE = "resolve"
    PERFORM = "perform"
    FILE = "file"
    DISCHARGE = "discharge"
    OBJECT = "object"
    SETTLE_OBJECTION = "settle-objection"
    ACKNOWLEDGE = "acknowledge"
    EXPIRE = "expire"
    TRANSFER = "transfer"
    CONSULT = "consult"
    ANSWER = "answer"
    ADD_SIGNER = "add-signer"
    REMOVE_SIGNER = "remove-signer"
    TAKE_BACK = "take-back"
    URGE = "urge"
    COPY = "copy"
    OVERRIDE = "override"
    URGENT = "urgent"
    PHRASE = "phrase"
    MOVE = "move"
    READ = "read"
    OPEN_ACCOUNT = "accounts open"
    ACTIVATE = "accounts activate"
    LOCK = "accounts lock"
    END_ACCOUNT = "accounts end"
    GRANT_KEY = "keys grant"
    RESET_FACTOR = "accounts reset"
    ATTACH = "attach"

    @property
    def title(self) -> str:
        return _TITLES[self]


_TITLES = {
    Verb.SUBMIT: "提交",
    Verb.APPROVE: "同意",
    Verb.REJECT: "不同意",
    Verb.RETURN: "退回",
    Verb.RESUBMIT: "重新提交",
    Verb.WITHDRAW: "撤回",
    Verb.COMMENT: "留言",
    Verb.RESOLVE: "登记决议",
    Verb.PERFORM: "办理",
    Verb.FILE: "归档",
    Verb.DISCHARGE: "办结例行事项",
    Verb.OBJECT: "提出异议",
    Verb.SETTLE_OBJECTION: "处理异议",
    Verb.ACKNOWLEDGE: "阅知签收",
    Verb.EXPIRE: "公示期满",
    Verb.TRANSFER: "转办",
    Verb.CONSULT: "委派",
    Verb.ANSWER: "答复",
    Verb.ADD_SIGNER: "加签",
    Verb.REMOVE_SIGNER: "减签",
    Verb.TAKE_BACK: "收回",
    Verb.URGE: "催办",
    Verb.COPY: "抄送",
    Verb.OVERRIDE: "特批",
    Verb.URGENT: "先行办理",
    Verb.PHRASE: "常用意见",
    Verb.MOVE: "换用现行制度",
    Verb.READ: "查阅",
    Verb.OPEN_ACCOUNT: "开立账号",
    Verb.ACTIVATE: "启用账号",
    Verb.LOCK: "停用账号",
    Verb.END_ACCOUNT: "注销账号",
    Verb.GRANT_KEY: "启用密钥",
    Verb.RESET_FACTOR: "重设二次验证",
    Verb.ATTACH: "添加附件",
}


ADMINISTERING = frozenset(
    {Verb.OPEN_ACCOUNT, Verb.ACTIVATE, Verb.LOCK, Verb.END_ACCOUNT, Verb.GRANT_KEY, Verb.RESET_FACTOR}
)
"""What only the three administrators do."""


class Position(StrEnum):
    """Where an added signer stands to the one who adds him."""

    BEFORE = "before"
    """He signs first, then the matter comes back."""
    BESIDE = "beside"
    """Both sign, in either order."""
    AFTER = "after"
    """He signs next."""


POSITION_TITLES = {Position.BEFORE: "前加签", Position.BESIDE: "并加签", Position.AFTER: "后加签"}

SYSTEM = "系统"
"""Who acts when a day simply comes."""

TO_APPLICANT = -1
"""`Act.to`: back to the applicant rather than to a step."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act: who does what to which matter, and what he writes."""

    verb: Verb
    by: str
    kind: str = ""
    """Matter type, for `SUBMIT`."""
    matter: str = ""
    """Number of the matter, for every verb on a matter that exists."""
    values: Mapping[str, object] = field(default_factory=dict)
    """The form as typed: field key or title to text (or JSON value)."""
    opinion: str = ""
    reason: str = ""
    """Why to go on in the face of a warning."""
    to: int = TO_APPLICANT
    """Index of the step a matter is returned to."""
    target: str = ""
    """Duty, notice or regulation, for the verbs on those; the stock phrase that `PHRASE` takes off the list; the name
    of the file that `ATTACH` adds.
    """
    persons: tuple[str, ...] = ()
    """To whom a place is handed, who is asked, added, removed or sent a copy: by key or by name."""
    position: Position = Position.BEFORE
    """Where an added signer signs."""
    duty: str = ""
    """The recurring duty that the submitted matter is to discharge."""
    version: int = 0
    """Version of the matter the actor saw; 0 when he does not say."""
    token: str = ""
    """Names the act, so that sending it twice does it once."""
