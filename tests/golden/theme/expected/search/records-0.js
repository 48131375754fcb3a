casebook("records-0",[
[61,"words","Words stand here.","1 appearance in 1 source, 1 origin: A text.",-1,[["words stand here","text"]]],
[216,"text","A text","Article","1 claim quoted from it."]]);
