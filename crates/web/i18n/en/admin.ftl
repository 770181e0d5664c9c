# Administration
admin-title = Administration
admin-units = Units
admin-people = People
admin-posts = Posts
admin-places = Places
admin-playbook = Playbook
admin-calendar = Calendar
admin-messages = Messages
admin-tasks = Tasks
admin-journal = Journal
admin-identity-looks = Identity looks

# Units
units-say = { $n } units; merged ones stay, for what they did
units-none = No units yet
units-none-how = Units of the playbook appear here; more can be added below.
units-add = Add a unit
units-add-go = Add it
units-code = Code
units-code-hint = Small letters, digits and hyphens; it cannot change later
units-name-zh = Chinese name
units-name-en = English name
units-above = Superior unit
units-merge = Merge
units-merged-into = merged into { $unit }
units-merge-title = Merge { $unit } into another
units-merge-say = { $open } open matters and { $people } people go over together; dates stay.
units-merge-into = Into
units-merge-go = Merge and hand over
units-merge-warning = Merging cannot be undone; each open matter records it.

# People
people-say = Accounts and posts; acts are recorded by post, nobody is ranked
people-words = Name or account
people-name = Name
people-standing = State
people-active = Active
people-invited = Has not changed the first password
people-left = Left
people-none = Nobody
people-none-how = Add a person below, or import a sheet.
people-add = Add a person
people-add-note = With a post, a one-time password is shown once and changed at the first sign-in; without one, the security administrator gives the post and the password.
people-add-go = Add
people-role-hint = Posts that read identities or the journal, approve the playbook or administer are given by the security administrator; add the person without a post first
people-unit-hint = Needed with a post
people-account-hint = For signing in: small letters and digits
people-import = Import from XLSX or CSV
people-import-go = Preview
people-file = Spreadsheet
people-file-hint = Four columns: name, account, unit code, post (may be empty). Previewed first; the security administrator then gives each a one-time password
people-file-empty = The sheet has no rows
people-preview = Import preview
people-read = rows
people-row = Row
people-will = What happens
people-will-add = Will be added
people-known = Already there
people-not-taken = not taken
people-rejected = { $n } rows are not taken
people-rejected-how = The last column says why; mend the sheet and upload it again, nothing is added twice.
people-take-go = Add these { $n }
people-reset = Reset password
people-reset-title = Reset the password of { $name }
people-reset-note = First make sure, in person or by phone, that it is really them.
people-reset-go = Give a one-time password
people-reset-warning = The old password stops at once and all sessions end.
people-one-time = One-time password
people-one-time-note = Shown only now. Hand it over in person; it must be changed at sign-in.
people-copy = Copy
people-copied = Copied
people-back = Back to people
people-leave = Leaves
people-leave-title = { $name } leaves
people-leave-go = Next: look before confirming
people-leave-warning = The next page says what becomes of each post; nothing ends before you confirm, and it is recorded.
people-hand-to = Hand over to
people-hand-to-hint = Somebody of the same unit or one above it, who takes the everyday posts over; without one they end
people-sure-title = Confirm that { $name } leaves
people-sure-handed = The post “{ $post }” goes to { $name }
people-sure-ended = The post “{ $post }” ends and goes to nobody
people-sure-account = The account ends and is signed out everywhere at once
people-sure-go = Yes, leaves
people-sure-warning = This cannot be undone; coming back takes a new account.
people-open = Open work
people-open-note = It stays with the unit and follows the posts
people-open-what = What
people-open-count = Number
people-open-none = Nothing open
people-open-none-how = Leaving needs no handing over.

# Posts
posts-say = Given and taken by the security administrator, never to oneself
posts-person = Who
posts-person-hint = Not in the list? Look for the name or account above
posts-role = Post
posts-scope = Scope
posts-since = Since
posts-may = May do
posts-none = No posts
posts-none-how = Give somebody a post below; without one nobody can act.
posts-own = your own
posts-give = Give a post
posts-give-go = Give it
posts-grid-hint = For grid workers and grid leaders
posts-roles = What each post may do
posts-take = Take
posts-take-title = Take a post from { $person }
posts-take-go = Take the post
posts-take-warning = At once; open work stays with the unit and its head arranges it.

# Places
places-say = Each place has a signed QR sign; forged and retired ones do not open
places-name = Place
places-reports = Reports
places-none = No places yet
places-none-how = Add a place and its sign can be printed.
places-add = Add a place
places-add-go = Add
places-position = Position
places-position-hint = Longitude,latitude (WGS 84)
places-sign = Sign
places-retire = Retire
places-retired = retired
places-retire-title = Retire { $name }
places-retire-go = Retire it
places-retire-warning = Signs still hanging will say so and ask for the place instead.
places-sheet = Print signs
places-sheet-say = { $n } signs, two columns on A4, cut along the edges
places-sign-words = Scan to report a problem here and follow it
places-sign-danger = In danger call 110, 119 or 120

# Playbook
playbook-version = Version
playbook-since = From
playbook-until = Until
playbook-in-force = in force
playbook-none = No playbook yet
playbook-none-how = Upload one below; it takes effect once it is sound and approved.
playbook-versions = Versions
playbook-check = Check a new one
playbook-check-note = Uploading only checks, compares and runs its worked cases.
playbook-check-go = Check
playbook-files = TOML files
playbook-files-hint = playbook.toml, categories.toml and the others, all at once
playbook-candidate = Candidate { $version }
playbook-checked = { $errors } errors, { $cases } worked cases, { $failed } failed
playbook-not-yet = Not ready
playbook-not-yet-how = Mend the errors and failing cases below and upload it again.
playbook-error = error
playbook-warning = warning
playbook-case-failed = case failed
playbook-change-name = Rule
playbook-change-kind = Change
playbook-added = added
playbook-changed = changed
playbook-removed = removed
playbook-same = Same as the one in force
playbook-same-how = There is nothing to put in force.
playbook-from = In force from
playbook-from-hint = Matters filed from then on; earlier ones keep their version
playbook-apply-go = Approve
playbook-apply-warning = It is recorded, and an earlier version can be put back later.
playbook-revert = Put back
playbook-revert-title = Put { $version } back in force
playbook-revert-go = Put it back

# Calendar
calendar-say = State Council notices; a new year is a file, not a release
calendar-unknown = The notice for { $year } is not loaded yet
calendar-unknown-how = { $n ->
    [0] No date falls in that year yet. Load the notice below once it is out.
    [one] One date falls in that year; it is counted Monday to Friday and says so.
   *[other] { $n } dates fall in that year; they are counted Monday to Friday and say so.
}
calendar-year = Year
calendar-notice = Notice
calendar-off = Weekdays off
calendar-swapped = Weekends worked
calendar-workdays = Working days
calendar-loaded = From
calendar-none = No year is loaded
calendar-none-how = Load a year's notice and dates are counted by it.
calendar-load = Load a year
calendar-file = Calendar file
calendar-file-hint = JSON with year, papers and days; each day says whether it is off
calendar-load-go = Load
calendar-load-warning = Open dates move once each and name the notice; closed ones stay.

# Journal
journal-say = { $n } entries; they are only added, never changed
journal-last = Last checkpoint
journal-unsealed = { $n } not sealed yet
journal-download = Download
journal-none = No checkpoint yet
journal-none-how = The first entry is sealed within ten seconds.
journal-verify = How to verify
journal-verify-say = Download the journal and any checkpoint; no server is needed:
journal-key = Public key
journal-verify-limits = It finds every change before the checkpoint. What came later needs a later checkpoint or a receipt; that is why checkpoints are public and printed on documents.
journal-checkpoints = All checkpoints
journal-at = Time
journal-size = Entries
journal-root = Root
journal-log = Log

# Identity looks
looks-say = Each look has a reason and is in the journal; the identity itself is not shown here
looks-at = When
looks-who = Post
looks-none = Nobody looked
looks-none-how = When somebody looks to call a reporter back, it is listed here.

# Messages
messages-say = No message holds a reporter's identity
messages-ways = Ways
messages-quiet = Quiet hours
messages-digest = Digest
messages-set-where = Changed in [messages] of the configuration, after a restart.
messages-queue = Queue
messages-what = What
messages-state = State
messages-to = To
messages-due = Due
messages-tries = Tries
messages-waiting = waiting
messages-sent = sent
messages-failed = failed
messages-again = Send again
messages-none = No messages
messages-none-how = Reminders appear when matters fall due, wait for signing or are urged.

# Tasks
tasks-say = Each may be run at any time; twice does no harm
tasks-name = Task
tasks-state = State
tasks-last = Last
tasks-did = What it did
tasks-next = Next
tasks-resting = resting
tasks-running = running
tasks-failed = failed
tasks-run = Run now
tasks-none = No tasks
tasks-none-how = They are listed once the server has started.

# Proposals
playbook-say = { $version } in force since { $from }
playbook-fact-regimes = Regimes
playbook-fact-items = Items
playbook-fact-units = Units
playbook-fact-grids = Grids
playbook-fact-standing = Standing
playbook-official = official
playbook-example = example, not official
playbook-propose-go = Propose
playbook-propose-warning = Another person must approve it before it is in force.
playbook-drop-go = Take the proposal back
playbook-waiting = Proposed by { $who }, from { $from }. It waits for the approval of another person.
playbook-waiting-revert = { $who } proposes to put { $to } back in force in place of { $version }. It waits for the approval of another person.

# Places retired
places-retire-what = What becomes of it
places-reprint = The place stays, the sign is printed anew
places-gone = The place is no longer used

# Calendar
calendar-shipped = shipped
calendar-loaded-on = loaded { $at }

# People imported
people-column-missing = the column { $column } is empty
people-unit-unknown = no unit is called { $unit }
people-role-unknown = no post is called { $role }
people-role-entrusted = the security administrator gives this post; leave the post empty to add the person first
people-twice = stands twice in the sheet

# Messages
messages-overdue = Reminder: overdue
messages-soon = Reminder: due soon
messages-in-app = In the app
messages-always = always on
messages-channel-on = set up
messages-no-channel = Mail and HTTP
messages-channel-off = not set up
messages-quiet-hours = none from { $from } to { $to }
messages-together = what waits for one person goes out as one message

# Tasks
task-auto-sign = Automatic signing
task-remind = Reminders
task-index = Search words
task-seal = Sealing
task-send = Sending
task-retain = Retention
task-what-auto-sign = signs for a unit at the signing limit
task-what-remind = queues what is due soon or overdue
task-what-index = makes new words findable
task-what-seal = puts new entries into the log and signs it
task-what-send = hands messages to mail or HTTP
task-what-retain = drops uploads nobody used and old sessions
tasks-did-n = { $n } done
tasks-not-run = not run since the start

# Refused and done
admin-refused = Not taken
admin-done-unit-added = The unit was added.
admin-done-units-merged = Merged; { $n } open matters were handed over.
admin-done-person-added = { $n } people were added. The security administrator gives each a one-time password.
admin-done-person-left = The account ended; its posts went as confirmed.
admin-done-post-given = The post was given.
admin-done-post-taken = The post was taken.
admin-done-place-added = The place was added.
admin-done-place-retired = Done. The old sign now says that it is retired.
admin-done-proposed = Proposed. Another person must approve it.
admin-done-approved = Approved.
admin-done-dropped = The proposal was taken back.
admin-done-year-loaded = Loaded; { $n } open dates moved.
admin-done-sent-again = It is in the queue again.
admin-done-task-run = It ran: { $n } done.

# What posts may do
role-may-grid-worker = reports, verifies and checks inside a grid
role-may-grid-leader = confirms what was settled on the spot in the grid
role-may-triage = takes in, verifies, accepts or declines, answers
role-may-dispatcher = dispatches, adjudicates returns, approves transfers
role-may-handler = signs, handles, asks for time, submits
role-may-unit-head = what a handler may, for the unit and those below it
role-may-supervisor = checks, approves extensions, suspends, urges
role-may-leader = sees all, instructs, approves the playbook
role-may-auditor = reads the journal and who looked at identities
role-may-security-admin = gives and takes posts, resets passwords, approves the playbook
role-may-system-admin = keeps units, people, places, the calendar; proposes the playbook

# Identity on the desk
identity-title = The reporter of { $number }
identity-phone = Phone
identity-name = Name
identity-none-given = not given
identity-confidential = The reporter asked for confidentiality: do not pass it on.
identity-once = Shown this once. That you looked, and why, is in the journal.
identity-back = Back to the matter
admin-erase = Lawful erasure
admin-done-erased = { $n } erased; the journal keeps on what ground.
erase-say = Content such as personal information is erased where the law asks for it. Only the content goes: the record and its commitment stay, with the ground. The content itself is not shown here.
erase-number = Number of the matter
erase-find = Find
erase-content = What is to go
erase-ground = Ground
erase-do = Erase
erase-warning = What is erased cannot be had again; a photo’s file goes too.
erase-none = Nothing of this matter is left to erase
erase-none-how = All contents were erased, or there never were words or photos.
erasure-requested = The person asks for it (PIPL Art. 47)
erasure-retention-over = Kept long enough (PIPL Art. 19)
erasure-unlawful = Unlawful, or violates another’s rights
erasure-mistaken = Sent by mistake
content-words = The reporter’s words
content-note = An internal note
content-answer = An answer or question
content-address = Address
content-position = Position
content-attachment = Photo or file
content-identity = Identity
content-imported = A record from elsewhere
task-slip = Slips
task-what-slip = issues blue, orange and red slips for what is late
content-paper = Contents of a paper
