casebook("records-0",[
[27,"harmless","<b>It</b> is & stays \"harmless\".","1 appearance in 1 source, 1 origin: <script>alert(1)</script> & a \"title\".",-1,[["A harmless sentence stands first.","hostile"]]],
[54,"handlers","It had handlers.","1 appearance in 1 source, 1 origin: <script>alert(1)</script> & a \"title\".",-1,[["A paragraph with handlers.","hostile"]]],
[156,"hostile","<script>alert(1)</script> & a \"title\"","Article","2 claims quoted from it."]]);
