## Changes to a published week
section-who-changes = Who changes, and why
section-so-far = How the days went so far
section-offers = What could be offered
section-alternatives = Other swaps
column-reason = Why
column-came = Came in
column-expected = Expected by now
column-rest-of-day = Rest of the day, of forecast
column-offer = Offer
column-repairs = Minutes short it repairs
column-meant = As it was meant
column-unrepaired = With nothing changed
column-changed = As changed
column-duty = Duty
away-day = { $name } is away on { $first }.
away-days = { $name } is away from { $first } to { $last }.
replan-nothing-opened = Nothing opened that is worth changing anyone for; nobody's duties change.
replan-nobody-helps = { $opened } opened (people missing on live queues and written work done late, together), and no change of anyone's duties within the rules repairs enough of it.
replan-people = { $people ->
    [one] One person's duties change. Of { $opened } that opened (people missing on live queues and written work done late, together), { $left } stay open.
   *[other] { $people } people's duties change. Of { $opened } that opened (people missing on live queues and written work done late, together), { $left } stay open.
}
replan-people-for-presence = { $people ->
    [one] One person's duties change so that minimum presence holds.
   *[other] { $people } people's duties change so that minimum presence holds.
}
replan-people-towards-presence = { $people ->
    [one] One person's duties change, which mends part of what minimum presence misses.
   *[other] { $people } people's duties change, which mends part of what minimum presence misses.
}
replan-no-queue-opened = Nothing opened on queues that is worth changing anyone for.
presence-bare = Minimum presence { $rule } is missed on { $day }, { $hours }: { $there } of { $asked } are { $what }, and { $why }.
presence-on-queue = on queue
presence-on-duty = on duty
presence-ruled-out = nobody else whom it means could be there: they are away, not available or on a duty that has begun
presence-not-found = no change of duties within the rules was found that brings another
presence-more = Minimum presence is missed at { $more } further times.
reason-presence = is there { $hours }
reason-presence-hours = { $hours } for minimum presence { $rule }
replan-no-change = Nobody's duties change.
replan-inside-notice = { $count ->
    [one] One change comes later than the { $hours } hours' notice of { $rule } ({ $source }), because nothing told in time repairs it
   *[other] { $count } changes come later than the { $hours } hours' notice of { $rule } ({ $source }), because nothing told in time repairs it
}; { $refuse ->
    [yes] ask first: whoever is asked may refuse.
   *[no] agree on it with whoever is asked.
}
replan-notice-pay = { $rule } asks for { $pay } of pay for changes told so late.
replan-now-assumed = Nobody said what time it is, so it is taken to be { $at }, when the first of it happens; --now says otherwise.
replan-lock = { $name }'s { $day } is locked in locks.csv; being away comes first.
replan-little-left = { $left } stay open; for less than { $minutes } minutes nobody is asked to change.
replan-left-open = { $queue } stays short of up to { $people } people on { $day }, { $hours }.
replan-not-worth = { $left } stay open: no further person's duties can repair { $minutes } minutes of it within the rules, and for less nobody is asked to change.
minutes-long = { $minutes } min
effect-late = Written work done late
section-strain-effect = What it does to strain
tiring-same = No rest under 11 hours, no long stretch without a break and no tiring hour more or less than before.
tiring-more = Places of the plan that are more or less tiring than before; the figures are about places in the plan, never about a person.
tiring-none = none
tiring-no-bands = Bands are not shown again: fewer than { $smallest } people's duties differ, and the difference to the week's own report would tell of them.
same-chances = Played over { $weeks } weeks, with the same chances before and after.
no-new-breach = No rule is broken that was not before.
new-soft-breaches = { $count ->
    [one] No hard rule is newly broken; one soft one is.
   *[other] No hard rule is newly broken; { $count } soft ones are.
}
new-hard-breaches = { $count ->
    [one] One hard rule is newly broken.
   *[other] { $count } hard rules are newly broken.
}
so-far-shrunk = What is left of a day is expected to run as it did so far, the more so the more came in; of the difference half is left on the next day, and so on.
offers-say = Suggestions for people to take or refuse, in the order of what they repair; each stands beside those above it, and none is in the roster.
offer-stay = stay longer
offer-come = come earlier
offer-leave = go home early
what-added = works { $hours } on a day that was free
what-removed = has the day free
what-breaks = takes breaks at other times
what-starts-later = starts { $length } later
what-starts-earlier = starts { $length } earlier
what-ends-later = ends { $length } later
what-ends-earlier = ends { $length } earlier
reason = covers { $covers } that { $cause } opened
reason-covers = { $hours } on { $queue }
reason-others = covers { $covers } that the other changes would open
reason-tickets = gives time to written work that would be late
reason-balance = keeps hours and rest within the rules beside the other changes
cause-away = the absence of { $names }
cause-contacts = more contacts than expected
absent-yes = Yes: what opens can be covered within the rules.
absent-no-rules = No: a hard rule would be broken, and nobody's duties within the rules can mend it.
absent-no = No: { $left } of cover would stay open.
swap-yes = Yes: no hard rule is newly broken, and cover holds.
swap-no-begun = No: { $name }'s duty of { $day } has begun.
swap-no-rules = No: a hard rule would be broken.
swap-no-cover = No: the rules are kept, but { $more } of cover would be lost.
swap-takes = { $name } would take { $day }: { $duty }.
swap-gives = { $name } would have { $day } free.
swap-cover-same = Cover stays as it is.
swap-cover-less = { $minutes } more would be short.
swap-cover-more = { $minutes } less would be short.
swap-only = Only { $name } of the two may take { $queues }.
swap-wishes = Wishes of the two that are missed: { $before } before, { $after } after.
swap-inside-notice = It comes later than the { $hours } hours' notice of { $rule } ({ $source }); { $refuse ->
    [yes] { $names } may refuse.
   *[no] agree on it with { $names }.
}
swap-others = { $name } could also swap with:
swap-no-others = No other swap of { $name }'s duty keeps every hard rule and holds cover.
