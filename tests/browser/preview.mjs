// `casebook serve` over a dossier of its own, for a test that changes files under it.

import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { casebook, program, temporaryFolder } from './sites.mjs';

const running = [];

/** Ends every preview. */
export async function stopPreviews() {
  await Promise.all(running.splice(0).map((it) => it.stop()));
}

/**
 * Previews a copy of the example dossier until the test file ends.
 *
 * `base` is its address. `read(path)`, `write(path, text)`, `edit(path, from, to)` and `remove(path)` work on the
 * dossier's files. `stop()` ends the preview, `start()` starts it again at the same address. `said` is what it has
 * printed besides.
 */
export async function preview() {
  const root = join(temporaryFolder(), 'dossier');
  casebook('new', '--example', root);
  const it = {
    root,
    said: '',
    read: (path) => readFileSync(join(root, path), 'utf8'),
    write(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    edit(path, from, to) {
      const text = it.read(path);
      if (!text.includes(from)) throw new Error(`${path} has no “${from}”`);
      it.write(path, text.replace(from, to));
    },
    remove: (path) => rmSync(join(root, path), { recursive: true }),
    async start(port = new URL(it.base).port) {
      it.child = spawn(program('CASEBOOK', 'casebook', 'cargo build'), ['serve', '--root', root, '--port', port]);
      it.child.stderr.setEncoding('utf8').on('data', (text) => (it.said += text));
      const { child } = it;
      it.ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve(code ?? signal)));
      for await (const line of createInterface({ input: child.stdout })) {
        it.base = /http:\S+/.exec(line)?.[0];
        if (it.base) return;
      }
      throw new Error(`the preview did not start: ${it.said}`);
    },
    async stop() {
      it.child.kill('SIGTERM');
      return it.ended;
    },
  };
  await it.start('0');
  running.push(it);
  return it;
}
