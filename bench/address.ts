import type { Readable } from 'node:stream';

/**
 * The address that a server prints, with 127.0.0.1 as its host. What it prints later is discarded: to collect a log costs as much as the
 * server that writes it.
 * @throws Error if the server ends before
 */
export async function addressIn(printed: Readable): Promise<string> {
  const port = await portIn(printed);
  printed.resume(); // only after the loop over it, which would leave it paused
  return `http://127.0.0.1:${port}`;
}

async function portIn(printed: Readable): Promise<string> {
  let text = '';
  for await (const piece of printed.iterator({ destroyOnReturn: false })) {
    text += piece;
    const port = /http:\/\/(?:localhost|127\.0\.0\.1):(\d+)\D/.exec(text)?.[1];
    if (port !== undefined) return port;
  }
  throw new Error(`the server ended before it was ready: ${text}`);
}
