// A reader whose browser runs no scripts reads everything and gets everywhere.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kinds, open, pages, redirects, site } from './support.mjs';

test('the text of every kind of page is there without scripts', async (t) => {
  const page = await open(t, 'index.html', { javaScript: false });
  for (const [kind, path] of kinds(site.example)) {
    await t.test(kind, async () => {
      await page.visit(path);
      assert.ok(await page.locator('h1').first().isVisible(), 'the title');
      assert.ok((await page.locator('main').innerText()).trim().length > 40, 'the text');
      const control = page.locator('main').locator('input, select, button, textarea').filter({ visible: true });
      assert.equal(await control.count(), 0, 'nothing that only a script could answer');
    });
  }
});

test('every page is reached from the home page by links alone', async (t) => {
  const page = await open(t, 'index.html', { javaScript: false });
  const waiting = ['index.html'];
  const reached = new Set(waiting);
  while (waiting.length) {
    await page.visit(waiting.pop());
    const absolute = (links) => links.map((link) => new URL(link.getAttribute('href'), document.baseURI).href);
    const hrefs = await page.locator('a[href]').evaluateAll(absolute);
    for (const href of hrefs.filter((href) => href.startsWith(page.base))) {
      const path = decodeURIComponent(href.slice(page.base.length).replace(/[?#].*/, ''));
      if (path.endsWith('.html') && !reached.has(path)) {
        reached.add(path);
        waiting.push(path);
      }
    }
  }
  // Nothing links to the page for addresses that do not exist, and to the search a field leads.
  const all = pages(site.example).filter((path) => !['404.html', 'search.html'].includes(path));
  reached.delete('search.html');
  assert.deepEqual([...reached].sort(), all);
});

test('a link in the text is followed', async (t) => {
  const page = await open(t, 'index.html', { javaScript: false });
  const link = page.locator('main a[href^="claims/"]').first();
  await link.click();
  assert.match(page.url(), /\/claims\/[a-z-]+\.html/);
  assert.ok(await page.locator('h1').isVisible());
});

test('a redirect leads on', async (t) => {
  const [path] = redirects(site.example);
  const page = await open(t, path, { javaScript: false });
  await page.waitForURL((url) => pages(site.example).includes(url.href.slice(page.base.length)));
});
