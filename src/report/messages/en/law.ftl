## Rules, dues and premiums
