import { basename, resolve } from 'node:path';

/** The folders of an absolute path, with a `file:` scheme if there is one. */
const folders = /(?<![\w./~-])(?:file:\/\/)?(?:[A-Za-z]:[\\/]|\/)(?:[^\s'"/\\:,;]+[\\/])+/g;

/** A message for clients, without absolute paths of this server: paths in `known` begin with that folder, others keep their last part. */
export const withoutPaths = (message: string, known: string): string =>
  message.replaceAll(resolve(known), basename(resolve(known))).replace(folders, '');
