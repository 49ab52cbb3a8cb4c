import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js';
import { methods } from '@hearth/api/grpc';

/** gRPC without anything else: it reads the message of ModelInfer by the same proto, and answers its bytes as one raw tensor. */
const { ModelInfer } = methods();
const server = new Server({ 'grpc.max_receive_message_length': -1 });
const echo = ({ request }: ServerUnaryCall<Buffer, object>, done: sendUnaryData<object>): void => {
  const { raw_input_contents } = ModelInfer.read(request) as { raw_input_contents: Buffer[] };
  done(null, { raw_output_contents: raw_input_contents.slice(0, 3) });
};
const write = (message: object) => Buffer.from(ModelInfer.write(message));
server.register(ModelInfer.path, echo, write, (bytes: Buffer) => bytes, 'unary');
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(`http://localhost:${port}`);
});
