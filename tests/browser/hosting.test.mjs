// A site works wherever it lies: on a disk, at a host's root, below a path; and it is light.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ROOT, build, kinds, open, pages, serve, site } from './support.mjs';

const KB = 1024;

test('every page opens from a disk, all that it asks for is there, and without fonts that is under 150 KB', async (t) => {
  const page = await open(t, 'index.html');
  let asked = [];
  page.on('request', (request) => request.url().startsWith('file:') && asked.push(request.url()));
  for (const path of pages(site.example)) {
    asked = [];
    await page.visit(path);
    assert.ok(await page.locator('h1').first().isVisible(), path);
    assert.deepEqual(page.problems.splice(0), [], path);
    const files = [...new Set(asked.map((url) => fileURLToPath(url.replace(/[?#].*/, ''))))];
    const size = files.reduce((sum, file) => sum + weight(file), 0);
    assert.ok(files.length >= 1 && size < 150 * KB, `${path}: ${Math.ceil(size / KB)} KB\n${files.join('\n')}`);
  }
});

/** The size of a file in bytes, without the fonts that a style sheet carries. */
function weight(file) {
  if (!file.endsWith('.css')) return statSync(file).size;
  return Buffer.byteLength(readFileSync(file, 'utf8').replace(/url\("data:font[^"]*"\)/g, ''));
}

for (const subPath of ['/', '/dossiers/frozen channels/']) {
  test(`every kind of page opens on a host at ${subPath}, and all that it asks for is there`, async (t) => {
    const page = await open(t, 'index.html', { http: true, subPath });
    for (const [kind, path] of kinds(site.example)) {
      // The page for what is not there has no address of its own on a host.
      if (kind === '404') continue;
      await page.visit(path);
      assert.ok(await page.locator('h1').first().isVisible(), path);
      assert.deepEqual(page.problems.splice(0), [], path);
    }
  });
}

test('all scripts of the theme together are under 40 KB', () => {
  const assets = join(site.example, 'assets');
  const scripts = readdirSync(assets, { recursive: true }).filter((file) => file.endsWith('.js'));
  const size = scripts.reduce((sum, file) => sum + statSync(join(assets, file)).size, 0);
  assert.ok(size < 40 * KB, `${Math.ceil(size / KB)} KB: ${scripts.join(', ')}`);
});

test('the page for what is not there stands by itself at any depth, and leads home', async (t) => {
  const subPath = '/a/b/';
  const home = await serve(site.example, subPath);
  const folder = build(ROOT, '--base-url', home);
  const html = readFileSync(join(folder, '404.html'), 'utf8');
  const address = new URL(/<a href="([^"]+)"/.exec(html)[1]);
  assert.equal(address.href, home);
  for (const path of ['nothing.html', 'claims/nothing.html', 'a/much/deeper/place/']) {
    const page = await open(t, path, { folder: site.example, http: true, subPath, colorScheme: 'dark' });
    assert.equal(page.problems.length, 2, 'the answer 404, and what the console says of it');
    page.problems = [];
    assert.equal(await page.locator('h1').innerText(), 'There is no such page');
    const [colour, background] = await page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.body);
      return [color, backgroundColor];
    });
    assert.notEqual(background, 'rgba(0, 0, 0, 0)', 'it has its own style');
    assert.notEqual(colour, background);
  }
});

test('what leads out of the site is noticed', async (t) => {
  const page = await open(t, 'index.html', { http: true, subPath: '/a/' });
  await page.evaluate(() => document.body.append(Object.assign(new Image(), { src: '/assets/logo.svg' })));
  await page.waitForTimeout(200);
  assert.match(page.problems.splice(0).join('\n'), /outside the site/);
});
