import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from '@hearth/artifact';
import { expect, test } from 'vitest';
import {
  answersOf,
  encoded,
  furthest,
  graphHash,
  handMadeModels,
  importedModels,
} from '../../../testing/onnx/models.ts';

const testing = join(import.meta.dirname, '../../../testing');
const models = [...handMadeModels(), ...importedModels()];

/** What onnxruntime answered to a file that Hearth exported: `npm run prove -- onnx` asks it anew. */
interface Recorded {
  about: string;
  graph: string;
  rows: Row[];
  answers: number[];
}
const recorded = readFileSync(join(testing, 'onnx/recorded.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line): Recorded => JSON.parse(line));

test.each(recorded)(
  'onnxruntime answers as Hearth on every threshold and beside it: $about',
  ({ about, graph, rows, answers }) => {
    const model = models.find((each) => each.about === about);
    if (!model) throw new Error(`there is no model "${about}"`);
    expect(graphHash(encoded(model, 'DOUBLE')), 'another file than the recorded one').toBe(graph);
    const bound = model.formula.answer.precision === 'float32' ? 1e-6 : 1e-14;
    expect(furthest(answersOf(model, rows), answers)).toBeLessThan(bound);
  },
);
