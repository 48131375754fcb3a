casebook("ratings",["",
"",
"i7",
"",
"",
""]);
