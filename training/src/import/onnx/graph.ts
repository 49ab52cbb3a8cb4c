import { ImportFault } from '../imported.ts';
import { fieldsOf, floats, type Message, messages, packed, text, texts, whole, wholes } from './protobuf.ts';

/** A node of an ONNX graph (onnx.proto, NodeProto). */
export interface GraphNode {
  type: string;
  inputs: string[];
  outputs: string[];
  attributes: Attributes;
}

export interface Graph {
  producer: string;
  version: string;
  nodes: GraphNode[];
  /** Name, and columns where the shape says how many. */
  inputs: { name: string; columns?: number }[];
  outputs: string[];
}

/** A tensor's numbers, and whether they have 64 bits. */
export interface Numbers {
  values: Float64Array;
  isDouble: boolean;
}

/** The attributes of a node, by name. */
export class Attributes {
  readonly #messages: ReadonlyMap<string, Message>;

  constructor(all: readonly Uint8Array[]) {
    this.#messages = new Map(all.map(fieldsOf).map((message) => [text(message, 1), message]));
  }

  has(name: string): boolean {
    return this.#messages.has(name);
  }

  text(name: string, absent: string): string {
    const message = this.#messages.get(name);
    return message ? text(message, 4) : absent;
  }

  whole(name: string, absent: number): number {
    const message = this.#messages.get(name);
    return message ? whole(message, 3) : absent;
  }

  wholes(name: string): number[] {
    const message = this.#messages.get(name);
    return message ? wholes(message, 8) : [];
  }

  texts(name: string): string[] {
    const message = this.#messages.get(name);
    return message ? texts(message, 9) : [];
  }

  /** The attribute with this name, or the tensor with the name and `_as_tensor`. */
  numbers(name: string): Numbers {
    const tensor = this.#messages.get(`${name}_as_tensor`) ?? this.#messages.get(name);
    const [bytes] = tensor ? messages(tensor, 5) : [];
    if (bytes) return tensorOf(fieldsOf(bytes), name);
    const message = this.#messages.get(name);
    return { values: message ? floats(message, 7, 4) : new Float64Array(), isDouble: false };
  }
}

/** TensorProto: types 1 float32, 2 uint8, 11 float64. */
function tensorOf(tensor: Message, name: string): Numbers {
  const type = whole(tensor, 2);
  const [raw] = messages(tensor, 9);
  if (type === 1) return { values: raw ? packed(raw, 4) : floats(tensor, 4, 4), isDouble: false };
  if (type === 11) return { values: raw ? packed(raw, 8) : floats(tensor, 10, 8), isDouble: true };
  if (type === 2) return { values: Float64Array.from(raw ?? wholes(tensor, 5)), isDouble: false };
  throw new ImportFault(`has the type ${type} in "${name}"; numbers of 32 or 64 bits are read`);
}

/** The graph of a model (ModelProto). @throws ImportFault */
export function graphOf(bytes: Uint8Array): Graph {
  const model = fieldsOf(bytes);
  const [content] = messages(model, 7);
  if (!content) throw new ImportFault('has no graph: it is not ONNX');
  const graph = fieldsOf(content);
  return {
    producer: text(model, 2),
    version: text(model, 3),
    nodes: messages(graph, 1).map((each) => {
      const node = fieldsOf(each);
      return {
        type: text(node, 4),
        inputs: texts(node, 1),
        outputs: texts(node, 2),
        attributes: new Attributes(messages(node, 5)),
      };
    }),
    inputs: messages(graph, 11).map((each) => inputOf(fieldsOf(each))),
    outputs: messages(graph, 12).map((each) => text(fieldsOf(each), 1)),
  };
}

/** ValueInfoProto → TypeProto → Tensor → TensorShapeProto: the second dimension. */
function inputOf(info: Message): { name: string; columns?: number } {
  const shape = [2, 1, 2].reduce<Message | undefined>((part, field) => {
    const [bytes] = part ? messages(part, field) : [];
    return bytes && fieldsOf(bytes);
  }, info);
  const dimensions = shape ? messages(shape, 1).map(fieldsOf) : [];
  const columns = dimensions[1] && whole(dimensions[1], 1);
  return { name: text(info, 1), ...(columns && { columns }) };
}
