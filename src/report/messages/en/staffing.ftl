## How people are sized
sized-offered-load = Sized by modified offered load: people are still busy with contacts of the time before.
sized-lagged = Sized by the contacts of a handle time earlier (lagged), a stand-in for offered load.
sized-per-interval = Sized on each interval's own contacts (per interval): after a peak this promises more than people can keep.
sized-sure = Targets are to hold on { $sure } of days: people are for a day as busy as that.
sized-expected = People are for days as they are expected: busier days miss targets. What being surer costs is below.
sized-known = Volumes are taken as known: no day is busier than expected (day_spread in [staffing] says otherwise).
section-price-of-sureness = What each point of certainty costs
need-price-of-sureness = Hours of people over the horizon so that targets hold on so many days. A day's volume strays from its forecast by { $spread } (standard deviation).
column-need-days = Days on which targets hold
column-need-hours = Hours of people
column-more-hours = More than expected days
column-hours-a-point = Hours for one more day in 100
days-as-expected = as expected

section-followed = The need followed exactly through the day
need-followed = Each voice queue alone with the people it is said to need, on days as they are expected: what the formula promises, what happens when its queue is carried from one half hour to the next, and what is left on busier and quieter days.
need-followed-agrees = The formula and the exact course agree within two points everywhere.
need-followed-disagrees = { $count ->
    [one] In one interval, marked with its reason in JSON, they differ by over two points.
   *[other] In { $count } intervals, marked with their reason in JSON, they differ by over two points.
}
column-by-formula = By formula
column-followed = Followed exactly
column-on-unsure-days = On unsure days
column-intervals-off = Intervals below target by 2 points
column-worst-interval = Worst interval
column-worst-level = Its service

section-ladder = What each model says of these people
ladder-how-to-read = Service of each voice queue in each interval with the people on queue: Erlang on its own contacts; Erlang on the offered load; one pool followed exactly; the same over unsure days and absences; and the play of the real team. The further right, the less is assumed.
ladder-agrees = { $differ ->
    [0] All models agree within two points in all { $all } intervals.
    [one] In one of { $all } intervals models differ by over two points; the last column says which step makes most of it.
   *[other] In { $differ } of { $all } intervals models differ by over two points; the last column says which step makes most of it.
}
ladder-nothing = No voice queue with a service level has people and contacts at once, so there is no ladder.
column-erlang = Erlang
column-offered-load = Offered load
column-exact = Exact
column-unsure = Unsure days
column-played = Played
column-why = Why they differ
why-lag = lag
why-queue-left-over = queue left over
why-unsure-days = unsure days
why-calling-back = calling back
why-skills = skills
why-other-work = other work
why-handle-times = handle times
ladder-words = Lag: contacts of the time before keep people busy. Queue left over: waiting carries on from before, or staff come and go. Unsure days: some are busier, and people are absent by chance. Calling back: some callers do not wait. Skills: not everyone takes everything, or at one pace. Other work: the same people take chats or tickets. Handle times: they are not exponential, and contacts are finished before breaks.

## How targets were pursued
unkept-with-everyone = { $queue }, { $target }: no roster of this team keeps it. Even with everyone who may take it on queue at every minute they are available, { $service } would be reached in the period from { $at }.
unkept-too-few-hours = { $queue }, { $target }: no roster of this team keeps it. The work it asks for takes { $needed } hours, and contracts of those who may do it give { $there }.
unkept-not-found = { $queue }, { $target }: not kept after { $rounds ->
    [0] no round of repair
    [one] one round of repair
   *[other] { $rounds } rounds of repair
}; nothing shows that it cannot be.
unkept-missed = { $queue }, { $target }: missed by this roster; nothing shows that a roster of this team must miss it.
unkept-close = { $queue }, { $target }: a close call; its interval holds the goal.
pursuit-nothing-to-repair = Nothing had to be repaired: every target was kept as first planned.
pursuit-nothing-can-help = Nothing was repaired: no change of this team's roster was known to help.
pursuit-rounds = { $rounds ->
    [one] One round of repair was played.
   *[other] { $rounds } rounds of repair were played.
}
pursuit-optimism = On the weeks it was searched on the plan looked better than on the fresh ones that judge it by { $mean } points on average, by { $most } for { $queue }.

## How patient callers are
patience-all = all calls
patience-nothing = no row says how long somebody waited, so nothing can be told
patience-counts = { $queue }: { $calls } calls with a wait, { $gave_up } of them hung up
patience-after = still patient after { $minutes } minutes: { $share } ({ $low } to { $high }); exponential: { $exponential }
patience-another-shape = the exponential lies outside: patience has another shape (see size --patience-shape)
patience-range = 95 %: { $low } to { $high }
patience-nobody = nobody hung up
patience-unknown = patience cannot be told: { $unknown } callers hung up after a wait that the file does not say

## How unsure days are
section-busyness = How much days stray from their forecast
need-busyness = A day's volume over what is expected of it: its standard deviation, with the 95 % interval of that where past forecasts could be held against what came; and what one day in ten falls short of, and one in ten exceeds.
column-day-spread = Spread
column-at-least = At least
column-at-most = At most
column-quiet-day = Quiet day, of forecast
column-busy-day = Busy day, of forecast

## Mixes of skills that play can hardly tell apart
pools-close = For { $cost } there is { $mix }: it lacks { $points } points where it lacks most, which could as well be chance.
pools-close-part = { $people } { $pool }
pools-on-the-edge = { $queue } is so close to its target that play cannot tell whether it is kept.
