// The schemas of casebook.toml and of front matter, by validators of others: Ajv, and the two tools that editors check
// TOML with, Taplo and Tombi. They must take every sound record there is here, and refuse every table that the program
// refuses for its form.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import Ajv from 'ajv';
import { TomlDate, parse } from 'smol-toml';
import { ROOT, casebook, program, temporaryFolder } from './sites.mjs';

const KINDS = { sources: 'source', claims: 'claim', entities: 'entity', commentary: 'commentary' };
const SUBJECTS = ['casebook', ...Object.values(KINDS)];

/** The codes that say that something has not the form which a schema describes. */
const OF_FORM = [
  'bad-date', 'bad-hash', 'bad-id', 'bad-language', 'bad-path', 'bad-tag', 'bad-url', 'conflicting-fields',
  'date-with-time', 'duplicate-field', 'empty-value', 'missing-field', 'toml-syntax', 'unknown-field', 'unknown-lint',
  'unknown-word', 'wrong-type',
];

const schemas = Object.fromEntries(SUBJECTS.map((name) => [name, join(ROOT, 'schemas', `${name}.schema.json`)]));
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
ajv.addKeyword('x-taplo');
ajv.addFormat('date', /^\d{4}-\d{2}-\d{2}$/);
const validators = Object.fromEntries(
  SUBJECTS.map((name) => [name, ajv.compile(JSON.parse(readFileSync(schemas[name], 'utf8')))]),
);

/** A value as Taplo hands it to a schema: a date is a string. */
function plain(value) {
  if (value instanceof TomlDate) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

/** What Ajv has against a text of TOML. */
function errors(subject, toml) {
  let table;
  try {
    table = parse(toml);
  } catch (error) {
    return [`no TOML: ${error.message}`];
  }
  const validate = validators[subject];
  return validate(plain(table)) ? [] : validate.errors.map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** What has a schema in a file of a dossier: its subject and its TOML. */
function subject(path, text) {
  const parts = path.split('/');
  if (path === 'casebook.toml') return { subject: 'casebook', toml: text };
  const kind = parts[0] === 'content' && parts.length > 2 && path.endsWith('.md') ? KINDS[parts[1]] : undefined;
  const front = /^\uFEFF?\+\+\+[ \t]*\r?\n([^]*?\n)?\+\+\+[ \t]*(\r?\n|$)/.exec(text);
  return kind && front ? { subject: kind, toml: front[1] ?? '' } : undefined;
}

/** Everything in a dossier that has a schema. */
function subjects(root) {
  const inner = readdirSync(join(root, 'content'), { recursive: true }).map((path) => `content/${path}`);
  return ['casebook.toml', ...inner]
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.(toml|md)$/.test(path))
    .flatMap((path) => {
      const found = subject(path, readFileSync(join(root, path), 'utf8'));
      return found ? [{ path: join(root, path), ...found }] : [];
    });
}

/** The dossiers that are sound: the example, the golden ones, a new one, and a generated one. */
function sound() {
  const folder = temporaryFolder();
  casebook('new', join(folder, 'new'));
  execFileSync(program('CASEBOOK_CORPUS', 'examples/corpus', 'cargo build --example corpus'), [join(folder, 'corpus')]);
  const golden = readdirSync(join(ROOT, 'tests/golden')).map((name) => join(ROOT, 'tests/golden', name));
  return [ROOT, join(ROOT, 'tests/broken/base'), join(folder, 'new'), join(folder, 'corpus'), ...golden];
}

const cases = readFileSync(join(ROOT, 'tests/data/field-cases.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));

test('every sound record is valid', () => {
  const all = sound().flatMap(subjects);
  assert.ok(all.length > 200, `only ${all.length} records`);
  assert.deepEqual(new Set(all.map(({ subject }) => subject)), new Set(SUBJECTS));
  const wrong = all.flatMap(({ path, subject, toml }) => errors(subject, toml).map((error) => `${path}: ${error}`));
  assert.deepEqual(wrong, []);
});

test('what the program takes and refuses of a field, its schema does', () => {
  assert.ok(cases.length > 500, `only ${cases.length} cases`);
  const wrong = cases.filter(({ of, toml, valid }) => (errors(of, toml).length === 0) !== valid);
  assert.deepEqual(wrong, []);
});

test('every broken case that is wrong in its form is refused, and no other', () => {
  const folder = join(ROOT, 'tests/broken');
  const told = { refused: 0, taken: 0 };
  for (const name of readdirSync(folder).filter((name) => name.endsWith('.case'))) {
    const [files, says] = readFileSync(join(folder, name), 'utf8').split('=== says\n');
    // Which files have something wrong in their form: a header line, then its place.
    const found = [...says.matchAll(/^(?:error|warning)\[([a-z0-9-]+)\].*\n *--> (.+?):(\d+):\d+$/gm)];
    // An id in the first line is the name of the file.
    const ofForm = found.filter(([, code, , line]) => OF_FORM.includes(code) && !(code === 'bad-id' && line === '1'));
    const wrong = new Set(ofForm.map(([, , path]) => path));
    const sections = files.split('=== ').slice(1).map((section) => /^(.*)\n([^]*)$/.exec(section).slice(1));
    for (const [path, text] of sections) {
      const read = subject(path, text);
      if (!read) continue;
      const against = errors(read.subject, read.toml);
      told[against.length ? 'refused' : 'taken'] += 1;
      assert.equal(against.length > 0, wrong.has(path), `${name}, ${path}: ${against}`);
    }
  }
  assert.ok(told.refused >= 10 && told.taken >= 30, JSON.stringify(told));
});

const require = createRequire(import.meta.url);
const taplo = join(dirname(require.resolve('@taplo/cli/package.json')), 'dist/cli.js');

/** The program of Tombi: a package a system, of which npm gets the one for Linux. */
const tombi = (() => {
  try {
    return join(dirname(require.resolve('@tombi-toml/cli-linux-x64/package.json')), 'tombi');
  } catch {
    return undefined;
  }
})();

/** How each tool is run, and why it is not, where that is so. */
const TOOLS = {
  taplo: { command: [process.execPath, taplo, 'lint', '--no-auto-config'], skip: false },
  tombi: { command: [tombi, 'lint', '--offline'], skip: !tombi && 'Tombi is got for Linux on x86-64 alone' },
};

/** Runs one of the tools on files in a folder, and gives its status and what it says without colours. */
function lint(tool, folder, files) {
  const env = { ...process.env, NO_COLOR: '1', HOME: folder, XDG_CACHE_HOME: folder };
  const [command, ...args] = TOOLS[tool].command;
  const options = { cwd: folder, env, encoding: 'utf8', maxBuffer: 1 << 28 };
  const { status, stdout, stderr, error } = spawnSync(command, [...args, ...files], options);
  assert.equal(error, undefined);
  return { status, says: (stdout + stderr).replace(/\u001B\[[0-9;]*m/g, '') };
}

/** Writes tables as files of their own that name their schema, as editors see them. */
function asFiles(folder, tables) {
  mkdirSync(folder, { recursive: true });
  return tables.map(({ of, toml }, n) => {
    const name = `${of}-${n}.toml`;
    writeFileSync(join(folder, name), `#:schema ${relative(folder, schemas[of])}\n\n${toml}\n`);
    return name;
  });
}

for (const [tool, { skip }] of Object.entries(TOOLS)) {
  test(`${tool} takes what is sound and refuses what is not`, { skip }, () => {
    const folder = temporaryFolder();
    const records = [ROOT, ...readdirSync(join(ROOT, 'tests/golden')).map((name) => join(ROOT, 'tests/golden', name))]
      .flatMap(subjects)
      .map(({ subject, toml }) => ({ of: subject, toml }));
    const good = asFiles(join(folder, 'good'), [...records, ...cases.filter(({ valid }) => valid)]);
    const bad = asFiles(join(folder, 'bad'), cases.filter(({ valid }) => !valid));
    const took = lint(tool, join(folder, 'good'), good);
    assert.equal(took.status, 0, took.says);
    const { says } = lint(tool, join(folder, 'bad'), bad);
    const missed = bad.filter((name) => !says.includes(name));
    assert.deepEqual(missed.map((name) => readFileSync(join(folder, 'bad', name), 'utf8')), []);
  });

  test(`${tool} finds the schema that a new dossier names`, { skip }, () => {
    const folder = temporaryFolder();
    const root = join(folder, 'new');
    casebook('new', root);
    assert.equal(lint(tool, root, ['casebook.toml']).status, 0);
    const settings = readFileSync(join(root, 'casebook.toml'), 'utf8');
    writeFileSync(join(root, 'casebook.toml'), settings.replace('language', 'langauge'));
    const { status, says } = lint(tool, root, ['casebook.toml']);
    assert.notEqual(status, 0);
    assert.match(says, /langauge/);
  });
}

test('the task of a new dossier understands what the check prints', () => {
  const root = join(temporaryFolder(), 'new');
  casebook('new', root);
  const { tasks } = JSON.parse(readFileSync(join(root, '.vscode/tasks.json'), 'utf8'));
  const [head, place] = tasks[0].problemMatcher.pattern.map(({ regexp }) => new RegExp(regexp));
  writeFileSync(join(root, 'content/entities/b.md'), '+++\nnmae = "B"\n+++\n');
  const env = { ...process.env, NO_COLOR: '1' };
  const check = ['check', '--root', root];
  const { stderr } = spawnSync(program('CASEBOOK', 'casebook', 'cargo build'), check, { env, encoding: 'utf8' });
  const lines = stderr.split('\n');
  const at = lines.findIndex((line) => head.test(line));
  assert.deepEqual(head.exec(lines[at]).slice(1, 3), ['error', 'unknown-field'], stderr);
  assert.deepEqual(place.exec(lines[at + 1]).slice(1), ['content/entities/b.md', '2', '1'], stderr);
});
