"""What finance regulations leave open: lists and figures that an agency sets."""

from decimal import Decimal

from core.family import Setting
from core.fields import Kind

SETTINGS = (
    Setting(
        "headings",
        "预算科目",
        Kind.TEXT,
        (
            "办公费",
            "印刷费",
            "邮电费",
            "差旅费",
            "培训费",
            "会议费",
            "公务接待费",
            "维修费",
            "劳务费",
            "设备购置费",
            "其他",
        ),
        many=True,
    ),
    Setting(
        "categories",
        "支出类别",
        Kind.TEXT,
        ("办公用品", "差旅", "会议培训", "公务接待", "固定资产", "维修维护", "服务采购", "慰问", "固定支出", "其他"),
        many=True,
    ),
    Setting("asset-categories", "计入固定资产的支出类别", Kind.TEXT, ("固定资产",), many=True),
    Setting("fixed-expenditure", "机关固定支出的名目", Kind.TEXT, ("水费", "电费", "电话费", "物业费"), many=True),
    Setting("fund-sources", "资金渠道", Kind.TEXT, ("年度预算", "专项资金", "项目经费", "本单位收入"), many=True),
    Setting(
        "voucher-kinds",
        "票据种类",
        Kind.TEXT,
        ("正式发票", "财政票据", "作废票据", "停用票据", "白头单"),
        many=True,
    ),
    Setting(
        "procurement-catalogue",
        "政府采购目录",
        Kind.TEXT,
        ("计算机", "打印机", "复印机", "复印纸", "空调", "办公家具"),
        many=True,
        help="事由或支出项目中出现这些名称的，须填写政府采购编号",
    ),
    Setting("consolation-occasions", "慰问事由", Kind.TEXT, ("住院", "意外灾祸", "去世"), many=True),
    Setting("consolation-relations", "慰问对象", Kind.TEXT, ("在职干部", "退休干部", "直系亲属", "配偶"), many=True),
    Setting("standards", "开支标准", Kind.TEXT, (), many=True, help="每项写作“类别=金额”，金额为每人每天的上限，元"),
    Setting("accounts", "本单位账户", Kind.TEXT, ("基本账户", "零余额账户"), many=True),
    Setting("subjects", "会计科目", Kind.TEXT, ("业务活动费用", "单位管理费用", "固定资产", "其他应收款"), many=True),
    Setting("cash-limit", "库存现金限额", Kind.MONEY, Decimal("5000.00"), help="每日盘点后留存现金的上限，元"),
    Setting("cash-post", "保管现金的职务", Kind.POST, "", help="离开这一职务的人要移交账面库存现金；不填则不核对"),
    Setting("splitting-days", "化整为零的比对天数", Kind.NUMBER, 30, help="多少天以内的同类支出合并计算"),
    Setting("similarity", "事由相近的程度", Kind.NUMBER, 50, help="两个事由相同的字词占百分之几以上算相近"),
    Setting("publication-channels", "公开方式", Kind.TEXT, ("公示栏", "内部网站", "全体会议"), many=True),
)
