import { createInterface } from 'node:readline';
import { meant, type Played } from '../tests/core/played.ts';

/** For every history that comes in as a line of JSON, says in a line what the core makes of it. */
for await (const line of createInterface({ input: process.stdin })) {
  const played: Played = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(meant(played))}\n`);
}
