import { ImportFault } from './imported.ts';

/** A part of a parsed file, with its place for messages. What is not there, or of another type, is a fault. */
export class Part {
  readonly value: unknown;
  readonly place: string;

  constructor(value: unknown, place = '') {
    this.value = value;
    this.place = place;
  }

  fault(why: string): never {
    throw new ImportFault(`${this.place || 'the file'} ${why}`);
  }

  #child(name: string | number, value: unknown): Part {
    return new Part(value, this.place ? `${this.place}.${name}` : String(name));
  }

  /** A member of an object; undefined where there is none, or null. */
  find(name: string): Part | undefined {
    const { value } = this;
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    const member = (value as Record<string, unknown>)[name] ?? undefined;
    return member === undefined ? undefined : this.#child(name, member);
  }

  get(name: string): Part {
    return this.find(name) ?? this.fault(`has no "${name}"`);
  }

  /** The members of an array. */
  list(): Part[] {
    return Array.from(this.#array(), (each, i) => this.#child(i, each));
  }

  text(): string {
    return typeof this.value === 'string' ? this.value : this.fault('is not a text');
  }

  /** A number, also one that is written as a text. */
  number(): number {
    const { value } = this;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) return number;
    return this.fault('is not a number');
  }

  /** A whole number from `least` to `most`. */
  whole(least = 0, most = 2 ** 31 - 1): number {
    const number = this.number();
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    return this.fault(`is ${number}, not a whole number from ${least} to ${most}`);
  }

  texts(): string[] {
    return this.list().map((each) => each.text());
  }

  /** An array of numbers; what is not a number in it is NaN. @param length how many there must be */
  numbers(length?: number): Float64Array {
    const array = this.#array();
    if (length !== undefined && array.length !== length)
      this.fault(`has ${array.length} entries, not ${length}`);
    return Float64Array.from(array, (each) =>
      typeof each === 'boolean' || typeof each === 'number' ? Number(each) : Number.NaN,
    );
  }

  #array(): ArrayLike<unknown> {
    const { value } = this;
    if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView)))
      return value as ArrayLike<unknown>;
    return this.fault('is not an array');
  }
}
