# Why something cannot be done; every sentence says what to do next
refusal-not-now = The matter is “{ $stage }”, so the step “{ $step }” cannot be taken now. { $legal ->
    [none] Reload to see where it stands.
   *[other] You can: { $legal }.
}
refusal-not-in-regime = Matters of this kind do not have the step “{ $step }”. Use one of the actions listed; if the step is needed, ask the system administrator to change the playbook.
refusal-not-your-role = “{ $step }” is not for the post of { $role }. Pass it to a post that may, or switch to another of your posts.
refusal-not-yours = This matter is outside your scope. Contact the lead unit, or ask a dispatcher to transfer it.
refusal-already-exists = This has already been filed. Open the first one and go on there.
refusal-no-such-matter = No such matter was found. Check the number, or open it again from the list.
refusal-unknown-item = The catalogue has no “{ $item }”. Choose an item from the catalogue.
refusal-unknown-unit = There is no unit “{ $unit }”. Choose another, or ask the system administrator to add it.
refusal-unknown-regime = The playbook has no such regime. Ask the system administrator to check the playbook.
refusal-unknown-channel = The playbook has no such channel. Choose one of the lawful channels listed.
refusal-channel-for-other-ground = This channel is for matters declined on another ground. Choose a channel that belongs to the ground you chose.
refusal-unknown-node = The matter has no deadline “{ $node }”. Reload and choose again.
refusal-reason-needed = A reason is missing. Write a sentence and submit again.
refusal-words-needed = The text is empty. Write a sentence and submit again.
refusal-words-too-long = You wrote { $given } characters; at most { $limit } fit. Shorten it, or attach the details as a file.
refusal-evidence-needed = Evidence is missing: { $missing }. Add it, then submit for closing.
refusal-item-needed = No item is chosen. Choose one first.
refusal-verify-first = This must be verified before it is accepted. Ask for verification and wait for the result.
refusal-node-not-open = The deadline “{ $node }” is not running. Reload to see which one is.
refusal-not-extendable = The deadline “{ $node }” cannot be extended. Finish in time, or ask for a suspension.
refusal-transfer-pending = A transfer is already waiting for approval. Wait for the decision, or contact the dispatcher.
refusal-same-unit = { $unit } already leads. Choose another unit.
refusal-already-returned-once = This was returned once and cannot be returned again. If it is not your unit's, sign it and ask for a transfer.
refusal-adjudicated = It was decided that your unit handles this, so it cannot be returned. Sign it; with new facts you may ask for a transfer.
refusal-return-after-signing = After signing, a matter cannot be returned. Ask for a transfer and give the reason.
refusal-extension-after-due = The deadline { $due } has passed, so it cannot be extended. Act soon and record why it is late.
refusal-extensions-used-up = Extensions allowed: { $limit }; all are used. Finish in time, or ask for a suspension.
refusal-extension-too-long = That is too long: at most { $percent }% of the first limit. Ask for less.
refusal-extension-pending = An extension is already waiting for approval. Wait for the decision.
refusal-nothing-requested = Nothing waits for approval; someone may have decided already. Reload to see.
refusal-handler-may-not-check = Who handled a matter may not check it. Ask someone who took no part.
refusal-another-checker-needed = The reporter said it is not fixed, so someone else must check. Ask a person who has not checked it before.
refusal-own-request = Nobody approves their own request. Ask another person who may approve.
refusal-object-unit = The report is about { $unit }, so it cannot be given to it. Choose another unit, or pass it one level up.
refusal-already-suspended = This is already suspended. To go on, resume it first.
refusal-not-suspended = This is not suspended, so there is nothing to resume. Go on handling it.
refusal-suspended = This is suspended and its clock stands still. Resume it first.
refusal-suspension-too-long = A matter is looked at again within a year, on { $latest } at the latest. Choose an earlier day.
refusal-extension-empty = That would not move the date. Write how much time is needed.
refusal-review-date-in-past = The review date has passed. Choose a day after today.
refusal-merge-into-itself = A matter cannot be merged into itself. Choose another.
refusal-merge-target-over = The other matter is “{ $stage }”. Choose one that is still open, or handle this on its own.
refusal-merge-target-merged = The other matter was itself merged elsewhere. Merge into the last one directly.
refusal-already-co-handling = { $unit } is already co-handling. It need not be invited again.
refusal-rating-closed = It was closed more than { $days } days ago and can no longer be rated. If the problem is still there, please report it again and name the old number.
refusal-already-rated = This has already been rated. If there is something new, add it below.
refusal-no-answer-drafted = There is no draft answer yet. Write one, then send it for approval.
refusal-photo-not-given = A chosen photo was never given to this matter. Choose among its own photos.
refusal-answer-changed = The answer was changed after you read it. Read it again, then approve.
refusal-answer-needed = The reporter must be answered before this is closed, and the answer approved where the rules ask for it. Write the answer first.
refusal-summary-needed = The reporter asked for confidentiality and the unit does not see the report’s words. Write in the note what is to be done, without anything that tells who reported.
refusal-nothing-to-erase = This is not content of this matter, or it was erased before. Find the matter again and choose what is to go.
refusal-no-identity = The reporter left no identity. Use “ask the reporter”: they see it with their code.
refusal-on-spot-not-allowed = This item cannot be settled on the spot. Report it in the ordinary way.
refusal-place-outside-county = This place lies outside the county. Choose it again, or write the address; if it is elsewhere, report it to the government there.
refusal-unknown-grid = No such grid was found. Choose again.
refusal-changed-meanwhile = Someone acted on this after you opened it. The latest state is below and what you wrote is kept: look at it, then submit again.
refusal-command-id-reused = This submission has the number of an earlier one but other content. Reload the page and submit once more.
refusal-password-too-short = The password is too short. Choose one of at least { $least } characters.
refusal-login-taken = The sign-in name “{ $login }” is taken. Choose another.
refusal-too-much-open-work = More than { $limit } matters are open, too many to hand over at once. Close or transfer some first, then merge the units.
refusal-playbook-has-errors = The playbook still has errors and cannot come into force. Look at the check, mend them and try again.
refusal-playbook-of-another = This playbook belongs to { $county }, not to this county. Choose this county’s own.
refusal-version-exists = Version { $version } is already there. Give the playbook a new version first.
refusal-no-earlier-version = There is no earlier version to go back to.
refusal-calendar-unreadable = This holiday notice cannot be read: { $fault }. Check the file and upload it again.
refusal-field-needed = One field ({ $field }) is empty or not one of its choices. Fill it in and send again; everything else is kept.
refusal-file-refused = { $fault ->
    [people-columns] The sheet needs the columns name, account, unit and post.
    [not-a-table] This is not a table that can be read. Save it as XLSX or CSV and send it again.
    [photo-empty] The photo is empty. Take it or choose it again.
    [photo-too-big] The photo is larger than 15 MB. Choose a smaller version of it.
    [photo-wrong-kind] This is not a photo. Choose a JPEG, PNG or WebP.
    [photo-heic] This is a HEIC photo, which cannot be read here. Set the camera to “most compatible”, or choose a screenshot of it.
    [photo-too-many-pixels] The photo has too many pixels. Choose a smaller version of it.
    [photo-truncated] The photo did not arrive whole. Choose it again.
    [photo-damaged] The photo is damaged and cannot be opened. Take it again.
    [file-empty] The file is empty. Choose it again.
    [file-too-big] The file is larger than 50 MB. Compress it or send it in parts.
    [too-big] The file is too large: photos up to 15 MB, others up to 50 MB.
    [file-wrong-kind] This kind of file cannot be evidence. Use PDF, OFD, DOCX, XLSX or MP4.
    [file-name-disagrees] The file’s name and its content disagree. Send the original file.
    [file-macros] The file holds macros. Save it without them.
    [too-many-files] At most 12 files at once. Send the others afterwards.
   *[other] The file was not taken. Choose it again.
} What you wrote is kept.
refusal-proposal-gone = What was proposed is no longer there, or it changed. Look at the playbook page again.
refusal-unit-above-itself = { $unit } would stand above itself. Choose another unit above it.
refusal-post-in-the-way = This person is { $role }: each of the three administrators is a person of their own and holds no other post. Take that post first, or choose somebody else.
refusal-post-held = This person holds this post already ({ $role }).
refusal-last-of-post = Nobody else is { $role } now. Give the post to someone else who can sign in first, then come back.
refusal-cannot-take-over = This person cannot take these posts over: it takes a post in the same unit or in one above it; posts that read identities or the journal are for the security administrator to hand over. Choose somebody else, or nobody, and the posts end.
refusal-unit-code-taken = A unit is already called { $unit }. Choose another code.
refusal-extension-cut-off = On the last day an extension is asked for before { $until }.
refusal-due-needed = This kind needs a due date.
refusal-due-in-past = { $due } has passed; give a later date.
refusal-ends-before-it-begins = It would end on { $due }, before it begins on { $from }.
refusal-kind-not-in-regime = This regime has no kind “{ $kind }”; choose among { $kinds }.
refusal-classified = The text bears the marking “{ $marking }”. Classified matters may not enter this system (Law on Guarding State Secrets, Art. 31); use the classified channel.
refusal-link-to-itself = It cannot be linked to itself.
refusal-already-linked = They are linked already.
refusal-already-part-of-another = It is a part of another matter already.
refusal-circular-parts = They would contain each other: { $number } is itself a part of it.
refusal-whole-is-over = { $number } is over and cannot be broken down further.
refusal-parts-open = { $parts } of its parts are still open.
refusal-report-needed = First report what is due under “Record progress”.
refusal-plan-needs-dates = A plan needs at least one date.
refusal-plan-out-of-order = The dates must rise and not repeat.
refusal-planned-before = A plan was given and clocks run to its dates; ask for an extension to move them.
refusal-period-not-over = It must hold for the whole period, until { $until }, before this is possible.
refusal-grade-needed = Closing needs a grade.
refusal-check-note-needed = Write what you saw on site; whoever accepts it answers for it.
refusal-alike-needed = Say whether others have the same fault; 0 if none.
refusal-not-overdue = This node is not overdue; no slip is issued.
refusal-slipped-before = A slip of this colour was issued about this date.
refusal-slip-out-of-turn = Slips follow each other by colour; this one is not next.
refusal-nothing-to-sign = There is no slip to sign.
refusal-criticism-pending = Criticism is proposed or approved already.
refusal-nothing-to-object-to = There is no conclusion to object to yet.
refusal-objection-pending = A review is under way; wait for its outcome.
refusal-objected-before = It was reviewed once already.
refusal-objection-too-late = The { $days } days for objecting have passed.
refusal-took-part = You took part and must recuse yourself; let somebody else review.
refusal-already-publicised = It was publicised already.
refusal-publicity-needed = Publicise it first, then strike it off.
refusal-publicity-not-over = It is publicised until { $until }; strike it off after that.
refusal-audience-needed = Choose who it is for.
refusal-inspection-overlap = { $unit } is inspected within { $days } days of these already ({ $number }). A leader may pass this over with a reason.
refusal-paper-too-long = The body has { $given } characters, more than { $limit } (the rules on relieving the grass roots: 5,000 for a general paper, 4,000 for a special one, spaces and lists not counted). Shorten it and send it again.
refusal-budget-used-up = { $unit }: the year's budget of { $burden } is used up, { $used } of { $budget }. Where it is needed, a leader lets it pass with a reason.
refusal-outside-duties = { $unit } is a village, and this is not in the list of villages' duties, so it cannot be sent there. Give it to an office or a town, or say in the draft which line of the list it falls under; where it is needed, a leader lets it pass with a reason.
