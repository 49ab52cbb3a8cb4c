import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { buildApp } from '../src/app.ts';
import { freePort } from '../testing/grpc.ts';
import { type Recorded, recordGrpc, recordHttp } from './recorder.ts';

/**
 * Runs the real clients of the Open Inference Protocol, by HTTP and by gRPC, against the model heart, and records their requests for
 * clients.test.ts. They come from Python's registry into a folder for temporary files. Clients of Go and Java are generated from the proto and
 * compiled: this needs `go`; for Java a JDK, Maven, and Debian's packages protobuf-compiler and protobuf-compiler-grpc-java-plugin.
 * Usage: npm run prove -- clients
 */
const packages = ['tritonclient[http,grpc]==2.73.0', 'kserve==0.21.0', 'grpcio-tools==1.81.1'];
const venv = join(tmpdir(), 'hearth-clients');
const run = promisify(execFile);
const here = (name: string) => join(import.meta.dirname, name);

const python = join(venv, 'bin', 'python');
if (!existsSync(python)) await run('python3', ['-m', 'venv', venv]);
await run(python, ['-m', 'pip', 'install', '--quiet', ...packages]);

const grpcPort = await freePort();
const app = await buildApp({ models: here('../../models'), model: 'heart', grpcPort });
const address = await app.listen({ host: '127.0.0.1', port: 0 });
await mkdir(here('recorded'), { recursive: true });

const proto = 'open_inference_grpc.proto';
const protos = here('../src/grpc');
const isInstalled = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));

/** Generates and compiles the client of Go. @returns its program */
async function buildGo(folder: string): Promise<string> {
  await cp(here('go'), folder, { recursive: true });
  const env = { ...process.env, GOBIN: join(folder, 'bin'), GOFLAGS: '-mod=mod' };
  const plugins = [
    'google.golang.org/protobuf/cmd/protoc-gen-go@v1.36.12',
    'google.golang.org/grpc/cmd/protoc-gen-go-grpc@v1.6.0',
  ];
  for (const plugin of plugins) await run('go', ['install', plugin], { cwd: folder, env });
  const out = join(folder, 'inference');
  await mkdir(out);
  const options = ['go', 'go-grpc'].flatMap((plugin) => [
    `--plugin=protoc-gen-${plugin}=${join(env.GOBIN, `protoc-gen-${plugin}`)}`,
    `--${plugin}_out=${out}`,
    `--${plugin}_opt=paths=source_relative,M${proto}=client/inference`,
  ]);
  await run(python, ['-m', 'grpc_tools.protoc', '-I', protos, ...options, proto]);
  await run('go', ['build', '-o', 'client', '.'], { cwd: folder, env });
  return join(folder, 'client');
}

/** Generates and compiles the client of Java. @returns its class path */
async function buildJava(folder: string): Promise<string> {
  await cp(here('java'), folder, { recursive: true });
  await run('mvn', ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib'], { cwd: folder });
  const generated = ['java', 'grpc-java'].map((plugin) => `--${plugin}_out=${folder}`);
  await run('protoc', [
    '-I',
    protos,
    '--plugin=protoc-gen-grpc-java=/usr/bin/grpc_java_plugin',
    ...generated,
    proto,
  ]);
  const sources = (await readdir(join(folder, 'inference'))).map((file) => join('inference', file));
  await run('javac', ['-cp', 'lib/*', 'Main.java', ...sources], { cwd: folder });
  return [folder, join(folder, 'lib/*')].join(delimiter);
}

const folders: string[] = [];
async function temporary(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `hearth-client-${name}-`));
  folders.push(folder);
  return folder;
}

/** Runs a client and keeps what it asked. */
async function prove(
  name: string,
  way: 'http' | 'grpc',
  command: (url: string) => [string, string[]],
): Promise<void> {
  if (way === 'grpc') await run(...command(`127.0.0.1:${grpcPort}`), { timeout: 120_000 }); // the recorder is another server of gRPC
  const recorded: Recorded[] = [];
  const recorder =
    way === 'http'
      ? await recordHttp(Number(new URL(address).port), recorded)
      : await recordGrpc(grpcPort, recorded);
  const [program, words] = command(`127.0.0.1:${recorder.port}`);
  const { stdout } = await run(program, words, { timeout: 120_000 });
  recorder.stop();
  console.log(`— ${name} by ${way}: ${recorded.length} requests\n${stdout}`);
  await writeFile(here(`recorded/${name}-${way}.json`), `${JSON.stringify(recorded, null, 2)}\n`);
}

try {
  for (const way of ['http', 'grpc'] as const) {
    await prove('triton', way, (url) => [python, [here('triton.py'), way, url]]);
    await prove('kserve', way, (url) => [python, [here('kserve_client.py'), way, url]]);
  }
  if (isInstalled('go')) {
    const client = await buildGo(await temporary('go'));
    await prove('go', 'grpc', (url) => [client, [url]]);
  } else console.log('— go is not installed: its client is left out');
  if (['mvn', 'javac', 'protoc', 'grpc_java_plugin'].every(isInstalled)) {
    const classes = await buildJava(await temporary('java'));
    await prove('java', 'grpc', (url) => ['java', ['-cp', classes, 'Main', url]]);
  } else
    console.log('— mvn, javac, protoc or grpc_java_plugin is not installed: the client of Java is left out');
} finally {
  for (const folder of folders) await rm(folder, { recursive: true });
  await app.close();
}
