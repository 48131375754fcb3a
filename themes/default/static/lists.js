/* Filters and sorts a list over all of its pages without reloading. The data are classic scripts, which load from a
   folder on disk too: `lists/KIND.js` has what there is to choose by, `lists/KIND-N.js` the titles of a part of the
   rows. They are loaded when a reader touches the filters, or has come by an address that names some. */
(() => {
  'use strict';
  const form = document.querySelector('.filters');
  const list = document.querySelector('[data-list]');
  if (!form || !list) return;

  const SHOWN = 25;         // rows of a page of what was found, where they have to be loaded
  const SPAN = 1e7;         // more than the rows of a kind: a row is KIND * SPAN + PLACE
  const root = form.dataset.root;
  const sets = form.dataset.sets.split(' ').map((name) => ({ name, titles: new Map() }));
  const fixed = new URLSearchParams(form.dataset.fixed || '');
  const status = form.querySelector('[role=status]');
  const clear = form.querySelector('[type=reset]');
  const selects = [...form.querySelectorAll('select')].filter((select) => select.name !== 'sort');
  const pager = document.querySelector('.pager');
  const original = [...list.children];
  const here = new Map();   // the rows that the page has, by number
  const names = new Map();  // by facet: key → [label, option]
  const collator = new Intl.Collator(document.documentElement.lang || undefined);
  let latest = 0;

  /* Data */

  const waiting = new Map();
  window.casebookList = (name, part, data) => waiting.set(name + part, data);

  const files = new Map();
  const load = (name, part) => {
    const key = name + part;
    if (!files.has(key)) {
      files.set(key, new Promise((resolve, reject) => {
        const script = document.createElement('script');
        script.src = `${root}lists/${name}${part ? `-${part}` : ''}.js`;
        script.onload = () => { script.remove(); waiting.has(key) ? resolve(waiting.get(key)) : reject(); };
        script.onerror = () => { script.remove(); files.delete(key); reject(); };
        document.head.append(script);
      }));
    }
    return files.get(key);
  };

  const number = (text) => (text ? parseInt(text, 36) : NaN);
  const NONE = [];
  const column = (text) => text.split(',').map((row) => (row ? row.split(' ').map(number) : NONE));

  const decode = (set, data) => {
    set.rows = data.rows;
    set.part = data.part;
    set.names = {};
    set.columns = {};
    for (const [facet, { keys, labels }] of Object.entries(data.names)) {
      set.names[facet] = { keys, labels: labels.map((label, i) => label || keys[i]), numbers: new Map(keys.map((key, i) => [key, i])) };
    }
    for (const [facet, text] of Object.entries(data.columns)) set.columns[facet] = column(text);
    set.orders = {};
    for (const [order, text] of Object.entries(data.orders)) set.orders[order] = text.split(',').map(number);
    if (data.dates) {
      const lengths = data.dates.lengths.split(',').map(number);
      const starts = [], ends = [];
      let day = 0;
      data.dates.starts.split(',').map(number).forEach((days, i) => {
        if (!isNaN(days)) day += days;
        starts.push(isNaN(days) ? -Infinity : day);
        ends.push(isNaN(lengths[i]) ? Infinity : (isNaN(days) ? 0 : day) + lengths[i]);
      });
      set.dates = { starts, ends, words: data.dates.words };
    }
    // The kinds of records of a list of several.
    set.names.type = { keys: [set.name], labels: [set.name[0].toUpperCase() + set.name.slice(1)], numbers: new Map([[set.name, 0]]) };
    set.columns.type = Array(set.rows).fill([0]);
  };

  let loading;
  const ready = () => (loading ||= Promise.all(sets.map((set) => load(set.name, 0).then((data) => decode(set, data))))
    .then(fill, () => { loading = null; status.textContent = 'The filters could not be loaded.'; throw new Error('lists'); }));

  /* What there is to choose */

  const fill = () => {
    original.forEach((row, i) => {
      const s = Math.max(0, sets.findIndex((set) => row.classList.contains(`row-${set.name}`) || row.classList.contains(`row-${singular(set.name)}`)));
      here.set(s * SPAN + Number(row.dataset.n), original[i]);
    });
    for (const select of selects) {
      const options = new Map();
      for (const set of sets) {
        const { keys = [], labels = [] } = set.names[select.name] || {};
        keys.forEach((key, i) => options.set(key, labels[i]));
      }
      const known = new Map();
      const sorted = sets.length > 1 ? [...options].sort((a, b) => collator.compare(a[1], b[1])) : options;
      for (const [key, label] of sorted) {
        const option = new Option(label, key);
        known.set(key, [label, option]);
        select.append(option);
      }
      names.set(select.name, known);
    }
  };
  const singular = (name) => ({ entities: 'entity', commentary: 'commentary' }[name] || name.slice(0, -1));

  /* The state: what the form says, and the page of what was found */

  const read = () => {
    const state = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) state.append(name, value);
    return state;
  };

  const write = (state) => {
    form.reset();
    for (const control of form.elements) {
      if (control.type === 'checkbox') control.checked = state.getAll(control.name).includes(control.value);
      else if (control.name && state.get(control.name)) control.value = state.get(control.name);
    }
  };

  const address = (state) => `${location.pathname}${String(state) && `?${state}`}${location.hash}`;
  const remember = (state, replace) => {
    // Not every browser lets a page on disk have another address.
    try { history[replace ? 'replaceState' : 'pushState'](null, '', address(state)); } catch { /* the list is filtered all the same */ }
  };

  /* Finding: one pass, in which a row counts for a facet if no other facet rules it out */

  const day = (text) => (text ? Date.parse(`${text}T00:00:00Z`) / 864e5 : NaN);

  const testsOf = (set, state) => {
    const tests = [];
    for (const facet of new Set([...state.keys(), ...fixed.keys()])) {
      if (['from', 'to', 'sort', 'page'].includes(facet)) continue;
      const { numbers = new Map() } = set.names[facet] || {};
      const wanted = new Set([...state.getAll(facet), ...fixed.getAll(facet)].map((key) => numbers.get(key)));
      const values = set.columns[facet];
      tests.push([facet, (i) => Boolean(values) && values[i].some((value) => wanted.has(value))]);
    }
    const from = day(state.get('from')), to = day(state.get('to'));
    if (!isNaN(from) || !isNaN(to)) {
      const { starts, ends } = set.dates || {};
      const within = (date) => !(starts[date] > to) && !(ends[date] < from);
      tests.push(['date', (i) => Boolean(starts) && set.columns.date[i].some(within)]);
    }
    return tests;
  };

  const find = (state) => {
    const found = [];
    const counts = new Map();
    sets.forEach((set, s) => {
      const tests = testsOf(set, state);
      const counted = ['rating', ...selects.map((select) => select.name)].filter((facet) => set.columns[facet] && !fixed.has(facet));
      const tallies = counted.map((facet) => new Uint32Array(set.names[facet].keys.length));
      for (let i = 0; i < set.rows; i++) {
        let against = null, failures = 0;
        for (const [facet, passes] of tests) {
          if (!passes(i)) {
            against = facet;
            if (++failures > 1 || fixed.has(facet)) { failures = 2; break; }
          }
        }
        if (failures > 1) continue;
        if (!failures) found.push(s * SPAN + i);
        counted.forEach((facet, f) => {
          if (!failures || facet === against) for (const value of set.columns[facet][i]) tallies[f][value]++;
        });
      }
      counted.forEach((facet, f) => tallies[f].forEach((count, value) => {
        const key = `${facet} ${set.names[facet].keys[value]}`;
        counts.set(key, (counts.get(key) || 0) + count);
      }));
    });
    return { found: sorted(found, state.get('sort') || ''), counts };
  };

  const sorted = (found, by) => {
    const order = by.replace(/^-/, '');
    if (!order) return found;
    const keys = sets.map((set) => set.orders[order] || (order === 'date' ? set.dates && set.columns.date.map((dates) => (dates.length ? set.dates.starts[dates[by === order ? 0 : dates.length - 1]] : NaN))
      : set.columns[order] && set.columns[order].map((values) => (values.length ? values[0] : NaN))));
    const key = (row) => { const of = keys[Math.floor(row / SPAN)]; return of ? of[row % SPAN] : NaN; };
    const sign = by === order ? 1 : -1;
    // What has no key comes last, whichever way.
    const keyed = found.map((row) => [row, key(row)]);
    keyed.sort(([a, x], [b, y]) => (isNaN(x) || isNaN(y) ? isNaN(x) - isNaN(y) : x === y ? 0 : sign * (x < y ? -1 : 1)) || a - b);
    return keyed.map(([row]) => row);
  };

  /* Showing */

  const element = async (row) => {
    if (here.has(row)) return here.get(row);
    const set = sets[Math.floor(row / SPAN)], i = row % SPAN;
    const titles = await load(set.name, 1 + Math.floor(i / set.part));
    return build(set, i, titles[i % set.part]);
  };

  const build = (set, i, [id, title, note, language]) => {
    const row = form.querySelector(`[data-row=${set.name}]`).content.cloneNode(true).firstElementChild;
    for (const field of row.querySelectorAll('[data-f]')) {
      const name = field.dataset.f;
      if (name === 'title') {
        field.href = `${root}${set.name}/${id}.html`;
        field.textContent = title;
        if (language) field.lang = language;
      } else if (name === 'rating') field.append(rating(set.names.rating.keys[set.columns.rating[i][0]]));
      else field.textContent = words(set, i, name, note, field.dataset);
      if (!field.hasChildNodes()) field.remove();
    }
    return row;
  };

  const rating = (key) => {
    const all = form.querySelector('[data-ratings]');
    const one = all && [...all.content.children].find((choice) => choice.dataset.value === key);
    return (one ? one.firstElementChild : list.querySelector('a.rating') || new Text(key)).cloneNode(true);
  };

  const words = (set, i, name, note, { one, many }) => {
    if (name === 'note') return note || '';
    const values = set.columns[name] ? set.columns[name][i] : NONE;
    if (name === 'date') return values.length ? set.dates.words[values[0]] : '';
    if (many) return values.length > 1 ? `${values.length} ${values.length === 1 ? one : many}` : '';
    const labels = values.slice(0, 3).map((value) => set.names[name].labels[value]).join(', ');
    return values.length > 3 ? `${labels} and ${values.length - 3} more` : labels;
  };

  const showCounts = (counts) => {
    for (const count of form.querySelectorAll('[data-count]')) count.textContent = counts.get(count.dataset.count) || 0;
    for (const [facet, known] of names) {
      for (const [key, [label, option]] of known) {
        const count = counts.get(`${facet} ${key}`) || 0;
        const text = `${label} (${count})`;
        if (option.textContent !== text) option.textContent = text;
        option.hidden = !count && !option.selected;
      }
    }
  };

  const nothing = document.createElement('p');
  nothing.className = 'nothing';
  nothing.textContent = 'Nothing in this list is like that. Choose less, or clear the filters.';
  const steps = document.createElement('nav');
  steps.className = 'pager';
  steps.setAttribute('aria-label', 'Pages of what was found');

  const showSteps = (state, page, pages) => {
    const items = document.createElement('ul');
    const item = (content) => { const li = document.createElement('li'); li.append(content); items.append(li); };
    const step = (to, label) => {
      const there = new URLSearchParams(state);
      if (to > 1) there.set('page', to); else there.delete('page');
      const link = document.createElement('a');
      link.href = address(there);
      link.textContent = label;
      link.addEventListener('click', (event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        remember(there);
        apply(there).then(() => { form.scrollIntoView(); list.querySelector('a')?.focus({ preventScroll: true }); });
      });
      item(link);
    };
    if (page > 1) step(page - 1, 'Previous');
    item(`Page ${page} of ${pages}`);
    if (page < pages) step(page + 1, 'Next');
    steps.replaceChildren(items);
    if (pages > 1) list.after(steps); else steps.remove();
  };

  const apply = async (state) => {
    const turn = ++latest;
    await ready();
    const { found, counts } = find(state);
    const total = Number(form.dataset.total);
    const idle = ![...state.keys()].length;
    const whole = total === original.length;
    const pages = whole ? 1 : Math.max(1, Math.ceil(found.length / SHOWN));
    const page = Math.min(pages, Math.max(1, parseInt(state.get('page'), 10) || 1));
    showCounts(counts);
    status.textContent = found.length === total ? `${total} ${form.dataset.noun}` : `${found.length} of ${total} ${form.dataset.noun}`;
    clear.disabled = idle;
    list.setAttribute('aria-busy', 'true');
    const rows = idle ? original : await Promise.all((whole ? found : found.slice((page - 1) * SHOWN, page * SHOWN)).map(element));
    if (turn !== latest) return;
    list.replaceChildren(...rows);
    list.removeAttribute('aria-busy');
    if (pager) pager.hidden = !idle;
    if (rows.length) nothing.remove(); else list.after(nothing);
    showSteps(state, page, idle ? 1 : pages);
  };

  /* What readers do */

  const quietly = (promise) => promise.catch(() => { list.removeAttribute('aria-busy'); });
  const fromAddress = () => {
    const state = new URLSearchParams(location.search);
    return quietly(ready().then(() => { write(state); return apply(state); }));
  };

  for (const touch of ['pointerenter', 'pointerdown', 'focusin']) form.addEventListener(touch, () => quietly(ready().then(() => (latest ? null : apply(read())))), { once: true });
  let typed = null;
  form.addEventListener('change', (event) => {
    const state = read();
    // A date comes together bit by bit, and is one step back.
    remember(state, event.target.type === 'date' && typed === event.target);
    typed = event.target;
    quietly(apply(state));
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', (event) => {
    if (!event.isTrusted) return;
    setTimeout(() => { remember(read()); quietly(apply(read())); form.querySelector('input, select')?.focus(); });
  });
  const opener = form.querySelector('.filters-open');
  opener.addEventListener('click', () => opener.setAttribute('aria-expanded', String(form.classList.toggle('is-open'))));
  addEventListener('popstate', fromAddress);
  if (location.search) fromAddress();
})();
