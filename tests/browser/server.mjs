// A static server on 127.0.0.1, as any web host would serve a built site.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml',
};

const running = new Map();

/** What a path below the server's root leads to: the file's bytes, with `404.html` for what is not there. */
async function find(folder, path) {
  const file = normalize(join(folder, path.endsWith('/') ? `${path}index.html` : path));
  if (!file.startsWith(folder + sep)) return { status: 403, body: '', type: TYPES['.txt'] };
  try {
    return { status: 200, body: await readFile(file), type: TYPES[extname(file)] ?? 'application/octet-stream' };
  } catch {
    const body = await readFile(join(folder, '404.html')).catch(() => 'not found');
    return { status: 404, body, type: TYPES['.html'] };
  }
}

function start(folder, subPath) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://host').pathname);
    // What is outside the site's sub-path is not the site's: a reference that leaves it must fail.
    const { status, body, type } = path.startsWith(subPath)
      ? await find(folder, path.slice(subPath.length - 1))
      : { status: 410, body: 'outside the site', type: TYPES['.txt'] };
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => resolve({ server, origin: `http://127.0.0.1:${server.address().port}` }));
  });
}

/** The address of a folder served at `subPath` (`/` or `/a/b/`), which ends in that path. One server a folder and path. */
export async function serve(folder, subPath = '/') {
  const key = `${subPath} ${folder}`;
  if (!running.has(key)) running.set(key, start(folder, subPath));
  return (await running.get(key)).origin + encodeURI(subPath);
}

/** Ends every server. */
export async function stopServers() {
  for (const starting of running.values()) {
    const { server } = await starting;
    server.closeAllConnections();
    server.close();
  }
  running.clear();
}
