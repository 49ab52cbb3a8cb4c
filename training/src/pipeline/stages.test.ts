import { expect, test } from 'vitest';
import type { Design } from '../design.ts';
import { knowledgeStages } from './stages.ts';

/** The names of each stage; columns as NAME:GROUP, a required one with an exclamation mark. */
function stagesOf(...columns: string[]): string[] {
  const design = {
    columns: columns.map((text) => {
      const [name, group] = text.replace('!', '').split(':');
      return { name, group, required: text.endsWith('!') };
    }),
    table: { data: { descriptor: { hearth: { groups: [{ name: 'one' }, { name: 'two' }] } } } },
  };
  return knowledgeStages(design as unknown as Design).map(({ columns }) => columns.join(' '));
}

test('stages are the first column, then one more group each', () => {
  expect(stagesOf('d:two', 'a:one', 'b:one', 'e:two')).toEqual(['a', 'a b', 'a b d e']);
});

test('required columns are in every stage', () => {
  expect(stagesOf('a:one', 'b:one', 'd:two!', 'e:two')).toEqual(['d', 'd a b', 'd a b e']);
  expect(stagesOf('a:one!', 'b:one!', 'c:one')).toEqual(['a b', 'a b c']);
});
