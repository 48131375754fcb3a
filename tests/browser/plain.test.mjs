// The second theme, on the example dossier.

import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT, axe, build, kinds, open, temporaryFolder } from './support.mjs';

const dossier = join(temporaryFolder(), 'dossier');
for (const name of ['content', 'captures.lock', 'themes/plain']) {
  cpSync(join(ROOT, name), join(dossier, name), { recursive: true });
}
writeFileSync(join(dossier, 'casebook.toml'), `theme = "plain"\n${readFileSync(join(ROOT, 'casebook.toml'), 'utf8')}`);
const folder = build(dossier);

for (const [colorScheme, width] of [['light', 1280], ['dark', 360]]) {
  test(`axe finds nothing in the theme plain, ${colorScheme}, ${width} pixels`, async (t) => {
    const page = await open(t, 'index.html', { folder, colorScheme, width });
    for (const [kind, path] of kinds(folder)) {
      await t.test(`${kind} page`, async () => {
        await page.visit(path);
        assert.deepEqual(await axe(page, colorScheme === 'dark' ? 'colours' : undefined), [], path);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(overflow, 0, `${path} scrolls sideways`);
      });
    }
  });
}

test('ratings are words in the type of the text', async (t) => {
  const page = await open(t, 'claims/index.html', { folder });
  const rating = page.locator('main .rating').first();
  assert.match(await rating.innerText(), /^[A-Z][a-z ]+$/);
  const families = await page.evaluate(() =>
    ['body', 'main .rating'].map((selector) => getComputedStyle(document.querySelector(selector)).fontFamily),
  );
  assert.equal(families[0], families[1]);
});
