casebook("records-0",[
[8,"bridge-closed","The bridge stays closed.","2 appearances in 2 sources, 2 origins: Mr. Smith and Nobody in particular.",0,[["the bridge would stay closed","excerpts"],["closed until further notice","nothing"]]],
[20,"pier","The pier burned after it had been rebuilt.","1 appearance in 1 source, 1 origin: Passages only.",-1,[["The north pier was rebuilt […] It burned down again.","passages"]]],
[38,"two-halves","It was said and written.","1 appearance in 1 source, 1 origin: Shown in excerpts.",-1,[["The first half of it was said aloud, […] and the second half was written down.","excerpts"]]],
[240,"bridge-lanes","The bridge has two lanes in each direction.","1 appearance in 1 source, 1 origin: Shown in excerpts.",-1,[["two lanes in each direction","excerpts"]]],
[362,"excerpts","Shown in excerpts","Article","3 claims quoted from it."],
[508,"record","Only a record","Article","1 claim quoted from it."]]);
