// Yjs over WebSocket, documents kept in memory and on no disk: the peer's best case. PORT and NODE_PATH come from the
// environment.
const { Server } = require('@hocuspocus/server');
const Y = require('yjs');

const kept = new Map();
const server = new Server({
  port: Number(process.env.PORT),
  address: '127.0.0.1',
  quiet: true,
  debounce: 100,
  maxDebounce: 1000,
  async onLoadDocument({ documentName, document }) {
    const update = kept.get(documentName);
    if (update) Y.applyUpdate(document, update);
    return document;
  },
  async onStoreDocument({ documentName, document }) {
    kept.set(documentName, Y.encodeStateAsUpdate(document));
  },
});
server.listen();
