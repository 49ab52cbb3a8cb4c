import { setTimeout as wait } from 'node:timers/promises';
import { generator, rows } from '../soak/good-models.ts';
import type { TwoVersions } from './models.ts';

/** Sends a body to an address of the server. */
export type Ask = (path: string, body: object) => Promise<{ status: number; body: string }>;

export interface SoakOptions {
  ask: Ask;
  models: readonly TwoVersions[];
  /** How many models get most of the requests. */
  hot: number;
  /** Whether it has been long enough. */
  isOver(report: SoakReport): boolean;
  /** Requests at a time. */
  atOnce: number;
  /** Milliseconds between an answer and the next request of the same place. */
  pause: number;
  /** Milliseconds between two swaps. */
  swapEvery: number;
}

export interface SoakReport {
  requests: number;
  swaps: number;
  /** How many models answered by both of their versions. */
  seenBoth: number;
  /** The first faults: what was not answered, or by another model, version or value than it should be. */
  faults: string[];
}

const faultsKept = 10;

/** Asks many models by turns while their versions are swapped, and checks every answer by model, version and value. */
export async function soakModels(options: SoakOptions): Promise<SoakReport> {
  const { ask, models, hot, isOver, atOnce, pause, swapEvery } = options;
  const random = generator(1);
  const seen = new Map(models.map(({ name }) => [name, new Set<string>()]));
  const report: SoakReport = { requests: 0, swaps: 0, seenBoth: 0, faults: [] };
  const pick = (count: number) => Math.floor(random() * count);

  async function askOne(): Promise<void> {
    const model = models[random() < 0.9 ? pick(hot) : pick(models.length)];
    const place = pick(rows.length);
    const question = questions[pick(questions.length)](model, place);
    const { status, body } = await ask(question.path, question.body);
    report.requests++;
    const fault = status === 200 ? judge(question, model, place, body) : `status ${status}: ${body}`;
    if (fault !== undefined && report.faults.length < faultsKept)
      report.faults.push(`${question.path}: ${fault}`);
  }

  function judge(question: Question, { name, answers }: TwoVersions, place: number, body: string) {
    const answer = question.read(JSON.parse(body));
    const expected = answers.get(answer.version)?.[place];
    if (answer.name !== name) return `${answer.name} answered`;
    if (expected === undefined) return `version ${answer.version} is none of ${[...answers.keys()]}`;
    if (question.version !== undefined && answer.version !== question.version)
      return `version ${answer.version} answered`;
    if (Math.abs(answer.value - expected) > 1e-12) return `${answer.value} instead of ${expected}`;
    seen.get(name)?.add(answer.version);
    return undefined;
  }

  async function askOn(): Promise<void> {
    while (!isOver(report)) {
      await askOne();
      await wait(pause);
    }
  }
  async function swapOn(): Promise<void> {
    while (!isOver(report)) {
      await models[random() < 0.7 ? pick(hot) : pick(models.length)].swap();
      report.swaps++;
      await wait(swapEvery);
    }
  }

  await Promise.all([swapOn(), ...Array.from({ length: atOnce }, askOn)]);
  report.seenBoth = [...seen.values()].filter(({ size }) => size === 2).length;
  return report;
}

interface Question {
  path: string;
  body: object;
  /** The version that must answer, where one is asked for. */
  version?: string;
  // biome-ignore lint/suspicious/noExplicitAny: each way of asking has an answer of its own form
  read(json: any): { name: string; version: string; value: number };
}

interface Answer {
  model: { name: string; version: string };
  probability: number;
}

const readAnswer = ({ model, probability }: Answer) => ({ ...model, value: probability });

/** The ways to ask a model. */
const questions: ((model: TwoVersions, place: number) => Question)[] = [
  ({ name }, place) => ({ path: `/models/${name}/predict`, body: rows[place], read: readAnswer }),
  ({ name }, place) => ({
    path: `/models/${name}/predict`,
    body: [rows[(place + 1) % rows.length], rows[place]],
    read: ({ model, predictions }: { model: Answer['model']; predictions: Answer[] }) =>
      readAnswer({ model, probability: predictions[1].probability }),
  }),
  ({ name, answers }, place) => {
    const version = [...answers.keys()][place % 2];
    return {
      path: `/models/${name}/versions/${version}/predict`,
      body: rows[place],
      version,
      read: readAnswer,
    };
  },
  ({ name }, place) => {
    const { age = null, sex = null } = rows[place];
    const inputs = [
      { name: 'age', shape: [1], datatype: 'INT64', data: [age] },
      { name: 'sex', shape: [1], datatype: 'BYTES', data: [sex] },
    ];
    return {
      path: `/v2/models/${name}/infer`,
      body: { inputs },
      read: (json: { model_name: string; model_version: string; outputs: { data: number[] }[] }) => ({
        name: json.model_name,
        version: json.model_version,
        value: json.outputs[0].data[0],
      }),
    };
  },
];
