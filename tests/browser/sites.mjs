// The sites under test: the example dossier and a generated one, built by the program under test.
//
// `run.mjs` builds them once for all test files and hands their folders on in the environment. A test file that is run
// by itself builds what it asks for.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const CORPUS_SIZE = ['--sources', '60', '--claims', '600', '--commentary', '20', '--seed', '1'];

const made = new Map();
const temporary = [];

process.on('exit', () => temporary.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A new folder that is gone when the process ends. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'casebook-browser-'));
  temporary.push(folder);
  return folder;
}

/** The path of a program of this project: named by an environment variable, or built by cargo. */
export function program(variable, path, how) {
  const target = process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target');
  const places = [process.env[variable], join(target, 'debug', path), join(target, 'release', path)];
  const found = places.find((place) => place && existsSync(place));
  if (!found) throw new Error(`there is no ${path}: run \`${how}\`, or name it in ${variable}`);
  return found;
}

function run(file, args) {
  try {
    return execFileSync(file, args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    throw new Error(`${file} ${args.join(' ')}\n${error.stderr || error.message}`);
  }
}

/** Runs the program: `casebook('build', '--base-url', …)`. */
export function casebook(...args) {
  return run(program('CASEBOOK', 'casebook', 'cargo build'), args);
}

/** Builds a dossier into a new folder, which it returns. */
export function build(root, ...args) {
  const output = join(temporaryFolder(), 'site');
  casebook('build', '--root', root, '--output', output, ...args);
  return output;
}

function once(name, variable, make) {
  if (!made.has(name)) made.set(name, process.env[variable] || make());
  return made.get(name);
}

function buildCorpus() {
  const dossier = join(temporaryFolder(), 'dossier');
  run(program('CASEBOOK_CORPUS', 'examples/corpus', 'cargo build --example corpus'), [dossier, ...CORPUS_SIZE]);
  return build(dossier);
}

/** The folders of the built sites. */
export const site = {
  /** The example dossier of this repository. */
  get example() {
    return once('example', 'SITE_EXAMPLE', () => build(ROOT));
  },
  /** A generated dossier of 600 claims. */
  get corpus() {
    return once('corpus', 'SITE_CORPUS', buildCorpus);
  },
};

/** The environment in which test files find the sites that this process has built. */
export function environment() {
  return { ...process.env, SITE_EXAMPLE: site.example, SITE_CORPUS: site.corpus };
}

/** The paths of a site's pages, sorted, but for those where nothing but a redirect stands. */
export function pages(folder) {
  return htmlFiles(folder).filter((path) => !isRedirect(folder, path));
}

/** The paths where nothing but a redirect stands. */
export function redirects(folder) {
  return htmlFiles(folder).filter((path) => isRedirect(folder, path));
}

/** The largest page of every kind: `[kind, path]`, where a page's kind is its template's name. */
export function kinds(folder) {
  const largest = new Map();
  for (const path of pages(folder)) {
    const html = readFileSync(join(folder, path), 'utf8');
    const kind = /<body[^>]* class="page-([a-z-]+)/.exec(html)?.[1] ?? path.replace(/\.html$/, '');
    if (html.length > (largest.get(kind)?.size ?? 0)) largest.set(kind, { path, size: html.length });
  }
  return [...largest].map(([kind, { path }]) => [kind, path]);
}

function htmlFiles(folder) {
  const files = readdirSync(folder, { recursive: true }).map((file) => file.replaceAll('\\', '/'));
  return files.filter((file) => file.endsWith('.html')).sort();
}

function isRedirect(folder, path) {
  return readFileSync(join(folder, path), 'utf8').includes('http-equiv="refresh"');
}
