import { create } from '@bufbuild/protobuf';
import {
  type AttributeProto,
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  TensorProto_DataType,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from 'onnx-buf';

const { FLOATS, INT, INTS, STRING, STRINGS, FLOAT } = AttributeProto_AttributeType;
const utf8 = new TextEncoder();

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
};

/** A node with an operator of ONNX itself, or of `ai.onnx.ml`, the domain for classical machine learning. */
export const createNode = (
  domain: '' | 'ai.onnx.ml',
  opType: string,
  input: string[],
  output: string,
  attributes: AttributeProto[] = [],
): NodeProto =>
  create(NodeProtoSchema, { name: output, domain, opType, input, output: [output], attribute: attributes });

/** An input or output of shape [rows, width], for any number of rows. */
export const matrix = (name: string, type: 'FLOAT' | 'STRING', width: number): ValueInfoProto =>
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
