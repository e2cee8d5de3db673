## What-ifs side by side

check-variants = { $variants ->
    [one] One variant is right too
   *[other] { $variants } variants are right too
}; compare them with evenkeel compare.

compare-title = What if? { $title }
compare-as-is = As it is
compare-summary = { $title }: { $kept } targets kept and { $missed } missed ({ $kept_before } and { $missed_before } as the team is); wages of the week { $cost }.
section-compare = Every figure, as it is and as it might be
compare-played = All teams were searched alike and played over the same { $weeks ->
    [one] week
   *[other] { $weeks } weeks
}; changes of played figures carry 95 % intervals of paired weeks. Every chart has a scale of its own.
compare-points = { $points } points ({ $low } to { $high })
compare-points-alone = { $points } points
compare-better = ▲ better
compare-worse = ✗ worse
compare-unclear = ◇ perhaps chance
compare-targets-kept = Targets kept
compare-targets-missed = Targets missed
compare-service-level = answered in time
compare-answered-in-time = first response in time
compare-abandonment = hang up
compare-mean-wait-minutes = mean wait
compare-first-response-minutes = first response, open hours
compare-backlog = left open at the end
compare-satisfaction = Satisfied, band the plan allows
compare-utilisation = time on any work
compare-strain-green = People in green strain
compare-strain-amber = People in amber strain
compare-strain-red = People in red strain
compare-timing-highest = Fatigue by the timing of duties, highest of anybody
compare-timing-mean = Fatigue by the timing of duties, mean
compare-breaches = Hard rules broken
compare-people = People
compare-workload-hours = Work in the contacts
compare-shortfall-hours = Short of the need
compare-paid-hours = Paid hours
compare-cost = Wages of the week
section-one-off = What it costs once
compare-variant = What if
compare-hired = Hired
compare-hiring = Finding and learning
compare-cut = Places cut
compare-saved = Wages saved
compare-rehiring = Finding and learning again
compare-empty = Weeks they stand empty
compare-net-saving = Saved after all
compare-regret = { $title }: hired again after { $weeks ->
    [one] a week
   *[other] { $weeks } weeks
}, the cut would have been dearer than keeping the places: { $net }.
compare-no-regret = { $title }: hired again after { $weeks ->
    [one] a week
   *[other] { $weeks } weeks
}, the cut would have saved { $net }.
compare-what-if-keys = These figures rest on the keys of [what_if] and [ramp] in scenario.toml, which are assumptions unless you set them.
section-levers = What else could be done
compare-levers-say = What would restore it leaves no more work uncovered than as the team is, by the need worked out anew against the roster that the change leaves. Costs rest on [what_if]; plan it as a variant to see it played.
compare-lever = What
compare-would-restore = Gives
compare-still-short = Hours still short
compare-cost-a-week = Cost a week
compare-restores = would restore it
compare-helps = helps, not enough alone
compare-lever-deflect = answer { $share } of { $queue } without people
compare-lever-admin = let machines do { $share } of administration
compare-lever-callback = offer to call back, { $share } of those who would wait on { $queue } accepting
compare-lever-move = let { $share } of { $queue } come by { $to }
section-reading = How to read it
compare-reading = A change marked as perhaps chance has an interval that holds nothing at all: more weeks (--replications) make it narrower. Hires are in their ramp and their mentors give time; say --weeks-in to see them later on.
compare-nobody-picked = Places are cut in proportion to tiers, skills, sites and hours. Nobody is picked, and no figure here says who would go.
compare-key-same = as it is, or no better and no worse
compare-key-better = better
compare-key-worse = worse
compare-key-unclear = perhaps chance
compare-dot = { $label } { $shown }
