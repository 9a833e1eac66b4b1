/** One of the shared right answers; what each topic adds is said in tests/vectors/README.md. */
export interface Vector {
  readonly id: string;
  readonly reason: string;
}

const texts = import.meta.glob<string>('../../../tests/vectors/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The vectors of a topic, those with a member of the given name; `Members` says what the topic adds. */
export function vectorsOf<Members>(topic: string, having = 'id'): readonly (Vector & Members)[] {
  const text = texts[`../../../tests/vectors/${topic}.json`];
  if (text === undefined) throw new Error(`no vectors for ${topic}`);
  const vectors: readonly (Vector & Members)[] = JSON.parse(text);
  return vectors.filter((vector) => Object.hasOwn(vector, having));
}
