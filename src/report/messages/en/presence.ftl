## Rules between people
between-people = the team
