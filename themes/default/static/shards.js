/* Loads the shards of the search index, each a script that calls `casebook(name, data)`: that works from a folder on
   disk too. Search and previews share what is here. The key / leads to the search field of every page. */
(() => {
  "use strict";
  const root = new URL("../", document.currentScript.src);
  const kinds = ["Claim", "Source", "Entity", "Commentary"];
  const folders = ["claims", "sources", "entities", "commentary"];
  const loads = new Map();
  const arrived = new Map();
  const unrated = ["", "Not rated", "none", "–"];

  const casebook = (name, data) => arrived.set(name, data);

  /* The data of a shard; each is loaded once. */
  const load = (name) => {
    if (!loads.has(name)) {
      loads.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.onload = script.onerror = () => {
          script.remove();
          if (arrived.has(name)) return resolve(arrived.get(name));
          loads.delete(name);
          reject(new Error(`search/${name}.js cannot be loaded`));
        };
        script.src = new URL(`search/${name}.js`, root).href;
        document.head.append(script);
      }));
    }
    return loads.get(name);
  };

  /* FNV-1a of the UTF-8 bytes, 32 bits, with the high half folded into the low one, as the index was made with. */
  const hash = (text) => {
    let value = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193);
    return (value ^ (value >>> 16)) >>> 0;
  };

  /* The cards of the shard that a number's lowest bits say. The number of a record says its kind. */
  const cards = async (number) => {
    const { records, ratings, width } = await load("index");
    const shard = await load(`records-${(number & (records - 1)).toString(16)}`);
    return shard.map(([code, id, title, line, more, quotations = []]) => {
      const kind = code >> width;
      const [rating, summary] = kind ? [null, more] : [ratings[more] ?? unrated, ""];
      const href = new URL(`${folders[kind]}/${id}.html`, root).href;
      return { code, id, title, line, kind: kinds[kind], rating, summary, quotations, href };
    });
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
    sign.ariaHidden = "true";
    return element("span", `rating tone-${tone}`, sign, ` ${label}`);
  };

  window.casebook = Object.assign(casebook, {
    root, unrated, load, hash, element, rating,
    byId: async (id) => (await cards(hash(id))).find((card) => card.id === id),
    byCode: async (code) => (await cards(code)).find((card) => card.code === code),
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const field = document.querySelector("input[type=search]");
    if (!field?.offsetParent) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
})();
