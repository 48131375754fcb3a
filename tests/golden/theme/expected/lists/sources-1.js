casebookList("sources",1,[["text","A text"]]);
