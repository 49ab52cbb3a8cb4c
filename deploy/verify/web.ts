import { get, NotYet } from './ask.ts';

/** The files that a page loads from its own origin, as it writes their addresses; links to the API are not included. */
export const assetsOf = (html: string): string[] =>
  [...html.matchAll(/(?:src|href)="(\.?\/[^"]+\.\w+)"/g)].map(([, path]) => path);

/**
 * Checks the page and every file that it loads.
 * @param like the URL of an instance that must serve the same page
 * @throws NotYet while a file is missing or the page differs
 */
export async function verifyWeb(url: string, like?: string): Promise<string> {
  const page = await get(url);
  const html = await page.text();
  if (!page.headers.get('content-type')?.startsWith('text/html') || !html.includes('<script'))
    throw new NotYet(`${url} does not serve the page`);
  if (like && html !== (await (await get(like)).text()))
    throw new NotYet(`${url} serves another page than ${like}`);
  const assets = assetsOf(html);
  if (assets.length === 0) throw new NotYet(`${url} serves a page that loads no file`);
  for (const path of assets) {
    const asset = await get(new URL(path, url));
    if ((await asset.arrayBuffer()).byteLength === 0) throw new Error(`${url}: ${path} is empty`);
  }
  return `${url}: the page and ${assets.length} files that it loads`;
}
