/* The search page: words → lists of records out of the index's shards → ranked results, as one types. */
(() => {
  "use strict";
  const { casebook } = window;
  const { element, load } = casebook;

  /* Words, as src/search/fold.rs has them; tests/data/search-words.json holds both to it. */

  const DROPPED = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u0655\u0670\u00ad\u200b-\u200d\u2060\ufeff]/g;
  const SPACELESS = String.raw`\u0e00-\u0eff\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\u{1aff0}-\u{1b16f}\u{20000}-\u{3ffff}`;
  const LETTER = String.raw`\p{Alphabetic}\p{N}\p{M}`;
  const RUN = new RegExp(`([${LETTER}]+)('?)(?=([${LETTER}]?))`, "gu");
  const PIECE = new RegExp(`[${SPACELESS}]+|[^${SPACELESS}]+`, "gu");
  const IS_SPACELESS = new RegExp(`^[${SPACELESS}]`, "u");
  const IS_OPEN = new RegExp(`[${LETTER}]$`, "u");
  const SHOWN = new RegExp(`(?:[${LETTER}\\u00ad]|[.,](?=\\d{3}(?!\\d)))+`, "gu");
  const PLAIN = { ß: "ss", æ: "ae", œ: "oe", þ: "th", ø: "o", đ: "d", ð: "d", ł: "l", ı: "i", ħ: "h", ŧ: "t", ς: "σ", "‘": "'", "’": "'", ʼ: "'" };

  const fold = (text) => text.normalize("NFKD").replace(DROPPED, "").normalize("NFC").toLowerCase()
    .replace(/[ßæœþøđðłıħŧς‘’ʼ]/g, (c) => PLAIN[c]).replace(/(\d)[.,](?=\d{3}(?!\d))/g, "$1");

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
          const pairs = letters.map((c, at) => c + (letters[at + 1] ?? ""));
          found.push(...(isQuery && pairs.length > 1 ? pairs.slice(0, -1) : pairs));
        } else if (letters.length > 1 || !((n === 0 && isCut) || (n === pieces.length - 1 && joins))) {
          found.push(letters.slice(0, 40).join(""));
        }
      });
      isCut = joins;
    }
    return found;
  };
  casebook.words = words;

  /* Lists */

  /* How much a word says of a record, by the part of its list. */
  const WEIGHTS = [10, 8, 4, 3, 1.6, 1];

  /* Calls `each` with every number of a part, which are distances written in characters from # on. */
  const decode = (part, each) => {
    let [rest, next] = [0, 0];
    for (let at = 0; at < part.length; at++) {
      const symbol = part.charCodeAt(at);
      const digit = symbol > 92 ? symbol - 36 : symbol - 35;
      if (digit < 69) {
        each(next + rest * 69 + digit);
        [rest, next] = [0, next + rest * 69 + digit + 1];
      } else {
        rest = rest * 22 + digit - 68;
      }
    }
  };

  const language = document.documentElement.lang;
  const isEnglish = /^en\b/i.test(language);
  const isPlural = (one, many) => one.length > 3 && many === `${one}s` && !one.endsWith("s");

  /* How well a word of the index answers one of the query: 0 for not at all. */
  const likeness = (term, { word, isPrefix }) => {
    if (term === word) return 1;
    if (isEnglish && (isPlural(term, word) || isPlural(word, term))) return 0.9;
    return isPrefix && term.startsWith(word) ? 0.4 + (0.4 * word.length) / term.length : 0;
  };

  /* How many letters say the shard of a word. */
  const letters = (word, settings) => (IS_SPACELESS.test(word) ? 1 : settings.letters);

  /* Every record with the word, and how much that says. */
  const lookUp = async (wanted, settings) => {
    const start = [...wanted.word].slice(0, letters(wanted.word, settings)).join("");
    const shard = casebook.hash(start) & (settings.terms - 1);
    const terms = await load(`terms-${shard.toString(16)}`);
    const found = new Map();
    for (let at = 0; at < terms.length; at += 2) {
      const factor = likeness(terms[at], wanted);
      if (!factor) continue;
      terms[at + 1].split(" ").forEach((part, level) => decode(part, (code) => {
        found.set(code, Math.max(found.get(code) ?? 0, factor * WEIGHTS[level]));
      }));
    }
    return found;
  };

  /* The records that have all words, the best first; of equals names, then essays, sources, claims. */
  const rank = (lists, { width }) => {
    const [first, ...others] = [...lists].sort((a, b) => a.size - b.size);
    const worth = (list, code) => list.get(code) / Math.log2(2 + list.size);
    const found = [...first.keys()].filter((code) => others.every((list) => list.has(code)));
    const order = [3, 2, 0, 1];
    return found.map((code) => ({
      code, kind: code >> width, score: others.reduce((sum, list) => sum + worth(list, code), worth(first, code)),
    })).sort((a, b) => b.score - a.score || order[a.kind] - order[b.kind] || a.code - b.code);
  };

  /* The page */

  const FIRST = 10;
  const MORE = 20;
  const KINDS = { claim: "Claims", source: "Sources", entity: "People and places", commentary: "Commentary" };
  const WORDS = Object.keys(KINDS);

  const [page, field, status, announcement, filters, results, more, instead, hint] =
    ["Search", "Query", "Status", "Announce", "Filters", "Results", "More", "Instead", "Hint"].map((id) => document.getElementById(`q-${id}`));
  const boxes = { kind: [], rating: [] };
  const number = (n) => n.toLocaleString(language);
  /* The search that is under way, what it looks for, what it found, and what the filters leave of that. */
  let [run, query, hits, left] = [0, [], [], []];

  const chosen = (group) => boxes[group].map(({ box }) => box).filter((box) => box.checked).map((box) => box.value);

  const say = (text) => {
    status.textContent = text;
    clearTimeout(say.later);
    // Heard once someone stops typing.
    say.later = setTimeout(() => { announcement.textContent = text; }, 600);
  };

  const matches = (word) => query.some((wanted) => likeness(word, wanted));

  /* Which signs of a run without spaces stand in a pair that is looked for. */
  const inPairs = (signs) => {
    const isHit = signs.map((_, n) => words(signs.slice(n, n + 2).join("")).slice(0, 1).some(matches));
    return signs.map((_, n) => isHit[n] || isHit[n - 1]);
  };

  /* An element with a text in which the words of the query are marked. */
  const marked = (name, className, text) => {
    const made = element(name, className);
    let from = 0;
    const mark = (start, length) => {
      made.append(text.slice(from, start), element("mark", "", text.slice(start, start + length)));
      from = start + length;
    };
    for (const match of text.matchAll(SHOWN)) {
      for (const piece of match[0].matchAll(PIECE)) {
        let at = match.index + piece.index;
        if (IS_SPACELESS.test(piece[0])) {
          const signs = [...piece[0]];
          inPairs(signs).forEach((isHit, n) => {
            if (isHit) mark(at, signs[n].length);
            at += signs[n].length;
          });
        } else if (words(piece[0]).some(matches)) {
          mark(at, piece[0].length);
        }
      }
    }
    made.append(text.slice(from));
    return made;
  };

  /* The quotation with most of the query's words, as a link to its passage. */
  const quotation = ({ id, quotations }) => {
    const links = quotations.map(([text, source, key]) => {
      const link = marked("a", "search-quote", `“${text}”`);
      link.href = new URL(`sources/${source}.html#q-${id}${key ? `.${key}` : ""}`, casebook.root).href;
      return link;
    });
    const [best] = links.sort((a, b) => b.children.length - a.children.length);
    return best ? element("p", "", best) : "";
  };

  const result = (card) => {
    const link = marked("a", "title", card.title);
    link.href = card.href;
    // What a source or an entity is, its line says.
    const kind = /^C/.test(card.kind) || !card.line ? element("span", "search-kind", card.kind) : "";
    const rating = card.rating ? casebook.rating(card.rating) : "";
    const meta = element("p", "meta", kind, " ", rating, " ", marked("span", "", card.line));
    return element("li", "", link, meta, quotation(card), card.summary && marked("p", "search-summary", card.summary));
  };

  /* Shows the results up to the number `end`, and gives the number of those that were there. */
  const show = async (end) => {
    const mine = run;
    const start = results.children.length;
    const cards = await Promise.all(left.slice(start, end).map(({ code }) => casebook.byCode(code)));
    if (mine !== run) return start;
    if (!start) {
      // Of the first results those come first that have the query as a phrase in their title.
      const phrase = ` ${query.map(({ word }) => word).join(" ")}`;
      const has = cards.map((card) => ` ${words(card.title).join(" ")}`.includes(phrase));
      // Sorting is stable: all others keep their rank.
      const order = [...cards.keys()].sort((a, b) => has[b] - has[a]);
      left.splice(0, order.length, ...order.map((n) => left[n]));
      cards.splice(0, order.length, ...order.map((n) => cards[n]));
    }
    results.append(...cards.map(result));
    more.hidden = results.children.length >= left.length;
    more.textContent = `Show more of ${number(left.length)} results`;
    return start;
  };

  /* Applies the filters, counts what each would leave, and shows the first results. */
  const refine = async (settings, rated) => {
    const [kinds, ratings] = [chosen("kind"), chosen("rating")];
    const ratingOf = ({ code }) => (settings.ratings[rated.get(code)] ?? casebook.unrated)[0];
    const fitsKind = (hit) => !kinds.length || kinds.includes(WORDS[hit.kind]);
    const fitsRating = (hit) => !ratings.length || (!hit.kind && ratings.includes(ratingOf(hit)));
    const count = (group, list, value) => {
      const counts = new Map();
      for (const hit of list) counts.set(value(hit), (counts.get(value(hit)) ?? 0) + 1);
      for (const { box, count } of boxes[group]) {
        count.textContent = number(counts.get(box.value) ?? 0);
        box.parentElement.hidden = !counts.has(box.value) && !box.checked;
      }
    };
    count("kind", hits.filter(fitsRating), (hit) => WORDS[hit.kind]);
    count("rating", hits.filter((hit) => !hit.kind && fitsKind(hit)), ratingOf);
    left = hits.filter((hit) => fitsKind(hit) && fitsRating(hit));
    results.replaceChildren();
    more.hidden = true;
    await show(FIRST);
  };

  /* What to do where nothing was found. */
  const advice = (lists) => {
    const missing = query.filter((_, n) => !lists[n].size).map(({ word }) => `“${word}”`).join(" or ");
    return `Nothing has ${missing || "all of these words together"}. Try fewer words or another spelling, or look through the lists.`;
  };

  /* `isTyped` says that the last word may not be finished. */
  const search = async (isTyped) => {
    const mine = ++run;
    const text = field.value.trim();
    const found = [...new Set(words(text, true))];
    try {
      const settings = await load("index");
      const isOpen = IS_OPEN.test(field.value);
      const wanted = found.map((word, n) => {
        const isLast = isOpen && n === found.length - 1;
        // A shard has all words that begin like this one only where that decides the shard.
        const isShort = isLast && settings.terms > 1 && [...word].length < letters(word, settings);
        return { word, isShort, isPrefix: isLast && !isShort };
      });
      // Nobody is to pay for the lists of words that they are only on their way through.
      const short = wanted.at(-1)?.isShort ? wanted.at(-1) : null;
      if (short && isTyped) wanted.pop();
      const rated = new Map();
      const [ratings, ...lists] = await Promise.all([load("ratings"), ...wanted.map((each) => lookUp(each, settings))]);
      if (mine !== run) return;
      ratings.forEach((part, n) => decode(part, (code) => rated.set(code, n)));
      [query, hits] = [wanted, lists.length ? rank(lists, settings) : []];
      await refine(settings, rated);
      if (mine !== run) return;
      filters.hidden = !hits.length;
      instead.hidden = Boolean(hits.length);
      hint.textContent = lists.length && !hits.length ? advice(lists) : "";
      if (short && isTyped) hint.textContent = `Another letter finds what begins with “${short.word}”, Enter the word itself.`;
      const of = left.length < hits.length ? ` of ${number(hits.length)}` : "";
      const count = `${left.length ? number(left.length) : "No"} result${left.length === 1 ? "" : "s"}`;
      say(lists.length ? `${count}${of} for “${text}”` : "");
    } catch {
      if (mine === run) say("The search index cannot be loaded.");
    }
  };

  /* Address, filters, keys */

  /* Keeps the query in the address; `isStep` makes a step of its history that Back returns from. */
  const keep = (isStep) => {
    const ratings = chosen("rating").map((id) => id || "none");
    const values = { q: field.value.trim(), kind: chosen("kind").join(), rating: ratings.join() };
    const parameters = String(new URLSearchParams(Object.entries(values).filter(([, value]) => value)));
    const target = location.pathname + (parameters && `?${parameters}`);
    if (target === location.pathname + location.search) return;
    history[isStep ? "pushState" : "replaceState"](null, "", target);
  };

  const restore = () => {
    const parameters = new URLSearchParams(location.search);
    field.value = parameters.get("q") ?? "";
    for (const [group, list] of Object.entries(boxes)) {
      const values = (parameters.get(group) ?? "").split(",");
      for (const { box } of list) box.checked = values.includes(box.value || "none");
    }
    return search();
  };

  const fieldset = (group, legend, options) => {
    const labels = options.map(([value, content]) => {
      const box = Object.assign(element("input"), { type: "checkbox", name: group, value });
      const count = element("span", "search-count");
      boxes[group].push({ box, count });
      return element("label", "", box, content, count);
    });
    return element("fieldset", "", element("legend", "", legend), ...labels);
  };

  const links = () => [...results.querySelectorAll(".title")];

  const move = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const all = links();
    const at = all.indexOf(event.target.closest("li")?.firstChild);
    const isField = event.target === field;
    const target = { ArrowDown: all[at + 1], ArrowUp: isField ? null : all[at - 1] ?? field, Escape: isField ? null : field }[event.key];
    if (!target) return;
    event.preventDefault();
    target.focus();
  };

  const go = (isStep) => {
    clearTimeout(go.later);
    keep(isStep);
    return search(!isStep);
  };

  field.oninput = () => {
    clearTimeout(go.later);
    go.later = setTimeout(go, 180);
  };
  field.form.onsubmit = async (event) => {
    event.preventDefault();
    await go(true);
    links()[0]?.focus();
  };
  filters.onchange = () => go(true);
  more.onclick = async () => {
    const first = await show(results.children.length + MORE);
    links()[first]?.focus();
  };
  page.onkeydown = move;
  window.onpopstate = restore;

  page.hidden = false;
  if (matchMedia("(hover: hover)").matches) field.focus({ preventScroll: true });
  load("index").then(({ ratings }) => {
    const scale = [...ratings, casebook.unrated].map((rating) => [rating[0], casebook.rating(rating)]);
    filters.append(fieldset("kind", "Kind", Object.entries(KINDS)), fieldset("rating", "Rating of claims", scale));
  }).catch(() => {}).then(restore);
})();
