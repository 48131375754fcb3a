casebookList("sources",1,[["hostile","\u003cscript>alert(1)\u003c/script> & a \"title\""]]);
