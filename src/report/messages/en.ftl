## Words that several reports share
people = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
from-to = { $from } to { $to }
list-and = { $most } and { $last }
nobody = nobody
yes = yes
no = no
whole-team = Whole team
no-packs = the house rules only

verdict-kept = kept
verdict-missed = missed
verdict-undecided = undecided
target-service-level = { $share } answered within { $within } s
target-abandonment = at most { $share } hang up
target-first-response = { $share } answered within { $within } h
target-first-response-business = { $share } answered within { $within } opening hours
goal-at-least = ≥ { $share }
goal-at-most = ≤ { $share }
period-interval = each interval
period-day = each day
period-week = each week
periods-kept = { $kept } of { $all }
medium-voice = Voice
medium-chat = Chat
medium-messaging = Messaging
medium-email = E-mail

aim-no-red = nobody in red
aim-service = service
aim-strain = low strain
aim-fairness = fairness and wishes
aim-cost = wages

activity-on-queue = on queue
activity-break = break
activity-meal = meal
activity-recovery = recovery
activity-off-queue = off queue
activity-absent = away

band-green = Green
band-amber = Amber
band-red = Red
component-occupancy = Occupancy
component-hours = Hours
component-timing = Timing of duties
component-quick-returns = Quick returns
component-stretch = Stretch without a break
component-difficult = Difficult contacts
component-short-notice = Short notice
component-resources = Time to learn and recover

severity-hard = not allowed
severity-soft = to be avoided
severity-info = to be known
due-break = breaks
due-meal = meals
due-screen = screen breaks
due-rest = rest
due-recovery = recovery

## Columns
column-abandonment = Hang up
column-after = After
column-aim = Aim
column-amber-from = Amber at
column-arrived = Hours that come in
column-before = Before
column-bound = No plan is below
column-breaches = Times
column-by = By
column-backlog = Left open
column-certified = Bound recomputed
column-change = Change
column-component = Exposure
column-cost = Wages, { $currency }
column-date = Date
column-day = Day
column-decided-by = Decided by
column-difference = Difference
column-due = Owed
column-due-hours = Hours due
column-estimate = Estimate
column-figure = Figure
column-first-response = First response, min
column-gap = Gap
column-goal = Goal
column-group = Group
column-hours = Hours
column-kind = What
column-live-occupancy = On live contacts
column-load = Load
column-mean = Mean
column-mean-wait = Mean wait, min
column-medium = Medium
column-minutes-short = Minutes short
column-missed = Not planned in full
column-offered = Contacts a week
column-paid-hours = Paid hours
column-people = People
column-people-needed = People needed
column-people-short = People short
column-people-who-could = Employed who could
column-period = Over
column-periods = Periods kept
column-person = Person
column-planned = Planned
column-points = Points
column-queue = Queue
column-queues = Queues
column-rate = Rate
column-red-from = Red at
column-repair = Repair
column-rule = Rule
column-service-level = Within target
column-severity = Severity
column-share-of-contacts = Share of contacts
column-source = Source
column-stream = Stream
column-target = Target
column-tier = Tier
column-time = Time
column-times = Times
column-utilisation = On any work
column-value = Value
column-verdict = Verdict
column-weight = Weight
column-what = What it is
column-when = When
column-who-could-help = Who could help
column-worst = Worst by

## A plan
plan-title = { $name }, { $horizon }
headline-no-targets = No queue has a target, so none is judged.
headline-all-kept = { $count ->
    [one] The one target is kept.
   *[other] All { $count } targets are kept.
}
headline-verdicts = { $all ->
    [one] Of one target
   *[other] Of { $all } targets
}, { $kept ->
    [0] none is kept
    [one] one is kept
   *[other] { $kept } are kept
}, { $missed ->
    [0] none is missed
    [one] one is missed
   *[other] { $missed } are missed
} and { $undecided ->
    [0] none is too close to call.
    [one] one is too close to call.
   *[other] { $undecided } are too close to call.
}
headline-nothing-came = Nothing came in that a target is about, so there is nothing to judge.
headline-nothing-came-for = Nothing came in for { $idle ->
    [one] one more target
   *[other] { $idle } more targets
}, so there is nothing to judge there.
headline-coverage = { $share } of the people needed on live queues are there: { $short } short of { $needed }.
headline-no-breaches = No rule about working time is broken.
headline-breaches = { $count ->
    [one] One hard rule about working time is broken.
   *[other] { $count } hard rules about working time are broken.
}
headline-cost = { $people ->
    [one] One person works
   *[other] { $people } people work
} { $hours } for { $cost }.
section-targets = Targets
targets-played = Judged over { $weeks ->
    [one] one played run
   *[other] { $weeks } played runs
} of { $horizon }, with 95 % confidence: kept where the whole interval is on the right side of the goal in every period, missed where it is on the wrong side in one. The estimate is over all periods.
section-shortages = Where people are short
short-nowhere = Nowhere: every live queue has the people it needs at all times.
short-somewhere = { $count ->
    [one] One stretch is short.
   *[other] { $count } stretches are short{ $hidden ->
        [0] .
       *[other] ; the worst { $shown } are these.
    }
}
section-routes = Open, and nobody to take it
routes-missing = { $count ->
    [one] One stretch of open hours has
   *[other] { $count } stretches of open hours have
} no rostered person who may take the work.
section-breaches = Rules broken
breaches-where = The audit names people, dates and the smallest repair: evenkeel audit.
section-levels = What this plan is worth
proof-optimal = No better roster exists for these needs.
proof-gap = By the weighted sum of all aims no roster is better by more than { $gap }; for wishes no bound is proved, and the one for strain takes breaks to lie as evenly as they can.
not-proved = not proved
proof-stopped = The search ended at its budget; the roster is legal, and perhaps not the best.
plan-stamp = Seed { $seed }, input { $hash }, version { $version }; { $rounds } rounds, { $lines } lines priced.
section-next = What to do next
next-publish = Read report.html, then fix the plan and tell people: evenkeel publish.
next-breaches = Mend the broken rules first: evenkeel audit names each with its smallest repair.
next-routes = Give every open queue a route: roster someone who may take it, or change its hours.
next-missed-short = People are missing at the times above. See what hiring or moving hours would bring: evenkeel compare.
next-missed-covered = The people needed are there, yet a target is missed: look at who may take what, or at handle times.
next-undecided = Play more weeks to decide the close ones: raise budget.replications in scenario.toml.
next-red = Some lines are planned into red strain; the page shows which exposure drives it.
section-demand = People needed and people on queue
demand-how-to-read = The line is who is needed, the area who is on queue, counted by the chance that they come. Hatched stretches, marked with a triangle, are short for some queue. In the table, needed / on queue, with ! where short.
section-roster = Who works when
roster-how-to-read = One row a person, grouped by tier. Times are local.
roster-how-to-read-zone = One row a person, grouped by tier. All times are by the clock of { $zone }, whatever the site.
section-load = Planned live load by tier and hour
load-how-to-read = Share of on-queue time that live contacts are planned to fill. One mark from { $busy } on, two from { $high } on.
section-dues = Breaks and rest
rules-judged = Judged by an independent audit against: { $packs }.
rules-not-judged = Not judged: { $what }
section-cost = Cost
cost-whole = Wages of { $cost }, before premiums.

## Strain
section-strain = Strain of the plan
strain-team-too-small = Strain is shown for groups of { $smallest } people and more, to keep it from pointing at anyone.
strain-all-green = Everyone's planned work is in the green band.
strain-no-red = Nobody is planned into red; { $amber ->
    [one] one person is
   *[other] { $amber } people are
} in amber.
strain-red = { $red ->
    [one] One person is
   *[other] { $red } people are
} planned into red, and { $amber ->
    [0] nobody
    [one] one
   *[other] { $amber }
} into amber.
strain-most = What adds most is { $component }: { $mean } on average, { $points } points.
strain-left-out = Groups below { $smallest } people are left out, and with them as many others as keep them from being worked out.
section-strain-components = What makes up strain
strain-formula = Each exposure counts 0 up to green, one half at amber, one at red, straight between and beyond; times its weight, it adds points. Weights sum to 100.
strain-bands = Amber: { $amber } points or one exposure at red. Red: { $red } points, or two exposures at red, or one half as far again.
strain-limits = It is a property of the plan, never of a person, and no diagnosis. The weights are defaults chosen by grade of evidence, not a validated scale; nothing in it reads voices, faces or words.

## Needs
section-need-hardest = Hardest times
need-hardest = { $count ->
    [0] No live queue asks for anybody.
    [one] The one time that asks for most people.
   *[other] The { $count } times that ask for most people, one a day for each set of queues.
}
section-need-live = People needed on live queues
need-how-to-read = Most people needed in each half hour for each set of queues, recovery included, absence not.
binds-occupancy = breathing room
binds-waiting = waiting time
section-need-tickets = Work with deadlines
need-tickets = Hours of work that come in, and that fall due, each day, margin included.

## A play
section-by-queue = By queue
section-by-tier = By tier
played = { $contacts } contacts in { $weeks ->
    [one] one played run.
   *[other] { $weeks } played runs.
}

## An audit
audit-clean = No rule is broken.
audit-only-soft = { $count ->
    [one] No hard rule is broken; one softer finding.
   *[other] No hard rule is broken; { $count } softer findings.
}
audit-hard = { $count ->
    [one] One hard rule is broken.
   *[other] Hard rules are broken { $count } times.
}
audit-dues = { $all ->
    [one] One break or rest is owed
   *[other] { $all } breaks and rests are owed
}; { $unmet ->
    [0] all are planned in full.
    [one] one is not planned in full.
   *[other] { $unmet } are not planned in full.
}
section-premiums = Hours that earn a premium

## A size
size-title = { $count ->
    [one] One person on queue
   *[other] { $count } people on queue
}
size-agents = People needed, as an average
size-headcount = Whole people
size-abandonment = Hang up
size-occupancy = Occupancy
size-mean-wait = Mean wait, seconds
price-of-sureness = What it costs to be surer
column-sure-days = Days on which the target holds
pools-cheapest = No cheaper mix keeps every target, as far as the plays can tell.
pools-perhaps-cheaper = A cheaper mix may keep every target; the search ended at its budget.
pools-together = Together
pools-service = What each queue gets
column-pool-of-skills = Pool
column-pool-people = People
column-pool-cost = Cost
column-pool-queue = Queue
column-in-time = In time
column-pool-verdict = Verdict
service-offered = In time, of all offered
service-answered = In time, of those answered
service-without-short = In time, of all but quick hang-ups
service-waited = Waited no longer, whatever the end

## Differences
section-changes = What changed
diff-nothing = Nobody's duties differ.
diff-changes = { $count ->
    [one] One duty changes
   *[other] { $count } duties change
} for { $people ->
    [one] one person.
   *[other] { $people } people.
}
no-duty = no duty
change-added = added
change-removed = taken away
change-moved = moved
change-breaks = breaks moved
section-effect = What it does
effect-shortfall = People short on live queues
effect-cost = Wages
effect-paid = Paid hours

## Short answers
check-sound = { $name } is sound.
check-holds = { $agents ->
    [one] One person
   *[other] { $agents } people
} in { $tiers ->
    [one] one tier
   *[other] { $tiers } tiers
}, { $queues ->
    [one] one queue
   *[other] { $queues } queues
}, { $targets ->
    [one] one target
   *[other] { $targets } targets
}, { $days ->
    [one] one day.
   *[other] { $days } days.
}
published = The plan is fixed in { $place }.
published-because = Reason given: { $reason }.
published-notice = { $days ->
    [0] The first day starts without notice.
    [one] People have one day of notice.
   *[other] People have { $days } days of notice.
}

## The page
page-skip = Skip to the plan
page-contents = Contents
page-footer = Made by Evenkeel { $version }. Law packs are engineering, not legal advice; strain is a property of the plan, not of a person.
page-as-table = { $title }: the same as a table
page-chart-verdicts = Interval and goal
page-chart-bands = People by band
page-chart-exposures = On its scale
page-needed = people needed
page-there = people on queue
page-short = short
page-panel = { $medium } on { $day }: at most { $most } people needed; { $short ->
    [0] never short.
    [one] short in one interval.
   *[other] short in { $short } intervals.
}
page-nothing-came = nothing came in
page-verdict-bar = { $target }: { $estimate }, goal { $goal }, { $verdict }
page-band-bar = { $group }: { $green } green, { $amber } amber, { $red } red
page-exposure-bar = { $exposure }: { $mean } on average
page-heat-busy = busy
page-heat-high = very busy
page-heat-cell = { $share } % { $mark }
page-nobody-works = Nobody works.
page-day-people = { $working ->
    [one] One duty
   *[other] { $working } duties
}, { $off ->
    [0] nobody off.
    [one] one person off.
   *[other] { $off } people off.
}
page-day-chart = Duties of { $day }, one bar a person; the table below has the same
tile-targets = Targets kept
tile-cover = Live need covered
tile-breaches = Rules broken
tile-strain = Planned into red
tile-cost = Wages
tile-of = of { $all }
tile-paid = { $hours } paid
