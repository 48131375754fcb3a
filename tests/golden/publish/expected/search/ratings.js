casebook("ratings",["+",
"",
"",
"",
"",
""]);
