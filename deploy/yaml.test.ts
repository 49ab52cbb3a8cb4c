import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  parseAllDocuments,
  type Scalar,
  visit,
  type YAMLMap,
} from 'yaml';

const root = path.join(import.meta.dirname, '..');
const files = execFileSync('git', ['ls-files', '--', '*.yml', '*.yaml'], { cwd: root, encoding: 'utf8' })
  .trim()
  .split('\n');

const keysOf = (map: YAMLMap) => map.items.map(({ key }) => (key as Scalar).value as string);

/** The keys that a map gives and that a map merged into it gives too: strict readers refuse these as duplicates. */
function overriddenKeys(document: Document): string[] {
  const found: string[] = [];
  visit(document, {
    Map(_, map) {
      for (const { key, value } of map.items) {
        if (!isScalar(key) || key.value !== '<<') continue;
        const merged = isAlias(value) ? value.resolve(document) : value;
        if (!isMap(merged)) throw new TypeError('only one map is merged at a time');
        const own = keysOf(map);
        found.push(...keysOf(merged).filter((name) => own.includes(name)));
      }
    },
  });
  return found;
}

const faultsOf = (text: string) =>
  parseAllDocuments(text, { strict: true, uniqueKeys: true }).flatMap((document) => [
    ...document.errors.map(({ message }) => message),
    ...document.warnings.map(({ message }) => message),
    ...overriddenKeys(document as Document).map((key) => `overrides the merged key ${key}`),
  ]);

test.each(files)('a strict YAML reader accepts %s', (file) => {
  expect(faultsOf(readFileSync(path.join(root, file), 'utf8'))).toEqual([]);
});

test('a key that overrides a merged key is a fault, and so is a key that is given twice', () => {
  expect(faultsOf('base: &base { a: 1, b: 2 }\nmore: { <<: *base, b: 3 }')).toEqual([
    'overrides the merged key b',
  ]);
  expect(faultsOf('a: 1\na: 2')).toEqual([expect.stringContaining('Map keys must be unique')]);
});
