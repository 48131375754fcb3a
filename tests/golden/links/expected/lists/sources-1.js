casebookList("sources",1,[["letter","A letter"]]);
