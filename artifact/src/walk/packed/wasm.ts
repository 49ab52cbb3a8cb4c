/** The part of the JavaScript interface (W3C) that is used here; its types ship only with the browser types. */
declare const WebAssembly: {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: object };
};

/** Code in the binary format of WebAssembly (W3C, WebAssembly Core Specification 2.0, section 5). */
export type Code = readonly (number | Code)[];

/** Signed LEB128: the fewest bytes for an integer, seven bits per byte. */
function whole(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    // bit 6 of the last byte is the sign
    if ((rest === 0 && low < 0x40) || (rest === -1 && low >= 0x40)) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

/** Unsigned LEB128. */
const count = (value: number): number[] =>
  value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...count(value >>> 7)];

export const i32 = {
  constant: (value: number): Code => [0x41, whole(value)],
  load: (address: Code, offset = 0): Code => [address, 0x28, 2, count(offset)],
  load16: (address: Code): Code => [address, 0x2f, 1, 0],
  isZero: (a: Code): Code => [a, 0x45],
  isGreater: (a: Code, b: Code): Code => [a, b, 0x4a],
  add: (a: Code, b: Code): Code => [a, b, 0x6a],
  subtract: (a: Code, b: Code): Code => [a, b, 0x6b],
  and: (a: Code, b: Code): Code => [a, b, 0x71],
  shiftLeft: (a: Code, bits: number): Code => [a, i32.constant(bits), 0x74],
  shiftRight: (a: Code, bits: number): Code => [a, i32.constant(bits), 0x76],
};

export const f64 = {
  load: (address: Code, offset = 0): Code => [address, 0x2b, 3, count(offset)],
  store: (address: Code, value: Code, offset: number): Code => [address, value, 0x39, 3, count(offset)],
  add: (a: Code, b: Code): Code => [a, b, 0xa0],
};

/** Two numbers at once. */
export const f64x2 = {
  load: (address: Code, offset = 0): Code => [address, 0xfd, 0x00, 3, count(offset)],
  store: (address: Code, value: Code, offset: number): Code => [address, value, 0xfd, 0x0b, 3, count(offset)],
  add: (a: Code, b: Code): Code => [a, b, 0xfd, count(0xf0)],
};

export const get = (local: number): Code => [0x20, count(local)];
export const set = (local: number, value: Code): Code => [value, 0x21, count(local)];
/** Repeats `body` while `condition` is not zero, at least once. */
export const repeatWhile = (condition: Code, body: Code): Code => [
  0x03,
  0x40,
  body,
  condition,
  0x0d,
  0,
  0x0b,
];

const section = (id: number, ...content: Code): Code => {
  const bytes = flat(content);
  return [id, count(bytes.length), bytes];
};
const name = (text: string): Code => [count(text.length), ...new TextEncoder().encode(text)];
const flat = (code: Code): number[] => code.flat(Number.POSITIVE_INFINITY as 20) as number[];

/** A module that exports `memory` and one function `run` without result; its parameters and locals are i32. */
export function moduleOf(parameters: number, locals: number, pages: number, body: Code): Uint8Array {
  const i32Type = 0x7f;
  const code = flat([1, count(locals), i32Type, body, 0x0b]);
  return Uint8Array.from(
    flat([
      [0, ...new TextEncoder().encode('asm'), 1, 0, 0, 0],
      section(1, 1, 0x60, count(parameters), new Array<number>(parameters).fill(i32Type), 0),
      section(3, 1, 0),
      section(5, 1, 0, count(pages)),
      section(7, 2, name('run'), 0, 0, name('memory'), 2, 0),
      section(10, 1, count(code.length), code),
    ]),
  );
}

/** Whether this processor has the instructions of a module. */
export const canRun = (module: Uint8Array): boolean => WebAssembly.validate(module);

/** What `moduleOf` exports; `run` takes three parameters. */
export interface Running {
  memory: { buffer: ArrayBuffer };
  run(a: number, b: number, c: number): void;
}

export const start = (module: Uint8Array): Running =>
  new WebAssembly.Instance(new WebAssembly.Module(module)).exports as Running;
