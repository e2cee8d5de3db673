## Rules, dues and premiums

premium-overtime = overtime
premium-night = night
premium-missed-meal = meal missed
premium-missed-rest = rest missed
