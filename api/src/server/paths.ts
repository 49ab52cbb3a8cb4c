import { basename, resolve } from 'node:path';

/** The folders of an absolute path, with what makes a path a URL. */
const folders = /(?<![\w./~-])(?:file:\/\/)?(?:[A-Za-z]:[\\/]|\/)(?:[^\s'"/\\:,;]+[\\/])+/g;

/**
 * A message without absolute paths of this server, for those whom it answers: what lies in `known` is told from this folder on, of
 * other paths the last part.
 */
export const withoutPaths = (message: string, known: string): string =>
  message.replaceAll(resolve(known), basename(resolve(known))).replace(folders, '');
