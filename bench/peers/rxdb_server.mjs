// rxdb-server's replication endpoint on storage in memory: the free persistent ones for Node are other databases'.
// PORT and MODULES (the folder that holds node_modules) come from the environment.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(`${process.env.MODULES}/`);

async function load(name) {
  const path = pathToFileURL(require.resolve(name)).href;
  try {
    return await import(path.replace('/dist/cjs/', '/dist/esm/'));
  } catch {
    return import(path);
  }
}

const { createRxDatabase } = await load('rxdb/plugins/core');
const { getRxStorageMemory } = await load('rxdb/plugins/storage-memory');
const { createRxServer } = await load('rxdb-server/plugins/server');
const { RxServerAdapterExpress } = await load('rxdb-server/plugins/adapter-express');

const schema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  required: ['id', 'kind', 'doc'],
  properties: { id: { type: 'string', maxLength: 40 }, kind: { type: 'string' }, doc: { type: 'object' } },
};
const database = await createRxDatabase({ name: 'svc', storage: getRxStorageMemory(), multiInstance: false });
await database.addCollections({ sync: { schema } });
const server = await createRxServer({
  database,
  port: Number(process.env.PORT),
  hostname: '127.0.0.1',
  adapter: RxServerAdapterExpress,
  authHandler: () => ({ data: {}, validUntil: Date.now() + 1e9 }),
});
await server.addReplicationEndpoint({ name: 'sync', collection: database.sync });
await server.start();
