// curl, as far as the workflows use it: files of releases, kept in a folder, and the notes of one merge request.

import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const args = process.argv.slice(2);
const WITH_VALUE = ['--config', '--request', '--data-urlencode', '-o', '--output', '--header', '--retry'];
const options = {};
let url;
for (let at = 0; at < args.length; at += 1) {
  if (WITH_VALUE.includes(args[at])) options[args[at].replace(/^-+/, '')] = args[(at += 1)];
  else if (!args[at].startsWith('-')) url = args[at];
}
const state = process.env.FAKE_STATE;
const header = options.config ? readFileSync(options.config, 'utf8') : options.header;
const method = options.request ?? 'GET';
const [, file] = /^body@(.*)$/.exec(options['data-urlencode'] ?? '') ?? [];
const body = file && readFileSync(file, 'utf8');
const request = { program: 'curl', args, method, url, header, body };
appendFileSync(join(state, 'requests.jsonl'), `${JSON.stringify(request)}\n`);

if (url.includes('/releases/download/')) {
  const release = join(state, basename(url));
  if (!existsSync(release)) fail('404');
  writeFileSync(options.output, readFileSync(release));
} else {
  answer(notes(new URL(url).pathname));
}

/** What GitLab answers; the notes are kept. */
function notes(path) {
  const kept = join(state, 'notes.json');
  const all = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : [];
  if (!header?.includes('PRIVATE-TOKEN: ')) fail('401');
  if (path.endsWith('/user')) return { id: 7 };
  if (method === 'GET' && path.endsWith('/notes')) return all;
  const id = Number(/\/notes\/(\d+)$/.exec(path)?.[1]);
  if (method === 'POST' && path.endsWith('/notes')) all.push({ id: all.length + 500, author: { id: 7 }, body });
  else if (method === 'PUT' && all.some((note) => note.id === id)) all.find((note) => note.id === id).body = body;
  else fail('404');
  writeFileSync(kept, JSON.stringify(all));
  return all.at(-1);
}

function answer(value) {
  const text = JSON.stringify(value);
  if (options.o ?? options.output) writeFileSync(options.o ?? options.output, text);
  else process.stdout.write(text);
}

function fail(why) {
  process.stderr.write(`curl: ${method} ${url}: ${why}\n`);
  process.exit(22);
}
