## Figures, raw and fair
section-raw-and-fair = Figures, raw and fair
section-raw-and-fair-by-queue = Figures by queue, raw and fair
section-targets-from = What targets and figures rest on
column-raw = Raw
column-fair = Fair
column-over-expected = Over expected
column-evidence = Backed by
figure-handle = Work a contact, min
figure-first-response = First response by the calendar, min
figure-first-response-hours = First response in opening hours, min
figure-resolution = Until settled, min
figure-in-time = Within the promise
figure-satisfaction = Satisfied (band, assumed)
raw-fair-how-to-read = Raw is what the contacts that came in lead to; fair is the same work over one reference mix of contacts, so that a group that takes harder contacts does not look slower. Over expected is 1 where a group does as the whole team does on the same contacts. Read several figures together, never one alone, and compare no people by them.
raw-fair-mix-given = The reference mix is the scenario's: { $mix }.
raw-fair-mix-forecast = The reference mix is that of all contacts forecast: { $mix }.
raw-fair-absent = No contacts came in of { $classes }: their fair time is the usual one, and other fair figures weigh the rest.
raw-fair-short = Fair figures weigh classes of complexity by one reference mix; read several together, never one alone.
raw-fair-sentence = A contact takes { $raw } minutes of work, and { $fair } over the reference mix.
raw-fair-queues = Queues differ by topic and channel; each is held against its own classes within the reference mix.
raw-fair-too-few = Figures of people are shown for groups of { $smallest } and more, to keep them from pointing at anyone.
satisfaction-assumed = The band of satisfaction is no forecast: it starts from { $base } for an ordinary contact answered at once, takes off { $wait } each time the first response takes as long again as promised and { $difficult } of difficult contacts, and ends at { $most }. Only the direction of each is backed; put your own figures under kpis.csat.
satisfaction-ceiling = At 95 % and more a score has run out of room: it does not mean that nothing can be better. Look at quality reviews beside it.
kpi-set = Set of figures and targets: version { $set }. Reports of different sets are not to be compared.
data-age = The last past contacts are of { $last }, { $days ->
    [one] one day
   *[other] { $days } days
} before the first day planned.
data-old = Past contacts end { $days } days before the first day planned, more than the { $limit } this team allows: import newer ones.
targets-unbacked = { $count ->
    [one] One target has no source of this team's own: ask where it comes from before anyone is held to it.
   *[other] { $count } targets have no source of this team's own: ask where they come from before anyone is held to them.
}
evidence-stated = the source given
evidence-none = nothing: no source given
evidence-rule-of-thumb = a rule of thumb of the trade
quality-reviews = { $reviews } contacts a person and week are reviewed, { $minutes } minutes each, in off-queue time of the reviewers. Scorecard: { $scorecard }.
page-raw-fair-bar = { $what }: raw { $raw }, fair { $fair }
page-chart-raw-fair = ○ raw and ■ fair

## Beside strain
section-strain-companions = Beside the index
section-strain-played = What played weeks ask of people
column-range = Most less least
column-mean-deviation = Mean distance
column-difficult-a-day = Difficult a day
column-rested = Rest in time
column-in-a-row = In a row
column-three-in-a-row = Runs of 3 and more a week
column-between-pauses = Minutes between pauses
column-beyond = Beyond 90 min
column-monotony = Monotony
strain-overload = { $hours } person-hours are planned on queue while live contacts fill more than { $limit } of the time.
strain-peer-cover = { $share } of time on queue has somebody of the same tier on queue too.
strain-mentor-cover = { $share } of learners' time on queue has their mentor at work.
strain-permanent-nights = Some lines hold nothing but nights. The index scores them low, because its timing term holds the job neutral: look at them with care.
strain-spread = How evenly the index is spread, in points: the most strained less the least, and the mean distance from the mean.
strain-played = Rest in time: { $recovery ->
    [0] none is owed after difficult contacts here.
   *[other] { $recovery } minutes owed after a difficult contact begin within { $within } minutes.
} In a row: 1 where no difficult contact follows another, more where they come together. Monotony: 0 where a day holds all topics of the tier, 1 where it holds one.
strain-emotional = For work on queues with at least { $from } difficult contacts, occupancy is amber from { $amber } and red from { $red }.
