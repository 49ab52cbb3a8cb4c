import { pointerTo, type Remark } from '@hearth/artifact';

interface Level {
  pointer: string;
  /** In an object: the keys so far, and the one whose value comes. */
  keys?: Set<string>;
  key: string;
  index: number;
}

/** Finds keys that one object of a JSON text has twice, of which `JSON.parse` keeps the last without a word. */
export function repeatedKeys(json: string): Remark[] {
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
