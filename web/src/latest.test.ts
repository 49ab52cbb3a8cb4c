import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type LatestState, latest } from './latest.ts';
import { Trouble } from './trouble.ts';

interface Call {
  question: number;
  answer(): Promise<void>;
  fail(trouble: Error): Promise<void>;
}

/** A service whose answers come when, and in the order, the test says. */
function serviceToSteer() {
  const calls: Call[] = [];
  const told: LatestState<string>[] = [];
  const source = latest<number, string>({
    gather: 50,
    onChange: (known) => told.push(known),
    ask: (question) =>
      new Promise((resolve, reject) => {
        const settle = async (act: () => void) => {
          act();
          await vi.advanceTimersByTimeAsync(0);
        };
        calls.push({
          question,
          answer: () => settle(() => resolve(`answer to ${question}`)),
          fail: (trouble) => settle(() => reject(trouble)),
        });
      }),
  });
  return { calls, told, source };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

async function ask(source: { want(question: number): void }, question: number): Promise<void> {
  source.want(question);
  await vi.advanceTimersByTimeAsync(50);
}

describe('the answer to the newest question', () => {
  test('asks the first question at once, and then once for all that was typed within the gathering time', async () => {
    const { calls, source } = serviceToSteer();
    source.want(25);
    await vi.advanceTimersByTimeAsync(0);
    expect(calls.map(({ question }) => question)).toEqual([25]);
    source.want(5);
    await vi.advanceTimersByTimeAsync(30);
    await ask(source, 54);
    expect(calls.map(({ question }) => question)).toEqual([25, 54]);
  });

  test('goes on asking during a drag that never rests', async () => {
    const { calls, source } = serviceToSteer();
    for (let age = 20; age < 40; age += 1) {
      source.want(age);
      await vi.advanceTimersByTimeAsync(16);
    }
    expect(calls.length).toBeGreaterThan(3);
  });

  test('never lets a stale answer overwrite a newer one', async () => {
    const { calls, source } = serviceToSteer();
    await ask(source, 30);
    await ask(source, 60);
    await calls[1]?.answer();
    await calls[0]?.answer();
    expect(source.known).toEqual({ reply: 'answer to 60', pending: false });
  });

  test('shows an older answer as pending while the newer one is on its way', async () => {
    const { calls, source } = serviceToSteer();
    await ask(source, 30);
    await ask(source, 60);
    await calls[0]?.answer();
    expect(source.known).toEqual({ reply: 'answer to 30', pending: true });
  });

  test('takes the old answer away when the newest question fails', async () => {
    const { calls, source } = serviceToSteer();
    await ask(source, 30);
    await calls[0]?.answer();
    await ask(source, 60);
    const trouble = new Trouble('unreachable');
    await calls[1]?.fail(trouble);
    expect(source.known).toEqual({ trouble, pending: false });
  });

  test('takes the answer away when there is nothing to ask, even if one is still on its way', async () => {
    const { calls, source } = serviceToSteer();
    await ask(source, 30);
    source.want(undefined);
    await calls[0]?.answer();
    expect(source.known).toEqual({ pending: false });
  });

  test('asks again by itself until a passing trouble has passed, ever more slowly', async () => {
    const { calls, source } = serviceToSteer();
    await ask(source, 30);
    await calls[0]?.fail(new Trouble('unreachable'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(calls).toHaveLength(2);
    await calls[1]?.fail(new Trouble('failing'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(calls).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1_000);
    await calls[2]?.answer();
    expect(source.known).toEqual({ reply: 'answer to 30', pending: false });
  });

  test('does not repeat what was refused', async () => {
    const { calls, source } = serviceToSteer();
    await ask(source, 30);
    await calls[0]?.fail(new Trouble('refused'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls).toHaveLength(1);
  });

  test('asks at once when told to try again', async () => {
    const { calls, source } = serviceToSteer();
    await ask(source, 30);
    await calls[0]?.fail(new Trouble('unreachable'));
    source.retry();
    await vi.advanceTimersByTimeAsync(0);
    expect(calls).toHaveLength(2);
  });

  test('says nothing more once stopped', async () => {
    const { calls, told, source } = serviceToSteer();
    await ask(source, 30);
    source.stop();
    const before = told.length;
    await calls[0]?.answer();
    expect(told).toHaveLength(before);
  });
});
