// Previews of records on hover and focus of links in running text.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, open } from './support.mjs';

const ESSAY = 'commentary/who-said-the-channels-were-frozen.html';
const CLAIM = 'main a.record.claim[href$="channels-frozen.html"]';
const preview = (page) => page.locator('#q-Preview');
const shown = (page) => preview(page).waitFor({ state: 'visible' });
const gone = (page) => preview(page).waitFor({ state: 'hidden' });

for (const [name, options] of Object.entries({
  'from a disk': {},
  'at a sub-path': { http: true, subPath: '/a/b/' },
})) {
  test(`a claim's card has its statement, rating, origins and words, ${name}`, async (t) => {
    const page = await open(t, ESSAY, options);
    await page.locator(CLAIM).first().hover();
    await shown(page);
    const text = await preview(page).innerText();
    assert.match(text, /Almost every channel of communication between Russia and the United States is frozen\./);
    assert.match(text, /Disputed/);
    assert.match(text, /5 appearances in 2 sources, 1 origin: Dmitri Peskov\./);
    assert.match(text, /“.+”/);
  });
}

test('sources and entities have cards, and lists, navigation and bylines none', async (t) => {
  const page = await open(t, ESSAY);
  for (const kind of ['source', 'entity']) {
    const link = page.locator(`main a.record.${kind}`).first();
    await link.hover();
    await shown(page);
    assert.ok((await preview(page).innerText()).length > 20);
    await page.mouse.move(5, 5);
    await gone(page);
  }
  for (const other of ['header nav a', '.byline a', '.tags a']) {
    await page.locator(other).first().hover();
    await page.waitForTimeout(500);
    assert.ok(!(await preview(page).isVisible()), other);
  }
});

test('a card can be hovered, and Escape puts it away', async (t) => {
  const page = await open(t, ESSAY);
  await page.locator(CLAIM).first().hover();
  await shown(page);
  await preview(page).hover();
  await page.waitForTimeout(600);
  assert.ok(await preview(page).isVisible());
  await page.keyboard.press('Escape');
  await gone(page);
  await page.mouse.move(5, 5);
  await page.locator(CLAIM).first().hover();
  await shown(page);
});

test('a card comes with the focus, which it does not take, and goes with it', async (t) => {
  const page = await open(t, ESSAY);
  const link = page.locator('main a.record').first();
  // The focus must come from the keyboard.
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press('Tab');
    if (await link.evaluate((link) => link === document.activeElement)) break;
  }
  await shown(page);
  assert.ok(await link.evaluate((link) => link === document.activeElement));
  assert.equal(await link.getAttribute('aria-describedby'), 'q-Preview');
  await page.mouse.move(5, 5);
  await page.waitForTimeout(500);
  assert.ok(await preview(page).isVisible(), 'the pointer elsewhere changes nothing');
  await page.keyboard.press('Escape');
  await gone(page);
  assert.ok(await link.evaluate((link) => link === document.activeElement));
  assert.equal(await link.getAttribute('aria-describedby'), null);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  await shown(page);
  await link.evaluate((link) => link.blur());
  await gone(page);
});

test('a card stays in view and moves nothing', async (t) => {
  for (const width of [360, 768, 1280]) {
    const page = await open(t, ESSAY, { width, height: 500 });
    const links = page.locator('main a.record');
    const before = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]);
    for (let n = 0; n < Math.min(await links.count(), 3); n++) {
      await links.nth(n).scrollIntoViewIfNeeded();
      await links.nth(n).hover();
      await shown(page);
      const box = await preview(page).boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= width, `${width}: ${JSON.stringify(box)}`);
      assert.ok(box.y >= 0 && box.y + box.height <= 500, `${width}: ${JSON.stringify(box)}`);
      await page.keyboard.press('Escape');
      await gone(page);
      await page.mouse.move(2, 2);
    }
    assert.deepEqual(await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]), before);
  }
});

test('there is no card on touch', async (t) => {
  const page = await open(t, ESSAY, { hasTouch: true, width: 360 });
  await page.evaluate(() => document.addEventListener('click', (event) => event.preventDefault()));
  await page.locator('main a.record').first().tap();
  await page.waitForTimeout(700);
  assert.ok(!(await preview(page).isVisible()));
});

for (const colorScheme of ['light', 'dark']) {
  test(`a card is legible, ${colorScheme}`, async (t) => {
    const page = await open(t, ESSAY, { colorScheme, reducedMotion: 'reduce' });
    await page.locator(CLAIM).first().hover();
    await shown(page);
    assert.deepEqual(await axe(page), []);
  });
}
