/* The search page: words → lists of records out of the index's shards → ranked results, as one types. */
(() => {
  "use strict";
  const { casebook } = window;
  const { element, load } = casebook;
  const find = (id) => document.getElementById(id);

  /* ---- Words, as src/search/fold.rs has them; tests/data/search-words.json holds both to it. ---- */

  const DROPPED = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u0655\u0670\u00ad\u200b-\u200d\u2060\ufeff]/g;
  const SPACELESS = "\\u0e00-\\u0eff\\u1000-\\u109f\\ua9e0-\\ua9ff\\uaa60-\\uaa7f\\u1780-\\u17ff\\u2e80-\\u2fdf\\u3005-\\u3007\\u3040-\\u312f\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9f\\u{1aff0}-\\u{1b16f}\\u{20000}-\\u{3ffff}";
  const WORD = "\\p{Alphabetic}\\p{N}\\p{M}";
  const RUN = new RegExp(`([${WORD}]+)('?)(?=([${WORD}]?))`, "gu");
  const PIECE = new RegExp(`[${SPACELESS}]+|[^${SPACELESS}]+`, "gu");
  const IS_SPACELESS = new RegExp(`^[${SPACELESS}]`, "u");
  const SHOWN_WORD = new RegExp(`(?:[${WORD}\\u00ad]|[.,](?=\\d{3}(?!\\d)))+`, "gu");
  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", þ: "th", ø: "o", đ: "d", ð: "d", ł: "l", ı: "i", ħ: "h", ŧ: "t", ς: "σ", "‘": "'", "’": "'", ʼ: "'" };

  const fold = (text) => text.normalize("NFKD").replace(DROPPED, "").normalize("NFC").toLowerCase()
    .replace(/[ßæœþøđðłıħŧς‘’ʼ]/g, (c) => LETTERS[c]).replace(/(\d)[.,](?=\d{3}(?!\d))/g, "$1");

  /* The words of a text. Of a query the last character of a run without spaces stands in a pair already. */
  const words = (text, isQuery) => {
    const found = [];
    let isCut = false;
    for (const [, run, apostrophe, next] of fold(text).matchAll(RUN)) {
      const joins = Boolean(apostrophe && next);
      const pieces = run.match(PIECE);
      pieces.forEach((piece, n) => {
        const letters = [...piece];
        if (IS_SPACELESS.test(piece)) {
          letters.forEach((c, at) => {
            if (!isQuery || at + 1 < letters.length || at === 0) found.push(c + (letters[at + 1] || ""));
          });
          return;
        }
        const beside = (n === 0 && isCut) || (n === pieces.length - 1 && joins);
        if (!beside || letters.length > 1) found.push(letters.slice(0, 40).join(""));
      });
      isCut = joins;
    }
    return found;
  };
  casebook.words = words;

  /* ---- Lists ---- */

  /* How much a word says of a record, by the part of its list: the last two for texts, often and seldom. */
  const WEIGHTS = [10, 8, 4, 3, 1.6, 1];
  const STOPPERS = 69;
  const CONTINUERS = 22;

  /* Calls `each` with every number of a part, which are distances written in characters from # on. */
  const decode = (part, each) => {
    let [rest, next] = [0, 0];
    for (let at = 0; at < part.length; at++) {
      const symbol = part.charCodeAt(at);
      const digit = symbol > 92 ? symbol - 36 : symbol - 35;
      if (digit >= STOPPERS) {
        rest = rest * CONTINUERS + digit - STOPPERS + 1;
        continue;
      }
      const number = next + rest * STOPPERS + digit;
      each(number);
      [rest, next] = [0, number + 1];
    }
  };

  const shardOf = (word, settings) => {
    const letters = IS_SPACELESS.test(word) ? 1 : settings.letters;
    return `terms-${(casebook.hash([...word].slice(0, letters).join("")) & (settings.terms - 1)).toString(16)}`;
  };

  const isEnglish = /^en\b/i.test(document.documentElement.lang);

  /* How well a word of the index answers a word of the query: 0 for not at all. */
  const likeness = (term, { word, isPrefix }) => {
    if (term === word) return 1;
    if (isEnglish && word.length > 3 && (term === `${word}s` || (word.endsWith("s") && !word.endsWith("ss") && term === word.slice(0, -1)))) return 0.9;
    return isPrefix && term.startsWith(word) ? 0.4 + (0.4 * word.length) / term.length : 0;
  };

  /* Whether a shard has all words that begin with this one. */
  const reaches = (word, settings) =>
    settings.terms === 1 || IS_SPACELESS.test(word) || [...word].length >= settings.letters;

  /* Every record with the word, and how much that says. */
  const lookUp = async (wanted, settings) => {
    const terms = await load(shardOf(wanted.word, settings));
    const found = new Map();
    for (let at = 0; at < terms.length; at += 2) {
      const factor = likeness(terms[at], wanted);
      if (!factor) continue;
      terms[at + 1].split(" ").forEach((part, level) => decode(part, (code) => {
        const score = factor * WEIGHTS[level];
        if (!(found.get(code) >= score)) found.set(code, score);
      }));
    }
    return found;
  };

  /* The records that have all words, the best first. */
  const rank = (lists, settings) => {
    const [first, ...others] = [...lists].sort((a, b) => a.size - b.size);
    const rarity = (list) => 1 / Math.log2(2 + list.size);
    const hits = [];
    for (const [code, score] of first) {
      if (!others.every((list) => list.has(code))) continue;
      const sum = others.reduce((total, list) => total + list.get(code) * rarity(list), score * rarity(first));
      hits.push({ code, kind: code >> settings.width, score: sum });
    }
    // Of equals a name comes first, then an essay, a source, a claim.
    const order = [3, 2, 0, 1];
    return hits.sort((a, b) => b.score - a.score || order[a.kind] - order[b.kind] || a.code - b.code);
  };

  const ratingsByCode = async () => {
    const ratings = new Map();
    (await load("ratings")).forEach((part, rating) => decode(part, (code) => ratings.set(code, rating)));
    return ratings;
  };

  /* ---- The page ---- */

  const FIRST = 10;
  const MORE = 20;
  /* So many cards are loaded to find those with the query as a phrase in their title. */
  const WINDOW = 16;
  const KINDS = ["claim", "source", "entity", "commentary"];
  const KIND_LABELS = ["Claims", "Sources", "People and places", "Commentary"];

  const [field, status, announcement, filters, results, more, instead, hint] =
    ["q-Query", "q-Status", "q-Announce", "q-Filters", "q-Results", "q-More", "q-Instead", "q-Hint"].map(find);
  const boxes = { kind: [], rating: [] };
  let run = 0;
  let query = [];
  let hits = [];
  let left = [];

  const chosen = (group) => boxes[group].filter(({ box }) => box.checked).map(({ box }) => box.value);

  const say = (text) => {
    status.textContent = text;
    clearTimeout(say.later);
    // Heard once someone stops typing.
    say.later = setTimeout(() => { announcement.textContent = text; }, 600);
  };

  /* `text` as nodes, with the words of the query marked. */
  const marked = (text) => {
    const fragment = document.createDocumentFragment();
    const matches = (word) => query.some((wanted) => likeness(word, wanted));
    let from = 0;
    const mark = (start, end) => {
      fragment.append(text.slice(from, start), element("mark", "", text.slice(start, end)));
      from = end;
    };
    for (const match of text.matchAll(SHOWN_WORD)) {
      for (const piece of match[0].matchAll(PIECE)) {
        const start = match.index + piece.index;
        if (!IS_SPACELESS.test(piece[0])) {
          if (words(piece[0]).some(matches)) mark(start, start + piece[0].length);
          continue;
        }
        const signs = [...piece[0]];
        const isHit = signs.map((_, at) => [at - 1, at].some((n) => n >= 0 && matches(words(signs.slice(n, n + 2).join(""))[0] || "")));
        let at = start;
        signs.forEach((sign, n) => {
          if (isHit[n]) mark(at, at + sign.length);
          at += sign.length;
        });
      }
    }
    fragment.append(text.slice(from));
    return fragment;
  };

  const hitsIn = (text) => new Set(words(text).filter((word) => query.some((wanted) => likeness(word, wanted)))).size;

  /* The quotation with most of the query's words, as a link to its passage. */
  const quotation = (card) => {
    const [best] = card.quotations.map((each) => ({ each, count: hitsIn(each[0]) })).sort((a, b) => b.count - a.count);
    if (!best) return "";
    const [text, source, key] = best.each;
    const link = element("a", "search-quote", "“", marked(text), "”");
    link.href = new URL(`sources/${source}.html#q-${card.id}${key ? `.${key}` : ""}`, casebook.root).href;
    return element("p", "", link);
  };

  const result = (card) => {
    const link = element("a", "title", marked(card.title));
    link.href = card.href;
    const meta = element("p", "meta", element("span", "search-kind", card.kind), " ");
    if (card.rating) meta.append(casebook.rating(card.rating), " ");
    meta.append(marked(card.line));
    const about = card.summary ? element("p", "search-summary", marked(card.summary)) : "";
    return element("li", "", link, meta, quotation(card), about);
  };

  /* Appends the results up to the number `end`. */
  const show = async (end) => {
    const mine = run;
    const start = results.children.length;
    const cards = await Promise.all(left.slice(start, Math.max(end, start ? 0 : WINDOW)).map(({ code }) => casebook.byCode(code)));
    if (mine !== run) return;
    if (!start) {
      const phrase = ` ${query.map(({ word }) => word).join(" ")}`;
      const has = (card) => (card && ` ${words(card.title).join(" ")}`.includes(phrase) ? 1 : 0);
      // Sorting is stable: all others keep their rank.
      const order = cards.map((card, n) => ({ card, hit: left[n], has: has(card) })).sort((a, b) => b.has - a.has);
      order.forEach(({ card, hit }, n) => { cards[n] = card; left[n] = hit; });
      results.replaceChildren();
    }
    results.append(...cards.slice(0, end - start).filter(Boolean).map(result));
    more.hidden = results.children.length >= left.length;
    more.textContent = `Show more of ${left.length.toLocaleString(document.documentElement.lang)} results`;
    return start;
  };

  const count = (n) => (n === 1 ? "1 result" : `${n.toLocaleString(document.documentElement.lang)} results`);

  /* Applies the filters, counts what each would leave, and shows the first results. */
  const refine = async (settings, ratings) => {
    const [kinds, wanted] = [chosen("kind"), chosen("rating")];
    const ratingOf = ({ code }) => settings.ratings[ratings.get(code)]?.[0] ?? "";
    const fitsKind = (hit) => !kinds.length || kinds.includes(KINDS[hit.kind]);
    const fitsRating = (hit) => !wanted.length || (hit.kind === 0 && wanted.includes(ratingOf(hit)));
    left = hits.filter((hit) => fitsKind(hit) && fitsRating(hit));
    const update = ({ box, number }, n) => {
      number.textContent = n.toLocaleString(document.documentElement.lang);
      box.parentElement.hidden = !n && !box.checked;
    };
    const tally = (list, name) => list.reduce((sums, hit) => sums.set(name(hit), (sums.get(name(hit)) || 0) + 1), new Map());
    const byKind = tally(hits.filter(fitsRating), (hit) => KINDS[hit.kind]);
    const byRating = tally(hits.filter((hit) => hit.kind === 0 && fitsKind(hit)), ratingOf);
    boxes.kind.forEach((each) => update(each, byKind.get(each.box.value) || 0));
    boxes.rating.forEach((each) => update(each, byRating.get(each.box.value) || 0));
    filters.hidden = !hits.length;
    more.hidden = true;
    results.replaceChildren();
    if (left.length) await show(FIRST);
  };

  /* What to say where nothing was found. */
  const explain = (lists) => {
    const missing = query.filter((_, n) => !lists[n].size).map(({ word }) => `“${word}”`);
    const why = missing.length ? `Nothing has ${missing.join(" or ")}.` : "Nothing has all of these words together.";
    hint.textContent = `${why} Try fewer words or another spelling, or look through the lists.`;
  };

  const search = async () => {
    const mine = ++run;
    const text = field.value;
    const found = [...new Set(words(text, true))];
    instead.hidden = Boolean(found.length);
    hint.textContent = "";
    if (!found.length) {
      [query, hits, left] = [[], [], []];
      results.replaceChildren();
      [filters.hidden, more.hidden] = [true, true];
      return say("");
    }
    try {
      const settings = await load("index");
      const isOpen = /[\p{Alphabetic}\p{N}\p{M}]$/u.test(text);
      const asked = found.map((word, n) => ({ word, isPrefix: isOpen && n === found.length - 1 && reaches(word, settings) }));
      const [ratings, ...lists] = await Promise.all([ratingsByCode(), ...asked.map((wanted) => lookUp(wanted, settings))]);
      if (mine !== run) return;
      query = asked;
      hits = rank(lists, settings);
      await refine(settings, ratings);
      if (mine !== run) return;
      instead.hidden = Boolean(hits.length);
      if (!hits.length) explain(lists);
      const of = left.length < hits.length ? ` of ${hits.length.toLocaleString(document.documentElement.lang)}` : "";
      say(hits.length ? `${count(left.length)}${of} for “${text.trim()}”` : `No results for “${text.trim()}”`);
      if (isOpen && !reaches(found.at(-1), settings)) {
        hint.textContent = "So short a word is looked for whole; a letter more finds all that begin with it.";
      }
    } catch (problem) {
      if (mine === run) say("The search index cannot be loaded.");
    }
  };

  /* ---- Address, filters, keys ---- */

  const address = () => {
    const parameters = new URLSearchParams();
    for (const [name, value] of [["q", field.value.trim()], ["kind", chosen("kind").join(",")], ["rating", chosen("rating").map((id) => id || "none").join(",")]]) {
      if (value) parameters.set(name, value);
    }
    const text = parameters.toString();
    return location.pathname + (text ? `?${text}` : "");
  };

  /* Keeps the query in the address; `isStep` makes a step of its history that Back returns from. */
  const keep = (isStep) => {
    const target = address();
    if (target === location.pathname + location.search) return;
    if (isStep) history.pushState(null, "", target);
    else history.replaceState(null, "", target);
  };

  const restore = () => {
    const parameters = new URLSearchParams(location.search);
    field.value = parameters.get("q") || "";
    for (const [group, list] of Object.entries(boxes)) {
      const values = (parameters.get(group) || "").split(",").filter(Boolean);
      list.forEach(({ box }) => { box.checked = values.includes(box.value || "none"); });
    }
    return search();
  };

  const fieldset = (group, legend, options) => {
    const set = element("fieldset", "", element("legend", "", legend));
    for (const [value, label] of options) {
      const box = Object.assign(element("input"), { type: "checkbox", name: group, value });
      const number = element("span", "search-count");
      const item = element("label", "", box, " ", label, " ", number);
      item.hidden = true;
      set.append(item);
      boxes[group].push({ box, number });
    }
    return set;
  };

  const build = (settings) => {
    const scale = [...settings.ratings, ["", "Not rated", "none", "–"]];
    filters.append(
      fieldset("kind", "Kind", KINDS.map((kind, n) => [kind, KIND_LABELS[n]])),
      fieldset("rating", "Rating of claims", scale.map((rating) => [rating[0], casebook.rating(rating)])),
    );
    filters.addEventListener("change", () => {
      keep(true);
      search();
    });
  };

  const links = () => [...results.querySelectorAll("a.title")];

  const move = (event) => {
    const all = links();
    const at = all.indexOf(document.activeElement.closest("li")?.querySelector("a.title"));
    const target = { ArrowDown: all[at + 1], ArrowUp: at > 0 ? all[at - 1] : field, Escape: field }[event.key];
    if (!target || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (document.activeElement === field && event.key !== "ArrowDown") return;
    event.preventDefault();
    target.focus();
  };

  const start = async () => {
    find("q-Search").hidden = false;
    let later = 0;
    field.addEventListener("input", () => {
      clearTimeout(later);
      later = setTimeout(() => {
        keep(false);
        search();
      }, 80);
    });
    field.form.addEventListener("submit", async (event) => {
      event.preventDefault();
      clearTimeout(later);
      keep(true);
      await search();
      links()[0]?.focus();
    });
    for (const part of [field, results]) part.addEventListener("keydown", move);
    more.addEventListener("click", async () => {
      const first = await show(results.children.length + MORE);
      links()[first]?.focus();
    });
    window.addEventListener("popstate", restore);
    if (matchMedia("(hover: hover)").matches) field.focus({ preventScroll: true });
    try {
      build(await load("index"));
    } catch (problem) {
      say("The search index cannot be loaded.");
    }
    await restore();
  };
  start();
})();
