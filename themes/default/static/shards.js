/* Loads the shards of the search index, each a script that calls `casebook(name, data)`: that works from a folder on
   disk too. Search and previews share what is here. The key / leads to the search field of every page. */
(() => {
  "use strict";
  const root = new URL("../", document.currentScript.src);
  const kinds = ["Claim", "Source", "Entity", "Commentary"];
  const folders = ["claims", "sources", "entities", "commentary"];
  const shards = new Map();
  const arrived = new Map();

  const casebook = (name, data) => arrived.set(name, data);

  /* The data of a shard; each is loaded once. */
  const load = (name) => {
    if (!shards.has(name)) {
      shards.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = new URL(`search/${name}.js`, root).href;
        const done = () => {
          script.remove();
          if (arrived.has(name)) return resolve(arrived.get(name));
          shards.delete(name);
          reject(new Error(`search/${name}.js cannot be loaded`));
        };
        script.addEventListener("load", done);
        script.addEventListener("error", done);
        document.head.append(script);
      }));
    }
    return shards.get(name);
  };

  /* FNV-1a of the UTF-8 bytes, 32 bits, with the high half folded into the low one, as the index was made with. */
  const hash = (text) => {
    let value = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193);
    return (value ^ (value >>> 16)) >>> 0;
  };

  /* What a card's array holds, by name. The number of a record says its kind. */
  const card = ([code, id, title, line, ...rest], settings) => {
    const kind = code >> settings.width;
    const [rating, quotations] = kind === 0 ? rest : [];
    return {
      code, id, title, line, kind: kinds[kind], summary: kind === 0 ? "" : rest[0], quotations: quotations || [],
      rating: kind === 0 ? settings.ratings[rating] || ["", "Not rated", "none", "–"] : null,
      href: new URL(`${folders[kind]}/${id}.html`, root).href,
    };
  };

  const element = (name, className, ...content) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content);
    return made;
  };

  /* A rating as pages show it. */
  const rating = ([, label, tone, mark]) => {
    const sign = element("span", "rating-mark", mark);
    sign.setAttribute("aria-hidden", "true");
    return element("span", `rating tone-${tone}`, sign, ` ${label}`);
  };

  const records = async (number) => {
    const settings = await load("index");
    const cards = await load(`records-${(number & (settings.records - 1)).toString(16)}`);
    return cards.map((each) => card(each, settings));
  };

  Object.assign(casebook, {
    root, kinds, load, hash, element, rating,
    /* The card of the record with that id, or with that number. */
    byId: async (id) => (await records(hash(id))).find((each) => each.id === id),
    byCode: async (code) => (await records(code)).find((each) => each.code === code),
  });
  window.casebook = casebook;

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const field = document.querySelector("input[type=search]");
    if (!field?.offsetParent) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
})();
