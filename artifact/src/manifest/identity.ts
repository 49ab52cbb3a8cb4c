import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Row } from '../columns/columns.ts';
import type { Manifest } from './manifest.ts';

/** SHA-256 in hexadecimal. */
export const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

/**
 * Identifies the content of a version: the SHA-256 of the manifest in canonical JSON (RFC 8785), which has the hashes of the files; in
 * format 1 of the trees of the answer and the manifest. It does not depend on the number of the version or the time of publishing.
 * @param manifest as model.json has it
 */
export const contentHash = (manifest: Pick<Manifest, 'format'>, trees: Uint8Array): string =>
  createHash('sha256')
    .update(manifest.format === 1 ? trees : '')
    .update(canonical(manifest))
    .digest('hex');

/** Identifies a training row without showing it: 16 digits of the SHA-256 of its canonical JSON. */
export const rowKey = (row: Row): string => sha256(canonical(row)).slice(0, 16);

/** JSON in its canonical form (RFC 8785). */
export function canonical(value: object): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('the object has no canonical JSON');
  return text;
}
