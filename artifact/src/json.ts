import { ArtifactError, type Check } from './errors.ts';

/** Deeper than anything Hearth writes, and shallow enough to be walked by recursion. */
const maximumDepth = 32;

/**
 * Parses JSON that nobody vouches for.
 * @throws ArtifactError `check` where it is not JSON in UTF-8, or has a member that every JavaScript object inherits, such as
 * `__proto__`; 'finite' for a number such as 1e999; 'size' where it is nested too deeply, found before it is parsed.
 */
export function parseJson(bytes: Uint8Array, check: Check, name: string): unknown {
  assertShallow(bytes, name);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new ArtifactError(check, `${name} is not JSON`, { cause });
  }
  assertPlain(value, check, name);
  return value;
}

/** Whether a name is one that every object has already, so that looking it up finds what was never put there. */
export const isInherited = (name: string): boolean => name in Object.prototype || name === 'prototype';

const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket] = new TextEncoder().encode(
  '"\\{}[]',
);

function assertShallow(bytes: Uint8Array, name: string): void {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === quote) quoted = !quoted;
    else if (quoted) {
      if (byte === backslash) i++;
    } else if (byte === openBrace || byte === openBracket) {
      if (++depth > maximumDepth) {
        throw new ArtifactError('size', `${name} is nested more than ${maximumDepth} levels deep`);
      }
    } else if (byte === closeBrace || byte === closeBracket) depth--;
  }
}

function assertPlain(value: unknown, check: Check, name: string): void {
  if (value === Infinity || value === -Infinity) {
    throw new ArtifactError('finite', `${name} holds a number that is too large`);
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (isInherited(key)) throw new ArtifactError(check, `${name} has a member named "${key}"`);
    assertPlain(member, check, name);
  }
}
