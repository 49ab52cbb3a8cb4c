import type { ExternalEvaluation, ModelDescription, Prediction, Row } from '@hearth/artifact';
import { chosenModel } from './models/chosen.ts';
import { withRange } from './quantiles.ts';
import { ServiceError } from './service-error.ts';

/** The number of an answer, in the field for its kind of target, and its interval; or the most probable class and the chance of each. */
export type BatchAnswer = Pick<Prediction, 'interval'> & {
  probability?: number;
  value?: number;
  class?: string;
  probabilities?: Readonly<Record<string, number>>;
  /** Of a target with quantiles, a number for each, by its share. */
  quantiles?: Readonly<Record<string, number>>;
  /** The classes that hold the true one with the level. */
  set?: { level: number; classes: readonly string[] };
};

/** The answer to one row with everything that the API adds; warnings as the API words them. */
export type ShownPrediction = BatchAnswer &
  Omit<Prediction, keyof BatchAnswer> & {
    /** The columns that the row gave. */
    given: readonly string[];
  };

const server = (import.meta.env.VITE_API_URL ?? '.').replace(/\/$/, '');

/** The model of this page; undefined: the default one of the server. */
export const chosen = chosenModel(globalThis.location?.search ?? '');

const base = chosen === undefined ? server : `${server}/models/${chosen}`;

/** Milliseconds. A reply that takes longer is not expected any more; the next attempt may reach another instance. */
const timeout = 8_000;

export const fetchModel = () => request<ModelDescription>('/model');

/** A model of the server. */
export interface ListedModel {
  name: string;
  default: boolean;
  state: string;
}

export const fetchModels = async () =>
  (await request<{ models: ListedModel[] }>('/models', undefined, server)).models;

/** What the page asks: the answer to one row, and the class that is explained; the most probable one if left out. */
export interface Question {
  row: Row;
  of?: string;
  /** The share of those with the outcome among the people asked; as in the data if left out. */
  prevalence?: number;
}

/** How a version did at other places; of another version than the one that serves by now nothing is known. */
export async function fetchEvaluations(version: string): Promise<ExternalEvaluation[]> {
  const reply = await request<{ version: string; evaluations: ExternalEvaluation[] }>('/model/evaluations');
  return reply.version === version ? reply.evaluations : [];
}

/** The answer to one row, with contributions. */
export async function predict({ row, of = 'true', prevalence }: Question): Promise<ShownPrediction> {
  const query = new URLSearchParams({ explain: of, ...atPrevalence(prevalence) });
  const answer = await request<Omit<ShownPrediction, 'given'>>(`/predict?${query}`, row);
  return { ...withRange(answer), given: Object.keys(row) };
}

/** One answer per row, in the order of the rows. */
export async function predictAll(rows: readonly Row[], prevalence?: number): Promise<BatchAnswer[]> {
  const path = `/predict${queryOf(prevalence)}`;
  return (await request<{ predictions: BatchAnswer[] }>(path, rows)).predictions.map(withRange);
}

const atPrevalence = (prevalence: number | undefined): Record<string, string> =>
  prevalence === undefined ? {} : { prevalence: String(prevalence) };

const queryOf = (prevalence: number | undefined): string =>
  prevalence === undefined ? '' : `?${new URLSearchParams(atPrevalence(prevalence))}`;

/** Which columns would narrow the answer most, as `POST /next` lists them. */
export interface NextReply {
  measure: 'width' | 'entropy';
  now: number;
  next: readonly { column: string; expected: number; narrowing: number }[];
}

export const askNext = (row: Row, prevalence?: number) =>
  request<NextReply>(`/next${queryOf(prevalence)}`, row);

/** Sends a request to the API: POST with a body, GET without. @throws ServiceError */
export async function request<Reply>(path: string, body?: unknown, from = base): Promise<Reply> {
  const options: RequestInit = { signal: AbortSignal.timeout(timeout) };
  if (body !== undefined) {
    Object.assign(options, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }
  try {
    const response = await fetch(from + path, options);
    const reply = await response.json();
    if (response.ok) return reply;
    throw ServiceError.fromProblem(response.status, reply);
  } catch (cause) {
    throw cause instanceof ServiceError ? cause : ServiceError.noReply(cause);
  }
}
