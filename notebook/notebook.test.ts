import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test.each(['hearth.py', 'hearth.R'])(
  '%s can be read at one sitting, and says all that it can do',
  async (name) => {
    const text = await readFile(join(import.meta.dirname, name), 'utf8');
    const lines = text.split('\n');
    expect(lines.length - 1).toBeLessThanOrEqual(100);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(140);
    const guide = await readFile(join(import.meta.dirname, '../docs/notebook.md'), 'utf8');
    for (const call of name === 'hearth.py'
      ? ['train', 'import_model', 'predict']
      : ['hearth_train', 'hearth_import', 'hearth_predict']) {
      expect(text).toMatch(new RegExp(`^(def )?${call}( <- function)?\\(`, 'm'));
      expect(guide).toContain(`${call}(`);
    }
  },
);
