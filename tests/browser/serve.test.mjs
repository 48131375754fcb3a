// The preview in a real browser: it keeps up with the files, says what is wrong, and writes claims.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { axe, casebook, open, pages, preview, site } from './support.mjs';

const CLAIM = 'content/claims/arctic-talks-not-frozen.md';
const SOURCE = 'sources/foreign-policy-kremlin-spokesperson.html';

/** Marks the window, so that a page that is loaded anew is told from one whose content was swapped. */
const mark = (page) => page.evaluate(() => { window.marked = true; });
const isMarked = (page) => page.evaluate(() => window.marked === true);
/** Leaves out what was refused on purpose, such as a page that is gone. */
const expected = (page, ...texts) => {
  page.problems = page.problems.filter((problem) => !texts.some((text) => problem.includes(text)));
};
const overlay = (page) => page.locator('casebook-preview section.bar');

test('an edit is swapped in, and what a reader has done stays', async (t) => {
  const it = await preview();
  const page = await open(t, SOURCE, { base: it.base, height: 400 });
  await mark(page);
  await page.locator('input[type=search]').fill('typed');
  await page.locator('details.hash summary').or(page.locator('main details summary')).first().click();
  const isOpen = await page.locator('main details[open]').count();
  assert.ok(isOpen > 0);
  await page.evaluate(() => scrollTo(0, 350));
  const link = page.locator('footer a').first();
  await link.focus();
  await page.evaluate(() => scrollTo(0, 350));
  it.edit('content/sources/foreign-policy-kremlin-spokesperson.md', 'title = "', 'title = "Swapped: ');
  await page.waitForFunction(() => document.querySelector('h1').textContent.startsWith('Swapped: '));
  await page.waitForFunction(() => document.title.startsWith('Swapped: '));
  assert.equal(await page.evaluate(() => scrollY), 350);
  assert.equal(await page.locator('input[type=search]').inputValue(), 'typed');
  assert.equal(await page.locator('main details[open]').count(), isOpen);
  assert.ok(await link.evaluate((link) => link === document.activeElement));
  assert.ok(await isMarked(page), 'the page was loaded anew');
});

test('scripts of the theme work after a swap, each once', async (t) => {
  const it = await preview();
  const page = await open(t, SOURCE, { base: it.base });
  await mark(page);
  for (const n of [1, 2, 3]) {
    it.edit('content/sources/foreign-policy-kremlin-spokesperson.md', 'title = "', `title = "${n} `);
    await page.waitForFunction((n) => document.querySelector('h1').textContent.startsWith(`${n} `), n);
  }
  // The swapped page is there before its scripts have run.
  const isAtNote = () => document.activeElement.matches('.note .n');
  for (let tries = 0; tries < 100 && !(await page.evaluate(isAtNote)); tries += 1) {
    await page.locator('mark[data-n]').first().click();
    await page.waitForTimeout(100);
  }
  assert.ok(await page.evaluate(isAtNote), 'a click on a mark leads to its note');
  const first = await page.evaluate(() => document.activeElement.getAttribute('href'));
  await page.keyboard.press('j');
  const second = await page.evaluate(() => document.activeElement.getAttribute('href'));
  await page.keyboard.press('k');
  assert.notEqual(first, second);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), first);
  await page.keyboard.press('/');
  assert.ok(await page.evaluate(() => document.activeElement.matches('input[type=search]')));
  assert.equal(await page.evaluate(() => document.querySelectorAll('body > [role=status]').length), 1);
  assert.ok(await isMarked(page), 'the page was loaded anew');
});

test('style is swapped without a reload', async (t) => {
  const it = await preview();
  const page = await open(t, 'index.html', { base: it.base });
  await mark(page);
  const colour = () => getComputedStyle(document.body).outlineColor;
  const style = readFileSync(new URL('../../themes/default/static/style.css', import.meta.url), 'utf8');
  for (const rgb of ['rgb(1, 2, 3)', 'rgb(4, 5, 6)']) {
    it.write('themes/default/static/style.css', `${style}\nbody { outline: 3px solid ${rgb}; }\n`);
    await page.waitForFunction((rgb) => getComputedStyle(document.body).outlineColor === rgb, rgb);
  }
  assert.equal(await page.evaluate(colour), 'rgb(4, 5, 6)');
  await page.waitForFunction(() => document.querySelectorAll('link[href*="style.css"]').length === 1);
  assert.ok(await isMarked(page), 'the page was loaded anew');
});

test('a script that changed is loaded', async (t) => {
  const it = await preview();
  const page = await open(t, 'index.html', { base: it.base });
  const script = readFileSync(new URL('../../themes/default/static/shards.js', import.meta.url), 'utf8');
  it.write('themes/default/static/shards.js', `${script}\nwindow.replaced = true;\n`);
  await page.waitForFunction(() => window.replaced === true);
});

test('an error is shown over the page as it last was, and goes when it is mended', async (t) => {
  const it = await preview();
  const page = await open(t, 'claims/arctic-talks-not-frozen.html', { base: it.base });
  await mark(page);
  const heading = await page.locator('h1').textContent();
  assert.ok(await overlay(page).isHidden());
  const good = it.read(CLAIM);
  it.write(CLAIM, good.replace('+++', '+++\nclaim = "open'));
  await overlay(page).waitFor();
  assert.equal(await page.locator('h1').textContent(), heading);
  const summary = overlay(page).locator('summary');
  assert.match(await summary.textContent(), /as it last could be made.*error.*arctic-talks-not-frozen\.md:2:/s);
  await summary.click();
  const entry = overlay(page).locator('li').first();
  assert.match(await entry.locator('.place').textContent(), /^content\/claims\/arctic-talks-not-frozen\.md:2:\d+$/);
  assert.match(await entry.locator('pre').textContent(), /claim = "open/);
  assert.deepEqual(await axe(page), []);
  assert.match(it.said, /error\[.*arctic-talks-not-frozen\.md:2:/s);
  it.write(CLAIM, good);
  await overlay(page).waitFor({ state: 'hidden' });
  assert.ok(await isMarked(page), 'the page was loaded anew');
});

test('the overlay can be put away until something else is wrong', async (t) => {
  const it = await preview();
  const page = await open(t, 'index.html', { base: it.base });
  it.edit(CLAIM, 'quote = "', 'quote = "xx ');
  await overlay(page).waitFor();
  await overlay(page).getByRole('button', { name: 'Hide until something changes' }).click();
  await overlay(page).waitFor({ state: 'hidden' });
  await page.visit('timeline.html');
  assert.ok(await overlay(page).isHidden());
  it.edit(CLAIM, '+++', '+++\nnonsense = 1');
  await overlay(page).waitFor();
  await overlay(page).locator('summary').focus();
  await page.keyboard.press('Escape');
  await overlay(page).waitFor({ state: 'hidden' });
});

test('a page that goes is missing, and is there when it comes back', async (t) => {
  const it = await preview();
  const text = '+++\nname = "Somebody"\n+++\n';
  it.write('content/entities/somebody.md', text);
  const page = await open(t, 'index.html', { base: it.base });
  await page.waitForFunction(async () => (await fetch('/entities/somebody.html')).ok);
  await page.visit('entities/somebody.html');
  it.remove('content/entities/somebody.md');
  await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'There is no such page');
  it.write('content/entities/somebody.md', text.replace('Somebody', 'Somebody else'));
  await page.waitForFunction(() => document.querySelector('h1')?.textContent.includes('Somebody else'));
  expected(page, '404');
});

test('a page finds the preview again', async (t) => {
  const it = await preview();
  const page = await open(t, 'claims/arctic-talks-not-frozen.html', { base: it.base });
  await mark(page);
  assert.equal(await it.stop(), 0);
  await overlay(page).getByText('out of reach').waitFor();
  it.edit(CLAIM, 'claim = "', 'claim = "Again: ');
  await it.start();
  await page.waitForFunction(() => document.querySelector('h1').textContent.startsWith('Again: '));
  await overlay(page).waitFor({ state: 'hidden' });
  assert.ok(await isMarked(page), 'the page was loaded anew');
  expected(page, 'ERR_', 'net::');
});

/** Selects from the first occurrence of `from` in the source's text to the end of the next one of `to`. */
const select = (page, from, to) => page.evaluate(([from, to]) => {
  const nodes = [];
  for (const element of document.querySelectorAll('h1, .source-text .text')) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) nodes.push(walker.currentNode);
  }
  const start = nodes.findIndex((node) => node.data.includes(from));
  const end = nodes.findIndex((node, n) => n >= start && node.data.includes(to));
  const range = document.createRange();
  range.setStart(nodes[start], nodes[start].data.indexOf(from));
  range.setEnd(nodes[end], nodes[end].data.lastIndexOf(to) + to.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}, [from, to]);

test('a claim is written from words of a source', async (t) => {
  const it = await preview();
  const page = await open(t, SOURCE, { base: it.base });
  await mark(page);
  const before = await page.locator('mark').count();
  const words = await page.evaluate(() => {
    const texts = [...document.querySelectorAll('.source-text .text p:not(.gap)')].map((p) => p.textContent.trim());
    return texts.find((text) => text.split(/\s+/).length > 12).split(/\s+/);
  });
  await select(page, words.slice(0, 1)[0], words.at(-1));
  const offer = page.getByRole('button', { name: 'Write a claim' });
  await offer.waitFor();
  await offer.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Write the claim' }).click();
  await dialog.getByText('say what is claimed').waitFor();
  assert.equal(await page.evaluate(() => document.querySelector('casebook-preview').shadowRoot.activeElement.name), 'claim');
  assert.deepEqual(await axe(page), []);
  await dialog.getByLabel('What is claimed').fill('The "preview" writes\nclaims.');
  await dialog.getByLabel('Who said it').fill('Dmitri Peskov');
  await dialog.getByLabel('Rating', { exact: true }).selectOption({ label: 'Unverified' });
  await dialog.getByLabel('What it does to another claim').selectOption('supports');
  await dialog.getByLabel('Which claim').fill('no such claim');
  await dialog.getByRole('button', { name: 'Write the claim' }).click();
  await dialog.getByText('choose a claim of the dossier').waitFor();
  await dialog.getByLabel('Which claim').fill('arctic-talks-not-frozen');
  await dialog.getByRole('button', { name: 'Write the claim' }).click();
  await dialog.getByRole('link', { name: 'Open the claim' }).waitFor();
  const text = it.read('content/claims/the-preview-writes-claims.md');
  assert.match(text, /^claim = "The \\"preview\\" writes claims\."$/m);
  assert.match(text, /^attribution = \[\{ who = "dmitri-peskov" \}\]$/m);
  assert.match(text, /^\[\[relation\]\]\ntype = "supports"\nclaim = "arctic-talks-not-frozen"$/m);
  assert.match(text, /^rating = "unverified"\ndate = \d{4}-\d\d-\d\d$/m);
  casebook('check', '--root', it.root);
  await page.waitForFunction((before) => document.querySelectorAll('mark').length > before, before);
  assert.ok(await isMarked(page), 'the page was loaded anew');
  await dialog.getByRole('link', { name: 'Open the claim' }).click();
  await page.getByRole('heading', { level: 1, name: 'The "preview" writes claims.' }).waitFor();
  expected(page, '422');
});

test('a selection across marks, notes, numbers and gaps gives the source\'s words', async (t) => {
  const it = await preview();
  it.write('content/sources/mixed.md', [
    '+++', 'title = "A mixed text"', 'publish = "full"', 'extent = "excerpts"', '+++',
    'The **first** paragraph has a [link](https://example.org/) and a note.[^1] It goes on.', '',
    '1. The first of the list.', '2. The second of this list.', '', '> A quotation of “some” length.', '', '[…]', '',
    'The last paragraph ends here.', '', '[^1]: The words of the note.', '',
  ].join('\n'));
  it.write('content/claims/a-first.md', '+++\nclaim = "First."\n\n[[appearance]]\nsource = "mixed"\nquote = "paragraph has a link"\n+++\n');
  it.write('content/claims/a-second.md', '+++\nclaim = "Second."\n\n[[appearance]]\nsource = "mixed"\nquote = "first of the list. 2. The second"\n+++\n');
  const page = await open(t, 'index.html', { base: it.base });
  await page.waitForFunction(async () => (await (await fetch('/sources/mixed.html')).text()).includes('q-a-second'));
  await page.visit('sources/mixed.html');
  const dialog = page.getByRole('dialog');
  const quote = async (from, to, claim) => {
    await select(page, from, to);
    await page.getByRole('button', { name: 'Write a claim' }).click();
    await dialog.getByLabel('What is claimed').fill(claim);
    await dialog.getByRole('button', { name: 'Write the claim' }).click();
    await dialog.getByRole('link', { name: 'Open the claim' }).waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    return /^quote = (".*")$/m.exec(it.read(`content/claims/${claim}.md`))[1];
  };
  const first = 'The first paragraph has a link and a note. It goes on. 1. The first of the list. 2. The second of this list.';
  assert.equal(await quote('The', 'of this list.', 'one'), JSON.stringify(first));
  assert.equal(await quote('irst', 'no', 'two'), JSON.stringify('first paragraph has a link and a note'));
  const elided = 'A quotation of “some” length. […] The last paragraph';
  assert.equal(await quote('A quot', 'last parag', 'three'), JSON.stringify(elided));
  casebook('check', '--root', it.root);
});

test('the form works with the keyboard, and says why words cannot be quoted', async (t) => {
  const it = await preview();
  const page = await open(t, SOURCE, { base: it.base });
  await page.evaluate(() => {
    const passage = document.querySelector('.source-text .text p:not(.gap)');
    getSelection().selectAllChildren(passage);
  });
  await page.getByRole('button', { name: 'Write a claim' }).waitFor();
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.evaluate(() => { document.querySelector('.source-text .text p:not(.gap)').textContent = 'Words that nobody wrote.'; });
  await select(page, 'Words that', 'wrote.');
  await page.getByRole('button', { name: 'Write a claim' }).waitFor();
  await page.keyboard.press('c');
  await page.keyboard.type('A claim.');
  await page.keyboard.press('Tab');
  await dialog.getByLabel('Who said it').press('Enter');
  await dialog.getByText('not all of the source').waitFor();
  expected(page, '422');
});

test('a build has no trace of the preview', () => {
  for (const path of pages(site.example)) {
    const html = readFileSync(join(site.example, path), 'utf8');
    assert.ok(!/casebook-preview|\/-\//.test(html), path);
  }
});
