import { Agent } from 'node:http';
import { createHistogram } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { exchange } from './exchange.ts';
import { generator } from './good-models.ts';
import type { LoadCommand, LoadReport } from './load-process.ts';
import { type Request, requests } from './requests.ts';
import { exchangeStream, type Stream, streams } from './streams.ts';
import { createWitness } from './witness.ts';

/** The load, in its own process, so that the script and the server cannot delay its clock. */
const witness = createWitness();
const kept = new Agent({ keepAlive: true, maxSockets: 128 });
const latency = createHistogram();
const failures = new Map<string, number>();
let url = '';
let sent = 0;
let running = true;
let streamed = 0;
let streaming = true;
const openStreams = new Set<Promise<void>>();
/** Milliseconds between the starts of two streams. */
const betweenStreams = 250;

/** @param intended when it should be sent, on the clock of `performance`; latency counts from then */
async function send(asked: Request, intended: number): Promise<void> {
  const began = Date.now();
  sent++;
  const { body, fresh } = asked;
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const fault = await exchange(`${url}/predict`, { headers, agent: fresh ? false : kept }, (outgoing) =>
    outgoing.end(body),
  ).then(
    ({ status, text }) => witness.judge(asked, status, text, began),
    (error: NodeJS.ErrnoException) => `${error.code ?? error.name}: ${error.message}`,
  );
  latency.record(Math.max(1, Math.round((performance.now() - intended) * 1000)));
  if (fault) count(fault);
}

const count = (fault: string) => failures.set(fault, (failures.get(fault) ?? 0) + 1);

/** Its duration depends on the client and is not counted as latency. */
async function sendStream(stream: Stream): Promise<void> {
  const began = Date.now();
  streamed++;
  const fault = await exchangeStream(url, stream).then(
    (answers) => witness.judgeStream(stream.indices, answers, began),
    (error: NodeJS.ErrnoException) => `a stream, ${error.code ?? error.name}: ${error.message}`,
  );
  if (fault) count(fault);
}

async function runStreams(): Promise<void> {
  for (let i = 0; running; i++) {
    if (streaming) {
      const one = sendStream(streams[i % streams.length]).finally(() => openStreams.delete(one));
      openStreams.add(one);
    }
    await wait(betweenStreams);
  }
  await Promise.all(openStreams);
}

/** Measures the capacity with 32 requests at a time. @returns requests per second */
async function measureCapacity(seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1000;
  let answered = 0;
  const client = async (first: number) => {
    for (let i = first; performance.now() < end; i++, answered++) {
      await send(requests[i % requests.length], performance.now());
    }
  };
  await Promise.all(Array.from({ length: 32 }, (_, i) => client(i * 31)));
  return answered / seconds;
}

/** Open loop: a Poisson process whose arrivals do not depend on the server. */
async function run(rate: number): Promise<void> {
  const random = generator(1);
  const open = new Set<Promise<void>>();
  let next = performance.now();
  for (let i = 0; running; ) {
    while (next <= performance.now()) {
      const one = send(requests[i++ % requests.length], next).finally(() => open.delete(one));
      open.add(one);
      next += (-Math.log(1 - random()) / rate) * 1000;
    }
    await wait(1);
  }
  await Promise.all(open);
}

const commands: { [K in keyof LoadCommand]: (value: LoadCommand[K]) => unknown } = {
  target: (to) => {
    url = to;
  },
  allow: ({ version, answers }) => witness.allow(version, answers),
  settle: (version) => witness.settle(version),
  seen: () => witness.seen,
  capacity: (seconds) => measureCapacity(seconds),
  start: (rate) => {
    latency.reset();
    sent = 0;
    streamed = 0;
    running = true;
    finished = Promise.all([run(rate), runStreams()]);
  },
  async holdStreams() {
    streaming = false;
    await Promise.all(openStreams);
  },
  resumeStreams: () => {
    streaming = true;
  },
  async stop(): Promise<LoadReport> {
    running = false;
    await finished;
    const milliseconds = (percentile: number) => latency.percentile(percentile) / 1000;
    return {
      requests: sent,
      streams: streamed,
      failures: Object.fromEntries(failures),
      swaps: witness.swaps,
      p50: milliseconds(50),
      p99: milliseconds(99),
    };
  },
};
let finished: Promise<unknown> = Promise.resolve();

process.on(
  'message',
  async ({ id, command, value }: { id: number; command: keyof LoadCommand; value: never }) => {
    process.send?.({ id, answer: await commands[command](value) });
  },
);
process.on('disconnect', () => process.exit()); // the parent process has ended
