"""Every message about an input file, in both languages. The expected comes after "expected" and after 应为."""

from __future__ import annotations

from model.bilingual import Said, Template

# files

NO_OFFICE_OF_SCOPE = Template(zh="没有这样的职务：“{name}”", en="no such office: {name}")
MANY_OF_ONE = Template(
    zh="{office}：一人职务不能有{number}人", en="{office}: {number} holders of an office that has one"
)
NONE_OF_MANY = Template(zh="{office}：人数不能是{number}", en="{office}: {number} holders of an office that has many")
HELD_BY_NOBODY = Template(
    zh="{office}：不由任何人直接担任，不能有{number}人", en="{office}: {number} holders of an office that nobody holds"
)
SAME_OFFICIAL = Template(
    zh="会有两个人都称作“{name}”；请改其中一个职务的名称",
    en="two officials would be called '{name}'; rename one of the offices",
)
EMPTY = Template(zh="文件是空的", en="the file is empty")
NOT_YAML = Template(zh="不是合法的 YAML：{problem}", en="cannot read this as YAML: {problem}")
UNREADABLE = Template(zh="无法读取文件：{reason}", en="cannot read the file: {reason}")
TOO_LARGE = Template(
    zh="文件有 {size:,} 字节，超出规则文件的上限", en="the file has {size:,} bytes, too many for a rule set"
)
TOO_MANY_VALUES = Template(zh="文件中的值太多", en="the file has too many values")
FILE_TOO_DEEP = Template(zh="文件嵌套过深", en="the file is nested too deeply")
NOT_UTF8 = Template(zh="文件不是 UTF-8 编码", en="the file is not UTF-8")
NO_TEXT = Template(zh="字符 U+{code:04X} 不是文字", en="the character U+{code:04X} is no text")
KEY_TWICE = Template(
    zh="键“{key}”在此出现两次（首次在第 {first} 行）", en="the key '{key}' stands here twice (first on line {first})"
)

A_YAML_MAPPING = Template(zh="YAML 映射（键: 值）", en="a YAML mapping")
A_YAML_TEXT = Template(zh="YAML 文本", en="a YAML text")
A_MAPPING_OR_LIST = Template(zh="YAML 映射或列表", en="a YAML mapping or list")
A_RULE_SET = Template(zh="规则文件", en="a rule set")
A_READABLE_FILE = Template(zh="可以读取的文件", en="a readable file")
MOST_BYTES = Template(zh="不超过 {most:,} 字节", en="at most {most:,} bytes")
MOST_VALUES = Template(zh="不超过 {most:,} 个（含引用）", en="at most {most:,}, aliases included")
MOST_LEVELS = Template(zh="不超过 {most} 层", en="at most {most} levels")
SAVE_AS_UTF8 = Template(
    zh="UTF-8 文本；可在 WPS 或 Word 中另存为纯文本并选择 UTF-8 编码",
    en="UTF-8 text; in WPS or Word save as plain text with the encoding UTF-8",
)
NO_CONTROL_CHARACTERS = Template(zh="不含控制字符的 YAML 文本", en="a YAML text without control characters")
EACH_KEY_ONCE = Template(zh="每个键只出现一次", en="each key once")

_FROM_OUTSIDE = {
    "No such file or directory": "没有这个文件或文件夹",
    "Not a directory": "不是文件夹",
    "Is a directory": "这是文件夹，不是文件",
    "Permission denied": "没有读取权限",
    "File name too long": "文件名太长",
    "mapping values are not allowed in this context": "此处不能出现“键: 值”（检查冒号与缩进）",
    "could not find expected ':'": "缺少冒号",
    "did not find expected key": "此处应当是键（检查缩进）",
    "did not find expected '-' indicator": "此处应当是列表项“-”（检查缩进）",
    "did not find expected node content": "此处缺少内容",
    "did not find expected ',' or ']'": "缺少“,”或“]”",
    "did not find expected ',' or '}'": "缺少“,”或“}”",
    "did not find expected <document start>": "前一份文档之后有多余的内容",
    "did not find expected whitespace or line break": "此处缺少空格或换行",
    "did not find expected alphabetic or numeric character": "此处应当是字母或数字",
    "block sequence entries are not allowed in this context": "此处不能出现列表项“-”",
    "found character that cannot start any token": "此处的字符不能作为开头（可能是制表符）",
    "found unexpected end of stream": "内容没有结束（引号可能未闭合）",
    "found unexpected document indicator": "引号内出现了文档分隔符",
    "found unknown escape character": "不认识的转义字符",
    "found undefined alias": "引用了没有定义的锚点",
    "found incompatible YAML document": "不支持的 YAML 版本",
    "found undefined tag handle": "使用了没有定义的标签",
    "but found another document": "一个文件中有两份文档",
}


def from_outside(text: str) -> Said:
    """What the system or the YAML reader said; what is not known here stays as it is."""
    return Said(text, _FROM_OUTSIDE.get(text, text))


# shapes

UNKNOWN_KEY = Template(zh="没有“{key}”这个键", en="unknown key '{key}'")
MISSING_KEY = Template(zh="缺少键“{key}”", en="the key '{key}' is missing")
UNKNOWN_FORM = Template(zh="没有这种规范形式：“{form}”", en="no such form of norm: '{form}'")
NOT_ALLOWED = Template(zh="此处不能用“{given}”", en="'{given}' is not allowed here")
WRONG_FORM = Template(zh="“{given}”的格式不对", en="'{given}' has the wrong form")
OUT_OF_RANGE = Template(zh="{given} 超出范围", en="{given} is out of range")
A_TIME_OF_DAY = Template(zh='一天中的时刻，如 "08:30"', en='a time of day, such as "08:30"')
WRONG_TYPE = Template(zh="{given} 的类型不对", en="{given} has the wrong type")
LIST, MAPPING = Template(zh="列表", en="list"), Template(zh="映射", en="mapping")

EVERY_REQUIRED_KEY = Template(zh="全部必需的键", en="every required key")
A_PLACE = Template(
    zh='条文位置，如 "34"、"35.1" 或 "22.1(6)"', en='a place such as "34", "35.1" or "22.1(6)"'
)  # fmt: skip
AN_ID = Template(
    zh="标识符：只含 a-z、0-9 和 _，以字母开头", en="an id: a-z, 0-9 and _, starting with a letter"
)  # fmt: skip
A_MAPPING = Template(zh="映射（键: 值）", en="a mapping (key: value)")

VALUES: dict[str, Template] = {
    "string_type": Template(zh="文字（必要时加引号）", en="a valid string"),
    "string_too_short": Template(zh="至少 {min_length} 个字符", en="a string of at least {min_length} characters"),
    "int_type": Template(zh="整数", en="a valid integer"),
    "bool_type": Template(zh="true 或 false", en="a valid boolean: true or false"),
    "list_type": Template(zh="列表", en="a valid list"),
    "dict_type": Template(zh="映射（键: 值）", en="a valid dictionary"),
    "too_short": Template(zh="至少 {min_length} 项", en="a list of at least {min_length}"),
    "greater_than_equal": Template(zh="不小于 {ge} 的数", en="greater than or equal to {ge}"),
    "less_than_equal": Template(zh="不大于 {le} 的数", en="less than or equal to {le}"),
    "less_than": Template(zh="小于 {lt} 的数", en="less than {lt}"),
}
"""What a value should be, by pydantic's name of the error."""

# ids and names

ID_TAKEN = Template(zh="{section} 中已有标识符“{id}”", en="the id '{id}' is taken in {section}")
STEP_TAKEN = Template(zh="步骤标识符“{id}”已被使用", en="the step id '{id}' is taken")
NAMED_ALREADY = Template(zh="“{id}”已是 {section} 中的名称", en="'{id}' names one of the {section} already")
VALUE_ALREADY = Template(zh="“{id}”已是“{attribute}”的取值", en="'{id}' is a value of '{attribute}' already")
RESERVED = Template(zh="“{id}”是语言的保留词", en="'{id}' is a word of the language")
HOLDERS_ID = Template(
    zh="“{id}”与多人职务“{office}”中第 {number} 人的标识符相同",
    en="'{id}' is also what holder {number} of the office '{office}' is called",
)
UNKNOWN = Template(zh="没有这样的{what}：“{name}”", en="no such {what}: '{name}'")
NO_EARLIER_STEP = Template(zh="前面没有步骤“{id}”", en="no earlier step '{id}'")
NO_STEP = Template(zh="没有步骤“{id}”", en="no step '{id}'")
CIRCULAR = Template(zh="“{id}”以自身定义自身：{chain}", en="'{id}' is defined by itself: {chain}")
GIVES_WAY_TO_ITSELF = Template(zh="“{id}”让位于自身：{chain}", en="'{id}' gives way to itself: {chain}")

OWN_ID = Template(zh="不与他者相同的标识符", en="an id of its own")
ANOTHER_ID = Template(zh="另一个标识符", en="another id")
DEFINED = Template(zh="已经定义的{what}", en="{what} that is defined")
A_STEP_ABOVE = Template(zh="前面的步骤", en="a step above")
A_STEP_OF_THE_ROUTE = Template(zh="本程序的步骤", en="a step of this route")
NO_CIRCULAR_DEFINITION = Template(zh="不循环的定义", en="a definition without a circle")
NO_CIRCULAR_PRECEDENCE = Template(zh="不循环的优先顺序", en="an order of precedence without a circle")

OFFICE, ACT, BODY = Template(zh="职务", en="office"), Template(zh="行为", en="act"), Template(zh="机构", en="body")
CHECK, GENERAL_PROPERTY = Template(zh="检查", en="check"), Template(zh="通用性质", en="general property")
CAUSE, NORM = Template(zh="缺席原因", en="cause of absence"), Template(zh="规范", en="norm")
ROUTE, STEP = Template(zh="程序", en="route"), Template(zh="步骤", en="step")
STEP_OF = Template(zh="程序“{route}”的步骤", en="step of the route '{route}'")
READING, RELATION = Template(zh="读法", en="reading"), Template(zh="关系", en="relation")
CHOICE_OF = Template(zh="读法“{reading}”的选项", en="choice of the reading '{reading}'")
CONDITION, ATTRIBUTE = Template(zh="条件", en="condition"), Template(zh="公文属性", en="attribute")
VALUE_OF = Template(zh="“{attribute}”的取值", en="value of '{attribute}'")


def an(what: Said) -> Said:
    """The name of a sort with its article, where the language has one."""
    return Said(f"{'an' if what.en[0] in 'aeiou' else 'a'} {what.en}", what.zh)


# expressions

UNREADABLE_AT_END = Template(zh="表达式“{text}”在末尾处无法解读", en="cannot read the expression '{text}' at its end")
UNREADABLE_AT = Template(
    zh="表达式“{text}”在第 {column} 个字符处无法解读", en="cannot read the expression '{text}' at character {column}"
)
UNREADABLE_EXPRESSION = Template(zh="表达式“{text}”无法解读", en="cannot read the expression '{text}'")
EXPRESSION_TOO_DEEP = Template(zh="表达式“{text}”嵌套过深", en="the expression '{text}' is nested too deeply")
BLANK = Template(zh="（空）", en="nothing")
NO_PRINCIPAL = Template(zh="“principal”在此处没有意义", en="'principal' has no meaning here")
ONE_ARGUMENT = Template(zh="“{function}”只有一个参数", en="'{function}' takes one argument")

SHORT_NUMBERS = Template(zh="位数不多的数", en="numbers of a few digits")
AN_OPERATOR = Template(zh="运算符或结尾", en="an operator, or its end")
A_NAME, A_NUMBER = Template(zh="名称", en="a name"), Template(zh="数", en="a number")
ITS_END = Template(zh="结尾", en="its end")
A_CONDITION = Template(zh="条件", en="a condition")
A_SET = Template(zh="职务的集合", en="a set of offices")
A_FLAG_OR_TERM = Template(zh="布尔属性或术语", en="a boolean attribute or a term")
AN_ATTRIBUTE = Template(zh="公文的属性", en="an attribute of papers")
ONE_OF_ITS_VALUES = Template(zh="它的取值之一", en="one of its values")
A_READING = Template(zh="读法", en="a reading")
ONE_OF_ITS_CHOICES = Template(zh="它的选项之一", en="one of its choices")
AN_OFFICE = Template(zh="职务", en="an office")
AN_ACTOR = Template(zh="职务、机构、命名集合或角色", en="an office, a body, a named set or a role")
A_FUNCTION = Template(zh="in_charge、present、absent 或某个关系", en="in_charge, present, absent or a relation")
CAUSES_ONLY_IN_ABSENT = Template(zh="只在 absent(...) 中写原因", en="causes only in absent(...)")
AN_ACT = Template(zh="行为", en="an act")
OUTCOME = Template(
    zh="“{expression}”说的是规则的结果，规则本身不能以此为条件",
    en="'{expression}' speaks of what the norms lead to, which no norm can depend on",
)
ONLY_IN_PROPERTIES = Template(zh="只在性质文件中使用", en="it in property files only")
A_CAUSE = Template(zh="缺席原因", en="a cause of absence")

# places and quotes

NO_ARTICLE = Template(zh="没有第 {article} 条", en="there is no article {article}")
LONG_QUOTE = Template(zh="引文有 {length} 个字", en="the quote has {length} characters")
QUOTE_WITHOUT_PLACE = Template(zh="引文没有注明位置", en="a quote without a place")
READING_WITHOUT_PLACE = Template(zh="读法“{id}”没有注明出处", en="the reading '{id}' does not say where it stands")
FACT_WITHOUT_SOURCE = Template(zh="事实“{id}”没有注明来源", en="the fact '{id}' names no source")

ARTICLES = Template(zh="第 1 条至第 {last} 条", en="an article from 1 to {last}")
QUOTE_LIMIT = Template(zh="不超过 {most} 个字，只引关键词句", en="at most {most}: the operative phrase alone")
A_PLACE_KEY = Template(zh='at: "条.款"', en='at: "ARTICLE.PARAGRAPH"')
AT_AND_QUOTE = Template(zh="at 和 quote", en="at and quote")
LAW_OR_ASSUMPTION = Template(zh="law 和 at，或 assumption: true", en="law and at, or assumption: true")

# items

NO_VALUES = Template(zh="属性“{id}”没有取值", en="the attribute '{id}' has no values")
VALUES_OF_BOOLEAN = Template(zh="布尔属性没有自己的取值", en="a boolean attribute has no values of its own")
SECTION_NEEDS = Template(zh="{section} 需要属性“{attribute}”", en="{section} need the attribute '{attribute}'")
DUTY, PERMISSION = Template(zh="义务", en="duty"), Template(zh="许可", en="permission")
PROHIBITION = Template(zh="禁止", en="prohibition")
BINDS_NOBODY = Template(zh="{form}规范“{id}”没有约束任何人", en="the {form} '{id}' binds nobody")
PRECEDENCE_CONDITIONED = Template(
    zh="优先规范“{id}”带有条件，而优先关系是无条件的",
    en="the precedence '{id}' has a condition, and precedence has none",
)
CONDITION_ON_THE_NORMS = Template(zh="把条件写在各规范上", en="the condition on the norms themselves")
STATES_NOT_ONE = Template(
    zh="性质“{id}”应当恰好有 always、possible、silent 之一",
    en="the property '{id}' states nothing, or more than one thing",
)
NO_SUBJECT = Template(zh="没有说明是关于哪一份规则的性质", en="it does not say which rule set its properties are about")
A_SUBJECT = Template(
    zh="rules: 规则文件夹的路径（相对于本文件）或内置规则名；或把本文件放在 rules.yaml 旁边",
    en="`rules:` with the path (from this file) or the bundled name of a rule set; or the file beside rules.yaml",
)
NO_SUCH_SUBJECT = Template(
    zh="没有规则“{name}”：既不是路径，也不是内置规则", en="no rule set '{name}': neither a path nor a bundled name"
)
SILENT_WITH = Template(
    zh="性质“{id}”要求一项检查没有发现，{key} 对它不起作用",
    en="the property '{id}' wants a check silent, on which {key} has no bearing",
)
SILENT_ALONE = Template(zh="silent 不与 when、absences 同用", en="silent without when and absences")
ONE_STATEMENT = Template(zh="always、possible、silent 之一", en="one of always, possible, silent")
HALF_A_LENGTH = Template(
    zh="时限“{id}”的 amount 和 unit 只有其一", en="the bound '{id}' has an amount or a unit, not both"
)
AMOUNT_AND_UNIT = Template(zh="amount 和 unit，或两者都不写", en="amount and unit, or neither")
RECURS_NOT = Template(
    zh="周期规范“{id}”应针对一个机构或一个程序步骤", en="the cadence '{id}' is of one body, or of one step of a route"
)
BODY_OR_STEP = Template(zh="body，或 route 和 step", en="body, or route and step")
EXCLUDES_NOTHING = Template(zh="互斥规范“{id}”没有排除任何情形", en="the exclusion '{id}' excludes nothing")
ON_NO_ROUTE = Template(zh="期限“{id}”没有指明程序", en="the bound '{id}' is on no route")
CHAIRED_BY_A_BODY = Template(
    zh="主持人中有机构“{body}”，而机构不能主持会议", en="the chair includes the body '{body}', which cannot chair"
)
STOOD_IN_BY_A_BODY = Template(
    zh="代行人中有机构“{body}”，而只有个人才能代行职务",
    en="the stand-ins include the body '{body}', but only an official stands in",
)
STOOD_IN_FOR_A_BODY = Template(
    zh="被代行人中有机构“{body}”，而机构从不缺席",
    en="those stood in for include the body '{body}', which is never absent",
)
GIVES_WAY_TO_ONE_FOR_A_PRINCIPAL = Template(
    zh="“{id}”的条件提到 principal，对不同的缺席者可能有时生效、有时不生效，其他规范无法让位于它",
    en="the condition of '{id}' names 'principal', so it is in force for one absent official and not for another: "
    "no norm can give way to it",
)
USES_IN_A_CIRCLE = Template(zh="“{name}”反过来又使用本规则", en="'{name}' uses this rule set in turn")
NO_RULE_SET = Template(zh="{library} 中没有规则“{name}”", en="no rule set '{name}' in {library}")
NO_REASON = Template(zh="没有这样的理由：“{reason}”", en="no such reason: '{reason}'")
NOTHING_LOST = Template(zh="“not-expressible”没有说明丢失了什么", en="'not-expressible' does not say what is lost")

VALUES_OR_BOOL = Template(zh="values 或 type: bool", en="values, or type: bool")
EITHER_VALUES_OR_BOOL = Template(zh="values 与 type: bool 只取其一", en="either values or type: bool")
USES_BACKGROUND = Template(zh="写明 uses: [background]", en="uses: [background]")
BY = Template(zh="写明 by", en="by")
EXCLUSION_KEYS = Template(
    zh="between 和 and，或 route 和两个 steps", en="between and and, or route and two steps"
)  # fmt: skip
ROUTE_OR_ROUTES = Template(zh="route 或 routes", en="route or routes")
OFFICES_ONLY = Template(zh="只含职务的集合", en="a set of offices, without bodies")
A_NORM_WITHOUT_PRINCIPAL = Template(zh="条件中不提 principal 的规范", en="a norm whose condition names no 'principal'")
NO_CIRCLE = Template(zh="不循环的使用关系", en="no circle")
A_FOLDER_THERE = Template(zh="该处某个文件夹的名称", en="the name of a folder there")
A_NOTE = Template(zh="说明（note）", en="a note")
