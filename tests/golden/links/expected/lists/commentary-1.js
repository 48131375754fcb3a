casebookList("commentary",1,[["essay","An essay","What it is about."],["second","A second essay"]]);
