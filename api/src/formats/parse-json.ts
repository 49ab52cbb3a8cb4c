import { isUtf8 } from 'node:buffer';
import { pointerTo, type Remark } from '@hearth/artifact';
import type { Limits } from '../admission/index.ts';
import { invalidInput } from '../predict/faults.ts';
import { Problem } from '../server/problem.ts';
import { scan } from './scan.ts';

const byteOrderMark = '\uFEFF';

/** Reads JSON in UTF-8. @throws Problem NOT_JSON, TOO_DEEP, INVALID_INPUT */
export function parseBody(bytes: Buffer, limits: Pick<Limits, 'jsonDepth'>): unknown {
  if (bytes.length === 0)
    throw new Problem('NOT_JSON', 'the body is empty: send one JSON object, or a list of them');
  if (!isUtf8(bytes)) throw new Problem('NOT_JSON', 'the body is not text in UTF-8');
  return parseJson(bytes.toString(), limits);
}

/** Reads JSON whose objects have no repeated keys. @throws Problem NOT_JSON, TOO_DEEP, INVALID_INPUT */
export function parseJson(text: string, { jsonDepth }: Pick<Limits, 'jsonDepth'>): unknown {
  const value = parse(text, jsonDepth);
  // If every colon belongs to a member of a flat row, no key is repeated. This check takes a third of the time of a scan.
  if (jsonDepth >= depthOfRows && countColons(text) === flatMembers(value)) return value;
  const { depth, members } = scan(text);
  if (depth > jsonDepth) throw tooDeep(jsonDepth);
  if (members !== membersOf(value)) {
    const repeated = repeatedKeys(text);
    if (repeated.length > 0) throw invalidInput(repeated);
  }
  return value;
}

/** A list of objects. */
export const depthOfRows = 2;

const tooDeep = (jsonDepth: number): Problem =>
  new Problem('TOO_DEEP', `it is nested more than ${jsonDepth} deep`);

function parse(text: string, jsonDepth: number): unknown {
  try {
    return JSON.parse(text.startsWith(byteOrderMark) ? text.slice(1) : text);
  } catch (error) {
    if (scan(text).depth > jsonDepth) throw tooDeep(jsonDepth);
    // The message quotes the text, so that only its position is used.
    const place = / at position \d+/.exec((error as Error).message)?.[0] ?? '';
    throw new Problem('NOT_JSON', `it is not valid JSON${place}: send one JSON object, or a list of them`);
  }
}

function countColons(text: string): number {
  let count = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) count++;
  return count;
}

/** The number of members of a row, or of all rows of a batch; NaN if the value of one is a list or an object. */
function flatMembers(value: unknown): number {
  let count = 0;
  for (const row of Array.isArray(value) ? value : [value]) {
    if (typeof row !== 'object' || row === null) continue;
    for (const name in row) {
      if (typeof row[name] === 'object' && row[name] !== null) return Number.NaN;
      count++;
    }
  }
  return count;
}

/** The number of members of all objects in a value. */
function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const element of value) if (typeof element === 'object') count += membersOf(element);
    return count;
  }
  for (const member of Object.values(value)) count += 1 + membersOf(member);
  return count;
}

interface Level {
  pointer: string;
  /** Of an object: its keys so far, and the key of the next value. */
  keys?: Set<string>;
  key: string;
  index: number;
}

/** Finds keys that an object has more than once; `JSON.parse` silently keeps the last. */
function repeatedKeys(json: string): Remark[] {
  const found: Remark[] = [];
  const levels: Level[] = [];
  let text = '';
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]/g)) {
    const level = levels.at(-1);
    if (token === '{' || token === '[') {
      const pointer = level ? pointerTo(level.pointer, level.keys ? level.key : level.index) : '';
      levels.push({ pointer, keys: token === '{' ? new Set() : undefined, key: '', index: 0 });
    } else if (token === '}' || token === ']') {
      levels.pop();
    } else if (token === ',') {
      if (level) level.index++;
    } else if (token === ':') {
      if (!level?.keys) continue;
      level.key = JSON.parse(text);
      if (level.keys.has(level.key))
        found.push({ pointer: pointerTo(level.pointer, level.key), detail: 'is given more than once' });
      level.keys.add(level.key);
    } else {
      text = token;
    }
  }
  return found;
}
