// A claim's page and an entity's: disputes side by side, wordings compared, citations taken away, with and without scripts.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, open } from './support.mjs';

const DISPUTED = 'claims/channels-frozen.html';
const DISPUTING = 'claims/kerry-spoke-with-lavrov.html';
const WORDED = 'claims/communicate-minimally.html';
const SPEAKER = 'entities/dmitri-peskov.html';

const boxes = async (page) => {
  const sides = page.locator('.versus').first().locator('.side');
  return [await sides.nth(0).boundingBox(), await sides.nth(1).boundingBox()];
};

test('what is said and what is said against it stand side by side', async (t) => {
  const page = await open(t, DISPUTED, { width: 1280 });
  const [said, against] = await boxes(page);
  assert.ok(against.x >= said.x + said.width, 'the answer is not to the right');
  assert.equal(said.y, against.y);
  const sides = page.locator('.versus').first().locator('.side');
  assert.match(await sides.nth(0).innerText(), /Almost every level of dialogue.*Dmitri Peskov/s);
  assert.match(await sides.nth(1).innerText(), /John Kerry spoke with Sergei Lavrov.*unaddressed.*Denies it/s);
});

test('on a narrow screen the answer stands below', async (t) => {
  const page = await open(t, DISPUTED, { width: 360 });
  const [said, against] = await boxes(page);
  assert.equal(said.x, against.x);
  assert.ok(against.y >= said.y + said.height, 'the answer is not below');
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
});

test('the rating comes before the numbers on a narrow screen, beside them on a wide one', async (t) => {
  for (const [width, beside] of [[1280, true], [360, false]]) {
    const page = await open(t, DISPUTED, { width });
    const verdict = await page.locator('.verdict').boundingBox();
    const glance = await page.locator('.glance').boundingBox();
    assert.equal(glance.x >= verdict.x + verdict.width, beside, `at ${width}`);
    assert.equal(glance.y >= verdict.y + verdict.height, !beside, `at ${width}`);
  }
});

test('words that differ are told apart without colour', async (t) => {
  const page = await open(t, WORDED);
  const differing = page.locator('.appearance .differs');
  assert.deepEqual(await differing.allTextContents(), ['(if', 'do)', '[if', 'do]'].map((word) => `[differs: ${word}]`));
  const line = await differing.first().evaluate((element) => getComputedStyle(element).textDecorationLine);
  assert.equal(line, 'underline');
});

test('citations open without scripts, one at a time', async (t) => {
  const page = await open(t, DISPUTED, { javaScript: false });
  const form = (name) => page.locator('.cite-form').filter({ hasText: name });
  assert.equal(await page.locator('.copy').count(), 0);
  await form('BibTeX').locator('summary').click();
  assert.match(await form('BibTeX').locator('pre').innerText(), /^@(misc|online)\{channels-frozen,\n/);
  await form('CSL-JSON').locator('summary').click();
  assert.equal(JSON.parse(await form('CSL-JSON').locator('pre').innerText())[0].id, 'channels-frozen');
  assert.ok(!(await form('BibTeX').locator('pre').isVisible()), 'two are open');
});

for (const http of [false, true]) {
  test(`a citation is copied ${http ? 'from a server' : 'from the disk'}`, async (t) => {
    const page = await open(t, DISPUTED, { http });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const button = page.getByRole('button', { name: 'Copy: the citation' });
    await button.click();
    await page.getByText('Copied', { exact: true }).first().waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, await page.locator('p.cite').innerText());
  });
}

test('a link to the words is copied whole and leads to the passage', async (t) => {
  const page = await open(t, DISPUTED, { http: true });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByText('Links to the words').click();
  await page.getByRole('button', { name: /^Copy link/ }).first().click();
  await page.getByText('Copied', { exact: true }).first().waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^http:.*sources\/emptywheel-red-phone\.html#q-channels-frozen\.reuters:~:text=almost%20all/);
  await page.goto(copied);
  // What a text fragment finds is the target, and not what has the id.
  assert.match(await page.locator(':target').textContent(), /almost all communications channels/);
});

test('adding the buttons moves nothing', async (t) => {
  const places = [];
  for (const javaScript of [true, false]) {
    const page = await open(t, DISPUTED, { javaScript });
    places.push(await page.locator('.site-footer').boundingBox());
  }
  assert.deepEqual(places[0], places[1]);
});

for (const path of [DISPUTED, DISPUTING, WORDED, SPEAKER]) {
  for (const colorScheme of ['light', 'dark']) {
    test(`${path} can be used by everybody, ${colorScheme}`, async (t) => {
      for (const width of [1280, 360]) {
        const page = await open(t, path, { colorScheme, width });
        await page.evaluate(() => {
          for (const form of document.querySelectorAll('details')) {
            form.removeAttribute('name');
            form.open = true;
          }
        });
        assert.deepEqual(await axe(page), [], `at ${width}`);
      }
    });
  }
}
