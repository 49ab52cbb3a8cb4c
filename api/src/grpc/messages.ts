import { isUtf8 } from 'node:buffer';
import { elementsOf, encodeData } from '../v2/encode.ts';
import { Fault } from '../v2/fault.ts';
import type { Inference } from '../v2/infer.ts';
import type { Output } from '../v2/outputs.ts';
import { checkParameters, type Parameters } from '../v2/parameters.ts';
import { assertDifferent, assertShape, type InferenceRequest, type Input } from '../v2/request.ts';

/** A parameter: `parameter_choice` names the member that has its value. */
type Parameter = Record<string, unknown> & { parameter_choice?: string };

type Contents = Record<string, unknown[]>;

interface Tensor {
  name: string;
  datatype: string;
  shape: number[];
  parameters: Record<string, Parameter>;
  contents: Contents | null;
}

/** A ModelInferRequest as proto-loader reads it, with its defaults. */
export interface ModelInferRequest {
  model_name: string;
  model_version: string;
  id: string;
  parameters: Record<string, Parameter>;
  inputs: Tensor[];
  outputs: { name: string; parameters: Record<string, Parameter> }[];
  raw_input_contents: Buffer[];
}

/** Which contents an element of a datatype has. */
const contentsOf: Record<string, string> = {
  BOOL: 'bool_contents',
  INT8: 'int_contents',
  INT16: 'int_contents',
  INT32: 'int_contents',
  INT64: 'int64_contents',
  UINT8: 'uint_contents',
  UINT16: 'uint_contents',
  UINT32: 'uint_contents',
  UINT64: 'uint64_contents',
  FP32: 'fp32_contents',
  FP64: 'fp64_contents',
  BYTES: 'bytes_contents',
};

/** Whether the tensors of a request are raw; then those of the answer are too. */
export const isRaw = ({ raw_input_contents }: ModelInferRequest): boolean => raw_input_contents.length > 0;

/** The request of a message. @throws Fault */
export function requestOf(message: ModelInferRequest): InferenceRequest {
  const { id, inputs, outputs, raw_input_contents: raw } = message;
  if (inputs.length === 0) throw new Fault('inputs is not a list of at least one tensor');
  if (raw.length > 0 && raw.length !== inputs.length)
    throw new Fault(`raw_input_contents has ${raw.length} tensors, and inputs has ${inputs.length}`);
  const read = inputs.map((input, i) => inputOf(input, raw[i], `inputs[${i}]`));
  assertDifferent(read);
  for (const [i, { parameters }] of outputs.entries())
    parametersOf(parameters, `outputs[${i}].parameters`, 'output');
  return {
    ...(id !== '' && { id }),
    parameters: parametersOf(message.parameters, 'parameters', 'request'),
    inputs: read,
    ...(outputs.length > 0 && { outputs: outputs.map(({ name }) => ({ name })) }),
  };
}

function inputOf(input: Tensor, raw: Buffer | undefined, at: string): Input {
  const { name, datatype, shape } = input;
  assertShape(shape, `${at}.shape`);
  const parameters = parametersOf(input.parameters, `${at}.parameters`, 'input');
  const size = parameters.binary_data_size; // KServe's client sends it by gRPC too
  if (size !== undefined && size !== raw?.length)
    throw new Fault(
      `${at}.parameters.binary_data_size is ${size}; raw_input_contents has ${raw?.length ?? 'no'} bytes`,
    );
  return { name, datatype, shape, parameters, data: dataOf(input, raw, at) };
}

/** The elements; of one kind of contents, and not of several. */
function dataOf({ datatype, contents }: Tensor, raw: Buffer | undefined, at: string): Input['data'] {
  if (raw !== undefined && contents === null) return raw;
  const given = Object.entries(contents ?? {}).filter(([, elements]) => elements.length > 0);
  if (raw !== undefined && given.length > 0)
    throw new Fault(`${at} has contents, and the request has raw_input_contents`);
  if (raw !== undefined) return raw;
  const wanted = contentsOf[datatype];
  const other = given.find(([name]) => name !== wanted);
  if (other && wanted) throw new Fault(`${at}.contents has ${other[0]}; ${datatype} has ${wanted}`);
  const elements = contents?.[wanted ?? ''] ?? [];
  return datatype === 'BYTES' ? elements.map((bytes) => textOf(bytes as Buffer)) : elements;
}

/** A text; what is no UTF-8 stays what it is, and is no text. */
const textOf = (bytes: Buffer): unknown => (isUtf8(bytes) ? bytes.toString() : bytes);

const none: Parameters = {};

function parametersOf(
  given: Record<string, Parameter>,
  at: string,
  part: 'request' | 'input' | 'output',
): Parameters {
  if (Object.keys(given).length === 0) return none;
  const values = Object.entries(given).map(([name, { parameter_choice: choice = '', ...value }]) => [
    name,
    value[choice],
  ]);
  return checkParameters(Object.fromEntries(values), at, part);
}

/** The ModelInferResponse of an answer. @param raw whether its tensors are raw */
export function responseOf({ model, id, parameters, outputs }: Inference, raw: boolean): object {
  return {
    model_name: model.manifest.name,
    model_version: model.version,
    id,
    parameters: Object.fromEntries(
      Object.entries(parameters ?? {}).map(([name, value]) => [name, { double_param: value }]),
    ),
    outputs: outputs.map(({ name, datatype, shape, data }) => ({
      name,
      datatype,
      shape,
      ...(!raw && {
        contents: { [contentsOf[datatype]]: contentsFrom(data) },
      }),
    })),
    ...(raw && { raw_output_contents: outputs.map(({ data }) => encodeData(data)) }),
  };
}

/** The elements as contents. */
const contentsFrom = (data: Output['data']): unknown[] =>
  elementsOf(data).map((element) => (typeof element === 'string' ? Buffer.from(element) : element));
