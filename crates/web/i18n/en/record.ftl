# How the record of a matter is told
outcome-holds = fixed
outcome-holds-not = not fixed
outcome-passed = passed
outcome-not-passed = not passed
outcome-true = true
outcome-not-true = not true
outcome-approved = granted
outcome-not-approved = not granted
outcome-automatic = by itself at the limit
matter-lead = Lead: { $unit }
matter-co = With: { $unit }
matter-suggested = Suggested: { $unit }
matter-print = fingerprint { $print }
matter-by-playbook = computed by playbook { $version }
matter-identity-apart = Identity kept apart; the handling unit cannot see it
matter-confidential = Asked for confidentiality: the unit does not see the words
matter-words-kept = The reporter asked for confidentiality; the words are not passed on. Work from the dispatch note
matter-anonymous = Left no way to be called
matter-report-count = { $n ->
    [one] 1 report of this
   *[other] { $n } reports of this
}
matter-all-sealed = { $n ->
    [one] 1 act, sealed in a checkpoint
   *[other] { $n } acts, all sealed in a checkpoint
}
matter-some-sealed = { $n ->
    [one] 1 act
   *[other] { $n } acts
}; { $sealed } of { $entries } entries sealed
matter-newest-first = Newest first
matter-oldest-first = Oldest first
matter-filing = Filing condition
matter-closing = Closing condition
matter-evidence-wanted = Evidence still wanted
matter-wanted = { $kind }, { $n }
lamp-met = Done
lamp-suspended = Suspended
list-comma = {", "}
step-done = Done: { $step }
step-refused = This step was not taken
step-look-again = See how it stands now
password-differs = The two do not agree. Type them again.
password-wrong = The current password is wrong. Type it again.
