"""Rules about the vouchers a claim rests on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from core.acts import Verb
from core.condition import shown
from core.finding import Problem
from core.rule_kinds import Proposal, rule
from plugins.finance import standing
from plugins.finance.rules.budgets import NoParameters

_CLAIM = ("finance.reimbursement",)
_ONWARD = (Verb.SUBMIT, Verb.APPROVE, Verb.PERFORM)


def _rows(proposal: Proposal) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Each voucher with its address on the form and the words that name it."""
    for line, row in enumerate(proposal.matter.rows("vouchers"), 1):
        number = row.get("number")
        yield f"vouchers.{line}", f"第 {line} 张票据" + (f"（{number}）" if number else ""), row


@dataclass(frozen=True, slots=True)
class VoucherKinds:
    """Kinds that serve as vouchers (all, when empty), and kinds that never do."""

    accepted: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


@rule("finance.voucher-kinds", "票据种类", VoucherKinds, matters=_CLAIM)
def voucher_kinds(parameters: VoucherKinds, proposal: Proposal) -> Iterator[Problem]:
    """Only certain kinds of voucher are reimbursed."""
    for at, said, row in _rows(proposal):
        kind = str(row.get("kind", ""))
        if kind in parameters.refused or (parameters.accepted and kind not in parameters.accepted):
            instead = "、".join(parameters.accepted) or "有效票据"
            yield Problem(f"{said}是{kind}", f"换取{instead}，或删去这一行并相应减少金额", f"{at}.kind")


@dataclass(frozen=True, slots=True)
class VoucherComplete:
    """`details` are the columns that must be filled in for every voucher; `listed` demands an itemised list."""

    details: tuple[str, ...] = ("number", "issuer")
    listed: bool = False


@rule("finance.voucher-complete", "票据要素齐全", VoucherComplete, matters=_CLAIM)
def voucher_complete(parameters: VoucherComplete, proposal: Proposal) -> Iterator[Problem]:
    """Every voucher shows its number and who issued it."""
    titles = {"number": "票据号码", "issuer": "开票单位"}
    for at, said, row in _rows(proposal):
        for key in parameters.details:
            if not row.get(key):
                title = titles.get(key, key)
                yield Problem(f"{said}没有填写{title}", f"照票据填写{title}", f"{at}.{key}")
    if not proposal.matter.rows("vouchers"):
        yield Problem("没有填写票据", "逐张填写票据", "vouchers")
    if parameters.listed and not proposal.matter.flag("list_attached"):
        yield Problem("没有附清单", "附上清单，“附有清单”填“是”", "list_attached")


@dataclass(frozen=True, slots=True)
class VoucherOnce:
    """`per_issuer`: numbers are unique for each issuer only."""

    per_issuer: bool = False


@rule("finance.voucher-once", "票据不得重复报销", VoucherOnce, matters=_CLAIM)
def voucher_once(parameters: VoucherOnce, proposal: Proposal) -> Iterator[Problem]:
    """A voucher is claimed once."""
    seen: dict[tuple[str, str], str] = {}
    for at, said, row in _rows(proposal):
        number = standing.voucher_number(row)
        issuer = str(row.get("issuer", "")) if parameters.per_issuer else ""
        if not number:
            continue
        if (number, issuer) in seen:
            yield Problem(f"{said}与{seen[number, issuer]}号码相同", "删去重复的一行并相应减少金额", f"{at}.number")
            continue
        seen[number, issuer] = said
        last = standing.last_event(proposal.office, number, issuer)
        claim = last.values.get("claim") if last else None
        if last and last.values["event"] in ("送审", "付讫") and claim != proposal.matter.number:
            yield Problem(
                f"{said}已在 {claim} 中{'报销' if last.values['event'] == '付讫' else '送审'}",
                "删去这一行并相应减少金额；号码填写有误的予以改正",
                f"{at}.number",
            )


@rule("finance.voucher-withheld", "已扣留的凭证不得报销", NoParameters, matters=_CLAIM, verbs=_ONWARD)
def voucher_withheld(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A withheld voucher blocks every claim that rests on it."""
    for at, said, row in _rows(proposal):
        number = standing.voucher_number(row)
        last = standing.last_event(proposal.office, number) if number else None
        if last and last.values["event"] == "扣留":
            yield Problem(
                f"{said}已于 {last.on} 扣留（{last.matter}）",
                "本单不予受理；其余票据可删去这一行后报销",
                f"{at}.number",
            )


@rule("finance.voucher-total", "票据合计与金额相符", NoParameters, matters=_CLAIM)
def voucher_total(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """The vouchers add up to the sum that is claimed."""
    rows = proposal.matter.rows("vouchers")
    total = sum((row["amount"] for row in rows if "amount" in row), standing.ZERO)
    amount = proposal.matter.money("amount")
    if rows and total != amount:
        yield Problem(
            f"票据合计 {shown(total)} ≠ 报销金额 {shown(amount)}", f"把金额改为 {shown(total)}，或更正票据", "amount"
        )


KINDS = (voucher_kinds, voucher_complete, voucher_once, voucher_withheld, voucher_total)
