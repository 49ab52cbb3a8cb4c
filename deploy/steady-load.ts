import { Agent, request } from 'node:http';
import { request as requestSecurely, Agent as SecureAgent } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';

export interface LoadReport {
  requests: number;
  /** How often each kind of failure occurred. */
  failures: Record<string, number>;
}

export interface Question {
  readonly path: string;
  /** Sent by POST as JSON, if given. */
  body?: string;
  /** Whether the answer is correct; `sent` in milliseconds since the epoch. */
  expect(text: string, sent: number): boolean;
}

/** Sends a fixed number of requests per second, whether or not they are answered, alternately on kept and on new connections. */
export function steadyLoad(url: string, questions: readonly Question[], perSecond: number) {
  const kept = url.startsWith('https:')
    ? new SecureAgent({ keepAlive: true })
    : new Agent({ keepAlive: true });
  const failures: Record<string, number> = {};
  const open = new Set<Promise<void>>();
  let requests = 0;
  let running = true;

  async function ask(question: Question, fresh: boolean): Promise<void> {
    requests++;
    const sent = Date.now();
    const { path } = question;
    const fault = await exchange(`${url}${path}`, question.body, fresh ? undefined : kept).then(
      ({ status, text }) =>
        status === 200 && question.expect(text, sent)
          ? undefined
          : `${path}: status ${status}: ${text.slice(0, 100)}`,
      (error: NodeJS.ErrnoException) => `${path}: ${error.code ?? error.message}`,
    );
    if (fault) failures[fault] = (failures[fault] ?? 0) + 1;
  }

  async function run(): Promise<void> {
    const began = performance.now();
    for (let sent = 0; running; ) {
      for (const due = ((performance.now() - began) / 1000) * perSecond; sent < due; sent++) {
        const one = ask(questions[sent % questions.length], sent % 4 < 2).finally(() => open.delete(one));
        open.add(one);
      }
      await wait(5);
    }
    await Promise.all(open);
  }

  const finished = run();
  return {
    /** The counts so far. */
    soFar: (): LoadReport => ({ requests, failures: { ...failures } }),
    async stop(): Promise<LoadReport> {
      running = false;
      await finished;
      kept.destroy();
      return { requests, failures };
    },
  };
}

/** A request is repeated if its kept connection was closed while idle (RFC 9112, 9.3.1). */
async function exchange(url: string, body: string | undefined, agent: Agent | undefined) {
  for (;;) {
    try {
      return await exchangeOnce(url, body, agent);
    } catch (error) {
      if (!(error instanceof Error && error.cause === 'closed while idle')) throw error;
    }
  }
}

function exchangeOnce(url: string, body: string | undefined, agent: Agent | undefined) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const headers =
      body === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const secure = url.startsWith('https:');
    const outgoing = (secure ? requestSecurely : request)(url, {
      ...(secure && { rejectUnauthorized: false }), // the certificate names a site, not an address
      method: body === undefined ? 'GET' : 'POST',
      agent: agent ?? false,
      headers,
      timeout: 10_000,
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      if (outgoing.reusedSocket && error.code === 'ECONNRESET') error.cause = 'closed while idle';
      reject(error);
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer within 10 s')));
    outgoing.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    outgoing.end(body);
  });
}
