import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Line, readLines } from './lines.ts';

async function linesOf(chunks: Iterable<Buffer>, longest = 1000, isTable = false): Promise<object[]> {
  const lines: Line[] = [];
  for await (const some of readLines(stream(...chunks), longest, isTable)) lines.push(...some);
  return lines.map((line) => ('bytes' in line ? { number: line.number, text: line.bytes.toString() } : line));
}

async function* stream(...chunks: (Buffer | string)[]): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

/** Cuts bytes into pieces of these sizes, over and over. */
function* cut(bytes: Buffer, sizes: number[]): Generator<Buffer> {
  for (let start = 0, i = 0; start < bytes.length; i++) {
    const end = start + sizes[i % sizes.length];
    yield bytes.subarray(start, end);
    start = end;
  }
}

test('wherever the pieces are cut, the lines are the same', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme' }).map((text) => `x${text.replace(/[\r\n]/g, '')}`)),
      fc.constantFrom('\n', '\r\n'),
      fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }),
      async (texts, end, sizes) => {
        const lines = await linesOf(cut(Buffer.from(texts.join(end)), sizes));
        expect(lines).toEqual(texts.map((text, i) => ({ number: i + 1, text })));
      },
    ),
  ));

test('blank lines are counted and left out', async () => {
  expect(await linesOf([Buffer.from('\n a\n\r\n \u00a0\nb\n')])).toEqual([
    { number: 2, text: ' a' },
    { number: 5, text: 'b' },
  ]);
});

test('of a table, a line ends with CR too, wherever the pieces are cut, and a line of tabs is not blank', async () => {
  const bytes = Buffer.from('a\rb\r\n\r\nc\n\rd\n\t\t\r \r\n');
  for (let size = 1; size <= bytes.length; size++) {
    expect(await linesOf(cut(bytes, [size]), 1000, true)).toEqual([
      { number: 1, text: 'a' },
      { number: 2, text: 'b' },
      { number: 4, text: 'c' },
      { number: 6, text: 'd' },
      { number: 7, text: '\t\t' },
    ]);
  }
  expect(await linesOf([Buffer.from('{\r}\n\t\n')])).toEqual([{ number: 1, text: '{\r}' }]);
});

test('a byte-order mark is not part of the first line', async () => {
  expect(await linesOf([Buffer.from('\uFEFFage\n54')])).toEqual([
    { number: 1, text: 'age' },
    { number: 2, text: '54' },
  ]);
});

test.each([1, 7, 4096])(
  'a line that is too long is passed over and the rest goes on (pieces of %i)',
  async (size) => {
    const bytes = Buffer.from(`${'a'.repeat(10)}\n${'b'.repeat(11)}\n${'c'.repeat(10)}\n${'d'.repeat(5000)}`);
    expect(await linesOf(cut(bytes, [size]), 10)).toEqual([
      { number: 1, text: 'a'.repeat(10) },
      { number: 2, fault: 'TOO_LONG' },
      { number: 3, text: 'c'.repeat(10) },
      { number: 4, fault: 'TOO_LONG' },
    ]);
  },
);

test('a mark with nothing after it is no line', async () => {
  const pieces = [];
  for await (const lines of readLines(stream('\uFEFF'), 10, false)) pieces.push(lines);
  expect(pieces).toEqual([]);
});

test('a line that is not UTF-8 is a fault of that line alone', async () => {
  expect(await linesOf([Buffer.from('a\nS\xE3o\nb', 'latin1')])).toEqual([
    { number: 1, text: 'a' },
    { number: 2, fault: 'NOT_UTF8' },
    { number: 3, text: 'b' },
  ]);
});
