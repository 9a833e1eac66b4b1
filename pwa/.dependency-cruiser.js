/** The rooms of src/ and who may enter: ui -> store | net | vault -> rules -> core -> wire; platform for shells only. */
const MAY_IMPORT = {
  wire: [],
  core: ['wire'],
  rules: ['core', 'wire'],
  platform: [],
  store: ['platform', 'rules', 'core', 'wire'],
  net: ['platform', 'rules', 'core', 'wire'],
  vault: ['platform', 'rules', 'core', 'wire'],
  worker: [],
  ui: ['platform', 'store', 'net', 'vault', 'rules', 'core', 'wire'],
};

const rooms = Object.entries(MAY_IMPORT).map(([room, others]) => ({
  name: `${room}-imports-only-its-own`,
  comment: `${room} may import ${others.join(', ') || 'nothing of ours'}`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[room, ...others].join('|')})/` },
}));

/** What a room may take from others; a package that is in none of these lists is nobody's. */
const MAY_USE = {
  core: ['@noble/hashes'],
  platform: ['nanostores'],
  store: ['nanostores'],
  net: ['@hpke/core', 'nanostores', 'tus-js-client'],
  ui: ['@nanostores/i18n', 'nanostores', 'qrcode-generator', 'svelte'],
};

const packages = Object.keys(MAY_IMPORT).map((room) => {
  const used = MAY_USE[room] ?? [];
  return {
    name: `${room}-uses-only-its-packages`,
    comment: `${room} may use ${used.join(', ') || 'no package'}`,
    severity: 'error',
    from: { path: `^src/${room}/`, pathNot: '[.]test[.]ts$' },
    to: { path: 'node_modules/', pathNot: used.map((name) => `node_modules/${name}/`) },
  };
});

const faces = [
  ['phone', 'office'],
  ['office', 'phone'],
].map(([face, other]) => ({
  name: `${face}-leaves-${other}-alone`,
  comment: 'the two faces are separate chunks; what both need is a part',
  severity: 'error',
  from: { path: `^src/ui/${face}/` },
  to: { path: `^src/ui/${other}/` },
}));

export default {
  forbidden: [
    ...rooms,
    ...packages,
    ...faces,
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-development-packages',
      severity: 'error',
      from: { path: '^src/', pathNot: '[.]test[.]ts$|^src/main[.]ts$|[.]svelte$' },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.svelte', '.js', '.json'],
      conditionNames: ['svelte', 'browser', 'import', 'types', 'default'],
    },
  },
};
