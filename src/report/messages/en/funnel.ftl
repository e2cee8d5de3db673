## What comes before a person
section-funnel = What reaches people
funnel-reach = Of { $inbound } contacts that would come in, { $human } reach a person ({ $share }).
funnel-turned-away = Self-service and the bot end { $away } contacts without an answer: these customers come back, { $later } of them after the days planned here.
funnel-triage = Triage frees { $from } to { $to } of the people needed; the plan counts on { $planned }.
funnel-fired = { $contacts } contacts about { $topic } set off { $name }, which works from { $from } to { $to }{ $more ->
    [0] .
    [one] , and once more later.
   *[other] , and { $more } times more later.
}
funnel-how-to-read = Points are the mean weight of a contact's complexity, before the funnel and after it.
funnel-all = All topics
funnel-later = Back after these days
column-topic = Topic
column-funnel-inbound = Come in
column-funnel-prevented = Prevented
column-funnel-self-served = Self-help
column-funnel-bot-resolved = Bot
column-funnel-returned = Turned away
column-funnel-human = People
column-funnel-points-before = Points before
column-funnel-points-after = Points after
page-chart-funnel = Where they end
page-funnel-bar = { $topic }: of { $inbound } contacts { $human } reach a person ({ $share })
