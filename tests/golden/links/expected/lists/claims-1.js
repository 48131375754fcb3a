casebookList("claims",1,[["doubtful","The truth is doubtful.","Opinion"],["plain","The truth is plain."]]);
