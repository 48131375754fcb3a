// Keeps a page hidden until its fonts, which stand in fonts.css, are read: some hundredths of a second, in which the
// text would otherwise be set in another font and then move. The one script that is not deferred, since it has to run
// before the first layout. A page is never hidden for longer than it takes to notice.
(() => {
  'use strict';

  const root = document.documentElement;
  const show = () => root.classList.remove('waits');
  root.classList.add('waits');
  setTimeout(show, 400);
  Promise.all([...document.fonts].map((font) => font.load())).then(show, show);
})();
