// Pages keep still and within the window.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kinds, open, site } from './support.mjs';

const SITES = [
  ['the example', site.example],
  ['a large dossier', site.corpus],
];

for (const [name, folder] of SITES) {
  test(`no page of ${name} scrolls sideways`, async (t) => {
    const page = await open(t, 'index.html', { folder });
    for (const [kind, path] of kinds(folder)) {
      await t.test(`${kind} page`, async () => {
        await page.visit(path);
        for (const width of [320, 360, 640, 768, 1280]) {
          await page.setViewportSize({ width, height: 740 });
          assert.deepEqual(await page.evaluate(overflowing), [], `${path}, ${width} pixels`);
        }
        await page.addStyleTag({ content: 'html { font-size: 200% }' });
        assert.deepEqual(await page.evaluate(overflowing), [], `${path}, text of twice its size`);
      });
    }
  });

  test(`nothing moves while a page of ${name} is loaded`, async (t) => {
    for (const width of [360, 1280]) {
      const page = await open(t, 'index.html', { folder, width, prepare: recordShifts });
      for (const [kind, path] of kinds(folder)) {
        await t.test(`${kind} page, ${width} pixels`, async () => {
          await page.visit(path);
          assert.deepEqual(await shifts(page), [], path);
        });
      }
    }
  });
}

test('a layout that moves is noticed', async (t) => {
  const page = await open(t, 'index.html', { prepare: recordShifts });
  await shifts(page);
  await page.evaluate(() => document.querySelector('main').prepend(document.createElement('hr')));
  assert.notDeepEqual(await shifts(page), []);
});

test('a page that scrolls sideways is noticed', async (t) => {
  const page = await open(t, 'index.html', { width: 360 });
  await page.addStyleTag({ content: 'h1 { width: 2000px }' });
  assert.deepEqual(await page.evaluate(overflowing), ['h1']);
});

/** What reaches beyond the window and cannot be scrolled by itself. */
function overflowing() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const scrolls = (element) =>
    element !== null && (getComputedStyle(element).overflowX !== 'visible' || scrolls(element.parentElement));
  const wide = [...document.body.querySelectorAll('*')].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.right > width + 0.5 && box.width > 0 && !scrolls(element.parentElement);
  });
  const name = ({ localName, classList }) => [localName, ...classList].join('.');
  return wide.length ? wide.map(name) : ['something'];
}

function recordShifts(page) {
  return page.addInitScript(() => {
    globalThis.shifts = [];
    const name = ({ node }) => (node ? [node.localName, ...(node.classList ?? [])].join('.') : 'something');
    // What has no node is inside of what the browser itself draws, such as the words in an empty field.
    const isOfPage = ({ sources }) => sources.some(({ node }) => node);
    const text = ({ value, sources }) => `${value}: ${sources.map(name)}`;
    const note = (list) => globalThis.shifts.push(...list.getEntries().filter(isOfPage).map(text));
    new PerformanceObserver(note).observe({ type: 'layout-shift', buffered: true });
  });
}

/** The layout shifts until the page has painted twice more. */
async function shifts(page) {
  const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  await page.evaluate(painted);
  // The observer is told when the browser has nothing else to do.
  await page.waitForTimeout(50);
  return page.evaluate(() => globalThis.shifts);
}
