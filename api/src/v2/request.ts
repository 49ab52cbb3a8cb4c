import { Fault, quoted } from './fault.ts';
import { checkParameters, type Parameters } from './parameters.ts';

/** A tensor as sent, its elements not checked yet. */
export interface Input {
  name: string;
  shape: number[];
  datatype: string;
  parameters: Parameters;
  /** Values of JSON or of gRPC; or bytes, in little endian, each element of BYTES after its length in four bytes. */
  data: readonly unknown[] | Uint8Array;
}

/** An output that is asked for. */
export interface WantedOutput {
  name: string;
  /** Whether as bytes; undefined: as the request says for all. */
  isBinary?: boolean;
}

/** An inference request, by either protocol. */
export interface InferenceRequest {
  id?: string;
  parameters: Parameters;
  inputs: Input[];
  /** The requested outputs; absent if all are. */
  outputs?: WantedOutput[];
}

type Json = Record<string, unknown>;

/**
 * Reads an inference request object. A member that is null is absent.
 * @param model name of the model in the address
 * @param bytes what follows the object: the data of tensors that have a `binary_data_size`, in their order
 * @throws Fault naming the first member that does not follow the protocol
 */
export function readRequest(body: unknown, model: string, bytes: Uint8Array = nothing): InferenceRequest {
  const members = ['id', 'model_name', 'model_version', 'parameters', 'inputs', 'outputs'];
  const { id, model_name: name = model, inputs, outputs, parameters } = object(body, 'the body', members);
  if (id !== undefined && typeof id !== 'string') throw new Fault('id is not text');
  if (name !== model) throw new Fault(`model_name is not that of the address, ${quoted(model)}`);
  if (!Array.isArray(inputs) || inputs.length === 0) {
    throw new Fault('inputs is not a list of at least one tensor');
  }
  const cut = cutter(bytes);
  const request: InferenceRequest = {
    id,
    parameters: readParameters(parameters, 'parameters', 'request'),
    inputs: inputs.map((input, i) => readInput(input, `inputs[${i}]`, cut)),
  };
  const left = cut.left();
  if (left > 0) throw new Fault(`${left} bytes follow the data of the last tensor; check binary_data_size`);
  assertDifferent(request.inputs);
  if (outputs !== undefined) request.outputs = readOutputs(outputs);
  return request;
}

const nothing = new Uint8Array(0);

/** @throws Fault */
export function assertDifferent(inputs: readonly Input[]): void {
  const names = new Set<string>();
  for (const { name } of inputs) {
    if (names.has(name)) throw new Fault(`inputs contains ${quoted(name)} more than once`);
    names.add(name);
  }
}

/** @throws Fault */
export function assertShape(shape: readonly unknown[], at: string): asserts shape is number[] {
  if (!shape.every((length) => Number.isSafeInteger(length) && Number(length) >= 0))
    throw new Fault(`${at} is not a list of whole numbers of at least 0`);
}

interface Cutter {
  (size: number, at: string): Uint8Array;
  left(): number;
}

function cutter(bytes: Uint8Array): Cutter {
  let begin = 0;
  const cut = (size: number, at: string): Uint8Array => {
    if (begin + size > bytes.length)
      throw new Fault(
        `${at}.binary_data_size is ${size}; ${bytes.length - begin} bytes are left of the body`,
      );
    begin += size;
    return bytes.subarray(begin - size, begin);
  };
  return Object.assign(cut, { left: () => bytes.length - begin });
}

function readInput(input: unknown, at: string, cut: Cutter): Input {
  const members = ['name', 'shape', 'datatype', 'parameters', 'data'];
  const { name, shape, datatype, parameters, data } = object(input, at, members);
  if (typeof name !== 'string') throw new Fault(`${at}.name is not text`);
  if (!Array.isArray(shape)) throw new Fault(`${at}.shape is not a list of whole numbers of at least 0`);
  assertShape(shape, `${at}.shape`);
  if (typeof datatype !== 'string') throw new Fault(`${at}.datatype is not text`);
  const given = readParameters(parameters, `${at}.parameters`, 'input');
  const size = given.binary_data_size;
  if (size !== undefined && data !== undefined)
    throw new Fault(`${at} has both data and parameters.binary_data_size`);
  if (size === undefined && !Array.isArray(data)) throw new Fault(`${at}.data is not a list`);
  const elements = size === undefined ? (data as unknown[]) : cut(Number(size), `${at}.parameters`);
  return { name, shape, datatype, parameters: given, data: elements };
}

function readOutputs(outputs: unknown): WantedOutput[] | undefined {
  if (!Array.isArray(outputs)) throw new Fault('outputs is not a list');
  const wanted = outputs.map((output, i): WantedOutput => {
    const { name, parameters } = object(output, `outputs[${i}]`, ['name', 'parameters']);
    if (typeof name !== 'string') throw new Fault(`outputs[${i}].name is not text`);
    const { binary_data } = readParameters(parameters, `outputs[${i}].parameters`, 'output');
    return { name, ...(binary_data !== undefined && { isBinary: binary_data === true }) };
  });
  return wanted.length > 0 ? wanted : undefined;
}

const readParameters = (given: unknown, at: string, part: 'request' | 'input' | 'output'): Parameters =>
  given === undefined ? {} : checkParameters(object(given, at), at, part);

/** The members of an object that are not null. @throws Fault if it is none, or has an unknown member */
function object(value: unknown, at: string, members?: readonly string[]): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Fault(`${at} is not an object`);
  const given = value as Json;
  let hasNull = false;
  for (const name of Object.keys(given))
    if (given[name] === null) hasNull = true;
    else if (members?.includes(name) === false)
      throw new Fault(`${at} has the unknown member ${quoted(name)}; known are ${members.join(', ')}`);
  return hasNull ? withoutNulls(given) : given;
}

const withoutNulls = (given: Json): Json =>
  Object.fromEntries(Object.entries(given).filter(([, member]) => member !== null));
