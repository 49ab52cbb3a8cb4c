import { ImportFault } from '../imported.ts';

/** Lines `key=value` of one part of the file, with its place for messages. */
export class Section {
  readonly place: string;
  readonly #values: ReadonlyMap<string, string>;

  constructor(place: string, values: ReadonlyMap<string, string>) {
    this.place = place;
    this.#values = values;
  }

  fault(why: string): never {
    throw new ImportFault(`${this.place} ${why}`);
  }

  find(key: string): string | undefined {
    return this.#values.get(key);
  }

  get(key: string): string {
    return this.find(key) ?? this.fault(`has no line "${key}="`);
  }

  whole(key: string, least: number, most: number): number {
    const value = Number(this.get(key));
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    return this.fault(
      `has ${key}=${this.get(key).slice(0, 40)}, not a whole number from ${least} to ${most}`,
    );
  }

  /** So many numbers, with spaces between. */
  numbers(key: string, count: number): Float64Array {
    const texts = count === 0 ? [] : this.get(key).split(' ');
    if (texts.length !== count) this.fault(`has ${texts.length} numbers in "${key}", not ${count}`);
    const numbers = Float64Array.from(texts, numberOf);
    if (numbers.some(Number.isNaN)) this.fault(`has something in "${key}" that is not a number`);
    return numbers;
  }

  words(key: string): string[] {
    return this.get(key).split(' ');
  }
}

/** A number as C++ writes it. */
const numberOf = (text: string): number =>
  /^[-+]?inf$/i.test(text) ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text);

/** The parts of a model file. */
export interface Sections {
  header: Section;
  trees: Section[];
  /** What is behind the trees: parameters, and the categories of data frames. */
  rest: string;
}

const end = '\nend of trees';

/** Splits LightGBM's text into its parts. @throws ImportFault for a file that ends early */
export function sectionsOf(text: string): Sections {
  const plain = text.replaceAll('\r\n', '\n');
  const last = plain.indexOf(end);
  if (last < 0) throw new ImportFault('ends before its last tree: it has no line "end of trees"');
  const [head, ...trees] = plain.slice(0, last).split('\nTree=');
  return {
    header: new Section('the header', linesOf(head)),
    trees: trees.map((tree, i) => new Section(`tree ${i}`, linesOf(tree))),
    rest: plain.slice(last + end.length),
  };
}

function linesOf(text: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const at = line.indexOf('=');
    // average_output has no value
    if (at !== 0 && line !== '')
      values.set(at < 0 ? line : line.slice(0, at), at < 0 ? '' : line.slice(at + 1).trim());
  }
  return values;
}
