// What every browser test needs: the built sites, and a page of one in a real Chromium that watches what goes wrong.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after } from 'node:test';
import { chromium } from 'playwright-core';
import { serve, stopServers } from './server.mjs';
import { stopPreviews } from './preview.mjs';
import { site } from './sites.mjs';

export { ROOT, build, casebook, kinds, pages, redirects, site, temporaryFolder } from './sites.mjs';
export { serve } from './server.mjs';
export { preview } from './preview.mjs';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

let starting;

after(async () => {
  await (await starting)?.close();
  await stopServers();
  await stopPreviews();
});

/** The path of Chromium: CHROMIUM, or the first of its usual names on the PATH. */
export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
  if (!found) throw new Error('there is no Chromium: install it, or name it in CHROMIUM');
  return found;
}

function browser() {
  const args = ['--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  args.push('--no-first-run');
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  starting ??= chromium.launch({ executablePath: findChromium(), headless: true, args });
  return starting;
}

/**
 * Opens a page of a built site; it is closed when the test `t` ends.
 *
 * The test fails when the page logs an error or throws one, when anything that it asks for cannot be had, and when it
 * asks for anything outside the site. `page.problems` lists what has gone wrong; a test that expects some of it takes
 * that out. `page.visit(path)` goes on to another page of the same site.
 *
 * @param t the test's context
 * @param path the page's path in the site, with `#fragment` and `?query` where wanted
 * @param options
 *   - `folder`: the site; `site.example` unless given
 *   - `width`, `height`: the window, in CSS pixels (1280 × 900)
 *   - `colorScheme`: `light` or `dark`; `reducedMotion`: `reduce`; `forcedColors`: `active`; `hasTouch`: true
 *   - `javaScript`: false turns scripts off
 *   - `http`: true serves the site from 127.0.0.1; else it is opened from the disk
 *   - `base`: the address of a server that has the site, with a `/` at its end
 *   - `subPath`: where the server has the site, such as `/a/b/`
 *   - `prepare`: called with the page before it is opened
 */
export async function open(t, path, options = {}) {
  const { folder = site.example, http = false, subPath = '/', prepare } = options;
  const base = options.base ?? (http ? await serve(folder, subPath) : `${pathToFileURL(folder)}/`);
  const context = await (await browser()).newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: options.reducedMotion,
    forcedColors: options.forcedColors,
    hasTouch: options.hasTouch,
    javaScriptEnabled: options.javaScript ?? true,
  });
  const page = await context.newPage();
  page.problems = [];
  page.base = base;
  t.after(async () => {
    await context.close();
    assert.deepEqual(page.problems, [], `what went wrong in ${path}`);
  });
  await watch(page, base);
  await prepare?.(page);
  page.visit = (path) => page.goto(base + path);
  await page.visit(path);
  return page;
}

/** Notes everything that goes wrong in a page. */
async function watch(page, base) {
  const note = (problem) => page.problems.push(problem);
  page.on('console', (message) => message.type() === 'error' && note(`console: ${message.text()}`));
  page.on('pageerror', (error) => note(`error: ${error.message}`));
  page.on('response', (response) => response.status() >= 400 && note(`${response.status()}: ${response.url()}`));
  page.on('requestfailed', (request) => {
    // A navigation that another one overtakes is nobody's mistake.
    const why = request.failure()?.errorText;
    if (why !== 'net::ERR_ABORTED') note(`${why}: ${request.url()}`);
  });
  await page.route('**/*', (route) => {
    const url = route.request().url();
    if (url.startsWith(base) || /^(data|blob|about):/.test(url)) return route.continue();
    // The browser asks for this by itself, where a page does not name an icon.
    if (new URL(url).pathname === '/favicon.ico') return route.abort('aborted');
    note(`asks for something outside the site: ${url}`);
    return route.abort();
  });
}

/** The rules whose outcome depends on colours. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/**
 * The violations of WCAG 2.2 AA that axe-core finds in a page, a line each.
 *
 * @param page the page
 * @param what `colours` looks at what depends on them alone, `structure` at all else: the first is most of the work, and
 *   the second is the same in every colour scheme
 */
export async function axe(page, what) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.addScriptTag({ path: AXE });
  // Fetching style sheets once more is for rules that are not among these, and cannot be done from a disk.
  const options = { runOnly: what === 'colours' ? { type: 'rule', values: OF_COLOURS } : WCAG, preload: false };
  if (what === 'structure') options.rules = Object.fromEntries(OF_COLOURS.map((rule) => [rule, { enabled: false }]));
  const { violations } = await page.evaluate((options) => globalThis.axe.run(options), options);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}\n${node.failureSummary}`),
  );
}
