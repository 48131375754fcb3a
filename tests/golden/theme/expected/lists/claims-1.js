casebookList("claims",1,[["words","Words stand here."]]);
