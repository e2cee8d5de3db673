## Work as it is: touches, hand-offs, callbacks, escalation
