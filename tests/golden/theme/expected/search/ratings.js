casebook("ratings",["",
"",
"",
"",
"",
""]);
