import { create } from '@bufbuild/protobuf';
import {
  type AttributeProto,
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProto_DataType,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from 'onnx-buf';

const { FLOATS, INT, INTS, STRING, STRINGS, FLOAT, TENSOR } = AttributeProto_AttributeType;
const utf8 = new TextEncoder();

/** The numbers of a graph: of 64 bits, or of 32. */
export type Real = 'DOUBLE' | 'FLOAT';

/** Makes attributes of a node, one function for each type. */
export const attribute = {
  int: (name: string, i: number): AttributeProto =>
    create(AttributeProtoSchema, { name, type: INT, i: BigInt(i) }),
  ints: (name: string, ints: ArrayLike<number>): AttributeProto =>
    create(AttributeProtoSchema, { name, type: INTS, ints: Array.from(ints, BigInt) }),
  float: (name: string, f: number): AttributeProto => create(AttributeProtoSchema, { name, type: FLOAT, f }),
  floats: (name: string, floats: ArrayLike<number>): AttributeProto =>
    create(AttributeProtoSchema, { name, type: FLOATS, floats: Array.from(floats) }),
  string: (name: string, text: string): AttributeProto =>
    create(AttributeProtoSchema, { name, type: STRING, s: utf8.encode(text) }),
  strings: (name: string, texts: readonly string[]): AttributeProto =>
    create(AttributeProtoSchema, { name, type: STRINGS, strings: texts.map((text) => utf8.encode(text)) }),
  tensor: (name: string, t: TensorProto): AttributeProto =>
    create(AttributeProtoSchema, { name, type: TENSOR, t }),
};

/** Makes tensors, one function for each type. @param dims none for a single number */
export const tensor = {
  real: (name: string, real: Real, numbers: ArrayLike<number>, dims: readonly number[]): TensorProto =>
    create(TensorProtoSchema, {
      name,
      dataType: TensorProto_DataType[real],
      dims: dims.map(BigInt),
      [real === 'DOUBLE' ? 'doubleData' : 'floatData']: Array.from(numbers),
    }),
  doubles: (numbers: ArrayLike<number>): TensorProto => tensor.real('', 'DOUBLE', numbers, [numbers.length]),
  bytes: (rawData: Uint8Array<ArrayBuffer>): TensorProto =>
    create(TensorProtoSchema, {
      dataType: TensorProto_DataType.UINT8,
      dims: [BigInt(rawData.length)],
      rawData,
    }),
  texts: (texts: readonly string[]): TensorProto =>
    create(TensorProtoSchema, {
      dataType: TensorProto_DataType.STRING,
      dims: [BigInt(texts.length)],
      stringData: texts.map((text) => utf8.encode(text)),
    }),
};

/** Makes attributes with a number or a text of each of these things, in their order. */
export const attributesOf = <Thing>(things: readonly Thing[]) => ({
  ints: (name: string, of: (thing: Thing) => number) => attribute.ints(name, things.map(of)),
  floats: (name: string, of: (thing: Thing) => number) => attribute.floats(name, things.map(of)),
  doubles: (name: string, of: (thing: Thing) => number) =>
    attribute.tensor(name, tensor.doubles(things.map(of))),
  strings: (name: string, of: (thing: Thing) => string) => attribute.strings(name, things.map(of)),
});

/** The nodes and constants of a graph in the making. All values of a graph share one namespace. */
export interface Graph {
  /** What its numbers are. */
  readonly real: Real;
  readonly nodes: NodeProto[];
  readonly constants: TensorProto[];
  /** Adds a node of an operator of ONNX itself. @returns the name of its output, `name` or one like it that is free */
  add(operator: string, inputs: string[], name: string, attributes?: AttributeProto[]): string;
  /** The same, of `ai.onnx.ml`, the domain for classical machine learning. */
  addMl(operator: string, inputs: string[], name: string, attributes: AttributeProto[]): string;
  /** Adds numbers. @param dims none for a single number */
  constant(name: string, numbers: ArrayLike<number>, dims?: readonly number[]): string;
  /** Adds a node that makes numbers of truth values. */
  toReal(input: string, name: string): string;
  /** Adds a node that makes whole numbers, to gather by. */
  toPlaces(input: string, name: string): string;
  /** Adds the dimensions that an operator works on. */
  axes(name: string, axes: readonly number[]): string;
  /** Gives the output of the last node another name, or one like it that is free. */
  nameLast(name: string): string;
}

/** @param taken names of the inputs */
export function createGraph(taken: Iterable<string>, real: Real): Graph {
  const names = new Set(taken);
  const nodes: NodeProto[] = [];
  const constants: TensorProto[] = [];
  const unique = (wanted: string): string => {
    let name = wanted;
    while (names.has(name)) name += '_';
    names.add(name);
    return name;
  };
  const addOf =
    (domain: '' | 'ai.onnx.ml'): Graph['addMl'] =>
    (opType, input, wanted, attributes) => {
      const name = unique(wanted);
      nodes.push(
        create(NodeProtoSchema, { name, domain, opType, input, output: [name], attribute: attributes }),
      );
      return name;
    };
  const add = addOf('');
  const cast = (input: string, name: string, to: TensorProto_DataType): string =>
    add('Cast', [input], name, [attribute.int('to', to)]);
  const put = (tensor: TensorProto): string => {
    constants.push(tensor);
    return tensor.name;
  };
  return {
    real,
    nodes,
    constants,
    add: (operator, inputs, name, attributes = []) => add(operator, inputs, name, attributes),
    addMl: addOf('ai.onnx.ml'),
    constant: (name, numbers, dims = []) => put(tensor.real(unique(name), real, numbers, dims)),
    toReal: (input, name) => cast(input, name, TensorProto_DataType[real]),
    toPlaces: (input, name) => cast(input, name, TensorProto_DataType.INT64),
    axes: (name, axes) =>
      put(
        create(TensorProtoSchema, {
          name: unique(name),
          dataType: TensorProto_DataType.INT64,
          dims: [BigInt(axes.length)],
          int64Data: axes.map(BigInt),
        }),
      ),
    nameLast(wanted) {
      const name = unique(wanted);
      const last = nodes[nodes.length - 1];
      last.name = name;
      last.output = [name];
      return name;
    },
  };
}

/** An input or output of shape [rows, width], for any number of rows. */
export const matrix = (name: string, type: Real | 'STRING', width: number): ValueInfoProto =>
  create(ValueInfoProtoSchema, {
    name,
    type: {
      value: {
        case: 'tensorType',
        value: {
          elemType: TensorProto_DataType[type],
          shape: {
            dim: [
              { value: { case: 'dimParam', value: 'rows' } },
              { value: { case: 'dimValue', value: BigInt(width) } },
            ],
          },
        },
      },
    },
  });
