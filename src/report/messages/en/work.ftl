## Work as it is: touches, hand-offs, callbacks, escalation
target-resolution = { $share } settled within { $within } h
target-resolution-business = { $share } settled within { $within } opening hours
no-escalation-path = no step of escalation is written
