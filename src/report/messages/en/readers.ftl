## Reports for managers, leaders, HR and one's own page
column-taken = taken
