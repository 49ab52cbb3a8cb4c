import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from '@hearth/artifact';
import { assemble } from '../../src/import/assemble.ts';
import { compareAnswers } from '../../src/import/compare-answers.ts';
import { describeByFile } from '../../src/import/describe.ts';
import type { Imported } from '../../src/import/imported.ts';
import { readerOf } from '../../src/import/readers.ts';

/** A model of another tool, and what the tool answers, as models.py writes it. */
export interface Fixture {
  name: string;
  about: string;
  file: string;
  bytes: Uint8Array;
  rows: Row[];
  scores?: Float64Array;
  outputs?: Float64Array;
}

interface Written {
  about: string;
  columns: string[];
  rows: Row[string][][];
  scores: number[] | null;
  outputs: number[] | null;
}

const answersEnding = '.answers.json';

/** The fixtures of a folder. */
export function fixturesIn(folder: string): Fixture[] {
  const files = readdirSync(folder);
  return files
    .filter((file) => file.endsWith(answersEnding))
    .map((file) => {
      const name = file.slice(0, -answersEnding.length);
      const model = files.find((each) => each !== file && each.startsWith(`${name}.`)) as string;
      const written = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Written;
      const { about, columns, scores, outputs } = written;
      return {
        name,
        about,
        file: model,
        bytes: readFileSync(join(folder, model)),
        rows: written.rows.map((cells) => Object.fromEntries(cells.map((cell, i) => [columns[i], cell]))),
        ...(scores && { scores: Float64Array.from(scores) }),
        ...(outputs && { outputs: Float64Array.from(outputs) }),
      };
    });
}

/** A fixture as a model of hearth. */
export function importFixture({ file, bytes, rows }: Fixture) {
  const imported: Imported = readerOf(bytes, file).read(bytes, {});
  const described = describeByFile(imported, { model: 'm' }, { name: file, sha256: '0'.repeat(64) });
  return { imported, assembled: assemble(imported, described, rows) };
}

/** The largest differences from the tool's answers. @throws ImportFault above the bounds */
export function compareFixture(fixture: Fixture) {
  const { imported, assembled } = importFixture(fixture);
  return { imported, compared: compareAnswers(assembled, fixture, imported) };
}
