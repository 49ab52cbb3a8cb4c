import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Row } from '../columns/columns.ts';
import type { Manifest } from './manifest.ts';

/** SHA-256 in hexadecimal. */
export const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

/**
 * What makes a version the same as another: the SHA-256 of the trees and the manifest in canonical JSON (RFC 8785). Number
 * and time of a version are in neither.
 */
export const contentHash = (manifest: Manifest, trees: Uint8Array): string =>
  createHash('sha256').update(trees).update(canonical(manifest)).digest('hex');

/** Names a training row without showing it: 16 digits of the SHA-256 of its canonical JSON. */
export const rowKey = (row: Row): string => sha256(canonical(row)).slice(0, 16);

function canonical(value: object): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('an object has a canonical form');
  return text;
}
