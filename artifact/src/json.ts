import { ArtifactError, type Check } from './errors.ts';

/** Deeper than any file that Hearth writes, and shallow enough for recursion. */
const maximumDepth = 32;

/**
 * Parses untrusted JSON.
 * @param check the check that fails if it is not JSON in UTF-8, or has a member `__proto__`
 * @throws ArtifactError `check`; 'finite' for a number such as 1e999; 'size' if it is nested too deeply, which is tested first
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

/** The only name of a member that an assignment does not make. */
export const unassignable = '__proto__';

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
    throw new ArtifactError('finite', `${name} has a number that is too large`);
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (key === unassignable)
      throw new ArtifactError(check, `${name} has a member named "${key}", which is not allowed`);
    assertPlain(member, check, name);
  }
}
