import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type LatestState, latest } from './latest.ts';
import { ServiceError } from './service-error.ts';

interface Call {
  question: number;
  answer(): Promise<void>;
  fail(error: Error): Promise<void>;
}

/** A service whose replies come when the test says, in the order it says. */
function controlledService() {
  const calls: Call[] = [];
  const updates: LatestState<string>[] = [];
  const source = latest<number, string>({
    delay: 50,
    onChange: (state) => updates.push(state),
    ask: (question) =>
      new Promise((resolve, reject) => {
        const settle = async (act: () => void) => {
          act();
          await vi.advanceTimersByTimeAsync(0);
        };
        calls.push({
          question,
          answer: () => settle(() => resolve(`answer to ${question}`)),
          fail: (error) => settle(() => reject(error)),
        });
      }),
  });
  return { calls, updates, source };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

async function ask(source: { want(question: number): void }, question: number): Promise<void> {
  source.want(question);
  await vi.advanceTimersByTimeAsync(50);
}

describe('the answer to the newest question', () => {
  test('is asked for at once the first time, and later once per waiting time', async () => {
    const { calls, source } = controlledService();
    source.want(25);
    await vi.advanceTimersByTimeAsync(0);
    expect(calls.map(({ question }) => question)).toEqual([25]);
    source.want(5);
    await vi.advanceTimersByTimeAsync(30);
    await ask(source, 54);
    expect(calls.map(({ question }) => question)).toEqual([25, 54]);
  });

  test('is asked for repeatedly during a drag that does not pause', async () => {
    const { calls, source } = controlledService();
    for (let age = 20; age < 40; age += 1) {
      source.want(age);
      await vi.advanceTimersByTimeAsync(16);
    }
    expect(calls.length).toBeGreaterThan(3);
  });

  test('is never overwritten by an older answer', async () => {
    const { calls, source } = controlledService();
    await ask(source, 30);
    await ask(source, 60);
    await calls[1]?.answer();
    await calls[0]?.answer();
    expect(source.state).toEqual({ reply: 'answer to 60', pending: false });
  });

  test('is pending while an older one is shown', async () => {
    const { calls, source } = controlledService();
    await ask(source, 30);
    await ask(source, 60);
    await calls[0]?.answer();
    expect(source.state).toEqual({ reply: 'answer to 30', pending: true });
  });

  test('is removed when the newest question fails', async () => {
    const { calls, source } = controlledService();
    await ask(source, 30);
    await calls[0]?.answer();
    await ask(source, 60);
    const error = new ServiceError('unreachable');
    await calls[1]?.fail(error);
    expect(source.state).toEqual({ error, pending: false });
  });

  test('is removed when there is nothing to ask, even if a reply arrives later', async () => {
    const { calls, source } = controlledService();
    await ask(source, 30);
    source.want(undefined);
    await calls[0]?.answer();
    expect(source.state).toEqual({ pending: false });
  });

  test('is asked for again after a temporary error, at growing intervals', async () => {
    const { calls, source } = controlledService();
    await ask(source, 30);
    await calls[0]?.fail(new ServiceError('unreachable'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(calls).toHaveLength(2);
    await calls[1]?.fail(new ServiceError('failing'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(calls).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1_000);
    await calls[2]?.answer();
    expect(source.state).toEqual({ reply: 'answer to 30', pending: false });
  });

  test('is not asked for again after a refusal', async () => {
    const { calls, source } = controlledService();
    await ask(source, 30);
    await calls[0]?.fail(new ServiceError('refused'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls).toHaveLength(1);
  });

  test('is asked for at once on retry', async () => {
    const { calls, source } = controlledService();
    await ask(source, 30);
    await calls[0]?.fail(new ServiceError('unreachable'));
    source.retry();
    await vi.advanceTimersByTimeAsync(0);
    expect(calls).toHaveLength(2);
  });

  test('sends no updates once stopped', async () => {
    const { calls, updates, source } = controlledService();
    await ask(source, 30);
    source.stop();
    const before = updates.length;
    await calls[0]?.answer();
    expect(updates).toHaveLength(before);
  });
});
