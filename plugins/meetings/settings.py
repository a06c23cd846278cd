"""What the documents leave open about meetings; each agency sets its own values beside the clauses."""

from core.family import Setting
from core.fields import Kind

SETTINGS = (
    Setting("categories", "议题类别", Kind.TEXT, (), many=True, help="每一类由议事范围的一条归到一个会议机构"),
    Setting("personnel", "人事任免类的议题类别", Kind.TEXT, (), many=True),
    Setting("party-affairs", "议党的议题类别", Kind.TEXT, (), many=True, help="讨论过这一类议题的会议算一次议党"),
    Setting("waiting-category", "等待会议决定的事项归入的议题类别", Kind.TEXT, ""),
    Setting(
        "methods",
        "公开表决的方式",
        Kind.TEXT,
        ("口头", "举手", "记名"),
        many=True,
        help="记名的，各人在自己的画面上投票",
    ),
    Setting("count-recused", "回避的人计入应到人数", Kind.FLAG, False, help="不计入时，应到人数逐个议题减去回避的人"),
    Setting(
        "again", "没有通过的下次再议的会议机构", Kind.BODY, (), many=True, help="其他会议机构没有通过的，事项即告终止"
    ),
    Setting("chief-decides", "由首长决定的会议机构", Kind.BODY, (), many=True, help="听取每个人的意见以后，不经表决"),
    Setting("only-by-meeting", "决议只由会议记录产生的会议机构", Kind.BODY, (), many=True),
    Setting("classes", "会议类别", Kind.TEXT, (), many=True),
    Setting("in-name-of", "可以谁的名义召开会议", Kind.TEXT, (), many=True),
    Setting("sorts", "会议性质", Kind.TEXT, (), many=True),
    Setting("subjects", "会议的内容领域", Kind.TEXT, (), many=True, help="同一领域的会议算内容相近"),
    Setting("parts", "会议内容的类别", Kind.TEXT, (), many=True, help="不作表决的会议，议程和记录按这些类别分项写"),
    Setting("post-use-category", "用编申请归入的议题类别", Kind.TEXT, ""),
    Setting("copies-each", "发放资料的份数，每人最多", Kind.NUMBER, 1),
)
