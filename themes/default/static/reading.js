// The reading view: a passage and its note show each other, and a link to a passage shows all its pieces. Without this
// script the numbers lead from one to the other, and the first piece of the passage that a link leads to is shown.
(() => {
  'use strict';

  const article = document.querySelector('.reading');
  if (!article) return;

  // What a passage's marks and its note have in common: the label → the pieces, and the note.
  const pieces = new Map();
  const notes = new Map();
  const labels = (mark) => (mark.dataset.n || '').split(' ');
  for (const mark of article.querySelectorAll('mark[data-n]')) {
    for (const label of labels(mark)) {
      if (!pieces.has(label)) pieces.set(label, []);
      pieces.get(label).push(mark);
    }
  }
  for (const note of article.querySelectorAll('.note[data-n]')) notes.set(note.dataset.n, note);

  // The passages that are shown now, and the one that stays so when the pointer is elsewhere.
  let shown = [];
  let chosen = null;
  const show = (wanted) => {
    for (const label of shown) mark(label, false);
    shown = wanted.filter((label) => label && notes.has(label));
    for (const label of shown) mark(label, true);
  };
  const mark = (label, on) => {
    for (const piece of pieces.get(label) || []) piece.classList.toggle('on', on);
    notes.get(label).classList.toggle('on', on);
  };
  const settle = () => show(chosen ? [chosen] : []);
  const choose = (label) => {
    for (const other of [chosen, label]) {
      if (notes.has(other)) notes.get(other).classList.toggle('open', other === label);
    }
    chosen = label;
    settle();
  };

  // Opens whatever the note is folded in.
  const unfold = (note) => {
    for (let fold = note.closest('details:not([open])'); fold; fold = fold.parentElement.closest('details:not([open])')) {
      if (!note.checkVisibility || !note.checkVisibility()) fold.open = true;
    }
  };
  const visit = (label) => {
    const note = notes.get(label);
    if (!note) return;
    unfold(note);
    choose(label);
    const link = note.querySelector('.n');
    link.focus({ preventScroll: true });
    note.scrollIntoView({ block: 'nearest' });
  };

  article.addEventListener('pointerover', (event) => {
    if (event.pointerType === 'touch') return;
    const over = event.target.closest('mark[data-n], .note[data-n]');
    if (over) show(labels(over));
    else settle();
  });
  article.addEventListener('pointerleave', settle);
  article.addEventListener('focusin', (event) => {
    const note = event.target.closest('.note[data-n]');
    if (note) choose(note.dataset.n);
  });

  // A passage leads to its note; where several overlap, again to the next one's.
  article.addEventListener('click', (event) => {
    const piece = event.target.closest('mark[data-n]');
    if (!piece || event.target.closest('a') || String(getSelection())) return;
    const here = labels(piece).filter((label) => notes.has(label));
    if (here.length) visit(here[(here.indexOf(chosen) + 1) % here.length]);
  });

  // On a note, j and k go to the next one and to the one before, and Escape lets go.
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') return choose(null);
    const note = event.target.closest && event.target.closest('.note[data-n]');
    const step = { j: 1, k: -1 }[event.key];
    if (!note || !step || event.ctrlKey || event.metaKey || event.altKey) return;
    const order = [...notes.keys()];
    visit(order[order.indexOf(note.dataset.n) + step]);
  });

  // A link to a passage shows all of it.
  const id = (hash) => {
    try {
      return decodeURIComponent(hash.slice(1));
    } catch {
      return '';
    }
  };
  const byId = new Map();
  for (const [label, note] of notes) byId.set(id(note.querySelector('.n').hash), label);
  const arrive = () => choose(byId.get(id(location.hash)) || null);
  addEventListener('hashchange', arrive);
  arrive();

  // On paper every note is there, also where a style sheet alone cannot open a fold.
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = [...article.querySelectorAll('details:not([open]):not(.hash)')];
    for (const fold of opened) fold.open = true;
  });
  addEventListener('afterprint', () => {
    for (const fold of opened) fold.open = false;
  });
})();
