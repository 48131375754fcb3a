/* Filters and sorts a list over all of its pages. The data are scripts, which load from disk too: `lists/KIND.js` has
   what to choose by, `lists/KIND-N.js` some titles. They are loaded once a reader touches the filters. */
(() => {
'use strict';
const form = document.querySelector('.filters'), list = document.querySelector('[data-list]');
if (!form || !list) return;
const SHOWN = 25; // rows of a page of what was found
const { root, noun } = form.dataset, total = Number(form.dataset.total);
const sets = form.dataset.sets.split(' ').map((name) => ({ name }));
const fixed = new URLSearchParams(form.dataset.fixed);
const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
const selects = [...form.querySelectorAll('select')];
const facets = ['rating', ...selects.map(({ name }) => name).filter((name) => name !== 'sort')];
const status = form.querySelector('[role=status]');
const pager = document.querySelector('.pager');
const words = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const original = [...list.children];
const here = new Map(original.map((row) => [row.dataset.n, row]));

// Data: numbers that stand for names and dates

const files = {}, data = {};
window.casebookList = (name, part, value) => { data[name + part] = value; };
const load = (name, part) => files[name + part] ??= new Promise((resolve, reject) => {
  const src = `${root}lists/${name}${part ? `-${part}` : ''}.js`;
  document.head.append(make('script', { src, onload: () => resolve(data[name + part]), onerror: reject }));
});

const decode = (set, { columns, dates, ...rest }) => {
  Object.assign(set, rest, { columns: { type: Array(rest.rows).fill([0]) }, starts: [], ends: [], words: dates?.words });
  for (const one of Object.values(set.names)) one.labels = one.labels.map((label, i) => label || one.keys[i]);
  for (const facet in columns) {
    set.columns[facet] = columns[facet].split(',').map((row) => (row ? row.split(' ').map((n) => parseInt(n, 36)) : []));
  }
  let day = 0;
  dates?.starts.forEach((days, i) => {
    day += days ?? 0;
    set.starts.push(days === null ? -Infinity : day);
    set.ends.push(day + (dates.lengths[i] ?? Infinity));
  });
  set.orders.date = set.columns.date?.map(([first]) => set.starts[first]);
  set.orders.rating = set.columns.rating?.map(([first]) => first);
};

let loading;
const ready = () => loading ??= Promise.all(sets.map(async (set) => decode(set, await load(set.name, 0)))).then(() => {
  for (const select of selects) {
    const options = new Map();
    for (const { names } of sets) names[select.name]?.keys.forEach((key, i) => options.set(key, names[select.name].labels[i]));
    select.append(...[...options].map(([value, textContent]) => make('option', { value, textContent })));
  }
});

// Finding: a row counts for a facet if no other facet rules it out

const find = (state) => {
  const found = [], counts = {};
  const [from, to] = ['from', 'to'].map((name) => Date.parse(state.get(name)) / 864e5);
  for (const set of sets) {
    // A column, and which of its values pass.
    const tests = [...new Set([...fixed.keys(), ...facets])].filter((facet) => fixed.has(facet) || state.has(facet)).map((facet) => {
      const wanted = [...fixed.getAll(facet), ...state.getAll(facet)];
      return [facet, set.columns[facet], set.names[facet]?.keys.map((key) => wanted.includes(key))];
    });
    if (state.has('from') || state.has('to')) {
      tests.push(['date', set.columns.date, set.starts.map((start, n) => !(start > to) && !(set.ends[n] < from))]);
    }
    const tallies = facets.filter((facet) => set.names[facet]).map((facet) => [facet, set.columns[facet], set.names[facet].keys.map(() => 0)]);
    for (let i = 0; i < set.rows; i++) {
      let against = '', failures = 0;
      for (const [facet, column, passing] of tests) {
        if (column?.[i].some((value) => passing[value])) continue;
        against = facet;
        failures += fixed.has(facet) ? 2 : 1;
      }
      if (failures > 1) continue;
      if (!failures) found.push({ set, i });
      for (const [facet, column, tally] of tallies) {
        if (!failures || facet === against) for (const value of column[i]) tally[value]++;
      }
    }
    for (const [facet, , tally] of tallies) {
      tally.forEach((count, n) => {
        const key = `${facet} ${set.names[facet].keys[n]}`;
        counts[key] = (counts[key] ?? 0) + count;
      });
    }
  }
  const [, down, order] = /^(-?)(.*)$/.exec(state.get('sort') ?? ''), sign = down ? -1 : 1;
  if (order) {
    // What has nothing to sort by comes last, whichever way.
    for (const hit of found) hit.key = (hit.set.orders[order]?.[hit.i] ?? sign * Infinity) * sign;
    found.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  }
  return { found, counts };
};

// Showing: rows that the page has, and others after its pattern

const element = async ({ set, i }) => {
  const known = here.get(`${set.name}/${i}`);
  if (known) return known;
  const [id, title, note = '', lang] = (await load(set.name, 1 + Math.floor(i / set.part)))[i % set.part];
  const row = form.querySelector(`[data-row=${set.name}]`).content.cloneNode(true).firstElementChild;
  for (const field of row.querySelectorAll('[data-f]')) {
    const { f, many } = field.dataset, values = set.columns[f]?.[i] ?? [], [first] = values;
    if (f === 'title') {
      Object.assign(field, { href: `${root}${set.name}/${id}.html`, textContent: title }, lang && { lang });
    } else if (f === 'rating') {
      const pill = form.querySelector('[data-ratings]')?.content.children[first].firstElementChild;
      field.append((pill ?? list.querySelector('a.rating')).cloneNode(true));
    } else if (f === 'note') field.textContent = note;
    else if (many) field.textContent = values.length > 1 ? `${values.length} ${many}` : '';
    else if (f === 'date') field.textContent = values.length ? set.words[first] || words.format(set.starts[first] * 864e5) : '';
    else field.textContent = values.slice(0, 3).map((n) => set.names[f].labels[n]).join(', ') + (values.length > 3 ? ` and ${values.length - 3} more` : '');
    if (!field.hasChildNodes()) field.remove();
  }
  return row;
};

const address = (state, page) => {
  const query = new URLSearchParams(state);
  if (page > 1) query.set('page', page);
  return location.pathname + (String(query) && `?${query}`);
};
const steps = make('nav', { className: 'pager steps', ariaLabel: 'Pages of what was found', hidden: true });
const nothing = make('p', { className: 'nothing', textContent: 'Nothing is like that.', hidden: true });
list.after(nothing, steps);

const showCounts = (counts) => {
  for (const option of form.querySelectorAll('option[value]:not([value=""])')) {
    const { name } = option.parentElement, count = counts[`${name} ${option.value}`];
    if (name === 'sort' || option.count === count) continue;
    Object.assign(option, { count, label: `${option.text} (${count})`, hidden: !count && !option.selected });
  }
};

let turn = 0;
const show = async (state, wanted = 1) => {
  const mine = ++turn;
  await ready();
  const { found, counts } = find(state), idle = !String(state);
  const pages = idle || total === original.length ? 1 : Math.ceil(found.length / SHOWN) || 1;
  const page = Math.min(Math.max(wanted, 1), pages);
  const part = pages > 1 ? found.slice((page - 1) * SHOWN, page * SHOWN) : found;
  const rows = idle ? original : await Promise.all(part.map(element));
  if (mine !== turn) return;
  for (const count of form.querySelectorAll('[data-count]')) count.textContent = counts[count.dataset.count] ?? 0;
  status.textContent = `${found.length < total ? `${found.length} of ` : ''}${total} ${noun}`;
  form.querySelector('[type=reset]').disabled = idle;
  list.replaceChildren(...rows);
  nothing.hidden = rows.length > 0;
  if (pager) pager.hidden = !idle;
  const step = (to, textContent) => (to < 1 || to > pages ? '' : make('a', { href: address(state, to), textContent }));
  steps.replaceChildren(step(page - 1, 'Previous'), ` Page ${page} of ${pages} `, step(page + 1, 'Next'));
  steps.hidden = pages < 2;
  // Thousands of options would make what was found wait.
  setTimeout(() => mine === turn && showCounts(counts));
};
const attempt = (...what) => show(...what).catch(() => { status.textContent = 'The filters could not be loaded.'; });

// What readers do, and the address that says it

const read = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
const remember = (state, again) => {
  // Some browsers keep a page on disk to its address.
  try { history[again ? 'replaceState' : 'pushState'](null, '', address(state)); } catch {}
  attempt(state);
};
const arrive = async () => {
  const query = new URLSearchParams(location.search);
  await ready().catch(() => {});
  for (const control of form.elements) {
    const { name, type } = control;
    if (type === 'checkbox') control.checked = query.getAll(name).includes(control.value);
    else if (name) control.value = query.get(name) ?? '';
    if (control.selectedIndex < 0) control.value = '';
  }
  return attempt(read(), parseInt(query.get('page'), 10) || 1);
};

for (const touch of ['pointerenter', 'pointerdown', 'focusin']) {
  form.addEventListener(touch, () => turn || attempt(read()), { once: true });
}
let last;
form.addEventListener('change', ({ target }) => {
  // A date comes together bit by bit, and is one step back.
  remember(read(), target.type === 'date' && target === last);
  last = target;
});
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('reset', () => setTimeout(() => { remember(read()); form.querySelector('input, select').focus(); }));
steps.addEventListener('click', async (event) => {
  if (!event.target.href || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, '', event.target.href);
  await arrive();
  list.scrollIntoView();
  list.querySelector('a')?.focus({ preventScroll: true });
});
form.querySelector('.filters-open').addEventListener('click', ({ target }) => {
  target.setAttribute('aria-expanded', form.classList.toggle('is-open'));
});
addEventListener('popstate', arrive);
if (location.search) arrive();
})();
