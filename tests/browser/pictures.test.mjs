// The pictures: boxes and lines lead somewhere, a keyboard gets through them, and a narrow screen can show them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from './support.mjs';

/** What has the focus: its tag, and where it leads. */
const focus = (page) =>
  page.evaluate(() => {
    const here = document.activeElement;
    return { tag: here.tagName.toLowerCase(), href: here.getAttribute('href'), class: here.getAttribute('class') };
  });

/** The links of a picture in the order of the document. */
const links = (picture) => picture.locator('a').evaluateAll((found) => found.map((link) => link.getAttribute('href')));

test('a keyboard goes through the map in its order, from box to box and line to line', async (t) => {
  const page = await open(t, 'map.html');
  const expected = await links(page.locator('svg.picture').first());
  assert.ok(expected.length > 10, 'the example has a group of claims');
  await page.locator('.picture-scroll').first().focus();
  for (const href of expected) {
    await page.keyboard.press('Tab');
    assert.equal((await focus(page)).href, href);
  }
  await page.keyboard.press('Shift+Tab');
  assert.equal((await focus(page)).href, expected.at(-2));
});

test('columns are read from left to right', async (t) => {
  const page = await open(t, 'map.html');
  const left = await page
    .locator('svg.picture')
    .first()
    .locator('.node')
    .evaluateAll((boxes) => boxes.map((box) => Math.round(box.getBoundingClientRect().left)));
  assert.deepEqual(left, [...left].sort((a, b) => a - b));
});

test('a box leads to its claim and a line to the relation', async (t) => {
  const page = await open(t, 'map.html');
  const box = page.locator('svg.picture a.node').filter({ hasText: 'Kerry spoke with Lavrov' }).first();
  await box.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/claims\/kerry-spoke-with-lavrov\.html$/);
  const line = page.locator('svg.of-map a.tie.against').first();
  await line.locator('text').click();
  await page.waitForURL(/#q-Relation-\d+$/);
  assert.ok(await page.locator(':target').isVisible());
});

test('the focus can be seen on a box and on a line', async (t) => {
  const page = await open(t, 'map.html');
  for (const [link, part] of [['a.node', 'rect'], ['a.tie', 'path']]) {
    const shape = page.locator(`svg.picture ${link} ${part}`).first();
    const stroke = () => shape.evaluate((it) => `${getComputedStyle(it).stroke} ${getComputedStyle(it).strokeWidth}`);
    const before = await stroke();
    await page.locator('.picture-scroll').first().focus();
    do await page.keyboard.press('Tab');
    while (!(await focus(page)).class.includes(link.slice(2)));
    assert.notEqual(await stroke(), before, link);
  }
});

test('the words of a box stand inside it', async (t) => {
  const page = await open(t, 'claims/channels-frozen.html');
  for (const path of ['map.html', 'claims/channels-frozen.html']) {
    await page.visit(path);
    const outside = await page.locator('svg.picture .node').evaluateAll((boxes) => {
      const leaves = (box) => {
        const rect = box.querySelector('rect').getBoundingClientRect();
        const within = (text) => {
          const words = text.getBoundingClientRect();
          return words.right <= rect.right && words.left >= rect.left && words.bottom <= rect.bottom + 1;
        };
        return ![...box.querySelectorAll('text')].every(within);
      };
      return boxes.filter(leaves).map((box) => box.textContent);
    });
    assert.deepEqual(outside, [], path);
  }
});

test('the chain shows each link once, and the same stands below as text', async (t) => {
  const page = await open(t, 'claims/channels-frozen.html');
  const boxes = page.locator('svg.of-chain .node');
  for (const name of ['Dmitri Peskov', 'Mir TV', 'RIA', 'Reuters']) {
    assert.equal(await boxes.filter({ hasText: name }).and(page.locator('.agent')).count(), 1, name);
    assert.ok((await page.locator('.picture-chain .ways').innerText()).includes(name), name);
  }
  assert.equal(await page.locator('svg.of-chain .tie.denies').count(), 1);
});

test('an origin without a name is marked', async (t) => {
  const page = await open(t, 'claims/red-phone-used.html');
  const box = page.locator('svg.of-chain .anonymous');
  assert.ok((await box.textContent()).includes('name withheld'));
  assert.notEqual(await box.locator('rect').evaluate((rect) => getComputedStyle(rect).strokeDasharray), 'none');
});

for (const path of ['map.html', 'claims/channels-frozen.html', 'claims/kremlin-signals-restart.html']) {
  for (const colorScheme of ['light', 'dark']) {
    test(`${path} at 360 px: pictures scroll by themselves and keep their size, ${colorScheme}`, async (t) => {
      const page = await open(t, path, { width: 360, height: 700, colorScheme });
      const size = await page.evaluate(() => ({
        page: document.documentElement.scrollWidth,
        text: Math.min(...[...document.querySelectorAll('svg.picture text')].map((it) => it.getBoundingClientRect().height)),
      }));
      assert.ok(size.page <= 360, `the page is ${size.page} px wide`);
      assert.ok(size.text >= 11, `words are ${size.text} px high`);
      const scroller = page.locator('.picture-scroll').first();
      await scroller.focus();
      await page.keyboard.press('End');
      await page.keyboard.press('ArrowRight');
      await page.waitForFunction(
        (it) => it.scrollWidth <= it.clientWidth || it.scrollLeft > 0,
        await scroller.elementHandle(),
      );
    });
  }
}

test('the list beneath a picture has all that the picture has', async (t) => {
  const page = await open(t, 'map.html', { javaScript: false });
  const lines = await page.locator('svg.picture').first().locator('a.tie').count();
  assert.equal(await page.locator('.map-group').first().locator('.ties > li').count(), lines);
});
