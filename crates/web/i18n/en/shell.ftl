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
clock-behind = The server’s clock stands before the last checkpoint ({ $at }): it was set back. Please tell the administrator. Acts are taken all the same; on a matter none stands before the one before it, but new dates are counted from the wrong time.
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
lamp-by-tonight = by tonight
lamp-by-tomorrow-night = by tomorrow night
lamp-work-days-left = { $n ->
    [one] { $n } working day left
   *[other] { $n } working days left
}

# Forms
field-optional = { " " }(optional)
errors-title = { $n ->
    [one] One thing to mend
   *[other] { $n } things to mend
}
errors-line = { $field }: { $error }
running-progress = { $done } / { $of }, you may leave this page
day-swapped-short = w

# Why this date
why-title = Why this date
why-picture = From the start to the last day, which days count
why-moves = Every move of the date
why-rest = { $name }: { $n } days off, not counted
why-due = due
why-paused = stop
why-added = +{ $n }
why-nth = day { $n }
why-start = start
why-today = today
why-flag-due = due
why-flag-today = today
why-flag-original = first date
why-flag-start = start
why-legend-counted = counted
why-legend-ahead = to come
why-legend-added = extension
why-legend-rest = not counted
why-legend-swapped = worked in exchange, counted
why-cut = Some days in between are not drawn.
why-when = When
why-what = What happened
why-rule = Rule
why-who = Decided by
why-new-date = New date
why-also = Also running
photos-camera = Take a photo
photos-album = From the album
photos-cut = Remove
photos-nth = Photo { $n }
nav-overview = Overview
nav-rates = Rates
nav-burden = Burden
nav-admin = Administration
nav-journal = Record
nav-worker = My day
