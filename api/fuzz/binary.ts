import { encodeData } from '../src/v2/encode.ts';
import type { FuzzRequest } from './request.ts';
import type { InferenceRequest } from './tensor-oracle.ts';

/** The same tensors as bytes. */
export interface SameAsBytes {
  http: FuzzRequest;
  grpc: object;
}

/** An inference as bytes by both transports; undefined where bytes cannot say what its JSON says. */
export function asBytes(request: FuzzRequest): SameAsBytes | undefined {
  const body = parsed(request.payload);
  if (body?.outputs?.some(({ name }) => typeof name !== 'string')) return undefined;
  const raw = body?.inputs?.map?.(bytesOf);
  if (!body || !raw || raw.length === 0 || !raw.every((bytes) => bytes !== undefined)) return undefined;
  const inputs = body.inputs.map(({ data: _data, ...tensor }, i) => ({
    ...tensor,
    parameters: { ...tensor.parameters, binary_data_size: raw[i].length },
  }));
  const json = Buffer.from(JSON.stringify({ ...body, inputs }));
  const [, , , model] = request.url.split('/');
  return {
    http: {
      ...request,
      headers: { 'inference-header-content-length': String(json.length) },
      payload: Buffer.concat([json, ...raw]),
    },
    grpc: {
      model_name: model,
      id: body.id ?? '',
      inputs: body.inputs.map(({ name, datatype, shape, parameters }) => ({
        name,
        datatype,
        shape,
        parameters: Object.fromEntries(
          Object.entries(parameters ?? {}).map(([key, value]) => [
            key,
            typeof value === 'string' ? { string_param: value } : { double_param: value },
          ]),
        ),
      })),
      outputs: body.outputs?.map(({ name }) => ({ name })) ?? [],
      raw_input_contents: raw,
    },
  };
}

function parsed(payload: Buffer): InferenceRequest | undefined {
  try {
    return JSON.parse(payload.toString()) ?? undefined;
  } catch {
    return undefined;
  }
}

function bytesOf(tensor: InferenceRequest['inputs'][number] | null): Buffer | undefined {
  const { datatype, data, parameters, shape } = tensor ?? {};
  const marker = parameters?.missing_value;
  if (!Array.isArray(data) || !Array.isArray(shape) || !shape.every(isLength)) return undefined;
  if (marker !== undefined && typeof marker !== 'string' && typeof marker !== 'number') return undefined;
  const elements: unknown[] = data.flat();
  if (elements.length !== shape.reduce((all, length) => all * length, 1)) return undefined;
  if (datatype === 'BYTES') {
    const texts = elements.map((each) => (each === null ? '' : each));
    return texts.every((each) => typeof each === 'string' && each.isWellFormed())
      ? encodeData(texts as string[])
      : undefined;
  }
  if (datatype === 'FP64' && elements.every((each) => each === null || typeof each === 'number'))
    return Buffer.from(Float64Array.from(elements, (each) => Number(each ?? Number.NaN)).buffer);
  if (datatype === 'INT32' && elements.every(isInt32))
    return Buffer.from(Int32Array.from(elements as number[]).buffer);
  return undefined;
}

const isLength = (length: unknown): boolean => Number.isSafeInteger(length) && Number(length) >= 0;
const isInt32 = (each: unknown): boolean => Number.isInteger(each) && Math.abs(Number(each)) < 2 ** 31;
