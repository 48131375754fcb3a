// GitHub's command line, as far as the workflows use it: the comments of one pull request, kept in a file; a release.

import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const args = process.argv.slice(2);
const kept = join(process.env.FAKE_STATE, 'comments.json');
const comments = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : [];
const option = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const method = option('--method') ?? 'GET';
const path = args.find((arg) => arg.startsWith('repos/'));
const body = option('--raw-field')?.replace(/^body=/, '');
const request = { program: 'gh', args, method, path, body, token: process.env.GH_TOKEN };
appendFileSync(join(process.env.FAKE_STATE, 'requests.jsonl'), `${JSON.stringify(request)}\n`);

if (args[0] === 'release') process.exit(0);
if (args[0] !== 'api' || !process.env.GH_TOKEN) fail('is not used like that here');
if (method === 'GET') {
  const { status, stdout, stderr } = spawnSync('jq', ['--raw-output', option('--jq')], { input: JSON.stringify(comments) });
  process.stderr.write(stderr);
  process.stdout.write(stdout);
  process.exit(status ?? 1);
}
const id = Number(/\/comments\/(\d+)$/.exec(path)?.[1]);
if (method === 'POST' && path.endsWith('/comments')) {
  comments.push({ id: comments.length + 100, user: { type: 'Bot' }, body });
} else if (method === 'PATCH' && comments.some((comment) => comment.id === id)) {
  comments.find((comment) => comment.id === id).body = body;
} else {
  fail(`cannot ${method} ${path}`);
}
writeFileSync(kept, JSON.stringify(comments));

function fail(why) {
  process.stderr.write(`gh ${args.join(' ')}: ${why}\n`);
  process.exit(1);
}
