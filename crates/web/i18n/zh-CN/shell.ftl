# 每一页都有的字
product = 闭环
public-name = { $county }随手拍
skip = 跳到正文
settings = 语言和字号
text-large = 大字
text-normal = 标准字
main-nav = 主要栏目
find-label = 查找事项
find-hint = 编号、地点、关键词
foot-nav = 说明
foot-privacy = 个人信息怎么用
foot-accessibility = 无障碍
foot-complaint = 投诉与建议
foot-demo = 演示，数据为虚构
foot-playbook = 规则册 { $county } { $version }
clock-behind = 服务器的时钟比最近的留痕检查点（{ $at }）还早，可能被拨回去了，请告诉管理员。办理照常进行：同一事项的先后不会颠倒，但新的期限会从错误的时间算起。
foot-checkpoint = 留痕检查点 { $at }，已封{ $n }条，
foot-verify = 核对

nav-inbox = 收件
nav-worklist = 工作台
nav-matters = 事项
nav-ledgers = 台账

# 日期
day-off = 休
day-off-title = 休息日，不按工作日计
day-swapped = 班
day-swapped-title = 调休上班，按工作日计
day-estimated = （当年放假通知未出，暂按周一至周五计）

# 灯
lamp-late-minutes = 逾期{ $n }分钟
lamp-late-hours = 逾期{ $n }小时
lamp-late-days = 逾期{ $n }天
lamp-minutes-left = 还有{ $n }分钟
lamp-hours-left = { $m ->
    [0] 还有{ $h }小时
   *[other] 还有{ $h }小时{ $m }分钟
}
lamp-today = 今天{ $time }前
lamp-tomorrow = 明天{ $time }前
lamp-days-left = 还有{ $n }天
lamp-by-tonight = 今天内
lamp-by-tomorrow-night = 明天内
lamp-work-days-left = 还有{ $n }个工作日

# 表单
field-optional = （可不填）
errors-title = 还差{ $n }处
errors-line = { $field }：{ $error }
running-progress = { $done } / { $of }，可以离开这一页
day-swapped-short = 班

# 为什么是这一天
why-title = 为什么是这一天
why-picture = 从开始到最晚期限，每天算不算
why-moves = 期限改过几次
why-rest = { $name }放假{ $n }天，不计
why-due = 最晚
why-paused = 停
why-added = 延{ $n }
why-nth = 第{ $n }天
why-start = 开始
why-today = 今天
why-flag-due = 现定
why-flag-today = 今天
why-flag-original = 原定
why-flag-start = 开始
why-legend-counted = 已算
why-legend-ahead = 将算
why-legend-added = 延期
why-legend-rest = 不算
why-legend-swapped = 调休上班，照算
why-cut = 中间的日子没有全画出来。
why-when = 时间
why-what = 发生了什么
why-rule = 依据
why-who = 谁定的
why-new-date = 时限变为
why-also = 同时计的时限
photos-camera = 拍照
photos-album = 从相册选
photos-cut = 删除
photos-nth = 第{ $n }张
nav-overview = 总览
nav-rates = 按时率
nav-burden = 基层负担
nav-admin = 管理
nav-journal = 留痕
nav-worker = 今天
