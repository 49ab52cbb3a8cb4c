/*
 * Examples of the grammar of tables as text: what each cell, and each small file, is or what is wrong with it. api/text-tables.test.ts
 * takes them through every way in.
 */

/** A row of the columns of these examples. */
export type ExampleRow = Partial<Record<ExampleColumn, number | string | null>>;
export type ExampleColumn = keyof typeof exampleColumns;

/** The columns, with what each allows in the words of faults. */
export const exampleColumns = {
  n: { type: 'number', minimum: -1e9, maximum: 1e9, allowed: 'a number from -1000000000 to 1000000000' },
  i: { type: 'integer', minimum: -100, maximum: 5000, allowed: 'a whole number from -100 to 5000' },
  c: {
    type: 'category',
    categories: ['a', 'b', 'São Paulo', 'x,y', 'x;y', 'say "a"', '5', '1.234', 'b c'],
    allowed: '"a", "b", "São Paulo", "x,y", "x;y", "say \\"a\\"", "5", "1.234", "b c"',
  },
} as const;
/** In every column these stand for a missing value, besides an empty cell. */
export const exampleCodes = ['-99', 'NR', '2.5e3'];

/** The whole text of a fault: it says what the column allows. */
export const worded = (column: ExampleColumn, fault: string): string =>
  `${fault}${fault.endsWith('?') ? ' Allowed' : '; allowed'}: ${exampleColumns[column].allowed}, or an empty cell for a missing value`;

interface ExampleFault {
  fault: string;
}
const fault = (text: string): ExampleFault => ({ fault: text });
const notNumber = fault('is not a number');
const notCategory = fault('is not one of the categories');
const almostA = fault('is not one of the categories; did you mean "a"?');
const date = fault('is a date, not a number');
const na = fault('is NA: leave a cell without a value empty (in R: na = "")');
const ambiguousPoint = fault(
  'is ambiguous, as its point could separate thousands; write decimals with a comma',
);
const ambiguousComma = fault(
  'is ambiguous, as its comma could separate thousands; write decimals with a point',
);

type Delimiter = ',' | ';' | '\t';
/** A cell as it stands between two delimiters. */
export type CellExample = [
  delimiter: Delimiter,
  column: ExampleColumn,
  cell: string,
  is: number | string | null | ExampleFault,
];

/** The same under every delimiter. */
const anywhere = (...examples: [ExampleColumn, string, CellExample[3]][]): CellExample[] =>
  examples.flatMap(([column, cell, is]) =>
    ([',', ';', '\t'] as const).map((delimiter): CellExample => [delimiter, column, cell, is]),
  );
const under = (delimiter: Delimiter, ...examples: [ExampleColumn, string, CellExample[3]][]): CellExample[] =>
  examples.map((example) => [delimiter, ...example]);

export const cellExamples: CellExample[] = [
  // whole numbers, signs and exponents
  ...anywhere(
    ['n', '0', 0],
    ['n', '54', 54],
    ['i', '54', 54],
    ['n', '+5', 5],
    ['i', '+2', 2],
    ['n', '-5', -5],
    ['i', '-5', -5],
    ['n', '-0', -0],
    ['n', '007', 7],
    ['i', '007', 7],
    ['n', '1e3', 1000],
    ['i', '1e3', 1000],
    ['n', '1E3', 1000],
    ['n', '1e+3', 1000],
    ['n', '15e-1', 1.5],
    ['n', '-1e-3', -0.001],
    ['i', '50e-1', 5],
    ['n', '123456789', 123456789],
    ['n', '1e-400', 0],
  ),
  // decimals: the point where cells are separated by commas or tabs
  ...[',', '\t'].flatMap((delimiter) =>
    under(
      delimiter as Delimiter,
      ['n', '2.5', 2.5],
      ['n', '+2.5', 2.5],
      ['n', '.5', 0.5],
      ['n', '-.5', -0.5],
      ['n', '5.', 5],
      ['i', '5.', 5],
      ['i', '5.0', 5],
      ['n', '.5e1', 5],
      ['n', '5.e1', 50],
      ['n', '1.5E-2', 0.015],
      ['n', '1.234', 1.234],
      ['n', '0.123', 0.123],
      ['n', '12.3456', 12.3456],
      ['n', '"1.234"', 1.234],
      ['i', '2.5', fault('is not a whole number')],
      ['i', '1.234', fault('is not a whole number')],
      ['n', '"2,5"', 2.5],
      ['n', '"0,123"', 0.123],
      ['n', '"1,23"', 1.23],
      ['n', '"1,234"', ambiguousComma],
      ['i', '"1,234"', ambiguousComma],
      ['n', '"-12,345"', ambiguousComma],
      ['n', '"1,234.5"', notNumber],
      ['n', '"1,234,567"', notNumber],
    ),
  ),
  ...under('\t', ['n', '2,5', 2.5], ['n', '1,234', ambiguousComma], ['n', '-0,5', -0.5]),
  // the comma where they are separated by semicolons
  ...under(
    ';',
    ['n', '2,5', 2.5],
    ['n', '+2,5', 2.5],
    ['n', ',5', 0.5],
    ['n', '5,', 5],
    ['i', '5,0', 5],
    ['n', '1,5E-2', 0.015],
    ['n', '1,234', 1.234],
    ['n', '"1,234"', 1.234],
    ['n', '12,345', 12.345],
    ['i', '1,234', fault('is not a whole number')],
    // the point too, where it cannot separate thousands
    ['n', '2.5', 2.5],
    ['n', '.5', 0.5],
    ['n', '5.', 5],
    ['n', '0.123', 0.123],
    ['n', '-0.123', -0.123],
    ['n', '1.23', 1.23],
    ['n', '1234.567', 1234.567],
    ['n', '12.3456', 12.3456],
    ['n', '1.234e0', 1.234],
    ['n', '1.234', ambiguousPoint],
    ['n', '+1.234', ambiguousPoint],
    ['n', '-123.456', ambiguousPoint],
    ['i', '1.234', ambiguousPoint],
    ['n', '"1.234"', ambiguousPoint],
    ['n', '1.234,5', notNumber],
    ['n', '1.234.567', notNumber],
  ),
  // no numbers
  ...under(
    ',',
    ['n', 'INF', notNumber],
    ['n', 'Inf', notNumber],
    ['n', '-inf', notNumber],
    ['n', 'Infinity', notNumber],
    ['n', 'NaN', notNumber],
    ['n', 'nan', notNumber],
    ['n', '0x36', notNumber],
    ['n', '0b1', notNumber],
    ['n', '1_000', notNumber],
    ['n', '1 000', notNumber],
    ['n', "1'000", notNumber],
    ['n', '1\u00a0000', notNumber],
    ['n', '5%', notNumber],
    ['n', '€5', notNumber],
    ['n', '(5)', notNumber],
    ['n', '--5', notNumber],
    ['n', '+-5', notNumber],
    ['n', '5-', notNumber],
    ['n', '- 5', notNumber],
    ['n', '\u22125', notNumber],
    ['n', '.', notNumber],
    ['n', '+', notNumber],
    ['n', 'e5', notNumber],
    ['n', '1e', notNumber],
    ['n', '1e5.5', notNumber],
    ['n', '1.2.3', date],
    ['n', '1..2', notNumber],
    ['n', '1d5', notNumber],
    ['n', '5n', notNumber],
    ['n', '٥', notNumber],
    ['n', 'x', notNumber],
    ['i', 'x', notNumber],
    ['n', 'null', notNumber],
    ['n', 'true', notNumber],
    ['n', '?', notNumber],
    ['n', '2024-05-01', date],
    ['n', '1.5.2024', date],
    ['i', '5/1/2024', date],
    ['n', 'NA', na],
    ['i', 'NA', na],
    ['c', 'NA', na],
    ['n', 'na', notNumber],
    ['n', '1e999', fault('is too large for a number')],
    ['n', '2e9', fault('is too large')],
    ['n', '-2e9', fault('is too small')],
    ['i', '5001', fault('is too large')],
    ['i', '9007199254740993', fault('is a whole number beyond 2^53 - 1, which cannot be read exactly')],
  ),
  // spaces
  ...anywhere(
    ['n', ' 2', 2],
    ['n', '2 ', 2],
    ['n', '  2  ', 2],
    ['n', '\u00a02\u00a0', 2],
    ['n', '" 2 "', 2],
    ['n', ' "2" ', 2],
    ['c', ' a', 'a'],
    ['c', 'a ', 'a'],
    ['c', ' "a" ', 'a'],
    ['c', 'b c', 'b c'],
    ['c', '" a"', almostA],
    ['c', '"a "', almostA],
    ['c', '" "', notCategory],
  ),
  ...under(',', ['n', '\t2', 2], ['c', '\ta', 'a']),
  // missing values
  ...anywhere(
    ['n', '', null],
    ['i', '', null],
    ['c', '', null],
    ['n', '  ', null],
    ['c', '  ', null],
    ['n', '""', null],
    ['c', '""', null],
    ['n', '" "', null],
    ['n', '-99', null],
    ['i', '-99', null],
    ['i', '-99.0', null],
    ['c', '-99', null],
    ['c', '-99.0', notCategory],
    ['n', 'NR', null],
    ['i', '"NR"', null],
    ['c', 'NR', null],
    ['c', '" NR"', notCategory],
    ['n', '" NR"', null],
    ['n', 'nr', notNumber],
    ['n', '2500', null],
    ['i', '2500', null],
  ),
  // categories
  ...anywhere(
    ['c', 'São Paulo', 'São Paulo'],
    ['c', '"São Paulo"', 'São Paulo'],
    ['c', '"x,y"', 'x,y'],
    ['c', '"x;y"', 'x;y'],
    ['c', '"say ""a"""', 'say "a"'],
    ['c', '5', '5'],
    ['c', '+5', notCategory],
    ['c', '5.0', notCategory],
    ['c', '1.234', '1.234'],
    ['c', 'A', almostA],
    ['c', 'z', notCategory],
    ['c', "'a'", notCategory],
  ),
  ...under(';', ['c', 'x,y', 'x,y']),
  ...under('\t', ['c', 'x,y', 'x,y'], ['c', 'x;y', 'x;y']),
];

/** A fault of a record, or of one of its cells. */
export interface RecordFault extends ExampleFault {
  line: number;
  column?: ExampleColumn;
}

export interface TableExample {
  name: string;
  table: string;
  delimiter?: Delimiter;
  /** The columns in the header, in this order; all of them unless it says otherwise. */
  columns?: ExampleColumn[];
  /** The rows, or the first fault. */
  is: ExampleRow[] | RecordFault;
}

const row = (n: number | null, i: number | null, c: string | null): ExampleRow => ({ n, i, c });
const two = [row(1, 2, 'a'), row(2.5, 3, 'b')];
const unpaired = 'has quotes that do not pair up';

export const tableExamples: TableExample[] = [
  { name: 'commas', table: 'n,i,c\n1,2,a\n2.5,3,b\n', is: two },
  { name: 'semicolons', table: 'n;i;c\n1;2;a\n2,5;3;b\n', delimiter: ';', is: two },
  { name: 'semicolons and decimal points', table: 'n;i;c\n1;2;a\n2.5;3;b\n', delimiter: ';', is: two },
  { name: 'tabs', table: 'n\ti\tc\n1\t2\ta\n2.5\t3\tb\n', delimiter: '\t', is: two },
  { name: 'tabs and decimal commas', table: 'n\ti\tc\n1\t2\ta\n2,5\t3\tb\n', delimiter: '\t', is: two },
  { name: 'CRLF', table: 'n,i,c\r\n1,2,a\r\n2.5,3,b\r\n', is: two },
  { name: 'CR', table: 'n,i,c\r1,2,a\r2.5,3,b\r', is: two },
  { name: 'several line ends', table: 'n,i,c\r1,2,a\r\n2.5,3,b\n', is: two },
  { name: 'no line end at the end', table: 'n,i,c\n1,2,a\n2.5,3,b', is: two },
  { name: 'CR and no line end at the end', table: 'n,i,c\r1,2,a\r2.5,3,b', is: two },
  { name: 'a byte order mark', table: '\uFEFFn,i,c\n1,2,a\n2.5,3,b\n', is: two },
  { name: 'a byte order mark before quotes', table: '\uFEFF"n","i","c"\n1,2,a\n2.5,3,b\n', is: two },
  { name: 'blank lines', table: 'n,i,c\n\n1,2,a\n\n\n2.5,3,b\n\n', is: two },
  { name: 'blank lines with CRLF', table: 'n,i,c\r\n\r\n1,2,a\r\n\r\n2.5,3,b\r\n', is: two },
  { name: 'blank lines with CR', table: 'n,i,c\r\r1,2,a\r\r2.5,3,b\r', is: two },
  { name: 'lines of spaces', table: 'n,i,c\n  \n1,2,a\n \t \n2.5,3,b\n \n', is: two },
  { name: 'blank lines before the header', table: '\n\nn,i,c\n1,2,a\n2.5,3,b\n', is: two },
  { name: 'spaces around everything', table: ' n , i ,c \n 1 , 2 , a \n2.5 , 3,b\n', is: two },
  { name: 'spaces in a quoted header', table: '" n ","i", "c" \n1,2,a\n2.5,3,b\n', is: two },
  { name: 'quotes around everything', table: '"n","i","c"\n"1","2","a"\n"2.5","3","b"\n', is: two },
  { name: 'a line that names a comma', table: 'sep=,\nn,i,c\n1,2,a\n2.5,3,b\n', is: two },
  {
    name: 'a line that names a semicolon',
    table: 'sep=;\nn;i;c\n1;2;a\n2,5;3;b\n',
    delimiter: ';',
    is: two,
  },
  {
    name: 'a line that names a tab',
    table: 'sep=\t\nn\ti\tc\n1\t2\ta\n2.5\t3\tb\n',
    delimiter: '\t',
    is: two,
  },
  {
    name: 'such a line in capitals and quotes, after a mark, with CRLF',
    table: '\uFEFF"SEP=;"\r\nn;i;c\r\n1;2;a\r\n2,5;3;b\r\n',
    delimiter: ';',
    is: two,
  },
  { name: 'columns in another order', table: 'c,n,i\na,1,2\nb,2.5,3\n', columns: ['c', 'n', 'i'], is: two },
  { name: 'rows without values', table: 'n,i,c\n,,\n1,2,a\n', is: [row(null, null, null), row(1, 2, 'a')] },
  {
    name: 'rows without values, between tabs',
    table: 'n\ti\tc\n\t\t\n1\t2\ta\n',
    delimiter: '\t',
    is: [row(null, null, null), row(1, 2, 'a')],
  },
  {
    name: 'quotes in some rows only',
    table: 'n,i,c\n1,2,"x,y"\n2.5,3,b\n,,"say ""a"""\n',
    is: [row(1, 2, 'x,y'), row(2.5, 3, 'b'), row(null, null, 'say "a"')],
  },
  {
    name: 'one column',
    table: 'i\n5\n\n6\n',
    columns: ['i'],
    is: [{ i: 5 }, { i: 6 }],
  },
  {
    name: 'one column, a quoted empty cell and a blank line',
    table: 'c\na\n""\n\nb\n',
    columns: ['c'],
    is: [{ c: 'a' }, { c: null }, { c: 'b' }],
  },
  {
    name: 'one column of decimals after a line that names a semicolon',
    table: 'sep=;\nn\n2,5\n',
    columns: ['n'],
    delimiter: ';',
    is: [{ n: 2.5 }],
  },
  {
    name: 'two columns that a decimal comma does not split',
    table: 'i;n\n2;2,5\n',
    columns: ['i', 'n'],
    delimiter: ';',
    is: [{ i: 2, n: 2.5 }],
  },
  {
    name: 'a decimal comma between commas',
    table: 'n,i\n2,5,3\n',
    columns: ['n', 'i'],
    is: { line: 2, fault: 'has 3 cells; the header has 2' },
  },
  {
    name: 'a cell too few',
    table: 'n,i,c\n1,2,a\n1,2\n',
    is: { line: 3, fault: 'has 2 cells; the header has 3' },
  },
  {
    name: 'a delimiter at the end of a line',
    table: 'n,i,c\n1,2,a,\n',
    is: { line: 2, fault: 'has 4 cells; the header has 3' },
  },
  {
    name: 'semicolons below commas',
    table: 'n,i,c\n1;2;a\n',
    is: { line: 2, fault: 'has 1 cells; the header has 3' },
  },
  {
    name: 'another delimiter',
    table: 'n,i,c\n1|2|a\n',
    is: { line: 2, fault: 'has 1 cells; the header has 3' },
  },
  { name: 'a quote that is not closed', table: 'n,i,c\n1,2,"a\n', is: { line: 2, fault: unpaired } },
  { name: 'a quote in a cell', table: 'n,i,c\n1,2,5" b"\n', is: { line: 2, fault: unpaired } },
  { name: 'text after a quote', table: 'n,i,c\n1,2,"a"b\n', is: { line: 2, fault: unpaired } },
  {
    name: 'a fault after a blank line, in its line',
    table: 'n,i,c\n1,2,a\n\nx,2,a\n',
    is: { line: 4, column: 'n', fault: 'is not a number' },
  },
  {
    name: 'a fault after a CR, in its line',
    table: 'n,i,c\r1,2,a\r\rx,2,a\r',
    is: { line: 4, column: 'n', fault: 'is not a number' },
  },
  {
    name: 'a fault after a line that names a semicolon, in its line',
    table: 'sep=;\nn;i;c\n1;2;z\n',
    delimiter: ';',
    is: { line: 3, column: 'c', fault: 'is not one of the categories' },
  },
  {
    name: 'an ambiguous number, in its line',
    table: 'n;i;c\n1,234;2;a\n1.234;2;a\n',
    delimiter: ';',
    is: { line: 3, column: 'n', fault: ambiguousPoint.fault },
  },
  {
    name: 'a column given more than once',
    table: 'n,i,i\n1,2,2\n',
    columns: ['n', 'i'],
    is: { line: 1, column: 'i', fault: 'is given more than once' },
  },
  {
    name: 'a column without a name',
    table: 'n,,i\n1,2,2\n',
    columns: ['n', 'i'],
    is: { line: 1, fault: 'has no name (in R: row.names = FALSE)' },
  },
];
