# Registering supervised tasks

registration-title = Register supervised tasks
registration-say = What a meeting decided, a paper asks for or a leader noted begins here
registration-ways = Ways to register
registration-one = One task
registration-table = From a table
registration-record = From a meeting record
registration-source = Source
registration-basis = Which one
registration-basis-hint = Such as “18th executive meeting” or a document's number
registration-approver = Approved by
registration-class = Class
registration-lead = Lead unit
registration-lead-hint = Leave it empty where it is not settled; it can be dispatched after approval
registration-no-unit = Not settled yet
registration-co-hint = Names of units; put “、” or commas between several
registration-due-hint = Only where the meeting or paper set a date; otherwise 7 days for ordinary tasks, a month for major ones
registration-part-of = Part of
registration-part-of-hint = The number of the task above it, such as XY-220928-0142
registration-go = Register
registration-and = {", "}
registration-refused = Not registered
registration-mend = Mend what is marked and register again. What you typed is still here.
registration-no-such-whole = There is no matter { $number }, or you may not see it.
registration-doubts = Please look at this again; if it is right, press “Register” once more
registration-then = What follows
registration-then-how = A county leader approves it on its page; where a lead unit is named it is dispatched at once. Parts registered with a task are approved with it. Parts of a task that is approved need no approval of their own.
registration-secret = Nothing classified
registration-secret-how = Matters and papers with a classification marking such as “秘密★1年” may not be entered; use the classified channel.

## What is found when tables and records are read

draft-field-number = No.
draft-field-parent = Part of no.
draft-field-note = Note
draft-read-serial = read from Excel's number of a day
draft-read-year-added = no year given: the next such day
draft-read-period-end = the last day of the period
draft-read-period-end-year-added = no year or day given: the last day of the next such period
draft-header-missing = No row with names of columns was found. Say which row it is, or choose below what each column is.
draft-column-missing = There is no column for “{ $field }”; choose below which one it is.
draft-column-twice = Two columns are chosen as “{ $field }”, the first is { $column }; keep one.
draft-no-such-column = The column chosen as “{ $field }” is not in the table.
draft-blank = “{ $field }” is empty.
draft-too-long = “{ $field }” has { $found } characters where { $limit } are allowed.
draft-classified = There is a classification marking “{ $marking }”. Classified matters may not enter this system (Law on Guarding State Secrets, Art. 31); nothing of this is registered. Use the classified channel.
draft-merged = “{ $field }” is one merged cell from row { $first } to row { $last }, so that it may be one task or several. Unmerge it, fill in each row and upload it again.
draft-merged-not-taken = “{ $field }” is merged from row { $first } to row { $last } and counts for row { $first } only; this row has none.
draft-class-unknown = “{ $written }” is no known class; use ordinary, major or continuing.
draft-unit-unknown = There is no unit called “{ $written }”.
draft-unit-unknown-near = There is no unit called “{ $written }”. Similar names: { $nearest }.
draft-unit-ambiguous = “{ $written }” may be: { $names }. Write the whole name.
draft-too-many-units = More than { $limit } units; is it the wrong column?
draft-day-unreadable = “{ $written }” cannot be read as a day; write 2026-12-31.
draft-no-such-day = There is no day “{ $written }”.
draft-due-past = { $date } is past; choose a day from today on.
draft-duplicate = The same task as in row { $row }; leave one of them out.
draft-parent-unknown = “{ $written }”, which it is said to be part of, is not in this table.
draft-parent-ambiguous = “{ $written }” stands in several rows: { $rows }. Use the number.
draft-parent-circle = Rows { $rows } are parts of each other.
draft-no-decision = No numbered paragraph was found. Decisions begin with “一、”, “（一）” or “1.”.
draft-bare-word = The word “{ $word }” stands here. Make sure that nothing is classified.
draft-due-weekend = { $date } is a day off.
draft-due-holiday = { $date } is a holiday: { $holiday }.
draft-due-year-unknown = The holidays of { $year } are not known yet; only weekends count as days off.
draft-several-lead-units = Several lead units: { $taken } leads, { $others } help.
draft-unit-twice = “{ $written }” stands there twice and counts once.
draft-class-by-due = The date says “{ $written }”, so it is a continuing task.
draft-several-days = Several days: “{ $taken }” was taken, the others are { $others }.
draft-not-found = No “{ $field }” was found.
draft-auto-numbered = The word processor numbers this paragraph itself; if it is a decision, type its number into the text.

## Tables

registration-file = Choose a file
registration-table-file-hint = XLSX or CSV, at most 500 tasks at a time
registration-pasted = Or paste
registration-table-pasted-hint = Copied out of Excel or WPS together with the names of the columns
registration-read = Read it
registration-table-columns = What the table needs
registration-table-how = Columns for the task and the lead unit are enough, whatever they are called. Take merged cells apart first.
registration-template = Supervised tasks
registration-template-get = Download an empty table
registration-table-then = Look first, then register
registration-table-then-how = You are shown what each column was taken for, how each row was read and what is wrong. With one error left nothing is registered.
registration-nothing-given = No file was chosen and nothing was pasted.
registration-too-many-rows = The table has more than { $limit } rows. Split it into parts of at most 500 tasks.
registration-too-long = The table holds too much text; register it in parts.
registration-no-task = No task was found.
registration-errors-left = { $n ->
    [one] One error is left and nothing was registered.
   *[other] { $n } errors are left and nothing was registered.
} Mend what is marked and check again.
registration-preview = Check, then register
registration-rows = { $n ->
    [one] 1 row
   *[other] { $n } rows
}
registration-errors = { $n ->
    [one] 1 error
   *[other] { $n } errors
}
registration-warnings = { $n ->
    [one] 1 warning
   *[other] { $n } warnings
}
registration-columns = What the columns were taken for
registration-columns-how = Change here what was taken wrongly, then check again.
registration-header-row = Row with the names of the columns
registration-column-nameless = (no name)
registration-column-unused = Not used
registration-column-unknown = The name is not known, so it was not used
registration-column-same = Means the same as column { $column }, which is used
registration-row = Row
registration-units = Units and people
registration-co = With { $units }
registration-labelled = { $name }: { $value }
registration-note-line = Note: { $note }
registration-from-merge = { $fields } taken from the merged cell above
registration-read-as = It says “{ $written }”, { $how }
registration-error = Error:
registration-doubt = Warning:
registration-mend-cell = Change { $field } to
registration-drop = Leave row { $row } out
registration-common = For all of them
registration-whole = One task over all
registration-whole-hint = With a name here, all rows become its parts and one approval is enough
registration-whole-lead = Lead unit of the task over all
registration-whole-lead-hint = It gathers the results and applies to close
registration-sections = Headings become tasks too, with the rows under them as their parts
registration-check = Check again
registration-not-yet = Can be registered once the errors are mended
registration-go-n = { $n ->
    [one] Register 1 task
   *[other] Register { $n } tasks
}
registration-again = Read another table

## Meeting records

registration-record-file-hint = DOCX or plain text
registration-record-pasted-hint = The whole record; numbered paragraphs are read as tasks
registration-record-read = How it is read
registration-record-how = Paragraphs numbered “一、”, “（一）”, “1.” are decisions, nested as they are numbered. Units and days are read from phrases such as “由某某局牵头” and “某月某日前”. What cannot be read stays empty for you to fill in.
registration-record-then-how = You are shown what each decision was read into and may change unit, date and class or leave one out. It is registered as the meeting with its parts; one approval is enough.
registration-too-many-decisions = There are more than { $limit } numbered paragraphs; register them in parts.
registration-record-too-long = The record is too long; register it in parts.
registration-decisions = { $n ->
    [one] 1 decision
   *[other] { $n } decisions
}
registration-meeting = Meeting
registration-meeting-hint = Becomes the name of the task over all, such as “Decisions of the 18th executive meeting”
registration-meeting-facts = The meeting
registration-decided = Decisions
registration-whole-text = Read all of it
registration-others = { $n ->
    [one] 1 paragraph was not taken for a decision
   *[other] { $n } paragraphs were not taken for decisions
}
registration-unticked = What is not ticked is not registered
registration-record-go = Register the meeting and what is ticked
registration-record-again = Change the text or take another, and read again
