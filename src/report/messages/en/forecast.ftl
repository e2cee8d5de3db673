## Forecast and backtest
forecast-title = { $name }, { $first }, { $days ->
    [one] { $days } day
   *[other] { $days } days
}
forecast-contacts = contacts
section-forecast-days = Contacts to expect, by day
forecast-how-to-read = One day in ten brings fewer than the low figure, one in ten more than the high one. Days that bring nothing are left out; --format csv gives every interval.
column-forecast-mean = Mean
column-forecast-low = Low
column-forecast-middle = Middle
column-forecast-high = High
column-busiest = Busiest at
column-busiest-mean = Then

backtest-title = { $name }: forecasts made again, and what came
section-backtest-found = What was found
section-backtest = Errors
backtest-how-to-read = Errors are shares of what came: of intervals, and of whole days. The floor is the error that chance alone leaves to a perfect forecast. MASE is the error over that of last week's same interval. Loss judges low and high figures as well; 80 % of counts should lie between the tenth and the ninetieth.
backtest-origins = { $queue }: { $count ->
    [one] one forecast, from { $first }
   *[other] { $count } forecasts, from { $first } to { $last }
}, each two weeks ahead from what was known then.
backtest-too-short = { $queue }: too little history to judge; six weeks and the two to be forecast are the least.
backtest-better = { $queue }: better than both plain methods, one and two weeks ahead, by every measure.
backtest-worse = { $queue }: WORSE than { $method } at { $horizon } days ahead by { $measure }: { $ours } against { $theirs }.
backtest-off-cover = { $queue }: { $share } of counts lie between low and high, where 80 % should.
column-days-ahead = Ahead
column-method = Method
column-wape = Interval
column-day-wape = Day
column-mase = MASE
column-bias = Bias
column-quantile-loss = Loss
column-cover = In 80 %
measure-wape = error of intervals
measure-day-wape = error of days
measure-quantile-loss = quantile loss
ahead-week-one = 1 to 7
ahead-week-two = 8 to 14
ahead-all = 1 to 14
method-evenkeel = Evenkeel
method-seasonal-naive = same weekday
method-eight-weeks = 8-week mean
method-floor = floor
levels-title = { $count ->
    [one] One case
   *[other] { $count } cases
}. Put the steps under the queue they belong to, with the names of your tiers.
levels-level = { $level }: { $came } came in here, { $been } were ever here.
levels-cases = { $count ->
    [one] one case
   *[other] { $count } cases
}
