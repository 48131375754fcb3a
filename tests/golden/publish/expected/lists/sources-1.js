casebookList("sources",1,[["nothing","No text at all"],["record","Only a record"],["passages","Passages only"],["excerpts","Shown in excerpts"]]);
