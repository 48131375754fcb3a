/* A claim written in the page: words selected in a source's text, a form for what somebody says of them, and a new file
   that the preview writes. The words go to the preview as they stand in the page, with what stands around them; where
   they are in the source, and which prefix they need, is worked out there. */

shadow.append(make('style', { textContent: `
  .offer { position: fixed; z-index: 2147483645; min-height: 36px; padding: 6px 14px; border: 1px solid var(--ink);
    border-radius: 6px; background: var(--ground); font-weight: 600; cursor: pointer; box-shadow: 0 2px 10px #0004; }
  dialog { width: min(38rem, calc(100vw - 2rem)); max-height: calc(100vh - 2rem); overflow: auto; padding: 20px 24px;
    border: 1px solid var(--line); border-radius: 8px; color: var(--ink); background: var(--ground); }
  dialog::backdrop { background: #0007; }
  h2 { margin: 0 0 10px; font-size: 20px; }
  blockquote { max-height: 9em; overflow: auto; margin: 0 0 4px; padding: 4px 12px; border-left: 3px solid var(--line); }
  form { display: grid; gap: 12px; margin-top: 14px; }
  .field { display: grid; gap: 3px; align-content: start; }
  label { font-weight: 600; }
  .pair { display: grid; grid-template-columns: minmax(9rem, 2fr) 3fr; gap: 12px; }
  @media (max-width: 30rem) { .pair { grid-template-columns: 1fr; } }
  input, select, textarea { width: 100%; min-height: 36px; padding: 5px 8px; border: 1px solid var(--quiet); border-radius: 4px;
    background: transparent; }
  option { color: #1c1a17; background: #fffdf8; }
  [aria-invalid] { border-color: var(--error); border-width: 2px; }
  .problem { margin: 0; color: var(--error); }
  .does { display: flex; gap: 10px; justify-content: end; }
  .does button { min-height: 38px; padding: 6px 16px; border: 1px solid var(--quiet); border-radius: 6px; background: none; cursor: pointer; }
  .does [type=submit] { border-color: var(--ink); background: var(--ink); color: var(--ground); font-weight: 600; }
` }));

/* The source's words in the page, as text nodes in order with `null` for words that are left out. A theme may put notes
   between them. */
const words = (() => {
  const OTHER = 'script, style, noscript, button, input, select, textarea, nav, .notes, sup.fnref, [hidden], [aria-hidden="true"]';
  const texts = (main) => {
    const marked = main.querySelectorAll('.source-text .text, h1');
    return main.querySelector('.source-text .text') ? marked : [main];
  };
  const walk = (element, found) => {
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) found.push(child);
      else if (child.nodeType !== Node.ELEMENT_NODE || child.matches(OTHER)) continue;
      else if (child.classList.contains('gap')) found.push(null);
      else walk(child, found);
    }
  };
  return () => {
    const main = document.querySelector('main') ?? document.body;
    const found = [];
    for (const element of texts(main)) walk(element, found);
    return found;
  };
})();

const BLOCKS = 'p, li, dt, dd, td, th, h1, h2, h3, h4, h5, h6, blockquote, pre, figure, div';
const AROUND = 400;

/* The words selected in pieces, with what stands before and after them; none where there are none. */
const selected = () => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const pieces = [''];
  let [before, after, block, isAfter] = ['', '', null, false];
  for (const node of words()) {
    if (!node) {
      if (isAfter) break;
      if (pieces.at(-1)) pieces.push('');
      else before = '';
      continue;
    }
    const length = node.data.length;
    let [from, to] = [0, 0];
    if (range.intersectsNode(node)) {
      from = node === range.startContainer ? range.startOffset : 0;
      to = node === range.endContainer ? range.endOffset : length;
    } else if (range.comparePoint(node, 0) < 0) {
      from = to = length;
    }
    const here = node.parentElement.closest(BLOCKS);
    const space = block && here !== block ? ' ' : '';
    block = here;
    if (pieces.join('') === '') before = (before + space + node.data.slice(0, from)).slice(-AROUND);
    if (to > from) pieces[pieces.length - 1] += space + node.data.slice(from, to);
    isAfter ||= pieces.join('') !== '' && to < length;
    if (pieces.join('') !== '' && to < length) after += space + node.data.slice(to);
    if (after.length > AROUND) break;
  }
  const said = pieces.filter((piece) => piece.trim());
  return said.length ? { pieces: said, before, after: after.slice(0, AROUND), range } : null;
};

const writing = (() => {
  let source = null;
  let chosen = null;
  let names = null;
  let opened = null;

  const offer = make('button', { className: 'offer', type: 'button', textContent: 'Write a claim', hidden: true });
  offer.setAttribute('aria-keyshortcuts', 'c');

  const problems = new Map();
  const problem = (name) => {
    const slot = make('p', { className: 'problem', id: `problem-${name}`, hidden: true });
    problems.set(name, slot);
    return slot;
  };
  const fields = {};
  const field = (name, label, tag, properties) => {
    const element = make(tag, { name, id: name, ...properties });
    element.setAttribute('aria-describedby', `problem-${name}`);
    fields[name] = element;
    return make('div', { className: 'field' }, make('label', { htmlFor: name, textContent: label }), element, problem(name));
  };
  const list = (name, label, id, properties) => {
    const options = make('datalist', { id });
    const wrapped = field(name, label, 'input', { autocomplete: 'off', ...properties });
    fields[name].setAttribute('list', id);
    wrapped.append(options);
    return [wrapped, options];
  };

  const heading = make('h2', { id: 'heading', textContent: 'A claim from these words' });
  const quote = make('blockquote', { tabIndex: -1 });
  const [who, people] = list('who', 'Who said it, if not the source itself', 'people', {});
  const [other, claims] = list('relation_claim', 'Which claim', 'claims', {});
  const form = make('form', { noValidate: true },
    field('claim', 'What is claimed, in a sentence of your own', 'textarea', { rows: 2, required: true }),
    who,
    make('div', { className: 'pair' }, field('rating', 'Rating', 'select', {}), field('rating_reason', 'Why this rating', 'input', {})),
    make('div', { className: 'pair' }, field('relation', 'What it does to another claim', 'select', {}), other),
    field('relation_reason', 'Why this relation', 'input', {}),
    problem(''),
    make('div', { className: 'does' },
      make('button', { type: 'button', textContent: 'Cancel', onclick: () => dialog.close() }),
      make('button', { type: 'submit', textContent: 'Write the claim' })));
  const done = make('div', { hidden: true });
  done.setAttribute('role', 'status');
  const dialog = make('dialog', {}, heading, quote, problem('quote'), form, done);
  dialog.setAttribute('aria-labelledby', 'heading');
  shadow.append(offer, dialog);

  /* Completion: a few of many names, by the words in them. */

  const complete = (input, options, all) => {
    const asked = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = ([id, name]) => asked.every((word) => id.includes(word) || name.toLowerCase().includes(word));
    const found = [];
    for (const one of all) {
      if (fits(one) && found.push(one) === 30) break;
    }
    options.replaceChildren(...found.map(([value, label]) => make('option', { value, label, textContent: label })));
  };
  const choices = (select, none, all) => {
    const kept = select.value;
    select.replaceChildren(make('option', { value: '', textContent: none }),
      ...all.map(([value, textContent]) => make('option', { value, textContent })));
    select.value = kept;
  };
  const load = async () => {
    names = await fetch('/-/names').then((response) => response.json()).catch(() => names);
    if (!names) return;
    choices(fields.rating, 'Not rated', names.ratings);
    choices(fields.relation, 'Nothing', names.relations);
    complete(fields.who, people, names.people);
    complete(fields.relation_claim, claims, names.claims);
  };
  fields.who.oninput = () => names && complete(fields.who, people, names.people);
  fields.relation_claim.oninput = () => names && complete(fields.relation_claim, claims, names.claims);

  /* The offer beside the selection. */

  const place = () => {
    const last = [...chosen.range.getClientRects()].pop();
    if (!last) return;
    const { clientWidth, clientHeight } = document.documentElement;
    const { width, height } = offer.getBoundingClientRect();
    offer.style.left = `${Math.max(8, Math.min(last.right - width / 2, clientWidth - width - 8))}px`;
    offer.style.top = `${Math.max(8, last.bottom + 8 + height > clientHeight ? last.top - height - 8 : last.bottom + 8)}px`;
  };
  const propose = () => {
    chosen = source && !dialog.open ? selected() : null;
    offer.hidden = !chosen;
    if (chosen) place();
  };
  let waiting = 0;
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(propose, 150);
  };
  add.call(document, 'selectionchange', later);
  add.call(window, 'scroll', () => chosen && !offer.hidden && place(), { passive: true });
  add.call(window, 'resize', () => chosen && !offer.hidden && place());
  add.call(document, 'keydown', (event) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (event.key !== 'c' || !isPlain || event.target.closest?.('input, textarea, select, [contenteditable]')) return;
    propose();
    if (!chosen) return;
    event.preventDefault();
    open();
  });
  // The selection stays where it is.
  offer.onmousedown = (event) => event.preventDefault();
  offer.onclick = () => open();

  /* The form. */

  const say = (all) => {
    let first = null;
    for (const [name, slot] of problems) {
      slot.textContent = all[name] ?? '';
      slot.hidden = !all[name];
      const input = fields[name];
      if (all[name]) input?.setAttribute('aria-invalid', 'true');
      else input?.removeAttribute('aria-invalid');
      if (all[name]) first ??= input ?? quote;
    }
    first?.focus();
  };
  const open = () => {
    opened = { source, ...chosen };
    offer.hidden = true;
    quote.textContent = opened.pieces.map((piece) => piece.trim().replace(/\s+/g, ' ')).join(' […] ');
    form.reset();
    say({});
    [form.hidden, done.hidden] = [false, true];
    dialog.showModal();
    fields.claim.focus();
    load();
  };
  const send = async () => {
    const { source: id, pieces, before, after } = opened;
    const values = Object.fromEntries(Object.entries(fields).map(([name, input]) => [name, input.value]));
    const token = document.querySelector('meta[name="casebook-preview"]').content;
    const response = await fetch('/-/claims', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-casebook-token': token },
      body: JSON.stringify({ source: id, pieces, before, after, ...values }),
    });
    if (!response.headers.get('content-type')?.startsWith('application/json')) throw new Error((await response.text()).trim());
    return response.json();
  };
  const finish = ({ href, path, notes }) => {
    const link = make('a', { href, textContent: 'Open the claim' });
    const close = make('button', { type: 'button', textContent: 'Close', onclick: () => dialog.close() });
    done.replaceChildren(
      make('p', {}, `Written to ${path}. `, link),
      ...(notes.length ? [make('ul', {}, ...notes.map((note) => make('li', { textContent: note })))] : []),
      make('div', { className: 'does' }, close));
    [form.hidden, done.hidden] = [true, false];
    link.focus();
  };
  form.onsubmit = async (event) => {
    event.preventDefault();
    const button = form.querySelector('[type=submit]');
    button.disabled = true;
    const answer = await send().catch((error) => ({ problems: { '': error.message } }));
    button.disabled = false;
    if (answer.problems) say(answer.problems);
    else finish(answer);
  };
  dialog.onclose = () => {
    opened = null;
    propose();
  };

  return {
    show(state) {
      source = state.source;
      if (!source) propose();
    },
  };
})();
