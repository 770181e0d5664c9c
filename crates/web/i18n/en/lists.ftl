# Inbox, work list, search, register
span-minutes = { $n } min
span-hours-minutes = { $h } h { $m } min
span-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
pages-shown = { $listed } listed of { $n }

inbox-tab-limit = By limit
inbox-tab-soon = Close to limit
inbox-tab-alike = Perhaps the same
inbox-tab-safety = Safety
inbox-tab-verify = Being verified
inbox-done = { $number } was dealt with and is now “{ $stage }”.
inbox-done-dispatched = { $number } was accepted and dispatched to { $unit }.
inbox-limit = { $node } by { $due }
inbox-photo = Photo from the spot
inbox-reporter-confidential = Left contact details and asked for confidentiality.
inbox-reporter-known = Left contact details.
inbox-reporter-none = Left no contact details.
inbox-before-say = { $n } at this place in { $days } days; { $not } were said to be not fixed
inbox-same-item = same item
inbox-same-words = { $n } rare words shared
inbox-same-place = same place
inbox-same-grid = same grid
inbox-metres = { $n } m away
inbox-earlier = { $span } earlier
inbox-later = { $span } later
inbox-item-chosen = The item it has now
inbox-because-words = The words say { $words }
inbox-because-filed = Of { $n } that say so in 90 days, { $here } were filed here
inbox-because-listed = The catalogue names it for this item
inbox-because-sent = Of { $n } of this item in a year it was given { $here }, and returned { $returned }
inbox-because-risk = The words say { $words }: safety of people
inbox-lead = Lead: { $unit }
inbox-refused = { $number } was not carried on
inbox-refused-look = Open it
inbox-mark = {", "}
inbox-changed = Done meanwhile: { $steps }; it is now “{ $stage }”.

work-tab-all = All
work-tab-late = Overdue
work-tab-soon = Due soon
work-tab-sign = To sign
work-tab-today = For today
work-group-calm = On track
work-group-all = { $n }
work-group-some = { $n }, { $listed } of them here
work-signed = { $n } signed.
work-not-signed = { $n } not signed
work-not-signed-line = { $number }: { $why }
work-not-here = No longer with your unit; it may just have been taken back or moved on.

search-ask = Give a number, words or a place; only what your post may see is listed
search-say-more = { $n } on this page, and more; only what your post may see is listed
search-shown = { $n } listed
search-short = One character is too little
search-short-how = Give at least two characters, or a number.
search-phone-short = That is not a whole number

register-accept = Accept it at once
register-done = Registered. The receipt's code is { $code }; it is shown only now. Tell it to the reporter: it opens the track page.
register-phone-wrong = not a whole number
register-words-needed = say in a sentence what it is about
register-item-needed = accepting it needs an item
register-mend = Mend what is marked; what you typed is kept.
register-refused = Not registered yet
