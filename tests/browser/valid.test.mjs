// HTML and CSS by the Nu checker, which needs Java.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { site } from './sites.mjs';

const JAR = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');
const java = spawnSync('java', ['-version']).status === 0;

/** What the checker says of properties that its CSS lacks: SVG 2 (section 13.8) has this one. */
const MISTAKEN = ['CSS: “paint-order”: Property “paint-order” doesn\'t exist.'];

test('HTML, CSS and SVG of the example are valid', { skip: !java && 'there is no Java for the Nu checker' }, () => {
  const options = ['--also-check-css', '--also-check-svg', '--skip-non-html', '--format', 'json', '--stdout'];
  const { stdout } = spawnSync('java', ['-Xss1m', '-jar', JAR, ...options, site.example], { maxBuffer: 1 << 26 });
  const found = JSON.parse(stdout).messages.filter(({ message }) => !MISTAKEN.includes(message));
  const messages = found.map(({ url, lastLine, message }) => {
    return `${relative(site.example, fileURLToPath(url))}:${lastLine ?? 0}: ${message}`;
  });
  assert.deepEqual(messages, []);
});
