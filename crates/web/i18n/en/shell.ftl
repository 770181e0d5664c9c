# Words on every page
product = Bihuan
public-name = { $county } Snapshot
skip = Skip to contents
settings = Language and text size
text-large = Large text
text-normal = Normal text
main-nav = Main sections
find-label = Find a matter
find-hint = Number, place, words
foot-nav = About
foot-privacy = Your personal data
foot-accessibility = Accessibility
foot-complaint = Complaints and suggestions
foot-demo = Demonstration, all data are invented
foot-playbook = Playbook { $county } { $version }
foot-checkpoint = Journal checkpoint { $at }, { $n } entries sealed, { "" }
foot-verify = verify

nav-inbox = Inbox
nav-worklist = Worklist
nav-matters = Matters
nav-ledgers = Ledgers

# Dates
day-off = off
day-off-title = A day off, not counted as a working day
day-swapped = workday
day-swapped-title = A weekend day worked in exchange, counted as a working day
day-estimated = (holidays of that year are not announced yet: counted Monday to Friday)

# Lamps
lamp-late-minutes = { $n ->
    [one] { $n } minute overdue
   *[other] { $n } minutes overdue
}
lamp-late-hours = { $n ->
    [one] { $n } hour overdue
   *[other] { $n } hours overdue
}
lamp-late-days = { $n ->
    [one] { $n } day overdue
   *[other] { $n } days overdue
}
lamp-minutes-left = { $n } min left
lamp-hours-left = { $m ->
    [0] { $h } h left
   *[other] { $h } h { $m } min left
}
lamp-today = by { $time } today
lamp-tomorrow = by { $time } tomorrow
lamp-days-left = { $n } days left
lamp-by = by { $date }

# Forms
field-optional = { " " }(optional)
errors-title = { $n ->
    [one] One thing to mend
   *[other] { $n } things to mend
}
errors-line = { $field }: { $error }
running-progress = { $done } / { $of }, you may leave this page
