// Builds the sites once and runs the test files: all, or those that are named.

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { environment } from './sites.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const named = process.argv.slice(2);
const files = named.length ? named : readdirSync(here).filter((file) => file.endsWith('.test.mjs')).sort();
const args = ['--test', '--test-concurrency=2', '--test-reporter=spec', ...files];
const { status } = spawnSync(process.execPath, args, { cwd: here, env: environment(), stdio: 'inherit' });
// A runner that was ended by a signal has no status.
process.exitCode = status ?? 1;
