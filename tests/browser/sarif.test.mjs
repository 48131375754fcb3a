// SARIF by its own JSON schema, over every broken dossier that the program's tests have.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import Ajv from 'ajv-draft-04';
import { ROOT, program, temporaryFolder } from './sites.mjs';

const SCHEMA = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const BROKEN = join(ROOT, 'tests/broken');

/** The files that a case lays over the base dossier, each after a line `=== PATH`. */
function files(text) {
  const sections = text.split('=== says\n')[0].split('=== ').slice(1);
  const parts = sections.map((section) => [section.split('\n', 1)[0], section.slice(section.indexOf('\n') + 1)]);
  return parts.filter(([path]) => path !== 'arguments' && !path.endsWith(')'));
}

test('findings are valid SARIF 2.1.0', () => {
  const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false });
  const schema = JSON.parse(readFileSync(SCHEMA, 'utf8'));
  const isValid = ajv.compile(schema);
  const casebook = resolve(program('CASEBOOK', 'casebook', 'cargo build'));
  const codes = new Set();
  for (const name of readdirSync(BROKEN).filter((file) => file.endsWith('.case'))) {
    const folder = join(temporaryFolder(), 'a folder');
    cpSync(join(BROKEN, 'base'), folder, { recursive: true });
    for (const [path, text] of files(readFileSync(join(BROKEN, name), 'utf8'))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { stdout } = spawnSync(casebook, ['check', '--root', folder, '--format', 'sarif'], { encoding: 'utf8' });
    if (!stdout) continue;
    const log = JSON.parse(stdout);
    assert.ok(isValid(log), `${name}: ${JSON.stringify(isValid.errors)}`);
    const [run] = log.runs;
    for (const { ruleId, ruleIndex, partialFingerprints } of run.results) {
      codes.add(ruleId);
      assert.equal(run.tool.driver.rules[ruleIndex].id, ruleId);
      assert.match(partialFingerprints['casebook/v1'], /^[0-9a-f]{32}$/);
    }
    const prints = run.results.map(({ partialFingerprints }) => partialFingerprints['casebook/v1']);
    assert.equal(new Set(prints).size, prints.length, name);
  }
  assert.ok(codes.size > 20, `only ${[...codes]}`);
  const wrong = JSON.parse('{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[{"level":"error"}]}]}');
  assert.ok(!isValid(wrong), 'the schema can tell');
});
