import { describe, expect, test } from 'vitest';
import { trackRecord } from './track-record.ts';

const bin = (low: number, rows: number, positives: number) => ({
  low,
  high: Number((low + 0.1).toFixed(1)),
  rows,
  predicted: low + 0.05,
  observed: positives / rows,
});

describe('the track record of a chance', () => {
  test('is the bin that the chance lies in', () => {
    const bins = [bin(0.8, 24, 21), bin(0.9, 63, 60)];
    expect(trackRecord(bins, 0.8)).toEqual({ low: 0.8, high: 0.9, rows: 24, positives: 21 });
    expect(trackRecord(bins, 1)).toEqual({ low: 0.9, high: 1, rows: 63, positives: 60 });
  });

  test('joins the smaller neighbours until there are twenty cases', () => {
    const bins = [bin(0.2, 36, 12), bin(0.3, 12, 2), bin(0.4, 5, 3), bin(0.5, 17, 8)];
    expect(trackRecord(bins, 0.35)).toEqual({ low: 0.3, high: 0.6, rows: 34, positives: 13 });
  });

  test('is undefined where there are too few cases, or no bin contains the chance', () => {
    expect(trackRecord([bin(0.3, 9, 2), bin(0.4, 6, 3)], 0.35)).toBeUndefined();
    expect(trackRecord([bin(0.3, 40, 2)], 0.9)).toBeUndefined();
  });
});
