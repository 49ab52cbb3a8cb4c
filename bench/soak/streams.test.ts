import { expect, test } from 'vitest';
import { readAnswers, streams } from './streams.ts';

test('streams of both types have one row per line', () => {
  expect(new Set(streams.map(({ type }) => type)).size).toBe(2);
  for (const { type, indices, pieces } of streams) {
    const lines = pieces.join('').trimEnd().split('\n');
    expect(lines).toHaveLength(indices.length + (type === 'text/csv' ? 1 : 0));
  }
});

test('answers of both types are read; a problem is NaN', () => {
  const expected = [
    { probability: 0.25, version: '1-a' },
    { probability: Number.NaN, version: '' },
  ];
  const ndjson =
    '{"probability":0.25,"model":{"name":"tiny","version":"1-a"}}\n{"type":"about:blank","line":2}\n';
  expect(readAnswers('application/x-ndjson', ndjson)).toEqual(expected);
  const csv = 'probability,model,warnings,errors\n0.25,1-a,,\n,,,line 2: no\n';
  expect(readAnswers('text/csv', csv)).toEqual(expected);
});
