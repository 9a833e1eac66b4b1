// express-pouchdb in its lightest mode: the peer's best case. PORT, DATA and NODE_PATH come from the environment.
const PouchDB = require('pouchdb').defaults({ prefix: `${process.env.DATA}/` });
const app = require('express-pouchdb')(PouchDB, { mode: 'minimumForPouchDB', inMemoryConfig: true });

require('node:http').createServer(app).listen(Number(process.env.PORT), '127.0.0.1');
