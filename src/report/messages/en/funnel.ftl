## What comes before a person
