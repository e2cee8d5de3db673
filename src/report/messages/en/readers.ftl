## Reports for managers, leaders, HR and one's own page
column-taken = Taken
column-recorded = On record
column-planned-of-these = Planned of these
column-not-planned = Not planned in full
column-not-taken = Not taken in full
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
column-planned-minutes = Minutes planned
column-taken-minutes = Minutes taken
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
column-rest = Rest
column-basis = Basis
column-rests = Rests
column-shortest = Shortest
column-against-law = Against the law
column-law-asks = Law asks
column-below-law = Too short
column-within-an-hour = Within an hour of it
section-hours = Hours
hours-how-to-read = Paid hours as a share of contract hours of the same days: the lowest of a group, the whole group's, the highest.
hours-ceiling = The law in force allows { $limit } of work a week on average ({ $rule }); the longest mean week of each group is in the last column.
hours-no-ceiling = No law pack in force limits average weekly hours.
strip-hours = { $group }: from { $least } to { $most } of contract hours, { $mean } together.
strip-contract = contract
column-contract = Contract hours
column-least = Lowest
column-mean-share = Together
column-most = Highest
column-longest-week = Longest mean week, h
section-hard-hours = Early, late, night and weekend duties by group
hard-hours-how-to-read = Duties for each 40 contract hours. Early starts before 07:00, late ends after 20:00, night has three hours or more of the law's night, a short rest is less than 11 hours. The darker the cell the more.
section-shares = How they are shared within a group
shares-how-to-read = Each person's duties for each 40 contract hours: the lowest, the group's together, the highest. Contracts of fewer hours weigh accordingly; nobody is named or ranked.
strip-shares = { $group }, { $kind }: from { $least } to { $most }, { $mean } together.
column-kind-of-duty = Kind of duty
column-duties = Duties
column-apart = Apart
kind-early = Early
kind-late = Late
kind-night = Night
kind-weekend = Weekend
kind-quick-return = Short rest before
page-chart-range = lowest to highest
section-strain-weeks = Strain over published weeks
strain-weeks-how-to-read = People in each band by hours, timing, short rests, stretches, notice and coaching; how busy they were and how hard the contacts is known for the week at hand alone and left out here.
strain-weeks-left-out = A week in which fewer than { $smallest } of a group work has no figure for it, nor has one whose team differs by so few from a week before.
section-strain-lines = Lines of the plan that make it hard
lines-none = No line of the plan goes beyond amber.
lines-how-to-read = Where strain builds, and what would ease it; at most { $most } places of each kind. Lines of the plan are meant, whoever holds them.
column-where = Where
column-found = What
column-worst-figure = Worst
column-ease = What would ease it
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
column-week = Week from
column-days = Days
column-published-on = Published on
column-notice = Days of notice
column-changes = Changes since
section-price = What the targets cost
price-how-to-read = People needed for each live queue alone: hours the work itself takes, and hours beyond it so that nobody waits longer than the target or is busier than the cap. Queues share people, so the sum is more than the roster holds; wages are the mean of those who may take the queue.
price-no-target = no target
price-no-source = not said
column-work-hours = Hours of work
column-over-hours = Hours beyond it
column-over-share = Share beyond
column-cost-of-target = Wages of these
column-target-source = Where the target comes from
section-capacity = Capacity
capacity-how-to-read = Hours of the days planned. Spare is what contracts still allow, time off left out; tiers of fewer than five people are put together.
other-tiers = other tiers together
column-away = Away
column-spare = Spare
column-on-queue = On queue
column-off-queue = Coaching and other off-queue
column-breaks = Paid breaks
section-risk = Where a queue hangs on few people
risk-how-to-read = People who may take a queue, and the fewest of them planned on queue at once while it is open.
risk-single = { $count ->
    [one] One queue can be taken by one person or nobody: an absence closes it.
   *[other] { $count } queues can be taken by one person or nobody: an absence closes them.
  }
column-could-take = Can take it
column-fewest = Fewest at once
column-thin = Open with fewer than two
column-hours-short = Hours short
column-open-targets = Targets not sure
section-limits = What this report leaves out
leader-limits = No person is named and no strain figure speaks of fewer than { $smallest } people. Nothing here is meant for pay, ranking or dismissal.
my-title = What is held and computed about { $name }
my-for-you-alone = This page is for you alone. Nobody else is in it, and the program keeps no copy of it.
my-roster = Breaks, rules and strain are those of { $file }, { $days }.
my-no-roster = No roster is planned or published yet, so nothing is computed from one.
another-person = (another person)
my-from-line = { $file }, line { $line }
my-mentor = (another person; the name is theirs and left out)
my-held = What the team's files say about you, cell by cell.
my-learners = { $count ->
    [one] You are the mentor of one person.
   *[other] You are the mentor of { $count } people.
  }
section-my-held = What is held about you
column-says = Says
column-from = From
column-how = How
section-my-computed = What is worked out about you
my-computed = Before any roster is made, from the cells above and from scenario.toml.
my-pool = Pool
my-pool-how = tier, skills and ramp; people of one pool are interchangeable for routing
my-pace = Handle time against your tier
my-pace-how = 1 unless you are new: from your start date and the ramp of scenario.toml
my-week = Paid hours a week, least and most
my-week-how = contract hours and the slack of scenario.toml
my-presence = Chance that you are there when rostered
my-presence-how = your row of agents.csv, else the team's; it sizes the team and judges nobody
my-off-queue = { $title } each week
my-off-queue-how = off-queue work that scenario.toml owes you
my-rules = Working-time rules that protect you
my-rules-how = law packs of the team or of your row, without those you waived
section-my-wishes = Your wishes
my-wishes = From your row of agents.csv; a missed wish counts against a roster.
wish-off = off
wish-start-by = start by { $time }
wish-start-from = start from { $time }
column-wish = Wish
column-kept = Kept
section-my-duties = Your duties
my-duties = In every roster the folder holds: planned, published, and what was worked.
my-no-duties = No roster of the folder holds a duty of yours.
my-published = { $file }, published on { $date }
column-breaks-and-more = Breaks and off-queue work
section-my-dues = Breaks and rests owed to you
my-dues = Worked out minute by minute from your duties and the rules in force. Taken is empty where no record says.
my-no-breaches = Your line breaks no rule.
my-breaches = Rules broken in your line; whoever plans must mend them.
my-premiums = Hours of yours that earn more, as the law packs in force say.
section-my-strain = Strain of your line
my-strain = The plan of these days comes to { $index } points for your line, in the { $band } band. It is a property of the plan: change your duties and it changes. It is in no other file and no other report.
column-your-plan = Your line
column-green-to = Green to
my-from-pool = your time on queue and the planned work of your pool, spread evenly over it
my-from-notice = days between publishing and the first day, as scenario.toml promises
my-from-line-of-roster = your duties in the roster
section-who-sees-what = Who sees what
column-who-sees = Who sees it
sees-inputs = Your rows of the team's files
sees-inputs-who = whoever may open the team's folder: the manager and HR
sees-duties = Your duties
sees-duties-who = your team, from the published roster
sees-dues = Breaks missed and rules broken, by date
sees-dues-who = the manager and HR, as the law asks to keep record of; never with a figure of strain
sees-premiums = Hours that earn a premium
sees-premiums-who = the manager and HR
sees-groups = Sums over groups you belong to
sees-groups-who = manager and HR for five people or more, leaders for eight or more
sees-strain = Your own strain
sees-strain-who = you, on this page; nobody else
section-my-rights = What is never done, and what you may ask
my-never = Nobody is ranked or scored. Nothing here goes into pay, discipline or dismissal, and nothing is read from your voice, your face or your words.
my-rights = You may ask for this page at any time, have a wrong cell put right, and object to how the figures are used; ask your manager or whoever answers for data protection at your firm.
my-decision = A roster is a proposal until a person publishes it.
