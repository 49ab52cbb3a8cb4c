import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noteConnection, startSlice } from './slice.ts';

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  await setImmediate(); // into a turn in which nobody has begun
});
afterEach(() => {
  vi.useRealTimers();
});

/** Goes on for so many slices, and notes each. */
async function work(name: string, slices: number, notes: string[]): Promise<void> {
  const slice = startSlice();
  for (let i = 0; i < slices; i++) {
    await slice.rest();
    notes.push(name);
  }
}

/** Notes where the turns of the event loop begin, until the work is done. */
async function noteTurns(done: Promise<unknown>, notes: string[]): Promise<void> {
  let isDone = false;
  const end = done.then(() => {
    isDone = true;
  });
  while (!isDone) {
    await setImmediate();
    notes.push('|');
  }
  await end;
}

test('of all long work one slice is done in a turn of the event loop, in turns', async () => {
  const notes: string[] = [];
  await noteTurns(Promise.all(['a', 'b', 'c'].map((name) => work(name, 3, notes))), notes);
  const turns = notes.join('').split('|').filter(Boolean);
  expect(turns).toEqual(['a', 'b', 'c', 'a', 'b', 'c', 'a', 'b', 'c']);
});

test('what begins while others rest lets them go first', async () => {
  const others = work('a', 1, []);
  expect(startSlice().isOver()).toBe(true);
  await others;
});

test('what is alone goes on until its slice is over, and again when it has rested', async () => {
  const slice = startSlice();
  expect(slice.isOver()).toBe(false);
  vi.advanceTimersByTime(5);
  expect(slice.isOver()).toBe(true);
  await slice.rest();
  expect(slice.isOver()).toBe(false);
});

test('while connections come long work is put off, but not for longer than a slice', async () => {
  const notes: string[] = [];
  const done = work('a', 3, notes);
  const turn = async (milliseconds: number) => {
    vi.advanceTimersByTime(milliseconds);
    noteConnection();
    await setImmediate();
    return notes.length;
  };
  expect([await turn(0), await turn(3), await turn(1), await turn(1), await turn(3)]).toEqual([
    0, 0, 1, 1, 1,
  ]);
  await done;
});
