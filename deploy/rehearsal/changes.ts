import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { corrupt, deliverVariant } from './models.ts';

/** Exit codes of deploy/rollout. */
const done = 0;
const takenBack = 1;
const modelRefused = 3;

/** A change that is pushed, and its expected outcome. */
export interface Change {
  /** For --rows. */
  name: string;
  title: string;
  code: typeof done | typeof takenBack | typeof modelRefused;
  /** For a bad change: what the remote must print. */
  because?: RegExp;
  /** Where visitors see that it serves. */
  shows?: 'page' | 'api' | 'model';
  /** Changes the checkout. @returns the version of the new model, if there is one */
  apply(work: string): Promise<string | undefined>;
}

async function edit(work: string, file: string, from: string | RegExp, to: string): Promise<undefined> {
  const text = await readFile(path.join(work, file), 'utf8');
  const edited = text.replace(from, to);
  if (edited === text) throw new Error(`${file} has no ${from}; update deploy/rehearsal/changes.ts`);
  await writeFile(path.join(work, file), edited);
}

/** Puts a mark into the API that visitors see. It replaces an earlier mark. */
const mark = (work: string, release: string) =>
  edit(
    work,
    'api/src/routes/health.ts',
    /('\/health\/live', async \(\) => \(\{ status: 'ok')[^}]*\}/,
    `$1, release: '${release}' }`,
  );

/** Puts marks of a release into these parts. They replace earlier marks. */
export async function leaveMark(
  work: string,
  release: string,
  ...parts: ('api' | 'page' | 'gateway')[]
): Promise<undefined> {
  if (parts.includes('api')) await mark(work, release);
  if (parts.includes('page'))
    await append(work, 'web/src/styles/tokens.css', `:root { --release: "${release}"; }`);
  if (parts.includes('gateway')) await append(work, 'deploy/gateway/haproxy.cfg', `# ${release}`);
}

const append = (work: string, file: string, line: string) => appendFile(path.join(work, file), `${line}\n`);

const models = (work: string) => path.join(work, 'models/heart');

export const changes: readonly Change[] = [
  {
    name: 'page',
    title: 'a change of the page',
    code: done,
    shows: 'page',
    apply: (work) =>
      edit(work, 'web/index.html', '<title>', '<meta name="rehearsal" content="page" />\n    <title>'),
  },
  {
    name: 'api',
    title: 'a change of the API',
    code: done,
    shows: 'api',
    apply: (work) => mark(work, 'api'),
  },
  {
    name: 'better',
    title: 'a better model',
    code: done,
    shows: 'model',
    apply: (work) => deliverVariant(models(work), 0.05),
  },
  {
    name: 'worse',
    title: 'a worse model',
    code: modelRefused,
    because: /the gate refused/,
    apply: async (work) => deliverVariant(models(work), -0.1),
  },
  {
    name: 'corrupted',
    title: 'a corrupted model',
    code: modelRefused,
    because: /is damaged/,
    async apply(work) {
      const version = await deliverVariant(models(work), 0.1);
      await corrupt(models(work), version);
      return version;
    },
  },
  {
    name: 'unstarted',
    title: 'an API that does not start',
    code: takenBack,
    because: /the new api ends right after its start/,
    apply: (work) =>
      edit(
        work,
        'api/src/main.ts',
        'await serveApi(',
        // it starts when the image is built, where the revision is not set yet
        "if ('HEARTH_REVISION' in process.env) throw new Error('rehearsal: it does not start');\nawait serveApi(",
      ),
  },
  {
    name: 'unhealthy',
    title: 'an API that starts and is unhealthy',
    code: takenBack,
    because: /the new api fails its checks/,
    async apply(work) {
      await mark(work, 'unhealthy');
      return edit(work, 'api/src/routes/health.ts', 'if (app.isDraining())', 'if (app.server.listening)');
    },
  },
  {
    name: 'wrong',
    title: 'an API with wrong answers',
    code: takenBack,
    because: /golden row 1 of .* instead of/,
    async apply(work) {
      await mark(work, 'wrong');
      return edit(
        work,
        'api/src/predict/answerer.ts',
        'beforeAnswer + answers.answer[i]',
        'beforeAnswer + answers.answer[i] * (1 + 1e-9)',
      );
    },
  },
  {
    name: 'gateway',
    title: 'a broken configuration of the gateway',
    code: takenBack,
    because: /HAProxy refuses the configuration/,
    apply: (work) => edit(work, 'deploy/gateway/haproxy.cfg', 'bind :8080', 'bnd :8080'),
  },
  {
    name: 'astray',
    title: 'a valid configuration that sends requests to the wrong service',
    code: takenBack,
    because: /through the gateway at .* the API gives wrong answers or none/,
    apply: (work) =>
      edit(work, 'deploy/gateway/haproxy.cfg', 'use_backend api if api', 'use_backend web if api'),
  },
  {
    name: 'timeouts',
    title: 'a good configuration of the gateway',
    code: done,
    apply: (work) => edit(work, 'deploy/gateway/haproxy.cfg', 'timeout queue 5s', 'timeout queue 6s'),
  },
];
