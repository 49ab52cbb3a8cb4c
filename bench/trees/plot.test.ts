import { expect, test } from 'vitest';
import { drawScaling } from './plot.ts';
import { axes, middle } from './scaling.ts';

const points = Object.entries(axes).flatMap(([axis, values]) =>
  values.map((value) => ({ ...middle, [axis]: value, seconds: value / 1e5, peak: 60 + value / 1e4 })),
);

test('time and memory are drawn along rows, trees and columns, with units', () => {
  const svg = drawScaling(points);
  expect(svg.match(/time, s|peak memory, MB/g)).toHaveLength(6);
  expect(svg.match(/class="line"/g)).toHaveLength(6);
  for (const axis of Object.keys(axes)) expect(svg).toContain(`>${axis}</text>`);
  expect(svg).not.toMatch(/NaN|Infinity/);
});

test('n log n goes through the measured time of 10,000 rows', () => {
  const guide = /class="guide" d="M([\d.]+ [\d.]+)/.exec(drawScaling(points))?.[1];
  expect(drawScaling(points)).toMatch(new RegExp(`class="line" d="[^"]*L${guide}`));
});

test('time is drawn even if the memory is not known', () => {
  const svg = drawScaling(points.map((point) => ({ ...point, peak: null })));
  expect(svg).not.toMatch(/NaN|Infinity/);
});

test('partial results are drawn', () => {
  const svg = drawScaling(points.slice(0, 1));
  expect(svg.match(/class="dot"/g)).toHaveLength(2);
  expect(svg).not.toMatch(/NaN|Infinity|undefined|class="line"/);
});
