import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { linked } from '../answer/link.ts';
import { sumLeaves } from './forest.ts';
import { decodeAnswer, encodeForest } from './trees.ts';

const section = readFileSync(join(import.meta.dirname, '../../../docs/FORMAT.md'), 'utf8')
  .split('## An example, byte by byte')[1]
  .split('\n## ')[0];
const [, block] = section.split('```');
const lines = block.trim().split('\n');
const header = lines.filter((line) => /^["{]/.test(line)).join('');
const hex = lines
  .filter((line) => /^\w/.test(line))
  .map((line) => /^\w+ +((?:[0-9a-f]{2,16} ?)+) {2}/.exec(line)?.[1]);
const bytesOf = (text = '') => Buffer.from(text.replaceAll(' ', ''), 'hex');
const file = Buffer.concat([bytesOf(hex[0]), Buffer.from(header), ...hex.slice(1).map(bytesOf)]);

test('the example of docs/FORMAT.md is a trees file, as this code writes it', () => {
  expect(file).toHaveLength(611);
  const { forest } = decodeAnswer(file, 1, 1);
  expect(Buffer.from(encodeForest(forest))).toEqual(file);
});

test('its numbers are those beside the bytes', () => {
  const { missingLeft, ...forest } = decodeAnswer(file, 1, 1).forest;
  for (const [name, numbers] of Object.entries({ ...forest, missing_left: missingLeft })) {
    const line = lines.find((each) => each.startsWith(`${name} `));
    expect(line?.split('  ').at(-1)?.trim()).toBe([...numbers].join(', '));
  }
});

test('it gives the scores and the answers of the table', () => {
  const { forest } = decodeAnswer(file, 1, 1);
  const rows = [...section.matchAll(/^\| `(\{.*\})` \| (.+) \| (.+) \|$/gm)];
  expect(rows).toHaveLength(3);
  for (const [, row, score, answer] of rows) {
    const { age = Number.NaN } = JSON.parse(row) as { age?: number };
    const sum = sumLeaves(forest, Float64Array.of(age));
    expect(linked({ link: 'identity', base: 0.25 }, sum)).toBe(Number(score));
    expect(linked({ link: 'logit', base: 0.25 }, sum)).toBe(Number(answer));
  }
});
