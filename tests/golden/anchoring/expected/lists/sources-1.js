casebookList("sources",1,[["text","A “title” that is quoted"]]);
