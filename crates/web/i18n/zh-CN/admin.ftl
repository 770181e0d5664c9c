# 管理
admin-title = 管理
admin-units = 单位
admin-people = 人员
admin-posts = 岗位和权限
admin-places = 点位
admin-playbook = 规则册
admin-calendar = 节假日
admin-messages = 消息
admin-tasks = 后台任务
admin-journal = 留痕
admin-identity-looks = 谁看过身份

# 单位
units-say = { $n }个单位；合并后的仍留着，好查它办过的事
units-none = 还没有单位
units-none-how = 规则册里的单位会自动出现，也可以在下面加。
units-add = 加一个单位
units-add-go = 加上
units-code = 代码
units-code-hint = 小写字母、数字和连字符，定了不能改
units-name-zh = 中文名
units-name-en = 英文名
units-above = 上级单位
units-merge = 合并
units-merged-into = 已并入{ $unit }
units-merge-title = 把{ $unit }并到别的单位
units-merge-say = { $open }件在办和{ $people }个人会一起转过去，时限照旧。
units-merge-into = 并入
units-merge-go = 合并并移交
units-merge-warning = 合并不能撤销，每一件在办的都留痕。

# 人员
people-say = 账号和岗位；办过的事记在岗位上，不给个人排名
people-words = 姓名或账号
people-name = 姓名
people-standing = 状态
people-active = 在用
people-invited = 没改过初始密码
people-left = 已离岗
people-none = 没有人
people-none-how = 在下面加一个人，或者导入一张表。
people-add = 加一个人
people-add-note = 有岗位的，加上后给一个一次性密码，只显示一次，本人登录时要先改；没有岗位的，由安全管理员给岗位和密码。
people-add-go = 加上
people-role-hint = 看反映人身份、查日志、批规则册和管理员的岗位，由安全管理员给；先不选岗位，把人加上
people-unit-hint = 选了岗位才要选单位
people-account-hint = 登录用，小写字母和数字
people-import = 从XLSX或CSV导入
people-import-go = 先看看会怎样
people-file = 人员表
people-file-hint = 四列：姓名、账号、单位代码、岗位（可以空着，由安全管理员给）。先预览，确认后才写入；一次性密码由安全管理员给
people-file-empty = 表里没有行
people-preview = 导入预览
people-read = 行
people-row = 行号
people-will = 会怎样
people-will-add = 会加上
people-known = 已经有了
people-not-taken = 不收
people-rejected = { $n }行不收
people-rejected-how = 原因写在最后一列；改好表再传一次，已有的不会重复。
people-take-go = 加上这{ $n }个人
people-reset = 重置密码
people-reset-title = 重置{ $name }的密码
people-reset-note = 请先当面或打电话确认是本人。
people-reset-go = 给一个一次性密码
people-reset-warning = 原密码马上失效，其他设备上的登录全部退出。
people-one-time = 一次性密码
people-one-time-note = 只显示这一次。请当面交给本人，登录时必须先改。
people-copy = 复制
people-copied = 已复制
people-back = 回到人员
people-leave = 离岗
people-leave-title = { $name }离岗
people-leave-go = 下一步，看清楚再确认
people-leave-warning = 下一页写明岗位怎么办，确认后才生效，并留痕。
people-hand-to = 移交给
people-hand-to-hint = 同单位或上级单位的人，日常岗位由他接；不选，岗位就收回
people-sure-title = 确认{ $name }离岗
people-sure-handed = 岗位“{ $post }”由{ $name }接
people-sure-ended = 岗位“{ $post }”收回，不交给谁
people-sure-account = 账号停用，所有登录马上退出
people-sure-go = 确认离岗
people-sure-warning = 不能撤销；要再用，得另加账号。
people-open = 手里的事
people-open-note = 在办的归单位，跟着岗位走
people-open-what = 什么
people-open-count = 件数
people-open-none = 手里没有在办的
people-open-none-how = 可以直接离岗。

# 岗位
posts-say = 由安全管理员给和收；不能给自己
posts-person = 谁
posts-person-hint = 名单里没有他？在上面按姓名或账号查
posts-role = 岗位
posts-scope = 管辖
posts-since = 从哪天起
posts-may = 能做什么
posts-none = 没有岗位
posts-none-how = 在下面给一个人岗位，他才能办事。
posts-own = 自己的
posts-give = 给岗位
posts-give-go = 给这个岗位
posts-grid-hint = 网格员和网格长要选网格
posts-roles = 各岗位能做什么
posts-take = 收回
posts-take-title = 收回{ $person }的岗位
posts-take-go = 收回岗位
posts-take-warning = 马上生效；手里的在办仍归本单位，由单位负责人安排。

# 点位
places-say = 每个点位有一张签了名的二维码牌，伪造的和停用的扫不开
places-name = 点位
places-reports = 反映
places-none = 还没有点位
places-none-how = 加一个点位，就能打印它的二维码牌。
places-add = 加一个点位
places-add-go = 加上
places-position = 位置
places-position-hint = 经度,纬度（WGS 84）
places-sign = 打印牌
places-retire = 停用
places-retired = 已停用
places-retire-title = 停用{ $name }
places-retire-go = 停用点位
places-retire-warning = 挂着的牌子扫了会说明已停用，并请人自己选地点。
places-sheet = 打印二维码牌
places-sheet-say = { $n }块牌，A4两列，沿边剪开
places-sign-words = 扫一扫，反映这里的问题，查看办理进度
places-sign-danger = 危险紧急请拨 110、119、120

# 规则册
playbook-version = 版本
playbook-since = 从
playbook-until = 到
playbook-in-force = 现行
playbook-none = 还没有规则册
playbook-none-how = 在下面上传一册，检查通过、批准后才生效。
playbook-versions = 各个版本
playbook-check = 检查新的一册
playbook-check-note = 上传后只检查、比较和跑样例，不会生效。
playbook-check-go = 检查
playbook-files = TOML文件
playbook-files-hint = playbook.toml、categories.toml 等，一起选上
playbook-candidate = 待生效 { $version }
playbook-checked = { $errors }处错误，{ $cases }个样例，{ $failed }个不符
playbook-not-yet = 还不能生效
playbook-not-yet-how = 先改好下面的错误和不符的样例，再传一次。
playbook-error = 错误
playbook-warning = 提醒
playbook-case-failed = 样例不符
playbook-change-name = 哪一条
playbook-change-kind = 变动
playbook-added = 新增
playbook-changed = 改了
playbook-removed = 删了
playbook-same = 和现行的一样
playbook-same-how = 没有要生效的变动。
playbook-from = 从哪天起生效
playbook-from-hint = 这天起收到的按新的办；已收到的仍按原来的版本
playbook-apply-go = 批准
playbook-apply-warning = 生效会留痕；之后可以恢复到以前的版本。
playbook-revert = 恢复
playbook-revert-title = 恢复 { $version }
playbook-revert-go = 恢复这一版

# 节假日
calendar-say = 国务院办公厅放假通知；新的一年是一个文件，不用升级软件
calendar-unknown = { $year }年的放假通知还没有载入
calendar-unknown-how = { $n ->
    [0] 目前没有时限落在那一年。通知一发布就在下面载入。
   *[other] 有{ $n }个时限落在那一年，暂按周一至周五计，页面上都注明了。
}
calendar-year = 年
calendar-notice = 通知
calendar-off = 放假的工作日
calendar-swapped = 调休上班
calendar-workdays = 工作日
calendar-loaded = 来自
calendar-none = 一年也没有载入
calendar-none-how = 载入一年的通知后，时限按它计算。
calendar-load = 载入一年
calendar-file = 日历文件
calendar-file-hint = JSON：year、papers、days，一天一项，写明是否放假
calendar-load-go = 载入
calendar-load-warning = 在办的时限会按新通知各移动一次，并写明通知；办结的不动。

# 留痕
journal-say = 共{ $n }条，只能加，不能改
journal-last = 最近的检查点
journal-unsealed = 还有{ $n }条待封
journal-download = 下载
journal-none = 还没有检查点
journal-none-how = 第一条留痕十秒内会封进第一个检查点。
journal-verify = 怎么核对
journal-verify-say = 下载留痕和任意一个检查点，不联网也能核对：
journal-key = 公钥
journal-verify-limits = 能查出检查点之前的任何改动。检查点之后的要靠更晚的检查点或回执；所以检查点公开，并印在文书上。
journal-checkpoints = 全部检查点
journal-at = 时间
journal-size = 条数
journal-root = 根
journal-log = 日志

# 谁看过身份
looks-say = 每次查看都有理由，每次都在留痕里；这里不显示身份本身
looks-at = 时间
looks-who = 岗位
looks-none = 没有人看过
looks-none-how = 有人为回电查看反映人身份时，会列在这里。

# 消息
messages-say = 提醒和通知都不含反映人身份
messages-ways = 通道
messages-quiet = 免打扰
messages-digest = 汇总
messages-set-where = 在配置文件的 [messages] 里改，重启后生效。
messages-queue = 发送队列
messages-what = 内容
messages-state = 状态
messages-to = 发给
messages-due = 应发
messages-tries = 次数
messages-waiting = 等待
messages-sent = 已发
messages-failed = 没发出
messages-again = 再发
messages-none = 没有消息
messages-none-how = 有事项到期、待签收或被催办时，这里会有提醒。

# 后台任务
tasks-say = 可以随时手动跑，跑几遍结果都一样
tasks-name = 任务
tasks-state = 状态
tasks-last = 上次
tasks-did = 做了什么
tasks-next = 下次
tasks-resting = 正常
tasks-running = 在跑
tasks-failed = 没跑成
tasks-run = 现在跑
tasks-none = 没有任务
tasks-none-how = 启动服务后，任务会列在这里。

# 待批准
playbook-say = 现行 { $version }，{ $from }起
playbook-fact-regimes = 办理制度
playbook-fact-items = 事项
playbook-fact-units = 单位
playbook-fact-grids = 网格
playbook-fact-standing = 性质
playbook-official = 正式
playbook-example = 示例，非官方
playbook-propose-go = 提请批准
playbook-propose-warning = 要另一个人批准后才生效。
playbook-drop-go = 撤回
playbook-waiting = { $who }提请，从{ $from }起。等另一个人批准。
playbook-waiting-revert = { $who }提请用 { $to } 换下 { $version }。等另一个人批准。

# 停用点位
places-retire-what = 这个点位以后
places-reprint = 还用，重新打印一块牌
places-gone = 不用了

# 节假日
calendar-shipped = 随软件
calendar-loaded-on = { $at }载入

# 导入人员
people-column-missing = { $column }一列是空的
people-unit-unknown = 没有叫 { $unit } 的单位
people-role-unknown = 没有叫“{ $role }”的岗位
people-role-entrusted = 这个岗位由安全管理员给；岗位一列留空，先加人
people-twice = 表里出现了两次

# 消息
messages-overdue = 逾期提醒
messages-soon = 到期提醒
messages-in-app = 站内
messages-always = 一直开着
messages-channel-on = 已配置
messages-no-channel = 邮件和HTTP
messages-channel-off = 没有配置
messages-quiet-hours = { $from }到次日{ $to }不发
messages-together = 同一个人的几条合成一条

# 后台任务
task-auto-sign = 自动签收
task-remind = 提醒
task-index = 检索词
task-seal = 封存留痕
task-send = 发送消息
task-retain = 到期清理
task-what-auto-sign = 到签收时限替单位签收
task-what-remind = 把快到期和逾期的排进队列
task-what-index = 让新写的话能查到
task-what-seal = 把新留痕封进日志并签名
task-what-send = 把消息交给邮件或HTTP
task-what-retain = 清掉没用上的附件和过期登录
tasks-did-n = 做了{ $n }件
tasks-not-run = 启动后还没跑过

# 没有做成和做成了
admin-refused = 没有做成
admin-done-unit-added = 单位加上了。
admin-done-units-merged = 合并好了，移交在办{ $n }件。
admin-done-person-added = 加上了{ $n }个人。请安全管理员给他们一次性密码。
admin-done-person-left = 账号停用了，岗位按确认的办了。
admin-done-post-given = 岗位给好了。
admin-done-post-taken = 岗位收回了。
admin-done-place-added = 点位加上了。
admin-done-place-retired = 好了。旧牌子扫了会说明已停用。
admin-done-proposed = 已提请。要另一个人批准。
admin-done-approved = 已批准。
admin-done-dropped = 已撤回。
admin-done-year-loaded = 载入了，移动了{ $n }个在办时限。
admin-done-sent-again = 又排进队列了。
admin-done-task-run = 跑完了，做了{ $n }件。

# 各岗位能做什么
role-may-grid-worker = 在网格里上报、核实、核查
role-may-grid-leader = 确认本网格现场处理的
role-may-triage = 受理或不受理、核实、答复
role-may-dispatcher = 派遣、裁定退回、批转办
role-may-handler = 签收、办理、申请延期、提交
role-may-unit-head = 承办人能做的，管本单位和下属单位
role-may-supervisor = 核查、批延期、挂账、催办
role-may-leader = 看全部、批示、批准规则册
role-may-auditor = 看留痕和谁看过身份
role-may-security-admin = 给和收岗位、重置密码、批准规则册
role-may-system-admin = 管单位、人员、点位和节假日，提请规则册

# 看反映人身份
identity-title = { $number }的反映人
identity-phone = 电话
identity-name = 姓名
identity-none-given = 没有留
identity-confidential = 反映人要求保密，请不要转告他人。
identity-once = 只显示这一次。谁看的、为什么看，都已留痕。
identity-back = 回到这件
admin-erase = 依法删除
admin-done-erased = 已删除{ $n }项内容，留痕里记下了依据。
erase-say = 个人信息等内容依法删除：只删内容，办理记录和它的承诺值保留，并记下依据。内容本身不在这里显示。
erase-number = 事项编号
erase-find = 查出
erase-content = 删去哪一项
erase-ground = 依据
erase-do = 删除
erase-warning = 删除后不能恢复，照片的原件也一并删去。
erase-none = 这件没有可删的内容
erase-none-how = 内容都已删除，或者本来没有文字和照片。
erasure-requested = 本人要求（个人信息保护法第四十七条）
erasure-retention-over = 保存期满（个人信息保护法第十九条）
erasure-unlawful = 内容违法或侵犯他人权益
erasure-mistaken = 误传
content-words = 反映人的话
content-note = 内部说明
content-answer = 答复或问话
content-address = 地址
content-position = 位置
content-attachment = 照片或文件
content-identity = 身份
content-imported = 外来记录
task-slip = 督办单
task-what-slip = 逾期按梯度发蓝、橙、红单
content-paper = 公文内容
