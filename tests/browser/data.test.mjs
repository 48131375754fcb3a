// The data of a site, each file and each page's JSON-LD held against its own standard: the example, a generated dossier,
// and one whose every text is made to break what it is written into.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse as parseBibtex } from '@retorquere/bibtex-parser';
import Ajv from 'ajv/dist/2020.js';
import { parse as parseCsv } from 'csv-parse/sync';
import jsonld from 'jsonld';
import { ROOT, build, casebook, open, pages, site, temporaryFolder } from './support.mjs';
import { CSL, PROPERTIES, documentLoader, misuses } from './standards.mjs';

const HOSTILE = '</script><script>alert(1)</script><!-- <![CDATA[ ]]> & \u2028 “x” \\ {y} %z% #1 $2 _ ~ ^';
/** The same in our own Markdown, which takes no HTML. */
const CODE = `\`${HOSTILE}\``;
const BASE = 'https://example.org/a b/'.replace(' ', '%20');

const read = (folder, path) => readFileSync(join(folder, path), 'utf8');
const json = (folder, path) => JSON.parse(read(folder, path));
const quoted = (text) => JSON.stringify(text);

let hostile;

/** A dossier of hostile texts, on an ordinal scale, with a relation type of its own; and its site. */
function hostileSite() {
  if (hostile) return hostile;
  const root = join(temporaryFolder(), 'hostile');
  const write = (path, text) => writeFileSync(join(root, path), text);
  for (const kind of ['sources', 'claims', 'entities']) mkdirSync(join(root, 'content', kind), { recursive: true });
  write(
    'casebook.toml',
    `title = ${quoted(HOSTILE)}\nbase_url = "${BASE}"\npublisher = ${quoted(`=${HOSTILE}`)}\nratings_ordinal = true
[[ratings]]\nid = "yes"\nlabel = ${quoted(`yes ${HOSTILE}`)}\n[[ratings]]\nid = "no"\nlabel = "no"
[relations.refutes]\nlabel = "refutes"\ninverse = "refuted by"\niri = "https://example.org/refutes"
[relations.adorns]\nlabel = "adorns"\ninverse = "adorned by"\n`,
  );
  write('content/entities/her.md', `+++\nname = ${quoted(`Her ${HOSTILE}`)}\nkind = "person"\n+++\n`);
  const body = `=SUM(A1) is what she said, & more 𝄞 of it.\n\nA second <b>paragraph</b>[^1] & a \`tail </script>\`.

> - so goes the list
> - and on it goes\n\n[^1]: A note.`;
  for (const publish of ['full', 'excerpts', 'record']) {
    const front = `title = ${quoted(`-1 ${HOSTILE}`)}\nauthors = ["her", ${quoted(`@x ${HOSTILE}`)}]\ndate = "2016~"`;
    write(`content/sources/${publish}.md`, `+++\n${front}\npublish = "${publish}"\nkind = "post"\n+++\n${body}\n`);
  }
  write('content/sources/unchecked.md', '+++\ntitle = "No text"\n+++\n');
  const appearance = (source, quote, key, more = '') =>
    `[[appearance]]\nsource = "${source}"\nquote = ${quoted(quote)}\nkey = "${key}"\n${more}`;
  const across = 'more 𝄞 of it. A second paragraph & a tail </script>. so goes the list and on it goes';
  const appearances = ['full', 'excerpts', 'record'].flatMap((source) => [
    appearance(source, '=SUM(A1) is what she said', 'a', 'attribution = [{ who = "her" }]\nspeech = "direct"'),
    appearance(source, across, 'b', 'stance = "denies"'),
    appearance(source, 'is what she […] so goes the list', 'c', 'stance = "questions"'),
  ]);
  appearances.push(appearance('unchecked', `=1+1 ${HOSTILE}`, 'd'));
  const verdict = `[[verdict]]\nrating = "yes"\ndate = 2026-11-22\nby = ${quoted(`+${HOSTILE}`)}\nreason = ${quoted(CODE)}\n`;
  const relations = ['refutes', 'adorns', 'disputes'].map(
    (type) => `[[relation]]\ntype = "${type}"\nclaim = "other"\nreason = ${quoted(`=${CODE}`)}\n`,
  );
  write(
    'content/claims/one.md',
    `+++\nclaim = ${quoted(`=1+1 ${HOSTILE}`)}\nabout = ["her"]\nwhen = "-0043"\n${appearances.join('\n')}\n${relations.join('')}${verdict}+++\n`,
  );
  write('content/claims/other.md', `+++\nclaim = "Another."\n${appearance('full', 'A second paragraph', 'e')}+++\n`);
  return (hostile = { root, folder: build(root) });
}

const SITES = [
  ['the example', () => site.example, () => ROOT],
  // The corpus's dossier is gone when its site is there.
  ['a corpus', () => site.corpus, null],
  ['hostile texts', () => hostileSite().folder, () => hostileSite().root],
];

/** The JSON-LD of a page; none where it has none. */
function dataOf(html) {
  const [, text] = /<script type="application\/ld\+json">([^<]*)<\/script>/.exec(html) ?? [];
  return text && JSON.parse(text);
}

/** At most so many, evenly over all. */
function some(all, count) {
  const step = Math.max(1, all.length / count);
  return Array.from({ length: Math.min(all.length, count) }, (_, n) => all[Math.floor(n * step)]);
}

for (const [name, folderOf, rootOf] of SITES) {
  test(`the whole dossier is valid by its schema: ${name}`, () => {
    const schema = json(folderOf(), 'data/dossier.schema.json');
    assert.equal(read(folderOf(), 'data/dossier.schema.json'), read(ROOT, 'schemas/dossier.schema.json'));
    const ajv = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true });
    const dossier = json(folderOf(), 'data/dossier.json');
    assert.ok(ajv.validate(schema, dossier), JSON.stringify(ajv.errors?.slice(0, 5), null, 1));
    const spoilt = { ...dossier, claims: [{ ...dossier.claims[0], unheard_of: 1 }] };
    assert.ok(!ajv.validate(schema, spoilt), 'a field that nobody knows is taken');
    for (const record of [...dossier.sources, ...dossier.claims, ...dossier.entities, ...dossier.commentary]) {
      assert.ok(existsSync(join(folderOf(), record.page)), record.page);
      if (record.annotations) assert.ok(existsSync(join(folderOf(), record.annotations)), record.annotations);
    }
    if (!dossier.$schema.includes(':')) assert.ok(existsSync(join(folderOf(), 'data', dossier.$schema)));
  });

  test(`tables say what the whole dossier says: ${name}`, () => {
    const dossier = json(folderOf(), 'data/dossier.json');
    const table = (path) => parseCsv(read(folderOf(), path), { columns: true, record_delimiter: '\r\n' });
    // An apostrophe before what a spreadsheet would take for a formula is no part of the text.
    const plain = (cell) => cell.replace(/^'(?='*[=+\-@\t\r])/, '');
    const tables = ['claims', 'appearances', 'relations'].map((name) => table(`data/${name}.csv`));
    for (const row of tables.flat()) {
      for (const cell of Object.values(row)) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
    }
    const [claims, appearances, relations] = tables;
    assert.deepEqual(
      claims.map((row) => [row.id, plain(row.claim), row.rating, row.page]),
      dossier.claims.map((claim) => [claim.id, claim.claim, claim.rating ?? '', claim.page]),
    );
    const made = dossier.claims.flatMap((claim) => claim.appearances.map((it) => [claim.id, it.source, it.quote, it.stance]));
    assert.deepEqual(appearances.map((row) => [row.claim, row.source, plain(row.quote), row.stance]), made);
    const done = dossier.claims.flatMap((claim) => (claim.relations ?? []).map((it) => [claim.id, it.type, it.claim, it.reason ?? '']));
    assert.deepEqual(relations.map((row) => [row.from, row.type, row.to, plain(row.reason)]), done);
  });

  test(`the sources are valid CSL-JSON and BibTeX: ${name}`, () => {
    const dossier = json(folderOf(), 'data/dossier.json');
    const items = json(folderOf(), 'data/sources.csl.json');
    const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
    assert.ok(ajv.validate(CSL, items), JSON.stringify(ajv.errors?.slice(0, 5), null, 1));
    assert.deepEqual(items.map((item) => [item.id, item.title]), dossier.sources.map((source) => [source.id, source.title]));
    const { entries, errors } = parseBibtex(read(folderOf(), 'data/sources.bib'), { sentenceCase: false });
    assert.deepEqual(errors, []);
    assert.deepEqual(entries.map((entry) => entry.key), dossier.sources.map((source) => source.id));
    const bare = (text) => text.normalize('NFKD').replace(/<[^>]*>|[^\p{L}\p{N}]/gu, '');
    for (const [n, entry] of entries.entries()) {
      assert.equal(bare(entry.fields.title), bare(dossier.sources[n].title), entry.key);
      assert.equal(entry.fields.author?.length ?? 0, (dossier.sources[n].authors ?? []).length, entry.key);
    }
  });

  test(`JSON-LD in pages uses the terms of schema.org as they are meant: ${name}`, async () => {
    const folder = folderOf();
    const dossier = json(folder, 'data/dossier.json');
    const others = dossier.relation_types.flatMap(({ iri }) => iri ?? []);
    const properties = others.map((iri) => iri.replace('http://purl.org/spar/cito/', 'cito:'));
    const claims = new Map(dossier.claims.map((claim) => [claim.page, claim]));
    const wanted = pages(folder).filter((path) => /^(claims|sources)\/(?!index|page-)/.test(path));
    assert.equal(wanted.length, dossier.claims.length + dossier.sources.length);
    for (const path of some(wanted, 150)) {
      const data = dataOf(read(folder, path));
      assert.deepEqual(misuses(data, properties), [], path);
      const base = dossier.base_url ?? 'https://nowhere.example/';
      const expanded = await jsonld.expand(data, { documentLoader, base: base + path });
      const text = JSON.stringify(expanded);
      assert.ok(text.includes(`"@id":"${base}${path}"`), `${path} has no id of its own`);
      const claim = claims.get(path);
      if (!claim) continue;
      const types = data['@graph'].map((node) => node['@type']);
      assert.deepEqual(types, claim.verdicts ? ['Claim', 'ClaimReview'] : ['Claim'], path);
      for (const { type, claim: other } of claim.relations ?? []) {
        const { iri } = dossier.relation_types.find(({ name }) => name === type);
        const target = `{"@id":"${base}claims/${other}.html"}`;
        const said = expanded[0]['@graph']?.[0] ?? expanded[0];
        if (iri) assert.ok(JSON.stringify(said[iri]).includes(target), `${path}: ${type} ${other}`);
      }
    }
  });

  test(`annotations are what the model asks for: ${name}`, async () => {
    const folder = folderOf();
    const dossier = json(folder, 'data/dossier.json');
    for (const { id, page, annotations } of some(dossier.sources, 60)) {
      const collection = json(folder, annotations);
      assert.deepEqual([collection['@context'], collection.type], ['http://www.w3.org/ns/anno.jsonld', 'AnnotationCollection']);
      const items = collection.first?.items ?? [];
      assert.equal(collection.total, items.length);
      if (!items.length) continue;
      assert.deepEqual([collection.first.type, collection.first.partOf], ['AnnotationPage', collection.id]);
      assert.equal(new Set(items.map((item) => item.id)).size, items.length);
      const base = dossier.base_url ?? 'https://nowhere.example/';
      const [expanded] = await jsonld.expand(collection, { documentLoader, base: base + annotations });
      assert.equal(expanded['@id'], base + annotations);
      assert.ok(!JSON.stringify(expanded).includes('"@id":"_:'), 'something has no address');
      for (const item of items) checkAnnotation(item, base + annotations, base + page);
      const quoted = dossier.claims.flatMap((claim) => claim.appearances.filter((it) => it.source === id));
      for (const { fragment } of quoted) assert.ok(items.some((item) => item.id.endsWith(`#${fragment}`)), fragment);
    }
  });

  if (rootOf) {
    test(`what is exported is what is published: ${name}`, () => {
      const formats = { json: 'dossier.json', 'json-schema': 'dossier.schema.json', 'csv-claims': 'claims.csv' };
      Object.assign(formats, { 'csv-appearances': 'appearances.csv', 'csv-relations': 'relations.csv' });
      Object.assign(formats, { bibtex: 'sources.bib', 'csl-json': 'sources.csl.json' });
      for (const [format, file] of Object.entries(formats)) {
        assert.equal(casebook('export', format, '--root', rootOf()), read(folderOf(), `data/${file}`), format);
      }
      const [{ id }] = json(folderOf(), 'data/dossier.json').sources;
      const annotations = casebook('export', 'annotations', '--source', id, '--root', rootOf());
      assert.equal(annotations, read(folderOf(), `data/annotations/${id}.json`));
    });
  }
}

/** Web Annotation Data Model: 3.1 annotations, 3.2.3 textual bodies, 4 specific resources, 4.2.4 and 4.2.5 selectors. */
function checkAnnotation(item, file, page) {
  assert.equal(item.type, 'Annotation');
  assert.ok(new URL(item.id, file).href.startsWith(`${file}#`), item.id);
  assert.ok(item.target.length > 0);
  for (const body of item.body) {
    assert.ok(['linking', 'describing', 'tagging', 'classifying'].includes(body.purpose));
    if (body.type === 'TextualBody') assert.ok(typeof body.value === 'string' && body.format && body.language);
    else assert.ok(body.type === 'SpecificResource' && body.source);
  }
  for (const { type, source, selector } of item.target) {
    assert.equal(type, 'SpecificResource');
    assert.equal(new URL(source, file).href, page);
    const [quote, position, ...more] = selector;
    assert.deepEqual([quote.type, position.type, more.length], ['TextQuoteSelector', 'TextPositionSelector', 0]);
    assert.ok(quote.exact.length > 0);
    assert.ok(Number.isInteger(position.start) && position.start >= 0 && position.end > position.start);
  }
}

for (const [name, folderOf] of SITES) {
  test(`annotations select their words in the page that a browser has: ${name}`, async (t) => {
    const folder = folderOf();
    const dossier = json(folder, 'data/dossier.json');
    const sources = some(dossier.sources, 8);
    const page = await open(t, sources[0].page, { folder });
    let count = 0;
    for (const { id, page: path, annotations } of sources) {
      await page.visit(path);
      // What scripts add comes after: this is the document as it was sent.
      const html = read(folder, path);
      const parse = (html) => new DOMParser().parseFromString(html, 'text/html').body.textContent;
      const loaded = await page.evaluate(() => document.body.textContent);
      const text = Array.from(await page.evaluate(parse, html));
      for (const item of json(folder, annotations).first?.items ?? []) {
        const found = item.target.map(({ selector: [quote, { start, end }] }) => {
          const words = text.slice(start, end).join('');
          assert.equal(words, quote.exact, item.id);
          assert.ok(text.slice(0, start).join('').endsWith(quote.prefix ?? ''), `what is before ${item.id}`);
          assert.ok(text.slice(end).join('').startsWith(quote.suffix ?? ''), `what is after ${item.id}`);
          // What a script adds before the text moves positions, but not the words.
          assert.ok(loaded.includes(words), `${item.id} is not in the page as it is loaded`);
          return words;
        });
        count += 1;
        const claim = dossier.claims.flatMap((claim) => claim.appearances).find(
          (it) => it.source === id && item.id.endsWith(`#${it.fragment}`),
        );
        const letters = (words) => words.replace(/\s|\[…\]/gu, '');
        if (claim) assert.equal(letters(found.join('')), letters(claim.quote), item.id);
      }
    }
    assert.ok(count > 5, `only ${count} annotations`);
  });
}

test('no text breaks out of the element that data stand in', async (t) => {
  const page = await open(t, 'claims/one.html', { folder: hostileSite().folder });
  page.on('dialog', () => page.problems.push('a script of a text was run'));
  const texts = await page.locator('script[type="application/ld+json"]').allTextContents();
  assert.equal(texts.length, 1);
  assert.equal(JSON.parse(texts[0])['@graph'][1].claimReviewed, `=1+1 ${HOSTILE}`);
});

test('a term that is used as it is not meant is noticed', () => {
  const article = { '@type': 'Article', claimReviewed: 'x', author: 'Ann', datePublished: '2016~', heading: 'x' };
  assert.deepEqual(misuses({ '@graph': [article] }, []), [
    '/@graph/0/claimReviewed: not of a Article',
    '/@graph/0/author: "Ann"',
    '/@graph/0/datePublished: "2016~"',
    '/@graph/0/heading: no such property',
  ]);
});

test('a rating has a number on an ordinal scale and nowhere else', () => {
  const rating = (folder, path) => dataOf(read(folder, path))['@graph'][1].reviewRating;
  const { ratingValue, bestRating, worstRating } = rating(hostileSite().folder, 'claims/one.html');
  assert.deepEqual([ratingValue, bestRating, worstRating], [2, 2, 1]);
  assert.deepEqual(Object.keys(rating(site.example, 'claims/channels-frozen.html')).sort(), ['@type', 'alternateName', 'ratingExplanation']);
});

test('the home page leads to every file of data, from a disk', async (t) => {
  const page = await open(t, 'index.html');
  const links = await page.locator('#q-Data ~ ul a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  const files = readdirSync(join(site.example, 'data'), { withFileTypes: true });
  assert.deepEqual(links.sort(), files.filter((file) => file.isFile()).map((file) => `data/${file.name}`).sort());
});

test('the facts about terms are about terms that are used', () => {
  const used = new Set();
  const collect = (node) => {
    if (typeof node !== 'object' || node === null) return;
    for (const [name, value] of Object.entries(node)) {
      used.add(name);
      collect(value);
    }
  };
  for (const folder of [site.example, hostileSite().folder]) {
    for (const path of pages(folder)) collect(dataOf(read(folder, path)));
  }
  const rare = ['temporalCoverage', 'firstAppearance', 'archivedAt'];
  assert.deepEqual(Object.keys(PROPERTIES).filter((name) => !used.has(name) && !rare.includes(name)), []);
});
