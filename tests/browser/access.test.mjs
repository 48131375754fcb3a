// Every kind of page against WCAG 2.2 AA, as far as axe-core can measure it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { axe, kinds, open, redirects, site } from './support.mjs';

for (const [colorScheme, width] of [['light', 1280], ['dark', 1280], ['light', 360], ['dark', 360]]) {
  test(`axe finds nothing in the example, ${colorScheme}, ${width} pixels`, (t) => check(t, site.example, colorScheme, width));
}

// What only long lists and wide tables have is the same in all colours.
for (const [colorScheme, width] of [['light', 1280], ['dark', 360]]) {
  test(`axe finds nothing in a large dossier, ${colorScheme}, ${width} pixels`, (t) => check(t, site.corpus, colorScheme, width));
}

async function check(t, folder, colorScheme, width) {
  const page = await open(t, 'index.html', { folder, colorScheme, width });
  for (const [kind, path] of kinds(folder)) {
    await t.test(`${kind} page`, async () => {
      await page.visit(path);
      assert.deepEqual(await axe(page), [], path);
    });
  }
}

test('axe finds nothing in a redirect', async (t) => {
  const page = await open(t, 'index.html');
  const html = readFileSync(join(site.example, redirects(site.example)[0]), 'utf8');
  await page.setContent(html.replace(/<meta http-equiv="refresh"[^>]*>|<script>.*<\/script>/g, ''));
  assert.match(await page.locator('body').innerText(), /has moved/);
  assert.deepEqual(await axe(page), []);
});

test('axe does find what is wrong', async (t) => {
  const page = await open(t, 'index.html');
  await page.evaluate(() => document.querySelector('main').append(document.createElement('button')));
  const violations = await axe(page);
  assert.match(violations.join('\n'), /^button-name: /m);
});
