/* What is wrong, in a bar at the foot of the page that unfolds; and the place where the form for a claim stands. Both are
   in a shadow tree beside the body, so that neither the theme's style nor a swap of the page touches them. */

/* What listens to the page for the preview itself, which keeps account of everybody else. */
const add = EventTarget.prototype.addEventListener;
const on = (target, type, listener) => add.call(target, type, listener);

const host = document.createElement('casebook-preview');
const shadow = host.attachShadow({ mode: 'open' });

const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

shadow.append(make('style', { textContent: `
  :host { all: initial; color-scheme: light dark; --ground: #fffdf8; --ink: #1c1a17; --quiet: #5d574d; --line: #cfc8ba;
    --error: #a3161d; --warning: #7a4d00; --note: #1c4d79; --focus: #1d4ed8;
    font: 15px/1.45 system-ui, sans-serif; color: var(--ink); }
  @media (prefers-color-scheme: dark) {
    :host { --ground: #1d1b18; --ink: #eee9df; --quiet: #b3aa9b; --line: #4a453d; --error: #ff9a94; --warning: #ecb968;
      --note: #9ec6ec; --focus: #93b4ff; }
  }
  @media print { :host { display: none; } }
  *, ::before, ::after { box-sizing: border-box; }
  [hidden] { display: none !important; }
  :focus-visible { outline: 3px solid var(--focus); outline-offset: 1px; }
  button, input, select, textarea { font: inherit; color: inherit; }
  a { color: var(--note); }
  .bar { position: fixed; inset: auto 0 0 0; z-index: 2147483646; max-height: 60vh; display: flex; align-items: start;
    background: var(--ground); border-top: 3px solid var(--severity, var(--line)); box-shadow: 0 -2px 14px #0003; }
  .error { --severity: var(--error); } .warning { --severity: var(--warning); } .note { --severity: var(--note); }
  details { flex: 1; min-width: 0; max-height: calc(60vh - 3px); overflow: auto; overscroll-behavior: contain; }
  summary { padding: 9px 14px; cursor: pointer; overflow-wrap: anywhere; }
  summary b { color: var(--severity); }
  .first { color: var(--quiet); }
  .close { flex: none; min-width: 44px; min-height: 40px; border: 0; background: none; cursor: pointer; font-size: 20px; }
  ol { margin: 0; padding: 0 14px 12px; list-style: none; }
  li { padding: 10px 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
  li p { margin: 0; }
  .severity { font-weight: 700; color: var(--severity); }
  .place { color: var(--quiet); font-family: ui-monospace, monospace; font-size: 13px; }
  pre { margin: 6px 0; overflow-x: auto; font: 13px/1.4 ui-monospace, monospace; }
  .vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
` }));

const overlay = (() => {
  const headline = make('b');
  const first = make('span', { className: 'first' });
  const list = make('ol');
  const fold = make('details', {}, make('summary', {}, headline, first), list);
  const close = make('button', { className: 'close', type: 'button', textContent: '×' });
  close.setAttribute('aria-label', 'Hide until something changes');
  const bar = make('section', { className: 'bar', hidden: true }, fold, close);
  bar.setAttribute('aria-label', 'Preview');
  const status = make('p', { className: 'vh' });
  status.setAttribute('role', 'status');
  shadow.append(bar, status);

  let shown = '';
  let state = null;
  let isAway = false;
  const hidden = 'casebook-preview-hidden';

  const count = (diagnostics, more) => {
    const words = ['error', 'warning', 'note'].map((severity) => {
      const n = diagnostics.filter((one) => one.severity === severity).length;
      return n && `${n} ${severity}${n === 1 ? '' : 's'}`;
    });
    return words.filter(Boolean).join(', ') + (more ? ` and ${more} more` : '');
  };

  const entry = ({ severity, code, place, message, excerpt, hints }) => make('li', { className: severity },
    make('p', {}, make('span', { className: 'severity', textContent: `${severity}[${code}]` }), ` ${message}`),
    ...(place ? [make('p', { className: 'place', textContent: place })] : []),
    ...(excerpt ? [make('pre', { textContent: excerpt })] : []),
    ...hints.map((hint) => make('p', { className: 'hint', textContent: `Help: ${hint}` })));

  const render = () => {
    const { diagnostics, more, stale } = state;
    const worst = ['error', 'warning', 'note'].find((severity) => diagnostics.some((one) => one.severity === severity));
    const parts = [count(diagnostics, more)];
    if (stale) parts.unshift('This is the page as it last could be made');
    if (isAway) parts.unshift('The preview has ended, or is out of reach');
    headline.textContent = parts.filter(Boolean).join(' · ');
    const top = diagnostics[0];
    first.textContent = top ? ` – ${top.place ? `${top.place}: ` : ''}${top.message}` : '';
    const key = JSON.stringify([isAway, stale, diagnostics.map(({ severity, place, message }) => [severity, place, message]).sort()]);
    if (key !== shown) {
      list.replaceChildren(...diagnostics.map(entry));
      status.textContent = headline.textContent || (shown ? 'Nothing is wrong any more' : '');
    }
    shown = key;
    bar.className = `bar ${worst ?? (isAway ? 'warning' : '')}`;
    bar.hidden = !headline.textContent || sessionStorage.getItem(hidden) === key;
  };

  close.onclick = () => {
    sessionStorage.setItem(hidden, shown);
    bar.hidden = true;
  };
  bar.onkeydown = (event) => {
    if (event.key !== 'Escape') return;
    if (fold.open) {
      fold.open = false;
      fold.firstChild.focus();
    } else {
      close.click();
    }
  };

  return {
    show(next) {
      state = next;
      render();
    },
    away(value) {
      if (value === isAway) return;
      isAway = value;
      render();
    },
  };
})();
