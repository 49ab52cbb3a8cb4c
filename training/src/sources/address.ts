import { dirname, join, relative } from 'node:path';
import { inputError } from '../errors.ts';

/** Whether a place is an address of a database, and not a path. */
export const isAddress = (where: string): boolean => isServer(where) || /^sqlite:/i.test(where);
const isServer = (where: string): boolean => /^postgres(ql)?:\/\//i.test(where);

const passwords = new Map<string, string>();

/**
 * Takes the password out of an address and keeps it for the connection, so that no message and no file can have it.
 * @throws InputError BAD_SOURCE, without the address, for one that cannot be read
 */
export function keepPassword(where: string): string {
  if (!isServer(where)) return where;
  const url = readAddress(where);
  const password = url.searchParams.get('password') ?? decodeURIComponent(url.password);
  if (password === '') return where;
  url.password = '';
  url.searchParams.delete('password');
  passwords.set(serverOf(url), password);
  return url.href;
}

function readAddress(where: string): URL {
  try {
    const url = new URL(where);
    decodeURIComponent(url.password);
    return url;
  } catch {
    // the error of the platform holds the address, and so the password
    const why =
      'is not postgres://USER:PASSWORD@HOST:PORT/DATABASE?table=NAME; in a password, write %40 for @, %2F for /, %3F for ?, %23 for #, %25 for %';
    throw inputError('BAD_SOURCE', 'the address of the database', why);
  }
}

/** The password that was kept for this server, user and database. */
export const keptPassword = (url: URL): string | undefined => passwords.get(serverOf(url));
const serverOf = ({ username, host, pathname }: URL): string => `${username}@${host}${pathname}`;

/** A place that a data package in this folder names. */
export function resolvePlace(folder: string, path: string): string {
  if (isServer(path)) return keepPassword(path);
  return isAddress(path) ? `sqlite:${join(folder, withoutScheme(path))}` : join(folder, path);
}

/** How a data package in this folder names a place. */
export function relativePlace(folder: string, where: string): string {
  if (isServer(where)) return where;
  const path = relative(folder, withoutScheme(where)).replaceAll('\\', '/');
  return isAddress(where) ? `sqlite:${path}` : path;
}

/** The folder of a file; of a server the working folder. */
export const folderOf = (where: string): string => (isServer(where) ? '.' : dirname(withoutScheme(where)));

const withoutScheme = (where: string): string => where.replace(/^sqlite:/i, '');
