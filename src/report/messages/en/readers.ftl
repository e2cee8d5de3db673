## Reports for managers, leaders, HR and one's own page
