casebook("records-0",[
[24,"elided","It leaves words out.","1 appearance in 1 source, 1 origin: A “title” that is quoted.",-1,[["A quotation inside the source […] The same words. Other words","text"]]],
[36,"inside","It stands inside another.","1 appearance in 1 source, 1 origin: A “title” that is quoted.",-1,[["nests deeply","text"]]],
[40,"across-inline","It crosses inline elements.","1 appearance in 1 source, 1 origin: A “title” that is quoted.",-1,[["paragraph has emphasis that nests deeply and code with <angles> & more","text"]]],
[70,"in-the-title","It stands in the title.","1 appearance in 1 source, 1 origin: A “title” that is quoted.",-1,[["A “title” that is quoted","text"]]],
[182,"in-a-table","It stands in a table.","1 appearance in 1 source, 1 origin: A “title” that is quoted.",-1,[["2020 nine ships","text"]]],
[194,"across-paragraphs","It crosses paragraphs.","1 appearance in 1 source, 1 origin: A “title” that is quoted.",-1,[["and goes on. A line break stands before this. Then comes the ﬁnal word of A&B. 1. The first point is short.","text"]]],
[248,"told-apart","It is told apart by its context.","2 appearances in 1 source, 1 origin: A “title” that is quoted.",-1,[["The same words.","text"],["The same words.","text","first"]]],
[472,"text","A “title” that is quoted","Article","11 claims quoted from it."]]);
