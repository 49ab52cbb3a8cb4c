import fc, { type Arbitrary } from 'fast-check';

/** A request that may be anything. */
export interface FuzzRequest {
  method: 'POST' | 'GET' | 'PUT' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  payload: Buffer;
  /** What `JSON.parse` would make of it is not the whole truth: a key is there twice. */
  isRepeated?: boolean;
  /** It was made to be answered. */
  isValid?: boolean;
}

export type Cells = Record<string, unknown>;

export const json = 'application/json';

export const stringify = (value: unknown): string => JSON.stringify(value) ?? '';

export function post(url: string, type: string, text: string, accept?: string): FuzzRequest {
  const headers = { 'content-type': type, ...(accept && { accept }) };
  return { method: 'POST', url, headers, payload: Buffer.from(text) };
}

/** The same request with some of its bytes changed, or cut. */
export const mangled = (request: FuzzRequest): Arbitrary<FuzzRequest> =>
  fc.tuple(fc.nat(), fc.nat(255), fc.boolean()).map(([at, byte, cuts]) => {
    const payload = Buffer.from(request.payload);
    const place = at % (payload.length + 1);
    if (place < payload.length) payload[place] = byte;
    return { ...request, isValid: false, payload: cuts ? payload.subarray(0, place) : payload };
  });
