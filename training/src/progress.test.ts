import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createProgress } from './progress.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A log that keeps what is written to it. */
function createLog() {
  let text = '';
  const write = (more: string) => {
    text += more;
    return true;
  };
  return { out: { write } as NodeJS.WriteStream, said: () => text.split('\n').slice(0, -1) };
}

test('a log gets a line at the start, at each quarter, and after two seconds of silence', () => {
  const { out, said } = createLog();
  const step = createProgress(out).start('fits', 8);
  vi.advanceTimersByTime(4000);
  for (let i = 0; i < 8; i++) {
    vi.advanceTimersByTime(900);
    step();
  }
  vi.advanceTimersByTime(10_000);
  expect(said()).toMatchInlineSnapshot(`
    [
      "fits: 0 %",
      "fits: 0 %, for 2 s",
      "fits: 0 %, for 4 s",
      "fits: 25 %, 17 s left",
      "fits: 50 %, 8 s left",
      "fits: 75 %, 3 s left",
      "fits: 100 %",
    ]
  `);
});

test('a log is not silent for more than two seconds after a quarter either', () => {
  const { out, said } = createLog();
  const step = createProgress(out).start('fits', 4);
  vi.advanceTimersByTime(1000);
  step();
  vi.advanceTimersByTime(2000);
  expect(said()).toEqual(['fits: 0 %', 'fits: 25 %, 3 s left', 'fits: 25 %, 9 s left']);
});

test('of works within works, the last one is shown, and afterwards the one around it', () => {
  const { out, said } = createLog();
  const { start } = createProgress(out);
  const outer = start('model', 2);
  const inner = start('trees', 1);
  vi.advanceTimersByTime(2000);
  inner();
  vi.advanceTimersByTime(2000);
  outer();
  outer();
  expect(said()).toMatchInlineSnapshot(`
    [
      "model: 0 %",
      "trees: 0 %",
      "trees: 0 %, for 2 s",
      "trees: 100 %",
      "model: 0 %, for 4 s",
      "model: 50 %, 4 s left",
      "model: 100 %",
    ]
  `);
});

test('steps beyond the last one, and work without steps, show nothing more', () => {
  const { out, said } = createLog();
  const { start } = createProgress(out);
  const step = start('fit', 1);
  step();
  step();
  start('nothing', 0);
  vi.advanceTimersByTime(9000);
  expect(said()).toEqual(['fit: 0 %', 'fit: 100 %', 'nothing: 100 %']);
});
