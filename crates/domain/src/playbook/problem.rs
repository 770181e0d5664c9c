//! Every problem a playbook can have, with its words. Codes never change once
//! released; docs/playbook.md lists them all.

use super::model::Text;
use super::severity::Severity;

macro_rules! problems {
    ($($severity:ident $code:literal $name:ident $({ $($fact:ident),* })?
        zh $zh:literal, $zh_hint:literal;
        en $en:literal, $en_hint:literal;
    )*) => {
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub(super) enum Problem { $($name $({ $($fact: String),* })?,)* }

        /// Code and severity of every problem, for the documentation's test.
        pub const CODES: &[(&str, Severity)] = &[$(($code, Severity::$severity)),*];

        impl Problem {
            pub(super) const fn code(&self) -> &'static str {
                match self { $(Self::$name $({ $($fact: _),* })? => $code,)* }
            }

            pub(super) const fn severity(&self) -> Severity {
                match self { $(Self::$name $({ $($fact: _),* })? => Severity::$severity,)* }
            }

            /// What is wrong, and what to do about it.
            pub(super) fn words(&self) -> (Text, Text) {
                match self {
                    $(Self::$name $({ $($fact),* })? => (
                        Text { zh: format!($zh), en: format!($en) },
                        Text { zh: format!($zh_hint), en: format!($en_hint) },
                    ),)*
                }
            }
        }
    };
}

problems! {
    // Reading
    Error "syntax" Syntax { what }
        zh "不是有效的 TOML：{what}", "改正这一行；字符串要加双引号，列表用方括号";
        en "not valid TOML: {what}", "correct this line; strings need double quotes, lists need brackets";
    Error "unknown-section" UnknownSection { name, near }
        zh "没有“{name}”这一节", "可用的节：{near}";
        en "there is no section “{name}”", "sections are: {near}";
    Error "unknown-key" UnknownKey { name, near }
        zh "这里没有“{name}”这一项", "是不是 {near}？不用的项请删去";
        en "“{name}” means nothing here", "did you mean {near}? Remove what is not used";
    Error "missing-key" MissingKey { key, example }
        zh "缺少“{key}”", "加上一行：{key} = {example}";
        en "“{key}” is missing", "add a line: {key} = {example}";
    Error "wrong-kind" WrongKind { key, example }
        zh "“{key}”的写法不对", "应写成 {key} = {example}";
        en "“{key}” is not written this way", "write it like {key} = {example}";
    Error "blank" Blank { key }
        zh "“{key}”是空的", "写上内容，或删去这一项";
        en "“{key}” is empty", "give it a value, or remove it";
    Warning "english-missing" EnglishMissing { zh }
        zh "“{zh}”没有英文", "写成 {{ zh = \"{zh}\", en = \"…\" }}；不写时英文页面显示中文";
        en "“{zh}” has no English", "write {{ zh = \"{zh}\", en = \"…\" }}; until then English pages show the Chinese";
    Error "no-playbook" NoPlaybook
        zh "没有 [playbook] 一节", "在 playbook.toml 开头写 [playbook]，给出 county、name、version、number_prefix 和 official";
        en "there is no [playbook] section", "begin playbook.toml with [playbook] and give county, name, version, number_prefix and official";
    Error "no-work-hours" NoWorkHours
        zh "没有 [work] 一节，工作时无从计算", "写上 [work] 和 periods = [\"08:30-12:00\", \"14:00-17:30\"]";
        en "there is no [work] section, so work hours cannot be counted", "write [work] with periods = [\"08:30-12:00\", \"14:00-17:30\"]";
    Error "no-regime" NoRegime
        zh "没有任何办理制度", "至少写一个 [regime.名称] 节；bihuan playbook init 给出样子";
        en "there is no regime", "write at least one [regime.name] section; bihuan playbook init shows the shape";
    Error "section-twice" SectionTwice { name, first }
        zh "[{name}] 写了两次", "第一次在 {first}；合成一节";
        en "[{name}] is written twice", "the first is at {first}; join them";

    // Names
    Error "bad-county-code" BadCountyCode { given }
        zh "“{given}”不是六位行政区划代码", "写六位数字，如 county = \"410182\"";
        en "“{given}” is not a six-digit county code", "write six digits, e.g. county = \"410182\"";
    Error "bad-version" BadVersion { given }
        zh "版本“{given}”不能用", "只用数字、字母、点和连字符，如 version = \"2026.1\"";
        en "the version “{given}” cannot be used", "use digits, letters, dots and hyphens only, e.g. version = \"2026.1\"";
    Error "bad-number-prefix" BadNumberPrefix { given }
        zh "编号前缀“{given}”不能用", "写二至四个大写字母，如 number_prefix = \"XY\"";
        en "the number prefix “{given}” cannot be used", "write two to four capital letters, e.g. number_prefix = \"XY\"";
    Error "bad-code" BadCode { given }
        zh "代码“{given}”不能用", "只用字母、数字和连字符，至多32个，且不以连字符开头或结尾";
        en "the code “{given}” cannot be used", "use letters, digits and hyphens, at most 32, with no hyphen at either end";
    Error "duplicate-code" DuplicateCode { code, first }
        zh "代码“{code}”用了两次", "第一次在 {first}；给其中一个换一个代码";
        en "the code “{code}” is used twice", "the first is at {first}; give one of them another code";
    Error "unknown-unit" UnknownUnit { name, near }
        zh "没有“{name}”这个单位", "是不是 {near}？新单位要在 units.toml 里加 [[unit]]";
        en "there is no unit “{name}”", "did you mean {near}? A new unit needs its [[unit]] in units.toml";
    Error "unknown-class" UnknownClass { name, near }
        zh "没有“{name}”这个大类", "是不是 {near}？新大类要加 [[class]]";
        en "there is no class “{name}”", "did you mean {near}? A new class needs its [[class]]";
    Error "unknown-item" UnknownItem { name, near }
        zh "没有“{name}”这个事项", "是不是 {near}？新事项要加 [[item]]";
        en "there is no item “{name}”", "did you mean {near}? A new item needs its [[item]]";
    Error "unknown-grid" UnknownGrid { name, near }
        zh "没有“{name}”这个网格", "是不是 {near}？";
        en "there is no grid “{name}”", "did you mean {near}?";
    Error "unknown-regime" UnknownRegime { name, near }
        zh "没有“{name}”这个办理制度", "是不是 {near}？";
        en "there is no regime “{name}”", "did you mean {near}?";
    Error "unknown-node" UnknownNode { name, near }
        zh "这个制度没有“{name}”这个时限节点", "是不是 {near}？";
        en "this regime has no node “{name}”", "did you mean {near}?";
    Error "unknown-step" UnknownStep { name, near }
        zh "没有“{name}”这个环节", "是不是 {near}？";
        en "there is no step “{name}”", "did you mean {near}?";
    Error "unknown-role" UnknownRole { name, near }
        zh "没有“{name}”这个岗位", "是不是 {near}？";
        en "there is no role “{name}”", "did you mean {near}?";
    Error "unknown-trigger" UnknownTrigger { name, near }
        zh "时限不能由“{name}”开始或结束", "是不是 {near}？";
        en "a node cannot begin or end with “{name}”", "did you mean {near}?";
    Error "unknown-word" UnknownWord { key, name, near }
        zh "“{key}”不能是“{name}”", "是不是 {near}？";
        en "“{key}” cannot be “{name}”", "did you mean {near}?";

    // Time
    Error "limit-without-unit" LimitWithoutUnit { number }
        zh "时限“{number}”没有单位", "写明单位，如 \"{number} work-hours\"（工作时）或 \"{number} work-days\"（工作日）";
        en "the limit “{number}” has no unit", "say which: \"{number} work-hours\" or \"{number} work-days\"";
    Error "unknown-limit-unit" UnknownLimitUnit { given, near }
        zh "时限单位“{given}”不认识", "是不是 {near}？可用：minutes、work-hours、work-days、days、months，或日期";
        en "the limit's unit “{given}” is unknown", "did you mean {near}? Units are minutes, work-hours, work-days, days, months, or a date";
    Error "unreadable-limit" UnreadableLimit { given }
        zh "看不懂时限“{given}”", "写一个整数和单位，如 \"5 work-days\"，或日期 2026-10-31";
        en "the limit “{given}” cannot be read", "write a whole number and a unit, e.g. \"5 work-days\", or a date 2026-10-31";
    Error "zero-limit" ZeroLimit { given }
        zh "时限“{given}”是零", "时限至少是1；当天办结的写 \"day 1\"";
        en "the limit “{given}” is zero", "a limit is at least 1; for the same day write \"day 1\"";
    Error "limit-too-long" LimitTooLong { given }
        zh "时限“{given}”超过十年", "检查数字和单位";
        en "the limit “{given}” is longer than ten years", "check the number and the unit";
    Error "nth-day-needs-same-day" NthDayNeedsSameDay { given }
        zh "“{given}”把起始那天算第1天，但这里没有这样规定", "节点要加 day_one = \"same-day\" 或 \"same-day-until 17:30\"；事项的时限写成 \"3 days\" 的样子";
        en "“{given}” counts the starting day as day 1, which nothing here says", "give the node day_one = \"same-day\" or \"same-day-until 17:30\"; for an item write it like \"3 days\"";
    Error "limit-twice" LimitTwice { urgency }
        zh "同一事项给“{urgency}”写了两个时限", "只留一个";
        en "two limits for “{urgency}” of the same item", "keep one of them";
    Error "ordinary-limit-missing" OrdinaryLimitMissing { item }
        zh "事项“{item}”没有一般（ordinary）时限", "limits 里写上 ordinary = \"5 work-days\" 之类";
        en "the item “{item}” has no ordinary limit", "give limits an ordinary = \"5 work-days\" or the like";
    Error "urgent-longer" UrgentLonger { urgent, ordinary }
        zh "紧急时限 {urgent} 比一般时限 {ordinary} 还长", "紧急的应当更快；检查数字和单位";
        en "the urgent limit {urgent} is longer than the ordinary {ordinary}", "urgent must be faster; check numbers and units";
    Error "major-shorter" MajorShorter { major, ordinary }
        zh "重大复杂时限 {major} 比一般时限 {ordinary} 还短", "重大复杂的应当更长；检查数字和单位";
        en "the major limit {major} is shorter than the ordinary {ordinary}", "major matters take longer; check numbers and units";
    Error "bad-period" BadPeriod { given }
        zh "工作时段“{given}”看不懂", "写成 \"08:30-12:00\"";
        en "the work period “{given}” cannot be read", "write it like \"08:30-12:00\"";
    Error "period-ends-first" PeriodEndsFirst { given }
        zh "工作时段“{given}”结束不晚于开始", "检查先后；时段不能跨零点";
        en "the work period “{given}” does not end after it begins", "check the order; a period past midnight cannot be used";
    Error "periods-overlap" PeriodsOverlap { first, second }
        zh "工作时段 {first} 和 {second} 重叠", "改动其中一段的起止";
        en "the work periods {first} and {second} overlap", "change the start or end of one of them";
    Error "bad-day-one" BadDayOne { given }
        zh "起算日“{given}”看不懂", "写 \"next-day\"、\"same-day\" 或 \"same-day-until 17:30\"";
        en "the first day “{given}” cannot be read", "write \"next-day\", \"same-day\" or \"same-day-until 17:30\"";

    // Regimes
    Error "step-for-nobody" StepForNobody { step }
        zh "环节“{step}”没有人可以办", "列出岗位；制度里没有这个环节的，删去这一行";
        en "nobody may take the step “{step}”", "name the roles; if the regime has no such step, remove the line";
    Error "step-needs-step" StepNeedsStep { step, needs }
        zh "有“{step}”而没有“{needs}”", "在 steps 里加上 {needs}，或去掉 {step}";
        en "there is “{step}” but no “{needs}”", "add {needs} to steps, or remove {step}";
    Error "setting-needs-step" SettingNeedsStep { setting, needs }
        zh "设了“{setting}”而没有环节“{needs}”", "在 steps 里加上 {needs}，或去掉 {setting}";
        en "“{setting}” is set but there is no step “{needs}”", "add {needs} to steps, or remove {setting}";
    Error "step-never-allowed" StepNeverAllowed { step, setting }
        zh "有环节“{step}”，但“{setting}”是0，永远办不成", "把 {setting} 设为1以上，或去掉 {step}";
        en "there is a step “{step}” but “{setting}” is 0, so it can never be taken", "set {setting} to 1 or more, or remove {step}";
    Error "checker-is-handler" CheckerIsHandler { roles }
        zh "能核查的岗位（{roles}）都是承办岗位", "办理和核查必须是两个人：给 check 加上网格员、督查员等别的岗位";
        en "every role that may check ({roles}) is a role that handles", "handler and checker are always two persons: add a role such as grid-worker or supervisor to check";
    Error "node-ends-first" NodeEndsFirst { node, starts, ends }
        zh "节点“{node}”由“{starts}”开始，而“{ends}”不会在它之后发生", "调换 starts 和 met_by，或选一个靠后的环节";
        en "the node “{node}” begins with “{starts}”, and “{ends}” never comes after that", "swap starts and met_by, or choose a later end";
    Error "trigger-without-step" TriggerWithoutStep { trigger, steps }
        zh "“{trigger}”永远不会发生：这个制度没有环节 {steps}", "在 steps 里加上，或改用别的环节";
        en "“{trigger}” can never happen: this regime has no step {steps}", "add the step, or use another trigger";
    Error "item-limit-too-early" ItemLimitTooEarly { node, starts }
        zh "节点“{node}”用事项的时限，但“{starts}”时事项可能还没有定", "让它从 accepted 或以后开始，或写明时限";
        en "the node “{node}” takes the item's limit, but at “{starts}” the item may not be known", "start it with accepted or later, or give the limit itself";
    Error "kind-not-of-regime" KindNotOfRegime { node, kind }
        zh "节点“{node}”只用于“{kind}”，而这个制度没有这一类", "在 kinds 里加上，或从 only 里删去";
        en "the node “{node}” is only for “{kind}”, a kind this regime has not", "add it to kinds, or take it out of only";
    Error "nodes-overlap" NodesOverlap { node, other }
        zh "节点“{node}”和“{other}”给同样的起止定了两个时限", "用 only 分开紧急程度，或删去一个";
        en "the nodes “{node}” and “{other}” set two limits for the same start and end", "separate them by urgency with only, or remove one";
    Error "auto-sign-impossible" AutoSignImpossible { node }
        zh "节点“{node}”到时自动签收，但它不以签收结束，或签收环节没有 system", "met_by 写 \"signed\"，steps.sign 里加上 \"system\"";
        en "the node “{node}” signs at its limit, but does not end with signing, or sign lacks the role system", "set met_by = \"signed\" and add \"system\" to steps.sign";
    Warning "nothing-to-extend" NothingToExtend
        zh "允许延期，但没有节点标 extendable = true", "给可延期的节点加上，或把 extensions 设为0";
        en "extensions are allowed, but no node is extendable", "mark a node extendable = true, or set extensions to 0";
    Warning "nothing-to-pause" NothingToPause
        zh "可以挂账，但没有节点标 pausable = true，时限不会停", "给应当停表的节点加上";
        en "matters can be suspended, but no node is pausable, so no clock stops", "mark the nodes that should stop with pausable = true";
    Error "extension-of-nothing" ExtensionOfNothing
        zh "允许延期，但 extension_percent 是0", "写上最多可延原时限的百分之几，如 50";
        en "extensions are allowed, but extension_percent is 0", "give the most an extension may add, in percent of the limit, e.g. 50";
    Error "no-handling-node" NoHandlingNode
        zh "没有节点使用事项的时限", "加一个 limit = \"item\" 的节点，如 signed 到 submitted";
        en "no node takes the items' limits", "add a node with limit = \"item\", e.g. from signed to submitted";

    Error "slip-twice" SlipTwice { colour }
        zh "“{colour}”督办单写了两次", "每种颜色只留一个 [[slip]]";
        en "the slip “{colour}” is written twice", "keep one [[slip]] of each colour";
    Error "same-end-twice" SameEndTwice { node }
        zh "节点“{node}”的 or_met_by 和 met_by 相同", "写另一个环节，或删去 or_met_by";
        en "or_met_by of the node “{node}” is its met_by again", "name another end, or remove or_met_by";
    Error "never-submitted" NeverSubmitted { node }
        zh "节点“{node}”必须先完成才能申请办结，而它要到办结申请时或以后才完成", "去掉 mandatory，或让它由 acted、planned 等靠前的环节结束";
        en "the node “{node}” must be met before the result is submitted, but is met by that or later", "remove mandatory, or end it with acted, planned or another earlier act";
    Error "plan-limit-too-early" PlanLimitTooEarly { node, starts }
        zh "节点“{node}”按方案的日期计时，但“{starts}”时还没有方案", "让它从 planned 开始";
        en "the node “{node}” takes a date of the plan, but at “{starts}” there is no plan", "start it with planned";
    Error "given-nowhere" GivenNowhere { node }
        zh "节点“{node}”在给定了日期时不计（unless_given），而没有节点按那个日期计", "加一个 limit = \"given\" 的节点，或去掉 unless_given";
        en "the node “{node}” stands back where a date was given (unless_given), but no node takes that date", "add a node with limit = \"given\", or remove unless_given";
    Error "repeats-without-report" RepeatsWithoutReport { node }
        zh "节点“{node}”要重复，但它不是由反馈结束的", "met_by 写 \"acted\"，或去掉 repeats";
        en "the node “{node}” repeats, but is not met by reports of progress", "set met_by = \"acted\", or remove repeats";
    Error "bad-time" BadTime { given }
        zh "时刻“{given}”看不懂", "写成 \"17:00\"";
        en "the time “{given}” cannot be read", "write it like \"17:00\"";

    // Catalogue
    Error "too-much-evidence" TooMuchEvidence { count }
        zh "要求 {count} 件佐证，太多了", "至多9件；只要能证明修好的";
        en "{count} pieces of evidence are asked for, which is too many", "at most 9; ask only for what proves it fixed";
    Warning "evidence-nowhere" EvidenceNowhere { item }
        zh "事项“{item}”要佐证，但没有一个制度有提交环节", "给制度加上 submit，或把佐证设为0";
        en "the item “{item}” asks for evidence, but no regime has a step that takes it", "give a regime submit, or ask for none";
    Warning "on-spot-nowhere" OnSpotNowhere { item }
        zh "事项“{item}”可当场办结，但没有一个制度有 settle-on-spot", "给制度加上 settle-on-spot，或去掉 on_spot";
        en "the item “{item}” may be settled on the spot, but no regime has settle-on-spot", "give a regime settle-on-spot, or remove on_spot";
    Warning "empty-class" EmptyClass { class }
        zh "大类“{class}”没有事项", "加事项，或删去这个大类";
        en "the class “{class}” has no items", "add items, or remove the class";
    Warning "word-too-short" WordTooShort { word }
        zh "关键词“{word}”只有一个字，会错认", "用两个字以上的词";
        en "the word “{word}” is one character and will match too much", "use words of two characters or more";
    Warning "ground-without-channel" GroundWithoutChannel { grounds }
        zh "这些不予受理的理由没有可告知的渠道：{grounds}", "各加一个 [[channel]]，写上 ground";
        en "there is no channel to name when declining as {grounds}", "add a [[channel]] with each of these grounds";

    // Wording
    Error "unknown-blank" UnknownBlank { name, near }
        zh "“{{{name}}}”填不上", "能自动填的有：{near}";
        en "“{{{name}}}” cannot be filled in", "what can be filled in: {near}";
    Error "blank-not-closed" BlankNotClosed { given }
        zh "“{{{given}”前面的花括号没有合上", "写成 {{item}} 的样子；文字里不要用花括号";
        en "the brace before “{given}” is not closed", "write it like {{item}}; the text itself cannot hold braces";
    Error "answer-twice" AnswerTwice { about, first }
        zh "“{about}”写了两份答复参考文字", "第一份在 {first}；只留一份";
        en "two answers are suggested for “{about}”", "the first is at {first}; keep one";
    Error "answer-for-two" AnswerForTwo
        zh "一份答复参考文字不能既写 item 又写 class", "留下其中一个；两个都不写就对所有事项";
        en "a suggested answer names both an item and a class", "keep one of them; with neither it is for everything";
    Warning "answer-nowhere" AnswerNowhere
        zh "写了答复参考文字，但没有一个制度有 answer 环节", "给制度加上 answer，或删去 [[answer]]";
        en "answers are suggested, but no regime has the step answer", "give a regime answer, or remove [[answer]]";

    // Papers
    Error "unknown-field" UnknownField { name, near }
        zh "没有“{name}”这个填写项", "是不是 {near}？新的填写项要在这份文书里加 [[paper.field]]";
        en "there is no field “{name}”", "did you mean {near}? A new field needs its [[paper.field]] in this paper";
    Error "unused-field" UnusedField { name }
        zh "填写项“{name}”没有用上", "在标题或正文里写 {{{name}}}，或删去它";
        en "the field “{name}” is used nowhere", "write {{{name}}} in the title or the body, or remove it";
    Error "table-inside-line" TableInsideLine { name }
        zh "表格“{name}”不能写在一行文字里", "让 \"{{{name}}}\" 单独成一行正文";
        en "the table “{name}” cannot stand inside a line", "give it a line of the body of its own: \"{{{name}}}\"";
    Error "heading-too-deep" HeadingTooDeep { given }
        zh "标题“{given}”的层次太深", "至多三级，写成 ###";
        en "the heading “{given}” is too deep", "there are three levels, the last written ###";
    Error "wrong-sample" WrongSample { name, kind, example }
        zh "填写项“{name}”的样例不是 {kind}", "写成 sample = {example}；表格每行的格数和列数相同";
        en "the sample of the field “{name}” is not a {kind}", "write sample = {example}; a row of a table has a cell for each column";
    Error "bad-document-code" BadDocumentCode { given }
        zh "机关代字“{given}”不能用", "写二至十个汉字，如 word = \"荥政督\"；年份和“号”由系统加上";
        en "the document code “{given}” cannot be used", "write two to ten Chinese characters, e.g. word = \"荥政督\"; the year and 号 are added";
    Error "paper-too-long" PaperTooLong { count, most }
        zh "照样例填好后正文有{count}字，超过{most}字", "删减；一般文件不超过5000字（length = \"general\"），专项文件不超过4000字（length = \"special\"）";
        en "filled with its samples the body has {count} characters, more than {most}", "shorten it; the limit is 5,000 for a general paper (length = \"general\") and 4,000 for a special one (length = \"special\")";

    // Organisation and area
    Error "no-root-unit" NoRootUnit
        zh "没有最上级单位", "恰好一个单位不写 above，通常是县（市）政府";
        en "there is no unit at the top", "exactly one unit has no above, as a rule the county government";
    Error "two-root-units" TwoRootUnits { unit, first }
        zh "“{unit}”和“{first}”都没有上级", "恰好一个单位不写 above；给另一个写上";
        en "neither “{unit}” nor “{first}” has a unit above", "exactly one unit has no above; give the other one";
    Error "unit-circle" UnitCircle { units }
        zh "上下级成了圈：{units}", "改动其中一个的 above";
        en "these units stand above each other in a circle: {units}", "change the above of one of them";
    Error "unit-grid-level" UnitGridLevel { grid }
        zh "单位只能管一级网格，“{grid}”不是", "写乡镇（街道）的两位网格代码，如 grid = \"05\"";
        en "a unit governs a first-level grid, which “{grid}” is not", "write the two digits of the town's grid, e.g. grid = \"05\"";
    Error "grid-governed-twice" GridGovernedTwice { grid, first }
        zh "网格“{grid}”已有单位管", "第一个是 {first}；去掉一个";
        en "the grid “{grid}” is governed already", "the first is {first}; remove one";
    Warning "grid-ungoverned" GridUngoverned { grid }
        zh "一级网格“{grid}”没有单位管", "给乡镇（街道）的 [[unit]] 写 grid = \"{grid}\"";
        en "no unit governs the first-level grid “{grid}”", "give the town's [[unit]] a grid = \"{grid}\"";
    Error "bad-grid-code" BadGridCode { given }
        zh "网格代码“{given}”不对", "两位、三位、两位数字，如 05、05-012、05-012-03";
        en "the grid code “{given}” is not one", "two, three and two digits, like 05, 05-012, 05-012-03";
    Error "grid-parent-missing" GridParentMissing { grid, parent }
        zh "网格“{grid}”的上级“{parent}”没有", "加上 {parent}，或改代码";
        en "the grid “{grid}” lies in “{parent}”, which does not exist", "add {parent}, or correct the code";
    Error "generate-too-few" GenerateTooFew { count, least }
        zh "生成 {count} 个三级网格，不够每个二级网格一个", "至少 {least} 个";
        en "{count} third-level grids do not give each second-level grid one", "generate at least {least}";
    Error "generate-too-many" GenerateTooMany { count, most }
        zh "生成 {count} 个三级网格太多，代码不够用", "至多 {most} 个";
        en "{count} third-level grids are more than the codes hold", "generate at most {most}";
    Error "generate-and-listed" GenerateAndListed { grid }
        zh "三级网格“{grid}”已列出，又要求生成", "两种办法只用一种";
        en "the third-level grid “{grid}” is listed, and the level is generated too", "use one of the two";
    Error "bad-position" BadPosition { given }
        zh "位置“{given}”看不懂", "写 [纬度, 经度]，如 [34.789872, 113.384984]，小数至多六位";
        en "the position “{given}” cannot be read", "write [latitude, longitude], e.g. [34.789872, 113.384984], with at most six decimals";
    Error "position-outside-china" PositionOutsideChina { given }
        zh "位置“{given}”不在中国", "先写纬度（3至54），后写经度（73至136）";
        en "the position “{given}” is not in China", "latitude comes first (3 to 54), then longitude (73 to 136)";
    Error "example-in-official" ExampleInOfficial { code }
        zh "“{code}”标为示例，而规则册标为正式", "换成本县的内容，或把 official 设为 false";
        en "“{code}” is marked example in a playbook marked official", "replace it by the county's own, or set official = false";

    // Worked cases
    Error "case-mismatch" CaseMismatch { case, node, expected, computed }
        zh "算例“{case}”：节点“{node}”应为 {expected}，算得 {computed}", "改规则或改算例；哪个对由制度定";
        en "case “{case}”: the node “{node}” should fall due {expected}, computed {computed}", "correct the rule or the case, whichever is wrong";
    Error "case-node-missing" CaseNodeMissing { case, node }
        zh "算例“{case}”：节点“{node}”没有开始计时", "给出使它开始的事件，或从 due 里去掉";
        en "case “{case}”: the node “{node}” never started", "give the event that starts it, or remove it from due";
    Error "case-expects-nothing" CaseExpectsNothing { case }
        zh "算例“{case}”没有写应得的时间", "在 due 里写上节点和时间";
        en "case “{case}” expects nothing", "write nodes and times into due";
    Error "case-order" CaseOrder { case }
        zh "算例“{case}”的事件时间倒退", "按先后排列，且不早于 start";
        en "case “{case}”: an event goes back in time", "put events in order, none before start";
    Error "case-cannot-happen" CaseCannotHappen { case, event }
        zh "算例“{case}”：这时不能“{event}”", "检查事件：停了才能恢复，可停、可延的节点才能停、能延";
        en "case “{case}”: “{event}” cannot happen here", "check the events: only what is paused resumes, only pausable and extendable nodes pause and extend";
    Error "case-refused" CaseRefused { case, unit }
        zh "算例“{case}”：这项任务不在村级职责清单内，不能下达给“{unit}”", "写明 duty，或写 refused = true";
        en "case “{case}”: it is in no line of the duty list and cannot go to “{unit}”", "name its duty, or write refused = true";
    Error "case-not-refused" CaseNotRefused { case, unit }
        zh "算例“{case}”：按规则可以下达给“{unit}”", "改规则，或去掉 refused";
        en "case “{case}”: by these rules it may go to “{unit}”", "correct the rules, or remove refused";
}
