// Search: as one types, from a disk and over HTTP, by keyboard, with filters, and what there is without scripts.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT, axe, open, site } from './support.mjs';

const VECTORS = JSON.parse(readFileSync(join(ROOT, 'tests/data/search-words.json'), 'utf8'));

const titles = (page) => page.locator('#q-Results a.title').allTextContents();
const status = (page) => page.locator('#q-Status').textContent();

/** Waits until the page says what it found for a query. */
const settled = (page, query) =>
  page.waitForFunction((query) => document.querySelector('#q-Status').textContent.includes(`“${query}”`), query);

async function type(page, query) {
  await page.locator('#q-Query').fill(query);
  await settled(page, query.trim());
}

test('a script folds words as the index does', async (t) => {
  const page = await open(t, 'search.html');
  for (const [text, expected] of VECTORS.words) {
    assert.deepEqual(await page.evaluate((text) => casebook.words(text), text), expected, text);
  }
  for (const [text, expected] of VECTORS.hashes) {
    assert.equal(await page.evaluate((text) => casebook.hash(text), text), expected, text);
  }
});

for (const [name, options] of Object.entries({
  'from a disk': {},
  'over HTTP': { http: true },
  'at a sub-path': { http: true, subPath: '/a/b/' },
})) {
  test(`from / to Enter, ${name}`, async (t) => {
    const page = await open(t, 'claims/channels-frozen.html', options);
    await page.keyboard.press('/');
    await page.keyboard.type('kerry lavrov');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search.html?q=kerry+lavrov');
    await settled(page, 'kerry lavrov');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'q-Query');
    await page.keyboard.press('ArrowDown');
    const first = await page.evaluate(() => document.activeElement.textContent);
    assert.match(first, /^John Kerry spoke with Sergei Lavrov/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/claims/kerry-spoke-with-lavrov.html');
    await page.goBack();
    await settled(page, 'kerry lavrov');
    assert.equal(await page.locator('#q-Query').inputValue(), 'kerry lavrov');
  });
}

test('results come as one types, and the address keeps the query', async (t) => {
  const page = await open(t, 'search.html');
  await page.locator('#q-Query').pressSequentially('kerr');
  await settled(page, 'kerr');
  assert.ok((await titles(page)).includes('John Kerry'));
  assert.equal(new URL(page.url()).search, '?q=kerr');
  assert.ok((await page.locator('#q-Results mark').allTextContents()).includes('Kerry'), 'matches are marked');
  await page.locator('#q-Query').fill('');
  await page.waitForFunction(() => !document.querySelector('#q-Results li'));
  assert.ok(await page.locator('#q-Instead').isVisible());
});

test('only the last word is the beginning of one', async (t) => {
  const page = await open(t, 'search.html');
  await type(page, 'kerr spoke');
  assert.match(await status(page), /^No results/);
  assert.match(await page.locator('#q-Hint').textContent(), /Nothing has “kerr”/);
  assert.ok(await page.locator('#q-Instead').isVisible());
  // A space says that the word is whole.
  await type(page, 'kerr ');
  assert.match(await status(page), /^No results/);
});

test('a phrase in a title comes first, and case and diacritics do not matter', async (t) => {
  const page = await open(t, 'search.html');
  await type(page, 'KÉRRY spoke with');
  assert.match((await titles(page))[0], /^John Kerry spoke with/);
  await type(page, 'foreign policy');
  assert.equal((await titles(page))[0], 'Foreign Policy');
});

test('a quotation is found by the words of its source, and leads to its passage', async (t) => {
  const page = await open(t, 'search.html');
  await type(page, 'notably absent');
  const quotation = page.locator('#q-Results .search-quote').first();
  assert.match(await quotation.textContent(), /notably absent/);
  await quotation.click();
  await page.waitForURL('**/sources/foreign-policy-kremlin-spokesperson.html#q-kerry-absent-from-moscow');
  assert.ok(await page.locator('#q-kerry-absent-from-moscow').count());
});

test('filters by kind and rating say how many each leaves, and stay in the address', async (t) => {
  const page = await open(t, 'search.html?q=russia');
  await settled(page, 'russia');
  const all = Number.parseInt(await status(page), 10);
  const claims = page.locator('#q-Filters label', { has: page.locator('input[value=claim]') });
  const count = Number(await claims.locator('.search-count').textContent());
  assert.ok(count > 1 && count < all, `${count} of ${all}`);
  await claims.locator('input').check();
  await page.waitForFunction((count) => document.querySelector('#q-Status').textContent.startsWith(`${count} `), count);
  assert.equal(new URL(page.url()).search, '?q=russia&kind=claim');
  const rating = page.locator('#q-Filters label', { has: page.locator('input[name=rating][value=unverified]') });
  const unverified = Number(await rating.locator('.search-count').textContent());
  await rating.locator('input').check();
  await page.waitForFunction((n) => document.querySelectorAll('#q-Results li').length === n, unverified);
  for (const text of await page.locator('#q-Results .rating').allTextContents()) assert.match(text, /Unverified/);
  await page.goBack();
  await page.waitForFunction((count) => document.querySelector('#q-Status').textContent.startsWith(`${count} `), count);
  assert.ok(!(await rating.locator('input').isChecked()) && (await claims.locator('input').isChecked()));
  await page.reload();
  await page.waitForFunction((count) => document.querySelector('#q-Status').textContent.startsWith(`${count} `), count);
});

test('what was found is announced, once someone stops typing', async (t) => {
  const page = await open(t, 'search.html');
  await type(page, 'kerry');
  const announced = page.locator('#q-Announce[role=status]');
  await page.waitForFunction(() => document.querySelector('#q-Announce').textContent.includes('kerry'));
  assert.equal(await announced.textContent(), await status(page));
});

test('many results come in parts', async (t) => {
  const page = await open(t, 'search.html?q=the', { folder: site.corpus });
  await settled(page, 'the');
  assert.equal(await page.locator('#q-Results li').count(), 10);
  await page.locator('#q-More').click();
  await page.waitForFunction(() => document.querySelectorAll('#q-Results li').length === 30);
  // Whoever goes on by keyboard goes on at the first new one.
  assert.equal(await page.evaluate(() => [...document.querySelectorAll('#q-Results a.title')].indexOf(document.activeElement)), 10);
  const hrefs = await page.locator('#q-Results a.title').evaluateAll((links) => links.map((link) => link.href));
  assert.equal(new Set(hrefs).size, 30);
});

test('every result of a query has its words', async (t) => {
  const page = await open(t, 'search.html', { folder: site.corpus });
  await type(page, 'harbour bridge ');
  const words = /harbours?\b[^]*\bbridges?\b|bridges?\b[^]*\bharbours?\b/i;
  const hrefs = await page.locator('#q-Results a.title').evaluateAll((links) => links.map((link) => link.href));
  assert.ok(hrefs.length > 3);
  for (const href of hrefs) {
    const text = readFileSync(new URL(href), 'utf8');
    assert.match(text.slice(text.indexOf('<main')), words, href);
  }
});

test('a query costs little', async (t) => {
  const asked = [];
  const page = await open(t, 'search.html', { folder: site.corpus, http: true, prepare: (page) =>
    page.on('request', (request) => asked.push(new URL(request.url()).pathname)) });
  await type(page, 'harbour');
  const size = (path) => statSync(join(site.corpus, path)).size;
  const bytes = asked.filter((path) => path.endsWith('.js')).reduce((sum, path) => sum + size(path), 0);
  const all = readdirSync(join(site.corpus, 'search')).reduce((sum, file) => sum + size(join('search', file)), 0);
  assert.ok(bytes > 10_000 && bytes < all / 3, `${bytes} of ${all} bytes`);
});

test('without scripts the page says what to use instead', async (t) => {
  const page = await open(t, 'search.html?q=kerry', { javaScript: false });
  assert.ok(!(await page.locator('#q-Search').isVisible()));
  assert.match(await page.locator('main').innerText(), /needs scripts/);
  for (const href of ['claims/index.html', 'sources/index.html', 'entities/index.html', 'tags/index.html']) {
    assert.equal(await page.locator(`main a[href="${href}"]`).count(), 1, href);
  }
  const other = await open(t, 'claims/channels-frozen.html', { javaScript: false });
  await other.locator('header input[type=search]').fill('kerry');
  await other.keyboard.press('Enter');
  await other.waitForURL('**/search.html?q=kerry');
});

test('a slash in a field is a slash', async (t) => {
  const page = await open(t, 'search.html');
  await page.locator('#q-Query').pressSequentially('and/or');
  assert.equal(await page.locator('#q-Query').inputValue(), 'and/or');
});

for (const colorScheme of ['light', 'dark']) {
  test(`results are within everyone's reach, ${colorScheme}`, async (t) => {
    for (const [path, width] of [['search.html', 1280], ['search.html?q=kerry&kind=claim', 360], ['search.html?q=xyzzy', 360]]) {
      const page = await open(t, path, { colorScheme, width });
      const query = new URL(page.url()).searchParams.get('q');
      if (query) await settled(page, query);
      assert.deepEqual(await axe(page), [], path);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} is too wide`);
    }
  });
}
