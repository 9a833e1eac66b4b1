// A browser's IndexedDB databases as JSON and back. An expression: the page that evaluates it gets both functions.
(() => {
  const answer = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  const plain = (value) => {
    if (value instanceof Uint8Array) return { $bytes: btoa(String.fromCharCode(...value)) };
    if (value instanceof CryptoKey) return { $key: value.type };
    if (value instanceof Map) return { $map: [...value].map((pair) => pair.map(plain)) };
    if (value instanceof Set) return { $set: [...value].map(plain) };
    if (Array.isArray(value)) return value.map(plain);
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value;
    if (Object.getPrototypeOf(value) !== Object.prototype) throw new TypeError(`no JSON for ${value}`);
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
  };

  const alive = (value, keys) => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map((each) => alive(each, keys));
    const entries = Object.entries(value);
    if (entries.length === 1 && entries[0][0].startsWith('$')) {
      const [[what, kept]] = entries;
      if (what === '$bytes') return Uint8Array.from(atob(kept), (letter) => letter.charCodeAt(0));
      if (what === '$key') return keys[kept];
      return new { $map: Map, $set: Set }[what](alive(kept, keys));
    }
    return Object.fromEntries(entries.map(([name, each]) => [name, alive(each, keys)]));
  };

  async function frozen() {
    const databases = [];
    for (const { name, version } of await indexedDB.databases()) {
      const database = await answer(indexedDB.open(name));
      const stores = [];
      for (const each of database.objectStoreNames) {
        const store = database.transaction(each).objectStore(each);
        const indexes = [...store.indexNames].map((one) => {
          const { keyPath, unique, multiEntry } = store.index(one);
          return { name: one, keyPath, unique, multiEntry };
        });
        const [keys, values] = await Promise.all([answer(store.getAllKeys()), answer(store.getAll())]);
        const rows = values.map((value, place) => [keys[place], plain(value)]);
        stores.push({ name: each, keyPath: store.keyPath, autoIncrement: store.autoIncrement, indexes, rows });
      }
      database.close();
      databases.push({ name, version, stores });
    }
    return databases;
  }

  async function keyPair(jwk) {
    const { d: _, ...half } = jwk;
    const kind = { name: 'ECDSA', namedCurve: 'P-256' };
    const [privateKey, publicKey] = await Promise.all([
      crypto.subtle.importKey('jwk', jwk, kind, false, ['sign']),
      crypto.subtle.importKey('jwk', half, kind, true, ['verify']),
    ]);
    return { privateKey, publicKey };
  }

  async function thaw({ databases, jwk }) {
    const { privateKey, publicKey } = await keyPair(jwk);
    const keys = { private: privateKey, public: publicKey };
    for (const { name, version, stores } of databases) {
      const request = indexedDB.open(name, version);
      request.onupgradeneeded = () => {
        for (const { name: each, keyPath, autoIncrement, indexes } of stores) {
          const store = request.result.createObjectStore(each, { keyPath, autoIncrement });
          for (const { name: one, keyPath: path, ...how } of indexes) store.createIndex(one, path, how);
        }
      };
      const database = await answer(request);
      for (const { name: each, keyPath, rows } of stores) {
        const store = database.transaction(each, 'readwrite').objectStore(each);
        for (const [key, value] of rows) {
          const row = alive(value, keys);
          await answer(keyPath === null ? store.put(row, key) : store.put(row));
        }
      }
      database.close();
    }
  }

  return { frozen, keyPair, thaw };
})()
