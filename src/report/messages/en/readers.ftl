## Reports for managers, leaders, HR and one's own page
column-taken = taken
column-recorded = on record
column-not-planned = not planned in full
column-not-taken = not taken in full
reader-hr = For HR
reader-manager = For the manager
reader-leader = For leaders
readers-title = { $reader }: { $name }, { $days }
readers-planned-only = This roster is planned and not published.
readers-published = { $changes ->
    [0] This roster was published on { $date }.
    [one] This roster was published on { $date }, and has been changed once since the first time.
   *[other] This roster was published on { $date }, and has been changed { $changes } times since the first time.
  }
readers-too-small = Fewer than { $smallest } people work in these days, so no figure speaks of them together.
readers-left-out = Tiers in which fewer than { $smallest } people work, and as many of the smallest others as it takes, are left out.
readers-guarded = People came or went since a week published before; groups that differ from those shown then by fewer than { $smallest } people are left out, so that nobody is the difference of two reports.
hr-weeks = { $weeks ->
    [0] No roster lies in these { $days } days.
    [one] One roster covers { $covered } of these { $days } days.
   *[other] { $weeks } rosters cover { $covered } of these { $days } days.
  }
hr-gone = { $count ->
    [one] One person of these rosters is no longer in agents.csv and is left out.
   *[other] { $count } people of these rosters are no longer in agents.csv and are left out.
  }
hr-record = What was worked is on record until { $until }.
hr-record-empty = The record of what was worked holds nothing in these days.
hr-who = Strain and shares speak of groups of five people or more; names stand beside breaks, rests and hours alone, which the law asks to keep record of.
tile-breaks = Breaks and rests not kept
tile-breaks-of = of { $all } due, { $what }
tile-missed-planned = as planned
tile-missed-taken = as taken
tile-rest = Shortest rest
tile-as-planned = hard rules, as planned
tile-as-worked = hard rules, as worked
tile-hours = Hours planned
tile-hours-of = of the hours of contracts
section-breaks = Breaks due, planned and taken
breaks-none-due = No rule in force owes a break in these days.
breaks-all-kept = All { $all } breaks and rests that are due are there in full.
breaks-missed = { $missed ->
    [one] One of { $all } breaks and rests due is missing or too short.
   *[other] { $missed } of { $all } breaks and rests due are missing or too short.
  }
section-breaks-missed = Breaks missed
breaks-missed-why = By person and date, as the law asks to keep record of. Taken is empty where no record says.
section-break-times = When breaks fall
break-times-how-to-read = Minutes of break and meal in each half hour of the clock, all people and days together.
break-times-taken = Filled bars are planned, outlined ones taken.
column-planned-minutes = minutes planned
column-taken-minutes = minutes taken
page-break-clock = Minutes of break by half hour, from { $from } to { $to }; most at { $top }.
page-breaks-planned = planned
page-breaks-taken = taken
section-rest = Rest
rest-how-to-read = Daily rest lies between two duties of one person; weekly rest is the longest stretch free of duty in a whole week. Names stand only where a rule is broken.
rest-daily = daily rest
rest-weekly = weekly rest
rest-above = { $by } above the law
rest-below = { $by } below the law
rest-no-law = no law pack asks
as-planned = planned
as-worked = worked
column-rest = rest
column-basis = basis
column-rests = rests
column-shortest = shortest
column-against-law = against the law
column-law-asks = law asks
column-below-law = too short
column-within-an-hour = within an hour of it
section-hours = Hours
hours-how-to-read = Paid hours as a share of contract hours of the same days: the lowest of a group, the whole group's, the highest.
hours-ceiling = The law in force allows { $limit } of work a week on average ({ $rule }); the longest mean week of each group is in the last column.
hours-no-ceiling = No law pack in force limits average weekly hours.
strip-hours = { $group }: from { $least } to { $most } of contract hours, { $mean } together.
strip-contract = contract
column-contract = contract hours
column-least = lowest
column-mean-share = together
column-most = highest
column-longest-week = longest mean week, h
section-hard-hours = Early, late, night and weekend duties by group
hard-hours-how-to-read = Duties for each 40 contract hours. Early starts before 07:00, late ends after 20:00, night has three hours or more of the law's night, a short rest is less than 11 hours. The darker the cell the more.
section-shares = How they are shared within a group
shares-how-to-read = Each person's duties for each 40 contract hours: the lowest, the group's together, the highest. Contracts of fewer hours weigh accordingly; nobody is named or ranked.
strip-shares = { $group }, { $kind }: from { $least } to { $most }, { $mean } together.
column-kind-of-duty = kind of duty
column-duties = duties
column-apart = apart
kind-early = early
kind-late = late
kind-night = night
kind-weekend = weekend
kind-quick-return = short rest before
page-chart-range = lowest to highest
section-strain-weeks = Strain over published weeks
strain-weeks-how-to-read = People in each band by hours, timing, short rests, stretches, notice and coaching; how busy they were and how hard the contacts is known for the week at hand alone and left out here.
strain-weeks-left-out = A week in which fewer than { $smallest } of a group work has no figure for it, nor has one whose team differs by so few from a week before.
section-strain-lines = Lines of the plan that make it hard
lines-none = No line of the plan goes beyond amber.
lines-how-to-read = Where strain builds, and what would ease it; at most { $most } places of each kind. Lines of the plan are meant, whoever holds them.
column-where = where
column-found = what
column-worst-figure = worst
column-ease = what would ease it
cause-quick-returns = { $count ->
    [one] one quick return
   *[other] { $count } quick returns
  }
cause-stretch = { $count ->
    [one] one duty without a pause for too long
   *[other] { $count } duties without a pause for too long
  }
cause-timing = { $count ->
    [one] one duty at tiring hours
   *[other] { $count } duties at tiring hours
  }
cause-occupancy = { $count ->
    [one] one interval too busy
   *[other] { $count } intervals too busy
  }
cause-difficult = { $count ->
    [one] one difficult contact
   *[other] { $count } difficult contacts
  }
worst-rest = { $hours } h of rest
worst-stretch = { $minutes } min
ease-quick-returns = start the second duty later, or give it to somebody who was not on late
ease-stretch = move a break into the stretch, or add one of five minutes
ease-timing = start later or end earlier; put days off after nights
ease-occupancy = one more person in these hours, or a looser target
ease-difficult = share these contacts out, or plan more recovery
section-weeks = Weeks and notice
weeks-promised = The team promises { $days ->
    [one] one day
   *[other] { $days } days
  } of notice.
week-not-published = not published
column-week = week from
column-days = days
column-published-on = published on
column-notice = days of notice
column-changes = changes since
section-price = What the targets cost
price-how-to-read = People needed for each live queue alone: hours the work itself takes, and hours beyond it so that nobody waits longer than the target or is busier than the cap. Queues share people, so the sum is more than the roster holds; wages are the mean of those who may take the queue.
price-no-target = no target
price-no-source = not said
column-work-hours = hours of work
column-over-hours = hours beyond it
column-over-share = share beyond
column-cost-of-target = wages of these
column-target-source = where the target comes from
section-capacity = Capacity
capacity-how-to-read = Hours of the days planned. Spare is what contracts still allow, time off left out; tiers of fewer than five people are put together.
other-tiers = other tiers together
column-away = away
column-spare = spare
column-on-queue = on queue
column-off-queue = coaching and other off-queue
column-breaks = paid breaks
section-risk = Where a queue hangs on few people
risk-how-to-read = People who may take a queue, and the fewest of them planned on queue at once while it is open.
risk-single = { $count ->
    [one] One queue can be taken by one person or nobody: an absence closes it.
   *[other] { $count } queues can be taken by one person or nobody: an absence closes them.
  }
column-could-take = people who may take it
column-fewest = fewest on queue
column-thin = open time with fewer than two
column-hours-short = people-hours short
column-open-targets = targets not sure
section-limits = What this report leaves out
leader-limits = No person is named and no strain figure speaks of fewer than { $smallest } people. Nothing here is meant for pay, ranking or dismissal.
