import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { get, NotYet } from './ask.ts';

interface Golden {
  row: Record<string, unknown>;
  answer: number;
}

interface Health {
  model: { name: string; version: string };
  refusal?: { reason: string };
}

interface PredictionBody {
  probability?: number;
  value?: number;
}

interface BatchBody {
  predictions: PredictionBody[];
  model: { version: string };
}

/** Golden rows that are sent one by one too: single rows have another code path than lists. */
const alone = 20;

/** `Math.exp` can differ by this much between JavaScript engines; nothing else may differ. */
const tolerance = 1e-12;

const readJson = async (...path: string[]) => JSON.parse(await readFile(join(...path), 'utf8'));

/**
 * Checks an instance of the API, or a gateway: readiness, the version that serves, and the answer to every golden row of that version.
 * @param models the folder whose alias names the expected version
 * @throws NotYet while it is not ready or serves another version; Error for a wrong answer
 */
export async function verifyApi(url: string, models: string): Promise<string> {
  const health = (await (await get(new URL('/health', url))).json()) as Health;
  const { name } = health.model;
  const { production } = (await readJson(models, name, 'aliases.json')) as { production: string };
  if (health.model.version !== production) {
    const why = health.refusal ? `: ${health.refusal.reason}` : '';
    throw new NotYet(`${url} serves version ${health.model.version}, not ${production}${why}`);
  }
  const { golden } = (await readJson(models, name, production, 'model.json')) as { golden: Golden[] };
  const ask = async (body: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await get(new URL('/predict', url), {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return answer.json();
  };
  compare(url, golden, (await ask(golden.map(({ row }) => row))) as BatchBody, production);
  for (const one of golden.slice(0, alone)) {
    const { model, ...answer } = (await ask(one.row)) as PredictionBody & Pick<BatchBody, 'model'>;
    compare(url, [one], { predictions: [answer], model }, production);
  }
  return `${url}: ${name} ${production}, ${golden.length} golden rows are answered correctly`;
}

function compare(url: string, golden: Golden[], { predictions, model }: BatchBody, version: string): void {
  if (model.version !== version) throw new NotYet(`${url} serves version ${model.version}, not ${version}`);
  if (predictions.length !== golden.length)
    throw new Error(`${url} gives ${predictions.length} answers to ${golden.length} golden rows`);
  for (const [i, { row, answer }] of golden.entries()) {
    const given = predictions[i].probability ?? predictions[i].value ?? Number.NaN;
    if (!(Math.abs(given - answer) <= tolerance))
      throw new Error(
        `${url} answers golden row ${i + 1} of ${version} with ${given} instead of ${answer}: ${JSON.stringify(row)}`,
      );
  }
}
