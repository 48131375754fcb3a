casebookList("entities",1,[["writer","The Writer"]]);
