/* Keeps the page up with the dossier. On a change the page is fetched anew, and where it differs its content is swapped:
   scroll position, focus, unfolded parts and what was typed stay. The page's scripts are run again for the new content,
   after what they listened to on the window and the document has been taken back; where one of them cannot run a second
   time, the page is loaded instead. This script is the first of the page, so nothing escapes it. */

/* What the page's scripts have set up outside of its body. */

const given = [];
let isRunning = false;
const late = [];

/* A script that runs before the page is there runs once, and what it listens to stays. */
const isLasting = (script) => Boolean(script?.src && script.closest('head') && !script.defer && !script.async && script.type !== 'module');
const outlivesBody = (target) => target === window || target === document || target === document.documentElement || target instanceof MediaQueryList;

EventTarget.prototype.addEventListener = function (type, listener, options) {
  const target = this ?? window;
  if (listener && outlivesBody(target)) {
    given.push({ target, type, listener, options, isLasting: isLasting(document.currentScript) });
    // The page is there already, so nothing will tell a script that runs again.
    if (isRunning && (type === 'DOMContentLoaded' || type === 'load')) late.push({ target, type, listener });
  }
  return add.call(target, type, listener, options);
};

const { setInterval } = window;
const intervals = [];
window.setInterval = (...args) => {
  const id = setInterval.apply(window, args);
  if (!isLasting(document.currentScript)) intervals.push(id);
  return id;
};

const takeBack = () => {
  for (const { target, type, listener, options } of given.splice(0)) target.removeEventListener(type, listener, options);
  intervals.splice(0).forEach((id) => clearInterval(id));
};

const call = ({ target, type, listener }) => {
  const event = new Event(type);
  if (typeof listener === 'function') listener.call(target, event);
  else listener.handleEvent(event);
};

/* What a reader has done to the page. */

const pathOf = (element) => {
  if (element.id) return `#${CSS.escape(element.id)}`;
  const parent = element.parentElement;
  if (!parent) return element.localName;
  return `${pathOf(parent)} > :nth-child(${[...parent.children].indexOf(element) + 1})`;
};
const isTyped = (field) => (field.type === 'checkbox' || field.type === 'radio' ? field.checked !== field.defaultChecked
  : field.localName === 'select' ? [...field.options].some((option) => option.selected !== option.defaultSelected)
    : field.value !== field.defaultValue);

/* Each fold with its summary and its number among those with the same one. */
const folds = () => {
  const counts = new Map();
  return [...document.querySelectorAll('details')].map((fold) => {
    const name = fold.querySelector('summary')?.textContent.trim() ?? '';
    counts.set(name, (counts.get(name) ?? 0) + 1);
    return [`${counts.get(name)} ${name}`, fold];
  });
};

const remember = () => {
  const focus = document.activeElement;
  const isField = focus?.matches('input, textarea');
  return {
    x: scrollX,
    y: scrollY,
    inner: [...document.querySelectorAll('main *')].filter((one) => one.scrollTop || one.scrollLeft)
      .map((one) => [pathOf(one), one.scrollLeft, one.scrollTop]),
    folds: new Map(folds().map(([name, fold]) => [name, fold.open])),
    fields: [...document.querySelectorAll('input, textarea, select')].filter(isTyped)
      .map((field) => [pathOf(field), field.value, field.checked]),
    focus: focus && focus !== document.body && focus !== host ? pathOf(focus) : null,
    selection: isField ? [focus.selectionStart, focus.selectionEnd] : null,
  };
};

const restore = ({ x, y, inner, folds: open, fields, focus, selection }) => {
  for (const [name, fold] of folds()) if (open.has(name)) fold.open = open.get(name);
  for (const [path, value, checked] of fields) {
    const field = document.querySelector(path);
    if (!field) continue;
    if (field.type === 'checkbox' || field.type === 'radio') field.checked = checked;
    else if (field.type !== 'file') field.value = value;
  }
  for (const [path, left, top] of inner) document.querySelector(path)?.scrollTo({ left, top, behavior: 'instant' });
  const focused = focus && document.querySelector(focus);
  if (focused && document.activeElement !== focused) {
    focused.focus({ preventScroll: true });
    if (selection?.[0] != null && focused.setSelectionRange) focused.setSelectionRange(...selection);
  }
  scrollTo({ left: x, top: y, behavior: 'instant' });
};

/* Swapping. */

const isOurs = (element) => element.matches('meta[name="casebook-preview"], #casebook-preview-state, script[src="/-/preview.js"]');
const isStyle = (element) => element.localName === 'link' && element.relList.contains('stylesheet');
const pathname = (link) => new URL(link.getAttribute('href'), location.href).pathname;
const arrives = (element) => new Promise((resolve) => {
  on(element, 'load', () => resolve(true));
  on(element, 'error', () => resolve(false));
  setTimeout(() => resolve(false), 3000);
});

/* Puts the new head's elements into the head; a style sheet that is there already stays, so that nothing flickers. */
const swapHead = async (next) => {
  const there = new Map([...document.head.children].filter(isStyle).map((link) => [`${pathname(link)} ${link.media}`, link]));
  const arriving = [];
  const elements = [...next.head.children].filter((element) => !isOurs(element)).map((element) => {
    const same = isStyle(element) && there.get(`${pathname(element)} ${element.media}`);
    if (same) return same;
    const made = document.importNode(element, true);
    if (isStyle(made)) arriving.push(arrives(made));
    return made;
  });
  const before = [...document.head.children].filter((element) => !isOurs(element) && !elements.includes(element));
  // The order of style sheets counts, so each comes to stand where the new head has it.
  let last = [...document.head.children].filter(isOurs).pop();
  for (const element of elements) {
    if (last ? last.nextElementSibling !== element : document.head.firstElementChild !== element) {
      if (last) last.after(element);
      else document.head.prepend(element);
    }
    last = element;
  }
  await Promise.all(arriving);
  for (const element of before) element.remove();
};

const isScript = (script) => !isOurs(script) && ['', 'text/javascript', 'application/javascript', 'module'].includes(script.type);

/* Runs the scripts of the page, in order. A script element that a parser has not made runs only when it is made here. */
const runScripts = async (known) => {
  const running = [];
  for (const script of [...document.scripts].filter(isScript)) {
    if (isLasting(script) && known.has(script.src)) continue;
    const again = document.createElement('script');
    for (const { name, value } of script.attributes) again.setAttribute(name, value);
    again.textContent = script.textContent;
    again.async = false;
    if (again.src) running.push(arrives(again));
    script.replaceWith(again);
  }
  await Promise.all(running);
};

const swap = async (next) => {
  const known = new Set([...document.scripts].map((script) => script.src));
  await swapHead(next);
  const place = remember();
  const lasting = given.filter((one) => one.isLasting);
  takeBack();
  for (const one of lasting) {
    given.push(one);
    add.call(one.target, one.type, one.listener, one.options);
  }
  const root = document.documentElement;
  for (const { name } of [...root.attributes]) if (!next.documentElement.hasAttribute(name)) root.removeAttribute(name);
  for (const { name, value } of next.documentElement.attributes) root.setAttribute(name, value);
  document.body.replaceWith(document.adoptNode(next.body));
  restore(place);
  let failed = false;
  const fail = () => { failed = true; };
  on(window, 'error', fail);
  isRunning = true;
  await runScripts(known);
  isRunning = false;
  late.push(...lasting.filter(({ type }) => type === 'DOMContentLoaded' || type === 'load'));
  late.splice(0).forEach(call);
  window.removeEventListener('error', fail);
  if (failed) return location.reload();
  restore(place);
};

/* Reading the state. */

const stateOf = (page) => {
  try {
    return JSON.parse(page.getElementById('casebook-preview-state').textContent);
  } catch {
    return null;
  }
};
let state = stateOf(document);
let seen = state.revision;

const take = (page, next) => {
  state = next;
  seen = Math.max(seen, next.revision);
  const token = 'meta[name="casebook-preview"]';
  document.querySelector(token).content = page.querySelector(token).content;
  overlay.show(next);
  writing.show(next);
};

const look = async () => {
  const response = await fetch(location.href.split('#')[0], { cache: 'no-store' }).catch(() => null);
  if (!response) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  // To a parser without scripts what is in these is part of the page.
  for (const one of page.querySelectorAll('noscript')) one.textContent = one.innerHTML;
  const next = stateOf(page);
  if (!next || response.redirected || page.querySelector('meta[http-equiv="refresh" i]')) return location.reload();
  if (next.hash !== state.hash) await swap(page);
  take(page, next);
};

let isLooking = false;
let again = false;
const refresh = async () => {
  again = true;
  if (isLooking) return;
  isLooking = true;
  while (again) {
    again = false;
    await look();
  }
  isLooking = false;
};

/* Style sheets. */

/* Replaces those of the page that have changed; one that none of them is may be part of any. */
const restyle = (paths, revision) => {
  const links = [...document.querySelectorAll('link')].filter(isStyle).filter((link) => link.href.startsWith(location.origin));
  const changed = links.filter((link) => paths.includes(decodeURIComponent(pathname(link)).slice(1)));
  for (const link of changed.length ? changed : links) {
    const fresh = link.cloneNode();
    fresh.href = `${pathname(link)}?preview=${revision}`;
    arrives(fresh).then((isThere) => (isThere ? link : fresh).remove());
    link.after(fresh);
  }
};

/* News. */

let source = null;
const connect = () => {
  if (source || document.hidden) return;
  source = new EventSource('/-/events');
  on(source, 'hello', ({ data }) => {
    const { run, revision, scripts } = JSON.parse(data);
    overlay.away(false);
    if (run === state.run && revision === seen) return;
    if (run === state.run && scripts > seen) return location.reload();
    if (run !== state.run) seen = 0;
    restyle([], revision);
    refresh();
  });
  on(source, 'change', ({ data }) => {
    const { revision, styles, reload } = JSON.parse(data);
    if (reload) return location.reload();
    if (styles.length) restyle(styles, revision);
    seen = Math.max(seen, revision);
    refresh();
  });
  on(source, 'error', () => {
    overlay.away(true);
    // One that has given up does not try again by itself.
    if (source?.readyState !== EventSource.CLOSED) return;
    source = null;
    setTimeout(connect, 1000);
  });
};

/* A browser opens few connections to one host, so pages that nobody sees have none. */
const connectIfSeen = () => {
  if (!document.hidden) return connect();
  source?.close();
  source = null;
};

on(document, 'visibilitychange', connectIfSeen);
on(window, 'pagehide', () => {
  source?.close();
  source = null;
});
on(window, 'pageshow', connectIfSeen);
on(document, 'DOMContentLoaded', () => {
  document.documentElement.append(host);
  overlay.show(state);
  writing.show(state);
  connect();
});
