casebook("records-1",[
[13,"few-words","They are few.","1 appearance in 1 source, 1 origin: Only a record.",-1,[["The quoted words are few.","record"]]],
[273,"passages","Passages only","Article","1 claim quoted from it."],
[503,"nothing","No text at all","Article. Nobody in particular, about May 2019",""]]);
