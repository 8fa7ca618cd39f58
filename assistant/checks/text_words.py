"""Word lists of the text checks, as data. Add a word here; the checks and their tests do not change.

Lists hold what reviewers of 绩效自评表 send back most, each entry squeezed (no punctuation) where a whole cell is
compared.
"""

from __future__ import annotations

from assistant.domain.patterns import pattern


def _words(listed: str) -> tuple[str, ...]:
    """The words of a block, separated by blanks."""
    return tuple(listed.split())


# A cell that says there is nothing to explain.
NOTHING_SAID = frozenset(
    _words(
        """
        x 无 略 na xx 同上 完成 待填 暂无 正常 没有 见上 xxx 不涉及 不适用 已完成 待补充 无偏差
        无原因 无说明 见报告 none 全部完成 无此情况 无需说明 没有偏差 详见报告 不存在偏差 已全部完成
        按计划完成 无偏差原因 未产生偏差 未发生偏差 已按计划完成
        """
    )
)

# Said in place of a cause; nothing in them can be checked.
EMPTY_CAUSES = _words(
    """
    客观原因 主观原因 其他原因 历史原因 特殊原因 种种原因 各种原因 工作原因 实际原因 多种因素 客观因素
    其他因素 各种因素 诸多因素 不可抗力因素 工作需要 实际需要 实际情况 工作实际 统筹考虑 综合考虑 综合评价
    酌情扣分 自评扣分 留有余地 谦虚谨慎 有待提高 有待加强 有待进一步提高 有待进一步加强 仍有提升空间
    尚有提升空间 还有提升空间 有提升空间 存在不足 存在差距 存在一定差距 存在偏差 存在一定偏差 工作不到位
    落实不到位 重视不够 认识不足
    """
)

# Said in place of a measure.
EMPTY_MEASURES = _words(
    """
    加强管理 加强监管 加强监督 加强监督管理 加强沟通 加强协调 加强沟通协调 加强学习 加强领导 加强组织领导
    加强预算管理 加强绩效管理 加强项目管理 加强资金管理 加强统筹 加强工作力度 加快进度 加快推进 加快工作进度
    加快执行进度 加快支出进度 加快预算执行 加大力度 加大工作力度 提高认识 提高效率 提高工作效率 提高工作质量
    提高质量 提高管理水平 提高服务水平 提升服务水平 提升服务质量 提升管理水平 完善制度 完善管理 完善机制
    健全制度 健全机制 强化管理 强化措施 强化责任 狠抓落实 抓好落实 高度重视 认真整改 积极整改 持续改进
    继续努力 再接再厉 不断改进 改进工作 做好工作 进一步提高 进一步加强 进一步完善 逐步完善 继续完善 努力完成
    尽快完成 尽快落实 确保完成
    """
)

# Joints of a sentence: what is left of a reason without them and the empty phrases is its substance.
FILLERS = _words(
    """
    偏差原因 原因分析 主要原因 原因 改进措施 整改措施 措施 下一步工作 下一步 下步 今后 以后 由于 因为 因此
    所以 导致 造成 未能完成 未完成 没有完成 未能按时完成 未按期完成 未达到目标 未达目标 未达标 完成目标 指标
    目标 任务 工作 项目 本单位 我单位 单位 我们 将 拟 会 进一步 继续 持续 不断 积极 切实 认真 努力
    逐步 有所 一定 存在 偏差 主要 等 的 了 是 为 因 在 和 与 及 并 也 有 对
    """
)

# 实际完成情况: words that stand in place of a number.
VAGUE = _words(
    """
    基本完成 基本达到 基本实现 基本达成 大部分 绝大部分 大多数 若干 相关工作 有关工作 各项工作 较好完成
    较好地完成 较好的完成 较好效果 较好成效 较好的效果 较好的成效 良好效果 良好成效 一定成效 一定效果 一定作用
    一定程度 初步成效 明显成效 显著成效 有所提升 有所提高 有所改善 多次 多项 多个 多家 多份 多场 等等
    左右开展
    """
)

# Words of every goal: they tell no item from another.
ROUTINE = pattern(
    r"完成|开展|组织|进行|推动|推进|加强|提升|提高|促进|做好|实施|工作|项目|相关|进一步|有效|保障|建设|服务|管理|及时|年度"
)

# 实际完成情况: said to impress.
SLOGANS = _words(
    """
    再上新台阶 迈上新台阶 再创佳绩 开创新局面 谱写新篇章 不忘初心 牢记使命 砥砺前行 勇毅前行 奋力拼搏 全力以赴
    真抓实干 凝心聚力 保驾护航 高度评价 一致好评 广泛好评 广泛赞誉
    """
)

# Fields of work, by words that hardly occur in another; for a reason pasted into the wrong row.
TOPICS = {
    "培训": r"培训|学员|讲师|授课|班次|课程|结业",
    "工程": r"施工|工程|竣工|管网|围挡|监理|路面|校舍|改造",
    "采购": r"采购|供货|供应商|到货|设备|购置",
    "补助": r"补助|救助|补贴|低保|特困|享受|受助|发放对象",
    "满意度": r"满意|问卷|差评|等候时间",
    "科研": r"课题|论文|专利|科研|评审专家|研究成果",
    "绿化": r"绿化|苗木|造林|养护|补植",
    "卫生": r"疫苗|接种|诊疗|患者|体检|随访|住院",
    "文化": r"演出|展览|图书|观众|文物|剧目|古籍",
    "监测": r"采样|断面|水质|监测点|空气质量",
}

# Secrecy: stop and ask before publishing or sending anything anywhere.
SECRET = _words(
    """
    绝密 机密 国家秘密 秘密级 涉密 内部资料 内部文件 内部使用 内部掌握 内部情况 内部事项 不得公开 不宜公开
    不予公开 禁止公开 请勿外传 不得外传 国防工程 国防项目 军事设施 军事工程 武器装备 警务保密 警务秘密
    技术侦查 技侦 侦查手段 反恐处突 专案组 专案侦办 秘密
    """
)

# Contexts in which such a word says the opposite or something else.
NOT_SECRET = _words(
    """
    非涉密 不涉密 未涉密 无涉密 不属于涉密 不涉及国家秘密 未涉及国家秘密 不含涉密 不涉及涉密 计算机密码
    手机密码 主机密码 商业秘密 不得公开招标 密码管理 保密法 《保守国家秘密法》 保守国家秘密法 除涉及国家秘密外
    除涉密
    """
)

# Wrong (a regular expression) → right. Only spellings that are never right in a form; the look-arounds keep out
# neighbours that merely meet (公园满意度, 申报消防验收, 控制做到 ...), which is why some common typos are missing.
TYPOS = {
    r"帐(?=[户目务])": "账",
    r"(?<=[记转对台做])帐(?![篷子户目务])": "账",
    r"截止目前": "截至目前",
    r"截止(?=20\d\d年[^。；]{0,12}[，,底末日])": "截至",
    r"布署": "部署",
    r"按装(?![修机配置备订载饰箱])": "安装",
    r"签定(?![点期额价制向员])": "签订",
    r"(?<![控机体编限管])制做": "制作",
    r"通迅": "通讯",
    r"松驰": "松弛",
    r"竟争": "竞争",
    r"幅射": "辐射",
    r"侯补": "候补",
    r"气侯": "气候",
    r"时侯": "时候",
    r"再接再励": "再接再厉",
    r"迫不急待": "迫不及待",
    r"一愁莫展": "一筹莫展",
    r"震憾": "震撼",
    r"防犯(?!罪)": "防范",
    r"防碍": "妨碍",
    r"修善": "修缮",
    r"维俢": "维修",
    r"检侧": "检测",
    r"监侧": "监测",
    r"绩郊": "绩效",
    r"自坪": "自评",
    r"满易度": "满意度",
    r"拔(?=[款付])": "拨",
    r"(?<=划)拔": "拨",
    r"撒消": "撤销",
    r"付款方试": "付款方式",
    r"另部件": "零部件",
    r"名符其实": "名副其实",
    r"水份(?!额)": "水分",
    r"成份(?!额)": "成分",
    r"身分证": "身份证",
    r"(?<![目标好真的确])的的(?!确|士)": "的",
    r"(?<![了])了了(?![解却然事结])": "了",
    r"进行进行": "进行",
    r"完成完成": "完成",
    r"开展开展": "开展",
}

# Family names that open a person's name after a label such as 联系人：.
FAMILY_NAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢"
    "姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施"
    "洪季柯俞翁牛樊葛邢安齐伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦巫左柳甘祝包宁尚符舒阮纪梅童凌毕单裴霍成苗谷"
    "曲盛冉蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席"
    "骆佟商沙练原双苑柏桂饶丰揭竺应仇湛仲巩冀苟焉臧佘封尉荆尧"
)
