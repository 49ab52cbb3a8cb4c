import { get, NotYet } from './ask.ts';

/** The files of its own that a page loads; its links to the API are none. */
export const assetsOf = (html: string): string[] =>
  [...html.matchAll(/(?:src|href)="(\/[^"]+\.\w+)"/g)].map(([, path]) => path);

/**
 * Asks for the page and for everything that it loads.
 * @param like where the same page has to come from: an instance that was asked directly
 * @throws NotYet while they are not all there, or the page is another one
 */
export async function verifyWeb(url: string, like?: string): Promise<string> {
  const page = await get(url);
  const html = await page.text();
  if (!page.headers.get('content-type')?.startsWith('text/html') || !html.includes('<script'))
    throw new NotYet(`${url} does not answer with the page`);
  if (like && html !== (await (await get(like)).text()))
    throw new NotYet(`${url} answers with another page than ${like}`);
  const assets = assetsOf(html);
  for (const path of assets) {
    const asset = await get(new URL(path, url));
    if ((await asset.arrayBuffer()).byteLength === 0) throw new Error(`${url}: ${path} is empty`);
  }
  return `${url}: the page and ${assets.length} files that it loads`;
}
