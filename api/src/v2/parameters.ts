import { Fault, quoted } from './fault.ts';

export type Parameters = Readonly<Record<string, unknown>>;

/** Checks a parameter that is given. @throws Fault */
type Check = (value: unknown, at: string) => void;

const fails = (at: string, why: string): never => {
  throw new Fault(`${at} ${why}`);
};

const flag: Check = (value, at) => {
  if (typeof value !== 'boolean') fails(at, 'is not true or false');
};
const scalar: Check = (value, at) => {
  if (!['string', 'number', 'boolean'].includes(typeof value))
    fails(at, 'is not a number, a text, true or false');
};
const wholeFrom =
  (least: number): Check =>
  (value, at) => {
    if (!Number.isSafeInteger(value) || Number(value) < least) fails(at, `is not a whole number ≥ ${least}`);
  };
const refusals = new Set<Check>();
/** For what some servers have and this one has not: only a value that asks for nothing is taken. */
function refused(why: string): Check {
  const check: Check = (value, at) => {
    if (value !== 0 && value !== '' && value !== false) fails(at, why);
  };
  refusals.add(check);
  return check;
}
const oneOf =
  (...known: string[]): Check =>
  (value, at) => {
    if (typeof value !== 'string' || !known.includes(value))
      fails(at, `is not ${known.join(' or ')}: other contents are no tensors of columns`);
  };

const sequences = refused('is not supported: the model keeps nothing between requests; leave it out');
const sharedMemory = refused('is not supported: there is no shared memory; send the data');
const shared = {
  shared_memory_region: sharedMemory,
  shared_memory_byte_size: sharedMemory,
  shared_memory_offset: sharedMemory,
};

/** The parameters of each part of a request. Those of MLServer's codecs say what the tensors are for Python; `pd` is a table of columns. */
const known = {
  request: {
    missing_value: scalar,
    timeout: wholeFrom(1),
    binary_data_output: flag,
    content_type: oneOf('np', 'pd', 'str'),
    sequence_id: sequences,
    sequence_start: sequences,
    sequence_end: sequences,
    priority: refused('is not supported: requests are answered in turn; leave it out'),
  },
  input: {
    missing_value: scalar,
    binary_data_size: wholeFrom(0),
    content_type: oneOf('np', 'str', 'datetime'),
    ...shared,
  },
  output: {
    binary_data: flag,
    content_type: oneOf('np', 'str'),
    classification: refused('is not supported: ask for the output class or probabilities'),
    ...shared,
  },
} satisfies Record<string, Record<string, Check>>;

/** Names of the parameters of a part, without those that are always refused. */
const parameterNames = (part: keyof typeof known): string[] =>
  Object.entries<Check>(known[part]).flatMap(([name, check]) => (refusals.has(check) ? [] : [name]));

/** Checks all parameters of a part of a request; a null is none. @throws Fault for an unknown one, or a value that is refused */
export function checkParameters(given: Parameters, at: string, part: keyof typeof known): Parameters {
  const checks: Record<string, Check> = known[part];
  const isAbsent = (value: unknown): boolean => value === null || value === undefined;
  const names = Object.keys(given);
  for (const name of names) {
    if (isAbsent(given[name])) continue;
    if (!Object.hasOwn(checks, name))
      throw new Fault(`${at} has the unknown ${quoted(name)}; known are ${parameterNames(part).join(', ')}`);
    checks[name](given[name], `${at}.${name}`);
  }
  if (!names.some((name) => isAbsent(given[name]))) return given;
  return Object.fromEntries(Object.entries(given).filter(([, value]) => !isAbsent(value)));
}
