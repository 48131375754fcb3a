casebook("records-1",[
[53,"overlapping","It overlaps.","1 appearance in 1 source, 1 origin: A “title” that is quoted.",-1,[["nests deeply and code","text"]]],
[71,"in-a-list","It stands in a list.","1 appearance in 1 source, 1 origin: A “title” that is quoted.",-1,[["is longer, and runs over lines. An item with bold words","text"]]],
[127,"in-code","It stands in code.","1 appearance in 1 source, 1 origin: A “title” that is quoted.",-1,[["let frozen = true;","text"]]],
[245,"folded","It is folded.","1 appearance in 1 source, 1 origin: A “title” that is quoted.",-1,[["“We don’t communicate — or do so minimally…” and","text"]]]]);
