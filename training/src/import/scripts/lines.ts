import { constants, isUtf8 } from 'node:buffer';
import { ImportFault } from '../imported.ts';

const lineEnd = 0x0a;

/** The parsed lines of a file of JSON lines, one at a time. @throws ImportFault for a line that is not a JSON object */
export function* linesOf(bytes: Uint8Array): Generator<{ value: object; line: number }> {
  let line = 0;
  for (let begin = 0; begin < bytes.length; ) {
    const found = bytes.indexOf(lineEnd, begin);
    const end = found < 0 ? bytes.length : found;
    line++;
    yield { value: parsed(bytes.subarray(begin, end), line), line };
    begin = end + 1;
  }
}

function parsed(bytes: Uint8Array, line: number): object {
  if (bytes.length > constants.MAX_STRING_LENGTH || !isUtf8(bytes))
    throw new ImportFault(`line ${line} is not UTF-8, or too long`);
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new ImportFault(`line ${line} is not JSON: export the model again`);
    throw error;
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new ImportFault(`line ${line} is not a JSON object`);
}

/** A JSON array of finite numbers of this length, of a member of a line. @throws ImportFault */
export function numbersAt(value: object, member: string, line: number, length?: number): number[] {
  const numbers = arrayAt(value, member, line, length);
  if (numbers.every((each) => typeof each === 'number' && Number.isFinite(each))) return numbers as number[];
  throw new ImportFault(`line ${line} has something in "${member}" that is not a finite number`);
}

export function arrayAt(value: object, member: string, line: number, length?: number): unknown[] {
  const array: unknown = Object.hasOwn(value, member) ? value[member as keyof typeof value] : undefined;
  if (!Array.isArray(array)) throw new ImportFault(`line ${line} has no array "${member}"`);
  if (length !== undefined && array.length !== length)
    throw new ImportFault(`line ${line} has ${array.length} entries in "${member}", not ${length}`);
  return array;
}

/** @throws ImportFault if a line has members besides these */
export function assertMembers(value: object, known: readonly string[], line: number): void {
  const unknown = Object.keys(value).some((member) => !known.includes(member));
  if (unknown) throw new ImportFault(`line ${line} has a member besides ${known.join(', ')}`);
}
