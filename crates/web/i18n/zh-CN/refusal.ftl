# 不能办的原因，每句都说下一步怎么办
refusal-not-now = 现在是“{ $stage }”，不能{ $step }。{ $legal ->
    [none] 请刷新看最新进展。
   *[other] 现在可以：{ $legal }。
}
refusal-not-in-regime = 这类事项没有“{ $step }”这一步。请按页面上列出的动作办理；确需这一步，请系统管理员修改规则册。
refusal-not-your-role = “{ $step }”不由{ $role }办理。请转给有这项权限的岗位，或换一个岗位再试。
refusal-not-yours = 这件不在您的管辖范围。请联系主办单位，或请调度员转办。
refusal-already-exists = 这件已经登记过。请打开原来那一件继续。
refusal-no-such-matter = 没有找到这件。请核对编号，或从列表里重新打开。
refusal-unknown-item = 事项目录里没有“{ $item }”。请从目录里重新选一项。
refusal-unknown-unit = 单位名录里没有“{ $unit }”。请重新选择单位，或请系统管理员补录。
refusal-unknown-regime = 规则册里没有这种办理制度。请联系系统管理员检查规则册。
refusal-unknown-channel = 规则册里没有这个渠道。请从列出的法定渠道里选一个。
refusal-channel-for-other-ground = 这个渠道对应的是其他不予受理情形。请选择与所选情形相符的渠道。
refusal-unknown-node = 这件没有“{ $node }”这个时限。请刷新后重选。
refusal-reason-needed = 还没有写理由。请写一句再提交。
refusal-words-needed = 还没有写内容。请写一句再提交。
refusal-words-too-long = 写了{ $given }字，最多{ $limit }字。请删减，或把详细材料作为附件。
refusal-evidence-needed = 还缺佐证：{ $missing }。请先补上，再申请办结。
refusal-item-needed = 还没有选事项类别。请先选一项。
refusal-verify-first = 这件要先核实再受理。请先派人核实，等核实结果回来。
refusal-node-not-open = “{ $node }”这个时限不在计时。请刷新看现在走到哪个时限。
refusal-not-extendable = “{ $node }”这个时限不能延期。请按期办理，确有困难请申请挂账。
refusal-transfer-pending = 已有一个转办申请在等审批。请等结果，或联系调度员。
refusal-same-unit = { $unit }已经是主办单位。请另选一个单位。
refusal-already-returned-once = 这件已经退回过一次，不能再退。如确实不属本单位，请签收后申请转办。
refusal-adjudicated = 这件已经裁定由本单位办理，不能退回。请签收办理；有新情况可以申请转办。
refusal-return-after-signing = 签收之后不能退回。请申请转办，并写明理由。
refusal-extension-after-due = 期限{ $due }已经过了，不能再申请延期。请尽快办理，并在进展里说明原因。
refusal-extensions-used-up = 最多延期{ $limit }次，已经用完。请按期办理，确需停办请申请挂账。
refusal-extension-too-long = 延得太长，最多是原期限的{ $percent }%。请缩短后再申请。
refusal-extension-pending = 已有一个延期申请在等审批。请等结果。
refusal-nothing-requested = 没有待审批的申请，可能已经有人批过。请刷新看最新进展。
refusal-handler-may-not-check = 办理人不能核查自己办的事。请换一位没有参与办理的人核查。
refusal-another-checker-needed = 反映人说没修好，要换人核查。请换一位没有核查过这件的人。
refusal-own-request = 自己的申请不能自己批。请换一位有审批权限的人。
refusal-object-unit = 这件反映的就是{ $unit }，不能交给它办。请选别的单位，或报上一级。
refusal-already-suspended = 这件已经挂账。要继续办，请先恢复计时。
refusal-not-suspended = 这件没有挂账，不用恢复。请直接办理。
refusal-suspended = 这件正在挂账，时限停着。请先恢复计时再办。
refusal-suspension-too-long = 挂账最长一年，复核日期最晚{ $latest }。请选早一点的一天。
refusal-extension-empty = 这样延期，时限没有变化。请写要多少时间。
refusal-review-date-in-past = 复核日期已经过去。请选今天以后的一天。
refusal-merge-into-itself = 不能并入它自己。请选另一件。
refusal-merge-target-over = 要并入的那件已经“{ $stage }”。请选一件还在办的，或单独办理。
refusal-merge-target-merged = 要并入的那件已经并到别处。请直接并入最后那一件。
refusal-already-co-handling = { $unit }已经在协办。不用再邀请。
refusal-rating-closed = 办结已超过{ $days }天，评价时间过了。问题还在的话，请重新反映一件，可以写上原来的编号。
refusal-already-rated = 这件已经评价过。有新情况，请在下面补充说明。
refusal-no-answer-drafted = 还没有拟好的答复。请先写答复，再送审。
refusal-photo-not-given = 所选照片不属于本事项。请从本事项的照片中选择。
refusal-answer-changed = 您看过之后，答复又改了。请重新看一遍再审定。
refusal-answer-needed = 这件要先给反映人答复才能办结，答复要审定的先审定。请先写上答复。
refusal-summary-needed = 反映人要求保密，承办单位看不到原话。请在说明里写清要办什么，不写能认出反映人的内容。
refusal-nothing-to-erase = 这项内容不是这件的，或者已经删除。请重新查出这件，再选要删的。
refusal-no-identity = 反映人没有留身份信息。需要补充的，请用“请反映人补充”，对方凭凭证码能看到。
refusal-on-spot-not-allowed = 这一项不能当场办结。请按正常流程上报。
refusal-place-outside-county = 这个位置不在本地范围内。请重新选位置，或写地址；确在外地的，请向当地反映。
refusal-unknown-grid = 没有找到这个网格。请重新选择。
refusal-changed-meanwhile = 您打开之后，已有人办过这件。下面是最新情况，您写的都还在，看过后可以再提交。
refusal-command-id-reused = 这次提交和之前的一次编号相同、内容不同。请刷新页面，再提交一次。
refusal-password-too-short = 密码太短，至少要{ $least }个字。请换一个长一些的。
refusal-login-taken = 登录名“{ $login }”已有人用，请换一个。
refusal-too-much-open-work = 在办事项超过{ $limit }件，一次移交不完。请先办结或转办一部分，再合并单位。
refusal-playbook-has-errors = 规则册还有错误，不能生效。请先看检查结果，改好再来。
refusal-playbook-of-another = 这份规则册是{ $county }的，不是本地的。请换成本地的规则册。
refusal-version-exists = 版本{ $version }已经有了。请把版本号改成新的再生效。
refusal-no-earlier-version = 没有更早的版本可以退回。
refusal-calendar-unreadable = 这份放假安排读不了：{ $fault }。请核对文件后重新上传。
refusal-field-needed = 还有一项没填或没选（{ $field }）。请补上再提交，已填的都还在。
refusal-file-refused = { $fault ->
    [people-columns] 表里要有这几列：姓名、账号、单位、岗位。
    [not-a-table] 这不是能读的表。请另存为XLSX或CSV再传。
    [photo-empty] 照片是空的，请重新拍或重新选。
    [photo-too-big] 照片超过15 MB。请用手机相册里的“压缩”或“小图”再选一次。
    [photo-wrong-kind] 这不是照片。请选JPEG、PNG或WebP格式的照片。
    [photo-heic] 这是HEIC照片，这里读不了。请在手机设置里把相机格式改成“兼容性最佳”，或截图后再选。
    [photo-too-many-pixels] 照片尺寸太大，请缩小后再选。
    [photo-truncated] 照片没有传完整，请再选一次。
    [photo-damaged] 照片损坏，打不开，请重新拍。
    [file-empty] 文件是空的，请重新选择。
    [file-too-big] 文件超过50 MB，请压缩或分开上传。
    [too-big] 文件太大：照片15 MB以内，其他50 MB以内。
    [file-wrong-kind] 这种文件不能当佐证。可以用PDF、OFD、DOCX、XLSX、MP4。
    [file-name-disagrees] 文件名的后缀和内容对不上，请用原来的文件。
    [file-macros] 文件里带宏，不能收。请另存为不带宏的文件。
    [too-many-files] 一次最多12个文件，其余的请下次再传。
   *[other] 文件没有收下，请再选一次。
} 文字都还在，不用重写。
refusal-proposal-gone = 提请的规则册已撤回或换过了。请回到规则册页面再看。
refusal-unit-above-itself = { $unit }会成为自己的上级。请另选一个上级单位。
refusal-post-in-the-way = 他已是{ $role }：三员各由一人担任，不兼别的岗位。请先收回原来的岗位，或换一个人。
refusal-post-held = 他已经有这个岗位（{ $role }），不用再给。
refusal-last-of-post = 现在只有他一个人是{ $role }。请先把这个岗位给另一个能登录的人，再来办。
refusal-cannot-take-over = 这个人接不了这些岗位：要在同一单位或上级单位有岗位；看反映人身份、查日志的岗位由安全管理员来办。请另选一个人，或不选人、岗位收回。
refusal-unit-code-taken = 已经有单位用 { $unit } 这个代码。请换一个。
refusal-extension-cut-off = 今天是最后一天，延期要在{ $until }以前申请。
refusal-due-needed = 这一类要写完成日期。
refusal-due-in-past = 日期{ $due }已经过去，写今天以后的日期。
refusal-ends-before-it-begins = 结束日期{ $due }早于开始日期{ $from }。
refusal-kind-not-in-regime = 这个办理制度没有“{ $kind }”这一类，可选：{ $kinds }。
refusal-classified = 写了密级标志“{ $marking }”。涉密事项不能录入非涉密系统（保守国家秘密法第三十一条），请在涉密渠道办理。
refusal-link-to-itself = 不能和自己关联。
refusal-already-linked = 已经关联过了。
refusal-already-part-of-another = 它已经属于另一件，先看那一件。
refusal-circular-parts = 这样会互相包含：{ $number }本来就是它分解出来的。
refusal-whole-is-over = { $number }已经办完，不能再往下分解。
refusal-parts-open = 还有{ $parts }项分解任务没有办完。
refusal-report-needed = 先在“登记进展”里报上该报的反馈，再申请办结。
refusal-plan-needs-dates = 方案要有时间节点，至少一个日期。
refusal-plan-out-of-order = 时间节点要从早到晚，不能重复。
refusal-planned-before = 方案已经报过，时限按它计算；要改期请申请延期。
refusal-period-not-over = 要满一期才能申请：到{ $until }。
refusal-grade-needed = 办结要给评价等次。
refusal-check-note-needed = 写下现场看到的情况，谁验收谁负责。
refusal-alike-needed = 填写举一反三的情况，没有发现就填0。
refusal-not-overdue = 这个节点没有逾期，不发督办单。
refusal-slipped-before = 这个日期已经发过这种督办单。
refusal-slip-out-of-turn = 督办单按颜色次序发，这一张还轮不到。
refusal-nothing-to-sign = 没有待签收的督办单。
refusal-criticism-pending = 已经建议或批准过通报批评。
refusal-nothing-to-object-to = 还没有可以申请复核的结论。
refusal-objection-pending = 正在复核，等结论出来再办。
refusal-objected-before = 已经复核过一次。
refusal-objection-too-late = 超过了{ $days }天，不能再申请复核。
refusal-took-part = 您办过这件事，按规定要回避，请别人复核。
refusal-already-publicised = 已经公示了。
refusal-publicity-needed = 先公示，期满再销号。
refusal-publicity-not-over = 公示到{ $until }，期满再销号。
refusal-audience-needed = 选发给谁。
refusal-inspection-overlap = { $unit }前后{ $days }天内已有检查{ $number }，不能重复检查。确有必要的，由县领导写明理由批准。
refusal-paper-too-long = 正文{ $given }字，超过上限{ $limit }字（《整治形式主义为基层减负若干规定》：一般文件5000字、专项文件4000字，不计空格和清单）。请删减后再送签。
refusal-budget-used-up = { $unit }今年的{ $burden }已有{ $used }，预算{ $budget }，已经用完。确有必要的，由县领导写明理由准予例外。
refusal-outside-duties = { $unit }是村（社区），这件事不在村级职责清单内，不能下达。请改由部门或镇街承办，或在草稿里注明它属于清单的哪一项；确有必要的，由县领导写明理由准予例外。
