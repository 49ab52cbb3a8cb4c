import { join } from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import { expect, test } from 'vitest';
import { Score } from './evaluation.ts';
import { ExternalEvaluation, externalFile } from './external.ts';

test('the JSON Schema of the documents is that of the code', async () => {
  const { $schema, ...schema } = toJsonSchema(ExternalEvaluation, {
    target: 'draft-2020-12',
    errorMode: 'ignore',
    definitions: { Score },
  });
  const document = {
    $schema,
    title: 'an evaluation beside a version',
    description: 'How a version did at another place or time; FORMAT.md says what the members mean.',
    ...schema,
  };
  await expect(`${JSON.stringify(document, null, 1)}\n`).toMatchFileSnapshot(
    join(import.meta.dirname, '../../../docs/evaluation.schema.json'),
  );
});

test.each([
  ['University Hospital Basel, 2025', 'university-hospital-basel-2025.json'],
  ['São João del-Rei / 1.º semestre', 'sao-joao-del-rei-1-o-semestre.json'],
  ['../../etc/passwd', 'etc-passwd.json'],
  ['東京', '130016b2599b.json'],
])('the file of "%s" is %s', (name, file) => {
  expect(externalFile(name)).toBe(file);
});
