import { expect, test } from 'vitest';
import { countTraffic } from './traffic.ts';

function clockwork() {
  let time = 1000;
  const traffic = countTraffic(() => time);
  return { traffic, wait: (seconds: number) => (time += seconds * 1000) };
}

test('answers are counted by whose fault they are', () => {
  const { traffic, wait } = clockwork();
  for (const status of [200, 200, 422, 503]) traffic.add(status, 1);
  wait(2);
  expect(traffic.read()).toMatchObject({ requests: 4, refused: 1, failed: 1, perSecond: 2, seconds: 2 });
});

test('latency is told to within five in a hundred', () => {
  const { traffic } = clockwork();
  for (let i = 1; i <= 100; i++) traffic.add(200, i);
  const { p50 = 0, p95 = 0, p99 = 0 } = traffic.read().latency ?? {};
  expect(Math.abs(p50 / 50 - 1)).toBeLessThan(0.05);
  expect(Math.abs(p95 / 95 - 1)).toBeLessThan(0.05);
  expect(Math.abs(p99 / 99 - 1)).toBeLessThan(0.05);
});

test('after five minutes an answer is forgotten', () => {
  const { traffic, wait } = clockwork();
  traffic.add(200, 1);
  wait(285);
  traffic.add(200, 1);
  expect(traffic.read().requests).toBe(2);
  wait(30);
  const { requests, seconds } = traffic.read();
  expect({ requests, seconds }).toEqual({ requests: 1, seconds: 300 });
  wait(600);
  expect(traffic.read()).toMatchObject({ requests: 0, perSecond: 0 });
  expect(traffic.read()).not.toHaveProperty('latency');
});

test('the spans of the window stand in order, quiet ones too', () => {
  const { traffic, wait } = clockwork();
  traffic.add(200, 1);
  wait(20);
  traffic.add(200, 1);
  traffic.add(200, 1);
  expect(traffic.read().spans).toEqual([1, 0, 2]);
});

test('an answer that took no time, or an hour, breaks nothing', () => {
  const { traffic } = clockwork();
  traffic.add(200, 0);
  traffic.add(200, 3_600_000);
  expect(traffic.read().latency?.p50).toBeGreaterThan(0);
});
