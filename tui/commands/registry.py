"""Every command there is."""

from core.acts import Verb
from tui.commands.command import Command, Scope

COMMANDS: tuple[Command, ...] = (
    Command("help", "帮助", "说明当前画面能做什么、按什么键", Scope.EVERYWHERE, "help", "f1"),
    Command("emergency", "应急", "起火等紧急情况下马上做什么；在任何画面都能按", Scope.EVERYWHERE, "emergency", "f10"),
    Command("search", "查找", "按编号、事由、姓名、制度条文查找", Scope.EVERYWHERE, "find", "f3"),
    Command("palette", "命令", "列出全部命令，输入名称即可执行", Scope.EVERYWHERE, "commands", "ctrl+p"),
    Command("switch-person", "切换人员", "换一个人办理（仅限演示）", Scope.EVERYWHERE, "--as", "ctrl+o"),
    Command("back", "返回", "回到上一个画面；没有提交的内容存为草稿", Scope.EVERYWHERE, "", "escape"),
    Command("quit", "退出", "退出程序，未提交的内容会提示保存", Scope.EVERYWHERE, "", "ctrl+q"),
    Command("inbox", "待办", "等我办理的事项，先到期的在前", Scope.WORKBENCH, "inbox", "1"),
    Command("mine", "我的申请", "我提交的事项和它们的进展", Scope.WORKBENCH, "mine", "2"),
    Command("duties", "例行", "到期和将到期的例行事项", Scope.WORKBENCH, "duties", "3"),
    Command("notices", "公示", "正在公示和公示过的内容", Scope.WORKBENCH, "notices", "4"),
    Command("ledgers", "台账", "本单位的各本台账", Scope.WORKBENCH, "ledgers", "5"),
    Command("regulations", "制度", "各项制度的条款和落实办法", Scope.WORKBENCH, "rulebook show", "6"),
    Command("offers", "申请", "选一种事项，填表提交", Scope.WORKBENCH, "offers", "n"),
    Command("calendar", "日程", "我的外出、代理、到期的事，逐日排列，注明休息和上班", Scope.WORKBENCH, "calendar", "c"),
    Command("organisation", "机构", "谁分管哪里、各科室的职务和人员、空缺和代理", Scope.WORKBENCH, "organisation", "z"),
    Command(
        "compliance", "年历", "全年的例行事项逐月办得怎样，按制度、条款、科室或人员看", Scope.WORKBENCH,
        "compliance", "y",
    ),
    Command("pages", "画面", "各业务自带的画面：开会、会场大屏等", Scope.WORKBENCH, "", "m"),
    Command("discharge", "办结", "写明办理情况，办结一件例行事项", Scope.WORKBENCH, "discharge", "d", Verb.DISCHARGE),
    Command("object", "提出异议", "对正在公示的内容提出异议", Scope.WORKBENCH, "object", "o", Verb.OBJECT),
    Command(
        "settle-objection", "处理异议", "写明异议是否成立和处理结果", Scope.WORKBENCH, "settle-objection", "j",
        Verb.SETTLE_OBJECTION,
    ),
    Command("open", "打开", "看事项的内容、经过和去向", Scope.LIST, "show", "enter"),
    Command("filter", "筛选", "只看符合条件的行", Scope.LIST, "ledger --where", "f"),
    Command("sort", "排序", "换一种排列次序", Scope.LIST, "ledger --order", "s"),
    Command("earlier", "往前", "看前一周或前一月", Scope.DIARY, "", "p"),
    Command("later", "往后", "看后一周或后一月", Scope.DIARY, "", "n"),
    Command("approve", "同意", "同意本环节，事项转到下一环节", Scope.MATTER, "approve", "f5", Verb.APPROVE),
    Command("perform", "办理", "办理本环节的事：付款、用印、发放等", Scope.MATTER, "perform", "f6", Verb.PERFORM),
    Command("resolve", "登记决议", "登记会议对本事项的决议", Scope.MATTER, "resolve", "f7", Verb.RESOLVE),
    Command("return", "退回", "写明意见，退回申请人或已办过的环节", Scope.MATTER, "return", "f8", Verb.RETURN),
    Command("reject", "不同意", "写明意见，事项到此为止", Scope.MATTER, "reject", "f9", Verb.REJECT),
    Command("resubmit", "重新提交", "修改被退回的事项，从退回处接着办", Scope.MATTER, "resubmit", "f4", Verb.RESUBMIT),
    Command("withdraw", "撤回", "申请人收回还没有付诸办理的事项", Scope.MATTER, "withdraw", "r", Verb.WITHDRAW),
    Command("file", "归档", "把办完的材料归档", Scope.MATTER, "file", "g", Verb.FILE),
    Command("comment", "留言", "留下一句话，不影响办理", Scope.MATTER, "comment", "c", Verb.COMMENT),
    Command("why", "依据", "现在由谁办、为什么、依据哪一条", Scope.MATTER, "why", "w"),
    Command("print", "打印", "写成可以打印的文档，签过的意见按次序列在上面", Scope.MATTER, "print", "d"),
    Command("attachments", "附件", "看有哪些附件，怎样取出，怎样从自己的电脑添加", Scope.MATTER, "", "f"),
    Command("transfer", "转办", "把自己的这个环节转给别人办", Scope.MATTER, "transfer", "t", Verb.TRANSFER),
    Command("consult", "委派", "请别人先提出意见，再由自己办", Scope.MATTER, "consult", "i", Verb.CONSULT),
    Command("answer", "答复", "对委派来的事项提出意见", Scope.MATTER, "answer", "a", Verb.ANSWER),
    Command("add-signer", "加签", "在自己之前、同时或之后加人签字", Scope.MATTER, "add-signer", "s", Verb.ADD_SIGNER),
    Command("remove-signer", "减签", "减去还没有签字的加签人", Scope.MATTER, "remove-signer", "m", Verb.REMOVE_SIGNER),
    Command("take-back", "收回", "下一环节办理之前，收回自己刚办的", Scope.MATTER, "take-back", "b", Verb.TAKE_BACK),
    Command("urge", "催办", "提醒现在的办理人尽快办理", Scope.MATTER, "urge", "u", Verb.URGE),
    Command("copy", "抄送", "把事项抄送给有关人员看", Scope.MATTER, "copy", "p", Verb.COPY),
    Command("override", "特批", "制度允许时，代替本环节作出决定", Scope.MATTER, "override", "x", Verb.OVERRIDE),
    Command("urgent", "先行办理", "制度允许时，先办理、后补手续", Scope.MATTER, "urgent", "y", Verb.URGENT),
    Command("move", "换用现行制度", "先看增减哪些环节，再改按现行制度办", Scope.MATTER, "move", "", Verb.MOVE),
    Command("alike", "选同类", "选中待办里事项和环节都相同的各件", Scope.WORKBENCH, "", "a"),
    Command("batch", "成批同意", "对选中的各件签一次意见，逐件判断、逐件答复", Scope.WORKBENCH, "batch", "b"),
    Command("phrase", "常用意见", "增减自己常用的意见", Scope.WORKBENCH, "phrase", "p", Verb.PHRASE),
    Command("submit", "提交", "提交填好的表，按制度进入审批", Scope.FORM, "submit", "f5", Verb.SUBMIT),
    Command("preview", "预检", "只看能不能办、由谁办，不提交", Scope.FORM, "submit --preview", "f6"),
    Command("course", "去向", "显示或收起提交后的办理流程", Scope.FORM, "", "f7"),
    Command("discard", "放弃", "删除正在填写的内容", Scope.FORM, "", "f8"),
    Command("export", "导出", "把台账导出为电子表格", Scope.LEDGER, "ledger --export", "e"),
    Command("bind", "打印年度", "把台账一年的登记写成可以打印、装订的文档", Scope.LEDGER, "print --year", "p"),
    Command("sum", "合计", "行数很多时，把列出的各行的金额加起来", Scope.LEDGER, "", "t"),
    Command("reconcile", "核对", "逐行核对台账和事项：有账无事、有事无账都指出来", Scope.LEDGER, "reconcile", "k"),
    Command("overview", "一览", "按年、季、月算出来的各种一览和统计", Scope.COMMAND_LINE, "overview"),
    Command("ledger", "查阅台账", "逐行看一本台账", Scope.LEDGER, "ledger"),
    Command(
        "acknowledge", "阅知签收", "读过一项制度后签收", Scope.RULEBOOK, "acknowledge", "k", Verb.ACKNOWLEDGE
    ),
    Command(
        "inspection-list", "检查清单", "把各条的落实和凭据写成电子表格，供检查时用", Scope.RULEBOOK,
        "inspection-list", "l",
    ),
    Command("coverage", "落实情况", "每一条由什么落实，案例检验过几次", Scope.RULEBOOK, "rulebook coverage", "v"),
    Command("init", "建立", "建立一个单位的记录库，登记首批人员", Scope.COMMAND_LINE, "init"),
    Command("people", "人员", "本单位的人员、科室和职务", Scope.COMMAND_LINE, "people"),
    Command(
        "paper-template", "表样", "写出一种事项的打印表样，改好后由本单位使用", Scope.COMMAND_LINE, "paper-template"
    ),
    Command("holdings", "移交", "某人手中有什么要移交，写出移交单", Scope.COMMAND_LINE, "holdings"),
    Command("people-template", "名册样表", "写出一份待填的人员名册", Scope.COMMAND_LINE, "people template"),
    Command("people-import", "导入名册", "按名册成批登记人员、任职和分管", Scope.COMMAND_LINE, "people import"),
    Command(
        "attach", "添加附件", "把标准输入送来的文件添加为事项的附件", Scope.COMMAND_LINE, "attach", "", Verb.ATTACH
    ),
    Command("fetch", "取附件", "取出事项的一件附件，写到标准输出", Scope.COMMAND_LINE, "fetch"),
    Command("exports", "导出的文件", "列出我在登录后导出的文件", Scope.COMMAND_LINE, "exports"),
    Command("fetch-export", "取导出的文件", "取回我在登录后导出的一个文件", Scope.COMMAND_LINE, "fetch-export"),
    Command("pin", "更换口令", "更换自己的口令：标准输入第一行是现在的，第二行是新的", Scope.COMMAND_LINE, "pin"),
    Command("tick", "到期办理", "公示期满无异议的，转到下一环节", Scope.COMMAND_LINE, "tick"),
    Command("anchor", "取锚记", "取留痕此刻的锚记，抄存到别处", Scope.COMMAND_LINE, "audit anchor"),
    Command("slip", "锚记单", "打印一张留痕锚记单，签字后由审计员保管", Scope.COMMAND_LINE, "audit slip"),
    Command("save-journal", "导出留痕", "把留痕写成一个文件，供离线核对", Scope.COMMAND_LINE, "audit export"),
    Command("save-records", "导出记录", "把全部记录写成一个文件", Scope.COMMAND_LINE, "export"),
    Command("load-records", "导入记录", "从导出的文件读入记录", Scope.COMMAND_LINE, "import"),
    Command("backup", "备份", "把记录库完整备份到一个新文件，备份时照常办公", Scope.COMMAND_LINE, "backup"),
    Command("drill", "恢复演练", "用备份和外存的锚记证明能够恢复，不动正在用的库", Scope.COMMAND_LINE, "restore-drill"),
    Command("remind", "提醒", "把各人将到期和逾期的事用单位的命令发给本人", Scope.COMMAND_LINE, "remind"),
    Command("archive", "立卷", "把往年的留痕封存成卷，移出正在用的库", Scope.COMMAND_LINE, "archive"),
    Command("upgrade", "升级记录库", "把记录库升级到本程序的格式，先备份、先试", Scope.COMMAND_LINE, "store upgrade"),
    Command("accounts", "账号", "各个账号的用途和情况", Scope.ADMINISTRATION, "accounts list", "1"),
    Command("keys", "密钥", "登记过的登录密钥和它们的情况", Scope.ADMINISTRATION, "keys list", "2"),
    Command("logins", "登录记录", "谁在什么时候、从哪里、用哪把密钥登录和退出", Scope.ADMINISTRATION, "logins", "3"),
    Command("journal", "留痕", "按先后次序看每一次办理的记录", Scope.ADMINISTRATION, "journal", "4"),
    Command(
        "open-account", "开立账号", "为人员或管理员开立账号，启用后才能登录", Scope.ADMINISTRATION, "accounts open",
        "n", Verb.OPEN_ACCOUNT,
    ),
    Command("add-key", "登记密钥", "登记一把登录密钥，写明是谁的", Scope.ADMINISTRATION, "keys add", "k"),
    Command(
        "activate", "启用", "启用开立了的或停用了的账号", Scope.ADMINISTRATION, "accounts activate", "a", Verb.ACTIVATE
    ),
    Command("lock", "停用", "停用一个账号，写明缘由", Scope.ADMINISTRATION, "accounts lock", "l", Verb.LOCK),
    Command(
        "end-account", "注销", "注销一个账号，不再启用", Scope.ADMINISTRATION, "accounts end", "e", Verb.END_ACCOUNT
    ),
    Command(
        "reset-factor", "重设验证", "作废一个账号的二次验证，由本人另设", Scope.ADMINISTRATION, "accounts reset", "r",
        Verb.RESET_FACTOR,
    ),
    Command("grant-key", "启用密钥", "启用密钥，写明有效期", Scope.ADMINISTRATION, "keys grant", "g", Verb.GRANT_KEY),
    Command("revoke-key", "吊销密钥", "吊销一把登录密钥，写明缘由", Scope.ADMINISTRATION, "keys revoke", "v"),
    Command("verify", "核对留痕", "逐条核对留痕有没有被改动", Scope.ADMINISTRATION, "audit verify", "c"),
    Command("accounts-setup", "设立三员", "由三把公钥一次设立三位管理员", Scope.COMMAND_LINE, "accounts setup"),
    Command("keys-authorized", "放行密钥", "供登录服务询问：这把密钥能否登录", Scope.COMMAND_LINE, "keys authorized"),
    Command("session", "登录", "由登录服务启动：打开工作台，或办一件事", Scope.COMMAND_LINE, "session"),
    Command("server-init", "布置服务器", "写出登录和定时任务的配置，供核对后安装", Scope.COMMAND_LINE, "server init"),
    Command("server-doctor", "检查服务器", "逐项检查登录、权限、磁盘和时钟", Scope.COMMAND_LINE, "server doctor"),
    Command("plugins", "业务模块", "启用了哪些业务模块，有没有故障", Scope.COMMAND_LINE, "plugins"),
    Command("check", "检查制度", "检查各项制度的文件，一次列出全部问题", Scope.COMMAND_LINE, "rulebook check"),
    Command("test", "检验制度", "按案例检验各项制度，指出不符的行", Scope.COMMAND_LINE, "rulebook test"),
    Command("demo", "演示", "打开虚构单位的工作台；不在终端上时打印一笔开支的全过程", Scope.COMMAND_LINE, "demo"),
    Command("new-family", "新建业务模块", "写出一个新业务模块的文件、检验和案例", Scope.COMMAND_LINE, "new-family"),
)  # fmt: skip

_BY_KEY = {command.key: command for command in COMMANDS}
_BY_VERB = {command.verb: command for command in COMMANDS if command.verb}


def by_key(key: str) -> Command:
    """The command of that name; KeyError when there is none."""
    return _BY_KEY[key]


def by_verb(verb: str) -> Command:
    """The command that a verb of the command line stands for; KeyError when there is none."""
    return _BY_VERB[verb]


def of_scope(scope: Scope) -> tuple[Command, ...]:
    """The commands given in a place, in the order they are shown in; those given everywhere left out."""
    return tuple(command for command in COMMANDS if command.scope is scope)
