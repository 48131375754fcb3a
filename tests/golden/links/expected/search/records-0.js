casebook("records-0",[
[35,"doubtful","The truth is doubtful.","No appearance asserts it.",-1,[["truth is here","letter"]]],
[89,"plain","The truth is plain.","1 appearance in 1 source, 1 origin: A. Writer.",2,[["the plain truth is here","letter"]]],
[185,"letter","A letter","Article. A. Writer, April 2018 (uncertain)","2 claims quoted from it."],
[294,"writer","The Writer","Name withheld","Writes of The truth is plain."],
[404,"essay","An essay","The Writer, 1 June 2018","What it is about."],
[421,"second","A second essay","","It shows a part of the first:"]]);
