import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const read = (file: string) => readFileSync(path.join(import.meta.dirname, '..', file), 'utf8');

/** The code blocks, without comments after `#`. */
const blocks = (text: string): string[] =>
  [...text.matchAll(/^```\w+\n(.*?)^```$/gms)].map(([, code]) => code.replace(/ +# .*$/gm, ''));

test('the README in Portuguese shows the same commands and answers as the English one', () => {
  const english = blocks(read('README.md'));
  expect(blocks(read('README.pt-BR.md'))).toEqual(english);
  expect(english.length).toBeGreaterThan(5);
});

test('both READMEs link only to files that exist', () => {
  for (const file of ['README.md', 'README.pt-BR.md'])
    for (const [, link] of read(file).matchAll(/\]\((?!https?:)([^)#]+)/g))
      expect(() => read(link), link).not.toThrow();
});
