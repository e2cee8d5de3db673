## Changes to a published week
