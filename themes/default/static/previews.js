/* Cards of the records that running text links to, on hover and focus. Without scripts, and on touch, there are none. */
(() => {
  "use strict";
  const { casebook } = window;
  const { element } = casebook;
  const LINKS = "main a.record:not(.home)";
  const SHOW_AFTER = 300;
  const HIDE_AFTER = 250;
  const GAP = 6;

  const preview = element("div", "preview");
  preview.id = "q-Preview";
  preview.setAttribute("role", "tooltip");
  preview.hidden = true;
  let link = null;
  let dismissed = null;
  let timer = 0;

  /* The id of the record that a link leads to, where that is another page of a record. */
  const idOf = (target) => {
    const url = new URL(target.href);
    if (url.pathname === location.pathname) return null;
    return /\/(?:claims|sources|entities|commentary)\/([a-z0-9-]+)\.html$/.exec(url.pathname)?.[1];
  };

  const hide = () => {
    clearTimeout(timer);
    preview.hidden = true;
    link?.removeAttribute("aria-describedby");
    link = null;
  };

  const fill = (card) => {
    const [quotation] = card.quotations;
    const texts = { title: card.title, line: card.line, quote: quotation && `“${quotation[0]}”`, summary: card.summary };
    const kind = element("p", "preview-kind", card.kind, " ", card.rating ? casebook.rating(card.rating) : "");
    const parts = Object.entries(texts).filter(([, text]) => text);
    preview.replaceChildren(kind, ...parts.map(([name, text]) => element("p", `preview-${name}`, text)));
  };

  /* Below the line of the link that the pointer is on, or above it where there is more room; never out of sight. */
  const place = (x) => {
    const lines = [...link.getClientRects()];
    const line = lines.find((each) => x >= each.left && x <= each.right) || lines[0];
    const view = document.documentElement;
    const { width, height } = preview.getBoundingClientRect();
    const isBelow = line.bottom + GAP + height <= view.clientHeight || line.top < view.clientHeight - line.bottom;
    const top = isBelow ? line.bottom + GAP : line.top - GAP - height;
    const left = Math.max(GAP, Math.min(line.left, view.clientWidth - width - GAP));
    preview.style.left = `${left + window.scrollX}px`;
    preview.style.top = `${Math.max(GAP, top) + window.scrollY}px`;
  };

  const show = async (target, x) => {
    const id = idOf(target);
    const card = id && await casebook.byId(id).catch(() => null);
    if (!card || link !== target) return;
    fill(card);
    if (!preview.isConnected) document.body.append(preview);
    preview.hidden = false;
    target.setAttribute("aria-describedby", preview.id);
    place(x);
  };

  const want = (target, x) => {
    if (target === dismissed) return;
    clearTimeout(timer);
    if (target === link) return;
    timer = setTimeout(() => {
      hide();
      link = target;
      show(target, x);
    }, SHOW_AFTER);
  };

  const leave = () => {
    clearTimeout(timer);
    timer = setTimeout(hide, HIDE_AFTER);
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    if (preview.contains(event.target)) return clearTimeout(timer);
    const target = event.target.closest(LINKS);
    if (target) return want(target, event.clientX);
    dismissed = null;
    // A link that has the focus keeps its card.
    if (link && link !== document.activeElement) leave();
    else if (!link) clearTimeout(timer);
  });
  document.addEventListener("pointerout", (event) => {
    if (!event.relatedTarget && link && link !== document.activeElement) leave();
  });
  document.addEventListener("focusin", (event) => {
    const target = event.target.closest(LINKS);
    if (target?.matches(":focus-visible") && matchMedia("(hover: hover)").matches) want(target, -1);
  });
  document.addEventListener("focusout", (event) => {
    if (dismissed === event.target) dismissed = null;
    if (link === event.target) hide();
    else if (!link) clearTimeout(timer);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || (!link && !timer)) return;
    dismissed = link;
    hide();
  });
})();
