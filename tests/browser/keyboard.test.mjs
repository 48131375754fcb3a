// Readers who use a keyboard, forced colours, or want nothing to move.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kinds, open, redirects, site } from './support.mjs';

test('the first key leads past the navigation', async (t) => {
  for (const width of [360, 1280]) {
    const page = await open(t, 'claims/index.html', { width });
    await page.keyboard.press('Tab');
    const link = page.locator(':focus');
    assert.match(await link.innerText(), /skip/i);
    const box = await link.boundingBox();
    assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= width, 'it can be seen');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.activeElement.closest('main') !== null), 'what follows is the text');
  }
});

test('every stop of the Tab key can be seen', async (t) => {
  const page = await open(t, 'index.html', { height: 700 });
  for (const [kind, path] of kinds(site.example)) {
    await t.test(`${kind} page`, async () => {
      await page.visit(path);
      const seen = new Set();
      for (let stop = 0; stop < 80; stop += 1) {
        await page.keyboard.press('Tab');
        const found = await page.evaluate(describeFocus);
        // The browser's own controls come after the last link.
        if (found === null || seen.has(found.name)) break;
        seen.add(found.name);
        assert.deepEqual(found.problems, [], `${path}: ${found.name}`);
      }
      assert.ok(seen.size > 0 || path === '404.html', 'there are stops');
    });
  }
});

/** The element that has the focus, and what keeps a reader from seeing that. */
function describeFocus() {
  const element = document.activeElement;
  if (element === document.body || element === null) return null;
  const problems = [];
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const outlined = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  // In a picture the outline is the stroke of the shape.
  const stroked = [...element.querySelectorAll('rect, path')].some((shape) => parseFloat(getComputedStyle(shape).strokeWidth) >= 3);
  if (!outlined && !stroked) problems.push('no outline');
  const boxes = [...element.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
  if (boxes.length === 0) problems.push('no size');
  const inside = ({ left, top, right, bottom }) => right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  if (!boxes.some(inside)) problems.push('outside the window');
  // The middle of a line's box is no part of the line.
  const isLine = element instanceof SVGElement;
  const uncovered = (box) => {
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return top !== null && (element.contains(top) || top.contains(element));
  };
  if (!isLine && boxes.some(inside) && !boxes.filter(inside).some(uncovered)) problems.push('behind something else');
  const number = [...document.querySelectorAll('*')].indexOf(element);
  return { name: `${number}: ${element.outerHTML.slice(0, 120)}`, problems };
}

test('nothing moves for readers who want nothing to move', async (t) => {
  const page = await open(t, 'index.html', { reducedMotion: 'reduce' });
  const moving = () =>
    [document.documentElement, ...document.querySelectorAll('*')].flatMap((element) => {
      const { transitionDuration, animationName, animationDuration, scrollBehavior } = getComputedStyle(element);
      const long = (times) => times.split(',').some((time) => parseFloat(time) > 0.01);
      const moves = long(transitionDuration) || (animationName !== 'none' && long(animationDuration));
      return moves || scrollBehavior === 'smooth' ? [`${element.localName}.${element.className}`] : [];
    });
  for (const [, path] of kinds(site.example)) {
    await page.visit(path);
    assert.deepEqual(await page.evaluate(moving), [], path);
  }
});

test('forced colours leave ratings and marked passages recognisable', async (t) => {
  const [, path] = kinds(site.example).find(([kind]) => kind === 'source');
  const page = await open(t, path, { forcedColors: 'active' });
  const [mark, text] = await page.evaluate(() => {
    const look = (element) => {
      const { backgroundColor, borderBottomStyle, textDecorationLine } = getComputedStyle(element);
      return [backgroundColor, borderBottomStyle, textDecorationLine].join(' ');
    };
    const mark = document.querySelector('main mark');
    return [look(mark), look(mark.parentElement)];
  });
  assert.notEqual(mark, text);
  assert.match(await page.locator('main .rating').first().innerText(), /[a-z]/);
});

test('a redirect keeps the fragment', async (t) => {
  const page = await open(t, `${redirects(site.example)[0]}#q-Main`);
  await page.waitForURL((url) => url.hash === '#q-Main' && !redirects(site.example).some((path) => url.pathname.endsWith(path)));
});
