// Every kind of page against WCAG 2.2 AA, as far as axe-core can measure it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { axe, kinds, open, redirects, site } from './support.mjs';

for (const width of [1280, 360]) {
  test(`axe finds nothing in the example, light and dark, ${width} pixels`, async (t) => {
    await check(t, { folder: site.example, width }, async (page) => {
      const light = await axe(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      const dark = await axe(page, 'colours');
      await page.emulateMedia({ colorScheme: 'light' });
      return [...light, ...dark];
    });
  });

  // What only long lists and wide tables have is the same in all colours.
  test(`axe finds nothing in a large dossier, ${width} pixels`, (t) =>
    check(t, { folder: site.corpus, width }, (page) => axe(page, width === 360 ? 'structure' : undefined)));
}

async function check(t, options, violations) {
  const page = await open(t, 'index.html', options);
  for (const [kind, path] of kinds(options.folder)) {
    await t.test(`${kind} page`, async () => {
      await page.visit(path);
      assert.deepEqual(await violations(page), [], path);
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

test('axe does find what is wrong in one colour scheme', async (t) => {
  const page = await open(t, 'index.html');
  await page.addStyleTag({ content: '@media (prefers-color-scheme: dark) { h1 { color: #333 !important; } }' });
  assert.deepEqual(await axe(page), []);
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.match((await axe(page, 'colours')).join('\n'), /^color-contrast: /m);
  assert.deepEqual(await axe(page, 'structure'), []);
});
