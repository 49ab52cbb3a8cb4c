import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesOf } from './files.ts';
import { handMadeModels } from './models.ts';

/** Records what the reader in Python answers: node record.ts */
const folder = mkdtempSync(join(tmpdir(), 'by-hand-'));
const recorded = handMadeModels().map((model) => {
  // the golden rows are not known yet: the reader does not look at them
  const { files } = filesOf({ ...model, rows: [] }, []);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  const input = model.rows.map((row) => JSON.stringify(row)).join('\n');
  const output = execFileSync('python3', [join(import.meta.dirname, 'reader.py'), folder], {
    input,
    encoding: 'utf8',
  });
  return {
    about: model.about,
    answers: output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  };
});
rmSync(folder, { recursive: true });
const lines = recorded.map(
  ({ about, answers }) => `{"about":${JSON.stringify(about)},"answers":${JSON.stringify(answers)}}`,
);
writeFileSync(join(import.meta.dirname, 'answers.jsonl'), `${lines.join('\n')}\n`);
