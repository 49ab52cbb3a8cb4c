import { type DecimalSign, readNumber } from '@hearth/artifact/text-table';
import { inShell } from './in-shell.ts';
import type { Profile } from './profile.ts';

/** Numbers that are often written for a missing value: 9, 99, 999 …, and negative ones. */
const codeForm = /^(9+|-(9+|1|8+))$/;
/** Names of columns whose numbers name something. */
const codeName = /(^|[^a-z])(code|cod|c[oó]digo|zip|cep|postal|postcode|icd|cid|type|tipo)([^a-z]|$)/i;
/** Names of columns that count the rows that a row stands for. */
const countName =
  /^(n|freq|frequency|freqs|counts?|n[._ ]?(obs|rows)|freq[uü][eê]ncia|contagem|quantidade)$/i;

/** What is doubtful about a column of numbers. @param profile of the values alone */
export function numberDoubts({ name, counts }: Profile, decimal: DecimalSign): string[] {
  const values = [...counts.keys()].map((text) => Number(readNumber(text, decimal)));
  return [...missingCodeDoubts(values, counts), ...codeDoubts(name, values)];
}

/** A code for missing is far from the other values, below or above all of them. */
function missingCodeDoubts(values: readonly number[], counts: Profile['counts']): string[] {
  const rowsOfCode = (code: number) => counts.get(String(code)) ?? 1;
  const sorted = Float64Array.from(values).sort();
  if (sorted.length < 4) return [];
  const ends = [
    { code: sorted[0], next: sorted[1], spread: sorted[sorted.length - 1] - sorted[1] },
    {
      code: sorted[sorted.length - 1],
      next: sorted[sorted.length - 2],
      spread: sorted[sorted.length - 2] - sorted[0],
    },
  ];
  return ends
    .filter(({ code, next, spread }) => {
      if (!codeForm.test(String(code)) || (code === 9 && rowsOfCode(code) < 2)) return false;
      return code < 0 ? next >= 0 : code - next > Math.max(2, spread / 2);
    })
    .map(
      ({ code }) =>
        `is ${code}, in ${rowsOfCode(code) === 1 ? '1 row' : `${rowsOfCode(code)} rows`}, a code for a missing value? then name it with --missing ${code}`,
    );
}

const codeDoubts = (name: string, values: readonly number[]): string[] =>
  codeName.test(name) && values.every(Number.isInteger)
    ? [
        'are these numbers codes? they are taken for quantities; declare the type "string" to take them for categories',
      ]
    : [];

/** Whether a column of whole numbers, which is not the target, may count rows. @param profile of the values alone */
export const countDoubts = ({ name, counts }: Profile): string[] =>
  countName.test(name) && ![...counts.keys()].some((text) => text.startsWith('-'))
    ? [`does a row stand for so many rows? then name it with --count ${inShell(name)}`]
    : [];
