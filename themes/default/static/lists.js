/* Filters and sorts a list over all of its pages. The data are scripts, which load from disk too: `lists/KIND.js` has
   what to choose by, `lists/KIND-N.js` the titles of some rows. They are loaded once a reader touches the filters. */
(() => {
  'use strict';
  const form = document.querySelector('.filters'), list = document.querySelector('[data-list]');
  if (!form || !list) return;
  const SHOWN = 25; // rows of a page of what was found, where they have to be loaded
  const { root, noun } = form.dataset, total = Number(form.dataset.total);
  const sets = form.dataset.sets.split(' ').map((name) => ({ name }));
  const fixed = new URLSearchParams(form.dataset.fixed);
  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const selects = [...form.querySelectorAll('select:not([name=sort])')];
  const status = form.querySelector('[role=status]');
  const pager = document.querySelector('.pager');
  const original = [...list.children];
  const here = new Map(original.map((row) => [row.dataset.n, row]));

  // Data: columns of numbers, each standing for a name or a date.

  const files = new Map(), data = new Map();
  window.casebookList = (name, part, value) => data.set(name + part, value);
  const load = (name, part) => {
    const key = name + part;
    if (!files.has(key)) {
      files.set(key, new Promise((resolve, reject) => {
        const src = `${root}lists/${name}${part ? `-${part}` : ''}.js`;
        document.head.append(make('script', { src, onload: () => resolve(data.get(key)), onerror: reject }));
      }));
    }
    return files.get(key);
  };

  const decode = (set, { names, columns, dates, ...rest }) => {
    Object.assign(set, rest, { columns: { type: Array(rest.rows).fill([0]) }, names, starts: [], ends: [], words: dates?.words });
    for (const one of Object.values(names)) {
      one.labels = one.labels.map((label, i) => label || one.keys[i]);
      one.numbers = new Map(one.keys.map((key, i) => [key, i]));
    }
    for (const facet in columns) {
      set.columns[facet] = columns[facet].split(',').map((row) => (row ? row.split(' ').map((n) => parseInt(n, 36)) : []));
    }
    let day = 0;
    dates?.starts.forEach((days, i) => {
      day += days ?? 0;
      set.starts.push(days === null ? -Infinity : day);
      set.ends.push(dates.lengths[i] === null ? Infinity : day + dates.lengths[i]);
    });
    set.orders.date = set.columns.date?.map((row) => set.starts[row[0]]);
    set.orders.rating = set.columns.rating?.map((row) => row[0]);
  };

  let loading;
  const ready = () => loading ||= Promise.all(sets.map(async (set) => decode(set, await load(set.name, 0)))).then(() => {
    for (const select of selects) {
      const labels = new Map(sets.flatMap(({ names: { [select.name]: names } }) => names?.keys.map((key, i) => [key, names.labels[i]]) ?? []));
      select.append(...[...labels].map(([value, label]) => make('option', { value, textContent: label })));
    }
  });

  // Finding: one pass, in which a row counts for a facet if no other facet rules it out.

  const find = (state) => {
    const found = [], counts = new Map();
    const [from, to] = ['from', 'to'].map((name) => Date.parse(state.get(name)) / 864e5);
    for (const set of sets) {
      const tests = [...new Set([...fixed.keys(), ...state.keys()])].flatMap((facet) => {
        if (/^(from|to|sort)$/.test(facet)) return [];
        const wanted = [...fixed.getAll(facet), ...state.getAll(facet)].map((key) => set.names[facet]?.numbers.get(key));
        return [[facet, set.columns[facet], (value) => wanted.includes(value)]];
      });
      const within = (date) => !(set.starts[date] > to) && !(set.ends[date] < from);
      if (state.has('from') || state.has('to')) tests.push(['date', set.columns.date, within]);
      const counted = ['rating', ...selects.map((select) => select.name)].filter((facet) => set.columns[facet]);
      const tallies = counted.map((facet) => set.names[facet].keys.map(() => 0));
      for (let i = 0; i < set.rows; i++) {
        const failed = tests.filter(([, column, passes]) => !column?.[i].some(passes));
        if (failed.length > 1 || failed.some(([facet]) => fixed.has(facet))) continue;
        if (!failed.length) found.push({ set, i });
        counted.forEach((facet, f) => {
          if (!failed.length || failed[0][0] === facet) for (const value of set.columns[facet][i]) tallies[f][value]++;
        });
      }
      counted.forEach((facet, f) => tallies[f].forEach((count, value) => {
        const key = `${facet} ${set.names[facet].keys[value]}`;
        counts.set(key, (counts.get(key) ?? 0) + count);
      }));
    }
    const [, down, order] = /^(-?)(.*)$/.exec(state.get('sort') ?? '');
    // What has nothing to sort by comes last, whichever way.
    if (order) {
      const sign = down ? -1 : 1;
      for (const hit of found) hit.key = (hit.set.orders[order]?.[hit.i] ?? sign * Infinity) * sign;
      found.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    }
    return { found, counts };
  };

  // Showing: rows that the page has, and others after the page's own pattern.

  const element = async ({ set, i }) => {
    const known = here.get(`${set.name}/${i}`);
    if (known) return known;
    const [id, title, note = '', lang] = (await load(set.name, 1 + Math.floor(i / set.part)))[i % set.part];
    const row = form.querySelector(`[data-row=${set.name}]`).content.cloneNode(true).firstElementChild;
    for (const field of row.querySelectorAll('[data-f]')) {
      const { f, many } = field.dataset, values = set.columns[f]?.[i] ?? [], labels = set.names[f]?.labels;
      if (f === 'title') {
        Object.assign(field, { href: `${root}${set.name}/${id}.html`, textContent: title }, lang && { lang });
      } else if (f === 'rating') {
        const pill = form.querySelector('[data-ratings]')?.content.children[values[0]].firstElementChild;
        field.append((pill ?? list.querySelector('a.rating')).cloneNode(true));
      } else if (many) field.textContent = values.length > 1 ? `${values.length} ${many}` : '';
      else if (f === 'date') field.textContent = set.words[values[0]] ?? '';
      else if (f === 'note') field.textContent = note;
      else field.textContent = values.slice(0, 3).map((n) => labels[n]).join(', ') + (values[3] >= 0 ? ` and ${values.length - 3} more` : '');
      if (!field.hasChildNodes()) field.remove();
    }
    return row;
  };

  const address = (state, page) => {
    const query = new URLSearchParams(state);
    if (page > 1) query.set('page', page);
    return location.pathname + (String(query) && `?${query}`);
  };
  const steps = make('nav', { className: 'pager steps', ariaLabel: 'Pages of what was found' });
  const showSteps = (state, page, pages) => {
    const step = (to, textContent) => (to < 1 || to > pages ? '' : make('a', { href: address(state, to), textContent }));
    steps.replaceChildren(step(page - 1, 'Previous'), ` Page ${page} of ${pages} `, step(page + 1, 'Next'));
    steps.hidden = pages < 2;
  };

  const nothing = make('p', { className: 'nothing', textContent: 'Nothing is like that. Choose less, or clear the filters.' });
  list.after(nothing, steps);
  nothing.hidden = steps.hidden = true;

  let turn = 0;
  const show = async (state, wanted = 1) => {
    const mine = ++turn;
    await ready();
    const { found, counts } = find(state), idle = !String(state);
    for (const count of form.querySelectorAll('[data-count]')) count.textContent = counts.get(count.dataset.count) ?? 0;
    for (const select of selects) {
      for (const option of [...select.options].slice(1)) {
        const count = counts.get(`${select.name} ${option.value}`);
        option.label = `${option.text} (${count})`;
        option.hidden = !count && !option.selected;
      }
    }
    const pages = total === original.length ? 1 : Math.ceil(found.length / SHOWN) || 1;
    const page = Math.min(Math.max(wanted, 1), pages);
    const part = pages > 1 ? found.slice((page - 1) * SHOWN, page * SHOWN) : found;
    const rows = idle ? original : await Promise.all(part.map(element));
    if (mine !== turn) return;
    status.textContent = `${found.length < total ? `${found.length} of ` : ''}${total} ${noun}`;
    form.querySelector('[type=reset]').disabled = idle;
    list.replaceChildren(...rows);
    nothing.hidden = rows.length > 0;
    if (pager) pager.hidden = !idle;
    showSteps(state, page, idle ? 1 : pages);
  };
  const attempt = (...what) => show(...what).catch(() => { status.textContent = 'The filters could not be loaded.'; });

  // What readers do, and the address that says it.

  const read = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  const go = (state, replace) => {
    // Some browsers keep a page on disk to its address; it is filtered all the same.
    try { history[replace ? 'replaceState' : 'pushState'](null, '', address(state)); } catch {}
    return attempt(state);
  };
  const arrive = async () => {
    const query = new URLSearchParams(location.search);
    await ready().catch(() => {});
    for (const control of form.elements) {
      if (control.type === 'checkbox') control.checked = query.getAll(control.name).includes(control.value);
      else if (control.name) control.value = query.get(control.name) ?? '';
    }
    for (const select of form.querySelectorAll('select')) if (select.selectedIndex < 0) select.value = '';
    return attempt(read(), parseInt(query.get('page'), 10) || 1);
  };

  const touched = () => turn || attempt(read());
  for (const touch of ['pointerenter', 'pointerdown', 'focusin']) form.addEventListener(touch, touched, { once: true });
  let last;
  form.addEventListener('change', ({ target }) => {
    // A date comes together bit by bit, and is one step back.
    go(read(), target.type === 'date' && target === last);
    last = target;
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(() => { go(read()); form.querySelector('input, select').focus(); }));
  steps.addEventListener('click', (event) => {
    if (!event.target.href || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, '', event.target.href);
    arrive().then(() => { list.scrollIntoView(); list.querySelector('a')?.focus({ preventScroll: true }); });
  });
  form.querySelector('.filters-open').addEventListener('click', ({ target }) => {
    target.setAttribute('aria-expanded', form.classList.toggle('is-open'));
  });
  addEventListener('popstate', arrive);
  if (location.search) arrive();
})();
