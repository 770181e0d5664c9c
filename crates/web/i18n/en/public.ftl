# Public pages
home-title = See a problem, take a photo
home-lead = Lamps, covers, rubbish, water: photograph it or write a line, and someone sees to it. No account, no app.
home-report = Report a problem
home-track = Follow a report
home-fixed = Just fixed
home-fixed-word = Closed
home-fixed-empty = Nothing closed can be shown yet
home-fixed-fills = Closed matters of public classes appear here, by class, place and date only.
home-figures = How it goes
home-figures-all = All figures
home-in-time = Closed in time this month
home-foot = No account, no app. Without signal you can still write; it is sent when there is one.
danger-title = In danger? First call

code-title = Follow a report by its code
code-label = Receipt code
code-hint = 16 letters and digits from your receipt. Spaces and small letters do not matter.
code-open = Open
code-lost = If you lost the code, call 12345 and give the matter's number; once they know it is you, they tell you how it stands.

report-title = Report a problem
report-place = Place
report-not-here = Not here
report-photo = Photos
report-photo-hint = Just make it clear; at most { $n }. Faces and number plates are covered before anything is published.
report-words = In a sentence: what is wrong?
report-words-hint = For example: five street lamps are out, south of the crossing.
report-item = What kind of problem
report-item-hint = If you are not sure, leave it to us.
report-item-unsure = Not sure, let an officer decide
report-address = Where is it?
report-address-hint = A road, a number, the shop beside it: enough to find it.
report-village = Which village or community
report-village-hint = Without a position, this gets it to the grid worker there sooner.
place-town-only = { $town } (village unknown)
report-locate = Use where I am now
report-phone = Mobile number
report-phone-hint = Only to call you back. Kept apart and encrypted; the handling unit cannot see it.
report-confidential = Keep me unknown to the unit reported on
report-confidential-hint = What could tell who you are is also taken out of your words before they are passed on.
report-privacy = We only take what is needed to handle this. The position inside photos is removed before they are kept.
report-nearby = { $n ->
    [one] One open matter nearby: is it the same?
   *[other] { $n } open matters nearby: is it one of them?
}
report-nearby-hint = Choose “this is it” and your report joins that matter. You can follow it all the same.
report-nearby-filed = reported
report-this-is-it = This is it
report-none-of-them = None of them
report-another = It is another
report-next-check = Next: check
report-submit = Submit
later-title = Too much has come from this network, please wait
later-next = Many people may share it, so this need not be your doing. Nothing was filed yet and what you wrote is still here: { $minutes ->
    [one] wait a minute and submit it again.
   *[other] wait { $minutes } minutes and submit it again.
} If it is urgent, call 12345.
later-busy-next = What you wrote is still here. Please submit it again in a moment: the same form is never filed twice.
later-cannot-keep-next = There is no room here to write anything down, so nothing was filed; what was filed before is safe. What you wrote is still here: submit it again in a few minutes. If it is urgent, call 12345.
later-photo = The photo could not be kept. Choose it again after a while.
report-foot = No account, no app. Without signal you can still write; it is sent when there is one.

check-title = Check it, then submit
check-change = Change
check-no-photo = No photo
check-item = Problem
check-words = Description
check-foot = You then get a number and a receipt. Its code opens the matter, without an account.

fault-words-empty = Please write a sentence about the problem
fault-place-empty = Please write where it is, or tap the map
fault-phone-not = This is no phone number; write figures only
fault-phone-short = { $n ->
    [one] One digit is missing, it should have 11
   *[other] { $n } digits are missing, it should have 11
}
fault-code = There is no such code. Compare it with your receipt: it has 16 characters
fault-rating-empty = Please choose: fixed, partly fixed or not fixed
fault-choose = Please choose one

receipt-title = We have it
receipt-lead = An officer will look at it soon. The code below shows you how it goes, at any time.
receipt-repeated = You sent this before
receipt-repeated-next = This is the first receipt; nothing was filed twice.
receipt-number = Number
receipt-number-hint = Say this number on the phone. The number alone opens nothing.
receipt-keep = Keep this code
receipt-code-hint = It lets you follow, add and rate. Whoever has it can open the page, so do not show it around.
receipt-qr = QR code that opens the track page
receipt-open = See how it goes
receipt-copy = Copy the link
receipt-copied = Copied
receipt-foot = Take a screenshot now, or download the receipt.
proof-title = Proof
proof-sealed = This report is in the journal, and nobody can change it. Download the receipt to verify it yourself.
proof-waiting = This report is being written into the journal; it takes about ten seconds.
proof-entries = { $n ->
    [one] { $n } entry sealed in the checkpoint
   *[other] { $n } entries sealed in the checkpoint
}
proof-download = Download receipt
proof-how = How to verify

track-number = Number { $number }
track-head-filed = We have it, triage comes next
track-head-verifying = Someone is verifying it on site
track-head-accepted = Accepted
track-head-dispatched = Passed to a unit
track-head-returned = Deciding who handles it
track-head-handling = Being handled
track-head-checking = Done, being checked
track-head-checked = Checked, about to be closed
track-head-closed = Done: please have a look
track-head-struck-off = Closed and struck off
track-head-declined = This is not ours to handle
track-head-merged = Handled together with another
track-head-withdrawn = Withdrawn as you asked
track-head-imported = An older matter
track-before = Before
track-after = After
track-answer = Answer
track-before-due = { $n ->
    [one] { $n } day before the latest date
   *[other] { $n } days before the latest date
}
track-fixed-q = Is the problem solved?
track-not-fixed-note = If you say “not fixed”, it is handled again and someone else checks. You need not say why.
track-rate-days = { $n ->
    [one] You can say so for { $n } more day.
   *[other] You can say so for { $n } more days.
}
track-rating-words = A word about it
track-send = Submit
track-you-said = You said
track-thanks = Thank you for telling us.
track-question = We have a question for you
track-reply = Your reply
track-reply-send = Send the reply
track-deadline = Latest date
track-latest = by
track-path = What happened
track-more = You can also
track-add = Add words or photos
track-add-words = What to add
track-add-send = Add
track-withdraw = Withdraw this report
track-withdraw-sure = It is then handled no further; the record stays. Where safety is concerned we may still look.
track-withdraw-yes = Yes, withdraw
track-foot = This page shows only what you may see: neither your name nor your number.

figures-title = How it goes
figures-period = { $from } to { $to }
figures-filed = filed
figures-closed = closed
figures-open = open
figures-rates = Rates
figures-other = declined, merged or withdrawn
figures-other-towns = Other towns
figures-in-time = Closed in time
figures-in-time-counts = Of the closed matters, those closed by their latest date
figures-fixed = Reporters who said fixed
figures-fixed-counts = Of the rated matters, those rated “fixed”; unrated ones are left out
figures-towns = By town
figures-towns-note = Towns with fewer than five are put together, so that nobody is recognised
figures-town = Town
figures-sum = Total
figures-empty = No matters in this period yet
figures-fills = Once matters are reported and closed, each town's counts and rates stand here.
figures-foot = Every rate shows its numerator and denominator; no data is “—” and never 0.

privacy-title = Your personal data
privacy-lead = Reporting needs neither a name nor an account.
privacy-what-h = What we take
privacy-what = Your words, photos and the place. A mobile number is optional and only serves to call you back.
privacy-who-h = Who can see it
privacy-who = The number is kept apart and encrypted; handling units cannot see it. Whoever at the centre must call you states a reason first; every look is recorded and audited.
privacy-photos-h = Photos
privacy-photos = Where and how a photo was taken is removed from it before it is kept. Faces and number plates are covered before publication.
privacy-record-h = What the journal holds
privacy-record = Only fingerprints of contents: no name, number, words or exact position.
privacy-not-h = What we do not do
privacy-not = No trails, no scores or rankings, and nothing about you to the unit reported on.
privacy-rights-h = What you may ask
privacy-rights = To see, correct or erase your data, or to withdraw a report. Use your receipt's code, or write here:

accessibility-title = Accessibility
accessibility-lead = Everyone should be able to use every page here.
accessibility-do-h = What works
accessibility-do-keys = Everything can be done with the keyboard alone
accessibility-do-reader = Screen readers name every button and field
accessibility-do-large = Large text at the top right; at 200 % nothing is lost
accessibility-do-colour = Nothing depends on colour alone: there is a shape and a word
accessibility-do-script = Reporting, following and rating work without scripts
accessibility-not-h = What does not yet
accessibility-not = Maps cannot be worked by screen readers; beside each stands a list with the same contents, and an address can be written instead.
accessibility-help-h = If something is hard to use
accessibility-help = Call 12345 and an officer files it for you; or tell us what is hard:

verify-title = How to verify a receipt
verify-lead = A receipt proves that your report is in the record and was not changed since. You need not trust us: check it yourself.
verify-how-h = Three steps
verify-how-1 = On the track page choose “Download receipt”: you get receipt.json.
verify-how-2 = Save the checkpoint below, or take one printed on a document or in a newspaper.
verify-how-3 = Run this line on any computer, without a network.
verify-means-h = What the result means
verify-means = “Passed” means that the receipt agrees with the checkpoint: the report is in the record, and nothing before the checkpoint was changed.
verify-limits = Later entries need a later checkpoint. That is why checkpoints are public: the more people keep them, the less can be changed.
verify-checkpoint-h = The last checkpoint
verify-checkpoint-get = Save the checkpoint
verify-none = There is no checkpoint yet
verify-none-fills = It comes within ten seconds of the first matter.

complaint-lead = If an officer, a unit or the way things are done is wrong, say so here. It becomes a matter with someone in charge, a deadline and an answer.
complaint-kind = You want to
complaint-kind-complaint = complain
complaint-kind-suggestion = suggest something
complaint-words = Please describe it
complaint-words-hint = When, which unit, what happened. If it is about a matter, give its number.
complaint-about = Which unit is it about
complaint-about-hint = The unit you choose will not handle this.
complaint-about-none = Not said

sign-title = See a problem? Scan
sign-lead = A photo, a line, and someone sees to it
sign-qr = QR code for reporting a problem at this place
sign-id = Place { $id }
sign-print = Print
sign-print-hint = or use the browser's print command

place-refused-title = We do not know this code
place-forged = This code is not ours
place-forged-next = It may be covered, torn, or put up by someone else. Please do not give personal data to other sites.
place-retired = This code was replaced
place-retired-next = The sign may have been changed. Write the address instead: it works the same.
place-report-anyway = Report without a code

sign-in-title = Sign in
sign-in-name = Account
sign-in-password = Password
sign-in-go = Sign in
sign-in-wrong = Account or password is wrong
sign-in-wrong-next = Try again. After several failures you have to wait; your unit's system administrator can reset a forgotten password.
sign-in-help = No account? Residents need none to report. Officers ask their unit's system administrator.
sign-in-kept = What you wrote is kept and goes on after signing in.
go-on-title = Signed in: now go on
go-on-lead = This is what you wrote before; one press submits it.

located-found = Position found, within about { $n } m
located-failed = No position. Write the address, or allow positioning in the phone's settings and try again.
steps-step = Step { $n } of { $of }
steps-next = Next: { $title }
steps-back = Back
steps-words = a few words

report-your-photo = Your photo
report-item-why = Suggested because you wrote “{ $words }”; you may change it
check-at-photo = The photo has a position. Use it?
check-at-photo-hint = Only if you tick it, and only for this report; the position is removed from the photo itself.
track-head-drafted = Waiting for approval
