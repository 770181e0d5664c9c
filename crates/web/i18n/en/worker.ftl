# The phone pages of grid workers
worker-today = Today
worker-report = Report
worker-grid = My grid
worker-verify = To verify
worker-verify-note = is it true? { $n }
worker-verify-none = Nothing to verify. What the centre asks you to look at appears here.
worker-check = To check
worker-check-note = is it fixed? { $n }
worker-check-none = Nothing to check. What a unit has finished and you are asked to look at appears here.
worker-mine = Reported by me
worker-mine-note = still open: { $n }
worker-mine-none = Everything you reported is done. “Report” files another.
worker-done = Received as { $number }
worker-foot = No trail, no attendance. A position is kept only with the matter you report.
worker-report-title = Report something
worker-words = What is wrong?
worker-address-hint = May stay empty: your present position is used.
worker-settled = Settled on the spot
worker-settled-hint = For small things already dealt with. The grid leader confirms it.
worker-send = Send
worker-position-note = The position is kept with this matter only. Without signal it waits in the phone.
worker-matter = Matter
queue-title = { $n ->
    [one] { $n } not sent yet
   *[other] { $n } not sent yet
}
queue-safe = All kept in the phone, nothing is lost. It goes by itself when there is signal.
queue-waiting = waiting for signal
queue-sending = sending
queue-sent = sent
queue-taken = received
queue-look = please look
queue-attach = attach it
queue-drop = do not send
job-condition = Look for:
job-verify-question = Is it true?
job-verify-yes = It is true
job-verify-no = It is not
job-check-question = Is it fixed?
job-check-yes = Fixed
job-check-no = Not fixed
job-note = A word about it
job-send = Send
