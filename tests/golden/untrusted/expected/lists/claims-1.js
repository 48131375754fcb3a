casebookList("claims",1,[["harmless","\u003cb>It\u003c/b> is & stays \"harmless\"."],["handlers","It had handlers."]]);
