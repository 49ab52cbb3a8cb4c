import { baseSize, goals, ownSize } from './sizes.ts';

// npm run images:sizes -- [TAG]: what each image adds to its base, and its goal.
const tag = process.argv[2] ?? 'latest';
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

console.log(`base: ${megabytes(await baseSize())}. What each image adds to it, compressed:\n`);
console.log('| image | size | goal |\n|---|---|---|');
for (const [name, goal] of Object.entries(goals)) {
  const own = await ownSize(`${name}:${tag}`);
  console.log(`| ${name} | ${megabytes(own)} | ${goal} MB |`);
  if (own > goal * 1e6) process.exitCode = 1;
}
