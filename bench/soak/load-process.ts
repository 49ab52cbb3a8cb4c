import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface LoadCommand {
  /** Where to send the requests. */
  target: string;
  /** From now on the version may serve; these are its answers to `rows`. */
  allow: { version: string; answers: readonly number[] };
  /** Only this version is in production. */
  settle: string;
  /** The version that answered last. */
  seen: undefined;
  /** Answered requests per second, measured for this number of seconds. */
  capacity: number;
  /** Begins to send this number of requests per second, and streams. */
  start: number;
  /** Begins no new streams, and waits for the open ones. */
  holdStreams: undefined;
  /** Begins streams again. */
  resumeStreams: undefined;
  stop: undefined;
}

export interface LoadReport {
  requests: number;
  /** Streams: bodies of 120 lines that are sent over more than a second. */
  streams: number;
  /** How often each kind of failure occurred. */
  failures: Record<string, number>;
  /** Changes of the serving version. */
  swaps: number;
  /** Milliseconds from when a request should have been sent to the end of its response. */
  p50: number;
  p99: number;
}

/** The process that sends the load. */
export interface Load {
  allow(version: string, answers: readonly number[]): Promise<void>;
  settle(version: string): Promise<void>;
  seen(): Promise<string>;
  /** @returns requests a second */
  capacity(seconds: number): Promise<number>;
  start(rate: number): Promise<void>;
  holdStreams(): Promise<void>;
  resumeStreams(): Promise<void>;
  stop(): Promise<LoadReport>;
}

export async function startLoad(url: string): Promise<Load> {
  const child = fork(join(import.meta.dirname, 'load.ts'));
  const waiting = new Map<number, (answer: never) => void>();
  let last = 0;
  child.on('message', ({ id, answer }: { id: number; answer: never }) => {
    waiting.get(id)?.(answer);
    waiting.delete(id);
  });
  child.on('exit', (code) => {
    if (waiting.size > 0) throw new Error(`the load ended with exit code ${code}`);
  });
  const tell = <Answer>(command: keyof LoadCommand, value?: LoadCommand[keyof LoadCommand]) =>
    new Promise<Answer>((resolve) => {
      waiting.set(++last, resolve);
      child.send({ id: last, command, value });
    });
  await tell('target', url);
  return {
    allow: (version, answers) => tell('allow', { version, answers }),
    settle: (version) => tell('settle', version),
    seen: () => tell('seen'),
    capacity: (seconds) => tell('capacity', seconds),
    start: (rate) => tell('start', rate),
    holdStreams: () => tell('holdStreams'),
    resumeStreams: () => tell('resumeStreams'),
    async stop() {
      const report = await tell<LoadReport>('stop');
      child.kill();
      await once(child, 'exit');
      return report;
    },
  };
}
