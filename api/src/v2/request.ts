import { Fault } from './fault.ts';

export type Parameters = Record<string, unknown>;

/** A tensor as sent: its members have the right types, its data is not checked yet. */
export interface Input {
  name: string;
  shape: number[];
  datatype: string;
  parameters: Parameters;
  data: unknown[];
}

/** An inference request object. */
export interface InferenceRequest {
  id?: string;
  parameters: Parameters;
  inputs: Input[];
  /** The requested outputs; absent if all are. */
  outputs?: string[];
}

type Json = Record<string, unknown>;

/** Reads a body. @throws Fault naming the first member that does not follow the protocol */
export function readRequest(body: unknown): InferenceRequest {
  const { id, inputs, outputs, ...rest } = object(body, 'the body');
  if (id !== undefined && typeof id !== 'string') throw new Fault('id is not text');
  const parameters = readParameters(rest.parameters, 'parameters');
  if (!Array.isArray(inputs) || inputs.length === 0) {
    throw new Fault('inputs is not a list of at least one tensor');
  }
  const request: InferenceRequest = {
    id,
    parameters,
    inputs: inputs.map((input, i) => readInput(input, `inputs[${i}]`)),
  };
  const twice = request.inputs.find(({ name }, i) => request.inputs.findIndex((o) => o.name === name) < i);
  if (twice) throw new Fault(`inputs contains ${quoted(twice.name)} more than once`);
  if (outputs !== undefined) request.outputs = readOutputs(outputs);
  return request;
}

/** Text of a request, shortened for a message to the client. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

function readInput(input: unknown, at: string): Input {
  const { name, shape, datatype, parameters, data } = object(input, at);
  if (typeof name !== 'string') throw new Fault(`${at}.name is not text`);
  if (!Array.isArray(shape) || !shape.every((length) => Number.isSafeInteger(length) && length >= 0)) {
    throw new Fault(`${at}.shape is not a list of whole numbers of at least 0`);
  }
  if (typeof datatype !== 'string') throw new Fault(`${at}.datatype is not text`);
  const given = readParameters(parameters, `${at}.parameters`);
  if (given.binary_data_size !== undefined) throw binary(`${at}.parameters.binary_data_size`);
  if (!Array.isArray(data)) throw new Fault(`${at}.data is not a list`);
  return { name, shape, datatype, parameters: given, data };
}

function readOutputs(outputs: unknown): string[] | undefined {
  if (!Array.isArray(outputs)) throw new Fault('outputs is not a list');
  const names = outputs.map((output, i) => {
    const { name, parameters } = object(output, `outputs[${i}]`);
    if (typeof name !== 'string') throw new Fault(`outputs[${i}].name is not text`);
    if (readParameters(parameters, `outputs[${i}].parameters`).binary_data === true) {
      throw binary(`outputs[${i}].parameters.binary_data`);
    }
    return name;
  });
  return names.length > 0 ? names : undefined;
}

function readParameters(parameters: unknown, at: string): Parameters {
  if (parameters === undefined) return {};
  const given = object(parameters, at);
  if (given.binary_data_output === true) throw binary(`${at}.binary_data_output`);
  return given;
}

function object(value: unknown, at: string): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  throw new Fault(`${at} is not an object`);
}

const binary = (at: string): Fault => new Fault(`${at}: binary tensor data is not supported; use JSON data`);
