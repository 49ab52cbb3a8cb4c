import type { Files, LoadOptions } from './types.ts';

interface VersionFiles {
  /** @throws Error if the file is not there */
  read(file: keyof Files): Promise<Uint8Array>;
  /** The name of the version, as its address or folder has it. */
  name?: string;
}

/** Where the files of a version are read from. An address without a scheme is a folder, and on a page or in its workers relative to it. */
export function filesFrom(from: string | URL | Files, { fetch: get = fetch }: LoadOptions): VersionFiles {
  if (from instanceof URL || typeof from === 'string') {
    const { location } = globalThis as { location?: { href: string } };
    const url =
      from instanceof URL ? from : URL.canParse(from, location?.href) && new URL(from, location?.href);
    const path = url ? url.pathname : String(from);
    const name = decodeURIComponent(path.replace(/\/+$/, '').replace(/^.*[/\\]/, '')) || undefined;
    return url && url.protocol !== 'file:'
      ? {
          name,
          read: (file) =>
            fetched(new URL(`${url.pathname.replace(/\/*$/, '/')}${file}${url.search}`, url), get),
        }
      : { name, read: (file) => onDisk(url || String(from), file) };
  }
  return {
    async read(file) {
      const bytes = from[file];
      if (!bytes) throw new Error(`there is no ${file} among the files that were given`);
      return bytes;
    },
  };
}

async function fetched(url: URL, get: (url: URL) => Promise<Response>): Promise<Uint8Array> {
  const response = await get(url);
  if (!response.ok)
    throw new Error(
      `${url} answered ${response.status}; the address is that of a version, a folder with model.json`,
    );
  return new Uint8Array(await response.arrayBuffer());
}

async function onDisk(folder: URL | string, file: string): Promise<Uint8Array> {
  // not imported, so that a bundle for browsers needs no modules of Node; Deno and Bun have it too
  const files = globalThis.process?.getBuiltinModule?.('node:fs/promises');
  if (!files)
    throw new Error(
      `${folder} is a folder, but files can only be read in Node, Deno and Bun; give an address`,
    );
  const place =
    typeof folder === 'string' ? `${folder}/${file}` : new URL(`${folder.pathname}/${file}`, folder);
  try {
    return await files.readFile(place);
  } catch (cause) {
    throw new Error(
      `${folder} cannot be read; name the folder of a version, such as models/heart/2-ea09fb3`,
      { cause },
    );
  }
}
