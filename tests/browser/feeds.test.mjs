// What stands in a site for programs that show it elsewhere: feeds, sitemaps, robots.txt, and the metadata of every page.
// Feeds and sitemaps are held against their grammars by Jing, which is part of the Nu checker and needs Java.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { open, ROOT } from './support.mjs';
import { build, pages, redirects, site, temporaryFolder } from './sites.mjs';

const JAR = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');
const JING = 'nu.validator.vendor.thaiopensource.relaxng.util.Driver';
const java = spawnSync('java', ['-version']).status === 0;
const skip = !java && 'there is no Java for Jing';

const BASE = 'https://example.org/a%20b/';
const HOSTILE = ']]> & <b>"Title"</b> \u{1F600} é 新 &amp; --> <![CDATA[';

/** A dossier whose every text tries to be markup, with control characters that XML does not have. */
function hostile() {
  const root = temporaryFolder();
  const write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const text = JSON.stringify(`${HOSTILE} \u0001 \ufffe`).replace(/\ufffe/g, '\\uFFFE');
  const escaped = text.replace(/[\u{10000}-\u{10ffff}]/gu, (c) => `\\U${c.codePointAt(0).toString(16).padStart(8, '0')}`);
  write('casebook.toml', `title = ${escaped}\ndescription = ${escaped}\npublisher = ${escaped}\nlicence = ${escaped}\n`);
  write('content/index.md', 'Words.\n');
  write('content/sources/report.md', `+++\ntitle = ${escaped}\nauthors = [${escaped}]\ndate = "2016~"\ntags = ["a-tag"]\n+++\nThe ferry came late.\n`);
  const verdict = (rating, date) => `[[verdict]]\nrating = "${rating}"\ndate = ${date}\nby = ${escaped}\nreason = ${escaped}\n`;
  write(
    'content/claims/late.md',
    `+++\nclaim = ${escaped}\ntags = ["a-tag"]\n[[appearance]]\nsource = "report"\nquote = "The ferry came"\n` +
      `${verdict('true', '2020-01-02')}${verdict('false', '2020-01-03')}` +
      `[[correction]]\ndate = 2020-01-04\ntext = ${escaped}\n+++\n`,
  );
  write('content/commentary/essay.md', `+++\ntitle = ${escaped}\nauthors = [${escaped}]\ndate = 2020-01-05\nsummary = ${escaped}\n+++\nX.\n`);
  return root;
}

/** The files of a site with that ending. */
function files(folder, ending) {
  const all = readdirSync(folder, { recursive: true }).map((file) => file.replaceAll('\\', '/'));
  return all.filter((file) => file.endsWith(ending)).sort();
}

/** What Jing says against files that should be as a grammar of `tests/data` says. */
function complaints(grammar, folder, paths) {
  const places = paths.map((path) => join(folder, path));
  const args = ['-cp', JAR, JING, '-c', join(ROOT, 'tests/data', grammar), ...places];
  const { status, stdout, stderr } = spawnSync('java', args, { encoding: 'utf8' });
  return status === 0 ? '' : stdout + stderr;
}

test('the grammars can say no', { skip }, () => {
  const folder = temporaryFolder();
  const feed = '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>';
  for (const [name, text, grammar] of [
    ['a.xml', feed, 'atom.rnc'],
    ['b.xml', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>a.html</loc></url></urlset>', 'sitemap.rnc'],
  ]) {
    writeFileSync(join(folder, name), text);
    assert.match(complaints(grammar, folder, [name]), /error/);
  }
});

test('feeds and sitemaps are valid, whatever the texts are', { skip }, () => {
  const dossier = hostile();
  for (const [folder, fewest] of [
    [site.example, 3],
    [build(ROOT, '--base-url', BASE), 3],
    [site.corpus, 20],
    [build(dossier), 3],
    [build(dossier, '--base-url', BASE), 3],
  ]) {
    const xml = files(folder, '.xml');
    const sitemaps = xml.filter((path) => path.startsWith('sitemap'));
    const feeds = xml.filter((path) => !sitemaps.includes(path) && !path.startsWith('data/'));
    assert.ok(feeds.length >= fewest, `only ${feeds}`);
    assert.equal(complaints('atom.rnc', folder, feeds), '');
    if (sitemaps.length) assert.equal(complaints('sitemap.rnc', folder, sitemaps), '');
  }
});

test('a reader of feeds gets the texts as they were written', async (t) => {
  const folder = build(hostile());
  const page = await open(t, 'index.html', { folder });
  const read = (path) =>
    page.evaluate((xml) => {
      const document = new DOMParser().parseFromString(xml, 'application/xml');
      const text = (element, name) => element.getElementsByTagName(name)[0]?.textContent;
      const entries = [...document.getElementsByTagName('entry')];
      return {
        broken: document.getElementsByTagName('parsererror').length,
        title: text(document, 'title'),
        entries: entries.map((entry) => ({ id: text(entry, 'id'), title: text(entry, 'title'), summary: text(entry, 'summary') })),
      };
    }, readFileSync(join(folder, path), 'utf8'));
  const feed = await read('feed.xml');
  assert.equal(feed.broken, 0);
  assert.ok(feed.title.includes(HOSTILE), feed.title);
  assert.equal(feed.entries.length, 3);
  assert.equal(new Set(feed.entries.map(({ id }) => id)).size, 3);
  const corrections = await read('corrections.xml');
  assert.deepEqual(corrections.entries.map(({ title }) => title.slice(0, 9)), ['Corrected', 'Rated “Fa']);
  const tag = await read('tags/a-tag.xml');
  assert.deepEqual(tag.entries.map(({ id }) => id), feed.entries.map(({ id }) => id).filter((id) => !id.includes('essay')));
});

/** The metadata of a page: names and properties with their contents. */
function metadata(html) {
  const plain = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&');
  const head = html.slice(0, html.indexOf('</head>'));
  const found = new Map();
  for (const [, name, content] of head.matchAll(/<meta (?:name|property)="([^"]*)" content="([^"]*)">/g)) {
    found.set(name, [...(found.get(name) ?? []), plain(content)]);
  }
  const links = [...head.matchAll(/<link rel="canonical" href="([^"]*)">/g)].map(([, href]) => plain(href));
  return { found, canonical: links, title: plain(/<title>([^<]*)<\/title>/.exec(head)?.[1] ?? '') };
}

const ONCE = ['description', 'og:title', 'og:description', 'og:type', 'og:site_name', 'og:locale', 'twitter:card'];

test('every page says what it is to those who show a link to it', () => {
  for (const [folder, base] of [
    [site.example, null],
    [site.corpus, 'https://corpus.example/'],
    [build(ROOT, '--base-url', BASE), BASE],
  ]) {
    const seen = new Map();
    const real = new Set(pages(folder));
    const moved = new Set(redirects(folder));
    const all = [...real, ...moved];
    assert.ok(all.length > 30);
    for (const path of all) {
      const { found, canonical, title } = metadata(readFileSync(join(folder, path), 'utf8'));
      const is = { notFound: path === '404.html', redirect: moved.has(path) };
      for (const name of ONCE) {
        assert.equal(found.get(name)?.length, 1, `${path}: ${name}`);
        assert.ok(found.get(name)[0].trim().length > 1, `${path}: ${name}`);
      }
      assert.ok(title.startsWith(found.get('og:title')[0]), `${path}: ${title}`);
      assert.equal(found.get('description')[0], found.get('og:description')[0]);
      assert.ok(found.get('description')[0].length <= 250, `${path}: ${found.get('description')}`);
      assert.ok(['website', 'article'].includes(found.get('og:type')[0]));
      assert.equal(found.get('robots')?.[0], is.notFound || is.redirect ? 'noindex' : undefined, path);
      if (!base || is.notFound) {
        assert.deepEqual([canonical, found.get('og:url')], [[], undefined], path);
      } else {
        const own = base + path.replace(/^index\.html$/, '');
        assert.equal(canonical.length, 1, path);
        assert.deepEqual(found.get('og:url'), canonical, path);
        if (!is.redirect) assert.equal(canonical[0], own);
        else assert.ok(real.has(canonical[0].slice(base.length)), canonical[0]);
      }
      for (const time of [...(found.get('article:published_time') ?? []), ...(found.get('article:modified_time') ?? [])]) {
        assert.match(time, /^\d{4}-\d\d-\d\d$/, path);
        assert.equal(found.get('og:type')[0], 'article');
      }
      if (is.redirect || is.notFound) continue;
      const description = found.get('description')[0];
      seen.set(description, [...(seen.get(description) ?? []), path]);
    }
    // Pages that say the same of themselves cannot be told apart in a list of results.
    const alike = [...seen.values()].filter((paths) => paths.length > 1).flat();
    assert.ok(alike.length <= all.length / 10, `${alike.length} of ${all.length}: ${alike.slice(0, 9)}`);
  }
});

test('what a sitemap and robots.txt name is there', () => {
  const folder = build(ROOT, '--base-url', BASE);
  const xml = readFileSync(join(folder, 'sitemap.xml'), 'utf8');
  const places = [...xml.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, place]) => place);
  const named = places.map((place) => place.slice(BASE.length) || 'index.html').sort();
  const wanted = pages(folder).filter((path) => !['404.html', 'search.html'].includes(path));
  assert.deepEqual(named, wanted);
  assert.ok(xml.includes('<lastmod>'));
  assert.ok(readFileSync(join(folder, 'robots.txt'), 'utf8').includes(`Sitemap: ${BASE}sitemap.xml`));
  assert.deepEqual(files(site.example, '.xml').filter((path) => path.startsWith('sitemap')), []);
});

test('a feed is offered where it belongs, and leads there', () => {
  for (const path of pages(site.corpus).filter((path) => !['404.html'].includes(path))) {
    const html = readFileSync(join(site.corpus, path), 'utf8');
    const feeds = [...html.matchAll(/<link rel="alternate" type="application\/atom\+xml" title="[^"]+" href="([^"]+)">/g)];
    const root = '../'.repeat(path.split('/').length - 1);
    const expected = [`${root}feed.xml`];
    const tag = /^tags\/(?!index\.|page-)([a-z0-9-]+)(?:\.html|\/page-\d+\.html)$/.exec(path);
    if (tag) expected.push(`${root}tags/${tag[1]}.xml`);
    if (/^changes(\.html|\/)/.test(path)) expected.push(`${root}corrections.xml`);
    assert.deepEqual(feeds.map(([, href]) => href), expected, path);
    for (const href of expected.slice(1)) assert.ok(html.includes(`<a href="${href}"`), `${path} shows no link to ${href}`);
  }
});
