casebook("terms-0",[
"a","k,",
"here","a     k,",
"some","     k,",
"stand","a     k,",
"text","k,",
"words","a     k,"]);
