# What went wrong, and what to do next
problem-refused = This cannot be done now
problem-form-expired = Please press once more
problem-form-expired-next = This page was open for a long time, so we ask you to confirm. What you wrote is kept; please choose photos again.
problem-malformed = We could not read this submission
problem-malformed-next = It did not arrive complete. Go back one page and submit again.
problem-foreign = Nothing was done
problem-foreign-next = This was sent by another site, not by a page of ours. Start again from our own page; if you did not press anything, tell your security administrator.
problem-wrong-method = This address cannot be used like that
problem-wrong-method-next = Start again from the first page.
problem-too-large = That is too big
problem-too-large-next = A photo may have 15 MB, any other file 50 MB, and what is typed into one form 1 MB. Make it smaller and submit again.
problem-not-found = There is no such page
problem-not-found-next = The address may be mistyped, or the page was taken down. Check it, or start from the home page.
problem-forbidden = This is not open to your post
problem-forbidden-next = If your work needs it, ask your unit's security administrator. If you hold several posts, switch to another.
problem-sign-in-needed = Please sign in
problem-sign-in-needed-next = Your session has ended. Sign in again: what you wrote is kept and goes on from there.
problem-too-many = Too many tries
problem-too-many-next = { $minutes ->
    [one] To keep codes from being guessed, please wait a minute. If it is urgent, call 12345.
   *[other] To keep codes from being guessed, please wait { $minutes } minutes. If it is urgent, call 12345.
}
problem-unavailable = Bihuan is busy
problem-unavailable-next = Please try again in a moment. If you got no number, go back to the form and submit it once more: the same form is never filed twice.
problem-cannot-keep = Nothing can be kept just now
problem-cannot-keep-next = There is no room here to write anything down, so what you submitted was not taken. What was filed before is safe. Go back to the form, what you wrote is still there, and submit it in a few minutes; if it is urgent, call 12345.
problem-file-missing = This file is not here
problem-file-missing-next = The record names it, but it does not lie where it was put. Its fingerprint is still in the record. The administrator has been told in the log and can bring it back from a back-up.
problem-damaged = A part of the data cannot be read
problem-damaged-next = This is not your fault. The administrator has to restore the data; tell us the operation number { $operation }. If it is urgent, call 12345.
problem-internal = Something broke
problem-internal-next = This is not your fault. Try again in a moment; if it goes on, tell us the operation number { $operation }.
problem-home = Back to the home page
kept-title = What you wrote
kept-again = Submit again
kept-sign-in = Sign in and go on
problem-password-first = Choose your own password first
problem-password-first-next = You signed in with a one-time password. Choose your own, then go on.
