import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Manifest } from './manifest.ts';

/** SHA-256 in hexadecimal. */
export const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

/**
 * What makes a version the same as another: the SHA-256 of the trees and the manifest in canonical JSON (RFC 8785). Number
 * and time of a version are in neither.
 */
export function contentHash(manifest: Manifest, trees: Uint8Array): string {
  const canonical = canonicalize(manifest);
  if (canonical === undefined) throw new TypeError('a manifest has a canonical form');
  return createHash('sha256').update(trees).update(canonical).digest('hex');
}
