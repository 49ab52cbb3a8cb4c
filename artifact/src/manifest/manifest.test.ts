import { join } from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import { expect, test } from 'vitest';
import { AnswerFormula } from '../answer/formula.ts';
import { Target } from '../answer/targets.ts';
import { Column } from '../columns/columns.ts';
import { Feature } from '../columns/features.ts';
import { Texts } from '../columns/texts.ts';
import { Evaluation, Score } from './evaluation.ts';
import { GoldenRow, Manifest } from './manifest.ts';

test('the JSON Schema of the documents is that of the code', async () => {
  const { $schema, ...schema } = toJsonSchema(Manifest, {
    target: 'draft-2020-12',
    errorMode: 'ignore',
    definitions: {
      Text: Texts,
      Score,
      Column,
      Target,
      Feature,
      Answer: AnswerFormula,
      Evaluation,
      GoldenRow,
    },
  });
  const document = {
    $schema,
    title: 'model.json',
    description: 'The manifest of a model; FORMAT.md says what its members mean.',
    ...schema,
  };
  await expect(`${JSON.stringify(document, null, 1)}\n`).toMatchFileSnapshot(
    join(import.meta.dirname, '../../../docs/model.schema.json'),
  );
});
