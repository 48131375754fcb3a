// The reading view: passages and their notes, on wide and narrow screens, by keyboard, without scripts, on paper.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from './support.mjs';

const PAGE = 'sources/emptywheel-red-phone.html';

/** The labels of the passages that are shown, in the order of the text. */
const shown = (page) =>
  page.$$eval('mark.on', (marks) => [...new Set(marks.flatMap((mark) => mark.dataset.n.split(' ')))]);

/** The words of the marks that are shown. */
const shownWords = (page) => page.$$eval('mark.on', (marks) => marks.map((mark) => mark.textContent).join(''));

/** Where an element is in the window: its top and bottom as shares of the window's height. */
const place = (page, selector) =>
  page.locator(selector).first().evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return [top / innerHeight, bottom / innerHeight];
  });

test('a link to a passage shows all its pieces and its note, in comfortable view', async (t) => {
  const page = await open(t, `${PAGE}#q-reuters-report-is-secondhand`);
  assert.match(await shownWords(page), /^It reports that RIA reported that Peskov said this/);
  const label = await page.locator('.note.on .n').textContent();
  assert.ok((await shown(page)).includes(label));
  assert.ok((await page.locator('mark.on').count()) > 1, 'the passage is in pieces');
  const [top, bottom] = await place(page, 'mark.on');
  assert.ok(top > 0.1 && bottom < 0.6, `${top} to ${bottom}`);

  await page.evaluate(() => { location.hash = '#q-channels-frozen'; });
  await page.waitForFunction(() => document.querySelector('.note.on .n').hash === '#q-channels-frozen');
  assert.match(await shownWords(page), /^Almost every level of dialogue/);
});

test('an address that names no passage, or is not one, shows nothing and breaks nothing', async (t) => {
  const page = await open(t, `${PAGE}#%zz`);
  assert.deepEqual(await shown(page), []);
  await page.visit(`${PAGE}#q-nothing`);
  assert.deepEqual(await shown(page), []);
});

test('each of two overlapping passages can be reached by keyboard, and shows what is its own', async (t) => {
  const page = await open(t, PAGE);
  const pairs = await page.$$eval('mark.overlap', (marks) => marks.map((mark) => mark.dataset.n.split(' ')));
  assert.ok(pairs.length > 0);
  const reached = new Map();
  for (let steps = 0; steps < 400; steps += 1) {
    await page.keyboard.press('Tab');
    const label = await page.evaluate(() => document.activeElement.closest('.note')?.dataset.n);
    if (label && !reached.has(label)) reached.set(label, await shownWords(page));
    if (await page.evaluate(() => document.activeElement.closest('.site-footer') !== null)) break;
  }
  for (const pair of pairs) {
    const words = pair.map((label) => reached.get(label));
    assert.ok(words.every(Boolean), `${pair}: ${words}`);
    assert.equal(new Set(words).size, pair.length, `${pair} show the same`);
  }
  const all = await page.$$eval('.note[data-n]', (notes) => notes.map((note) => note.dataset.n));
  assert.deepEqual([...reached.keys()], all);
});

test('on a note j and k go on and back, and Escape lets go', async (t) => {
  const page = await open(t, PAGE);
  const labels = await page.$$eval('.note[data-n]', (notes) => notes.map((note) => note.dataset.n));
  const here = () => page.evaluate(() => document.activeElement.closest('.note')?.dataset.n);
  await page.keyboard.press('j');
  assert.equal(await here(), undefined, 'a key does nothing where no note has the focus');
  await page.locator('.note .n').nth(2).focus();
  await page.keyboard.press('j');
  assert.equal(await here(), labels[3]);
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  assert.equal(await here(), labels[1]);
  assert.ok((await shown(page)).includes(labels[1]));
  await page.keyboard.press('Escape');
  assert.deepEqual(await shown(page), []);
});

test('a passage under the pointer shows its notes, and one that is pressed leads to each in turn', async (t) => {
  const page = await open(t, PAGE);
  const piece = page.locator('.source-text mark.overlap').first();
  const labels = (await piece.getAttribute('data-n')).split(' ');
  await piece.hover();
  assert.equal(await page.locator('.note.on').count(), labels.length);
  for (const label of [...labels, labels[0]]) {
    await piece.click();
    assert.equal(await page.evaluate(() => document.activeElement.closest('.note').dataset.n), label);
  }
});

test('in a wide window each note stands beside its passage, and what fits is open', async (t) => {
  for (const javaScript of [true, false]) {
    const page = await open(t, PAGE, { javaScript });
    const notes = page.locator('.source-text .note');
    assert.ok((await notes.count()) > 10);
    const far = await notes.evaluateAll((notes) => notes.map((note) => {
      const label = note.querySelector('.n');
      const passage = document.getElementById(decodeURIComponent(label.hash.slice(1)));
      const mark = passage.parentElement.querySelector(`mark[data-n~="${note.dataset.n}"]`).getBoundingClientRect();
      const { left, top, height } = label.getBoundingClientRect();
      if (!height || !note.checkVisibility()) return 'hidden';
      if (left < mark.left) return `${note.dataset.n}: not in the margin`;
      return Math.abs(top - mark.top) > 130 ? `${note.dataset.n}: ${top - mark.top} pixels off` : '';
    }).filter(Boolean));
    assert.deepEqual(far, []);
  }
});

test('in a narrow window notes are folded under their paragraph, without scripts too', async (t) => {
  for (const javaScript of [true, false]) {
    const page = await open(t, PAGE, { width: 360, javaScript });
    const fold = page.locator('.source-text details.notes').first();
    const note = fold.locator('.note').first();
    assert.equal(await note.isVisible(), false);
    await fold.locator('summary').first().click();
    assert.equal(await note.isVisible(), true);
    const above = await fold.evaluate((fold) => fold.getBoundingClientRect().top >= fold.previousElementSibling.getBoundingClientRect().bottom - 1);
    assert.ok(above, 'the notes stand under the paragraph');
    assert.match(await note.textContent(), /Unverified|Not rated|Disputed/);
  }
});

test('in a narrow window a passage that is pressed unfolds its note', async (t) => {
  const page = await open(t, PAGE, { width: 360 });
  await page.locator('mark[data-n]').nth(4).click();
  assert.equal(await page.locator('.note.on').first().isVisible(), true);
});

test('without scripts the passage that a link leads to is shown and in view', async (t) => {
  const page = await open(t, `${PAGE}#q-channels-frozen`, { javaScript: false });
  const ground = (selector) => page.locator(selector).first().evaluate((it) => getComputedStyle(it).backgroundColor);
  assert.notEqual(await ground('#q-channels-frozen + mark'), await ground('#q-red-phone-used + mark'));
  const [top, bottom] = await place(page, '#q-channels-frozen + mark');
  assert.ok(top > 0.1 && bottom < 0.7, `${top} to ${bottom}`);
});

test('tones differ in more than colour', async (t) => {
  const page = await open(t, PAGE);
  const looks = await page.evaluate(() => {
    const tones = ['good', 'fair', 'neutral', 'mixed', 'poor', 'bad', 'none'];
    const mark = document.querySelector('.source-text mark');
    return tones.map((tone) => {
      mark.className = `claim tone-${tone}`;
      const { textDecorationStyle, textDecorationThickness } = getComputedStyle(mark);
      return `${textDecorationStyle} ${textDecorationThickness}`;
    });
  });
  assert.equal(new Set(looks).size, looks.length, looks.join(', '));
});

test('a note and the marks of its passage carry the same number and mark', async (t) => {
  const page = await open(t, PAGE);
  const wrong = await page.$$eval('.note[data-n]', (notes) => notes.filter((note) => {
    const mark = note.querySelector('.rating-mark')?.textContent ?? '';
    const label = note.querySelector('.n').textContent;
    const rated = mark !== '' && mark !== '–';
    return label !== note.dataset.n || (rated && !label.endsWith(mark)) || !document.querySelector(`mark[data-n~="${label}"]`);
  }).map((note) => note.textContent));
  assert.deepEqual(wrong, []);
});

test('the strip leads to the passages, by pointer alone', async (t) => {
  const page = await open(t, PAGE);
  const ticks = await page.$$eval('.strip a', (ticks) => ticks.map((tick) => [tick.hash, tick.tabIndex, tick.style.getPropertyValue('--at')]));
  assert.ok(ticks.length > 5);
  const places = ticks.map(([, , at]) => Number.parseFloat(at));
  assert.deepEqual(places, [...places].sort((a, b) => a - b));
  assert.ok(places.every((at) => at >= 0 && at <= 100));
  assert.ok(ticks.every(([, tabIndex]) => tabIndex === -1));
  await page.locator('.strip a').last().click();
  assert.equal(await page.locator('.note.on .n').evaluate((link) => link.hash), ticks.at(-1)[0]);
});

test('on paper every note is there, black on white, without navigation, and links that lead out have their address', async (t) => {
  for (const javaScript of [true, false]) {
    const page = await open(t, PAGE, { javaScript, colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const hidden = await page.$$eval('.note', (notes) => notes.filter((note) => !note.checkVisibility()).length);
    assert.equal(hidden, 0);
    assert.equal(await page.locator('.site-header nav, .strip').first().isVisible(), false);
    const [color, ground] = await page.evaluate(() => [getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]);
    assert.deepEqual([color, ground], ['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
    const address = await page.evaluate(() => {
      const link = document.querySelector('main').appendChild(document.createElement('a'));
      link.href = 'https://example.org/x';
      return getComputedStyle(link, '::after').content;
    });
    assert.match(address, /https:\/\/example\.org\/x/);
    assert.ok((await page.pdf()).length > 10_000);
  }
});
