import { readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { guideTextOf, picturesOf } from './guide_text.ts';
import { sizeOf } from './guides.ts';

const FOLDER = '../docs/guide';
const PICTURE_KB = 60;
const ROLE_KB = 700;
const ALL_KB = 1_500;

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));
const markdown = (file: string) => readFileSync(`${FOLDER}/${file}`, 'utf8');
const shownIn = (file: string) => picturesOf(guideTextOf(markdown(file), file.slice(0, -'.md'.length)));
const taken = readdirSync(`${FOLDER}/img`).sort();
const bytes = (picture: string) => statSync(`${FOLDER}/img/${picture}`).size;
const sum = (sizes: readonly number[]) => sizes.reduce((all, each) => all + each, 0);

const section = (body: string) => guideTextOf(`# 說明\n\n## 一節\n\n${body}`, 'clerk').sections[0];

test('every picture that a guide shows was taken, and none lies there unseen', () => {
  const shown = new Set(files.flatMap(shownIn).map((name) => `${name}.webp`));
  expect([...shown].sort()).toEqual(taken);
});

test('every picture is of a page that the gallery still has', () => {
  const pages = new Set(readdirSync('gallery/pages'));
  expect(taken.filter((name) => !pages.has(name.replace('.webp', '.svelte')))).toEqual([]);
});

test('pictures are small, and so is what a phone keeps for its role', () => {
  expect(taken.filter((name) => bytes(name) > PICTURE_KB * 1_000)).toEqual([]);
  expect(sum(taken.map(bytes))).toBeLessThan(ALL_KB * 1_000);
  for (const file of files) {
    const kept = sum(shownIn(file).map((name) => bytes(`${name}.webp`))) + markdown(file).length * 3;
    expect(kept, file).toBeLessThan(ROLE_KB * 1_000);
  }
});

test.each(taken)('%s has the size of its screen, twice as sharp on the phone', (name) => {
  const size = sizeOf(readFileSync(`${FOLDER}/img/${name}`));
  expect(size).toEqual(name.startsWith('phone') ? { width: 780, height: 1688 } : { width: 1280, height: 800 });
});

test('what is no WebP picture without loss has no size', () => {
  expect(() => sizeOf(Buffer.from('RIFF....WEBPVP8 and so on, for long enough'))).toThrow('without loss');
});

test('Markdown becomes words, steps, points, notes, keys, commands and pictures', () => {
  const text = guideTextOf(
    [
      '# 說明\n\n先讀這裡。\n\n## 接電話，登記\n\n[intake]: #\n[call]: #\n\n**先**按 `F2`。',
      '1. 一\n2. 二\n\n   ![畫面](img/office-intake.webp)\n\n- 點\n\n> 小心。\n\n### 小題\n\n```\nrun\n```\n',
    ].join('\n\n'),
    'clerk',
  );
  const plain = (words: string) => ({ kind: 'plain', text: words });
  const line = (words: string) => ({ kind: 'text', words: [plain(words)] });
  expect(text.title).toBe('說明');
  expect(text.intro).toEqual([line('先讀這裡。')]);
  expect(text.sections).toEqual([
    {
      id: '接電話登記',
      title: '接電話，登記',
      screens: ['intake', 'call'],
      blocks: [
        {
          kind: 'text',
          words: [{ kind: 'strong', words: [plain('先')] }, plain('按 '), { kind: 'key', text: 'F2' }, plain('。')],
        },
        {
          kind: 'steps',
          items: [[line('一')], [line('二'), { kind: 'picture', picture: 'office-intake', alt: '畫面' }]],
        },
        { kind: 'points', items: [[line('點')]] },
        { kind: 'note', blocks: [line('小心。')] },
        { kind: 'heading', words: [plain('小題')] },
        { kind: 'code', text: 'run' },
      ],
    },
  ]);
});

test('characters are joined over the end of a line, words of letters stay apart', () => {
  expect(section('按一下，\n再看 backup\nfile')?.blocks).toEqual([
    { kind: 'text', words: [{ kind: 'plain', text: '按一下，再看 backup file' }] },
  ]);
});

test('behind bold words that end with a mark stands no gap', () => {
  const [block] = section('**「待送」不動。** 先看網路')?.blocks ?? [];
  expect(block).toMatchObject({ words: [{ kind: 'strong' }, { text: '先看網路' }] });
});

test('links lead to sections of this guide or another one', () => {
  expect(section('看[一節](#一節)和[派工](manager.md#派工)')?.blocks[0]).toMatchObject({
    words: [{}, { guide: 'clerk', section: '一節' }, {}, { guide: 'manager', section: '派工' }],
  });
});

test.each([
  ['HTML', '<script>alert(1)</script>'],
  ['HTML inside a line', '看 <img src=x onerror=alert(1)> 這裡'],
  ['a link out of the guides', '[網站](https://example.com)'],
  ['a link that runs', '[按](javascript:alert(1))'],
  ['a link to a section that is not there', '[看](#沒有這一節)'],
  ['a picture from elsewhere', '![圖](https://example.com/a.webp)'],
  ['a picture that nothing tells of', '![](img/office-intake.webp)'],
  ['a table', '| 一 | 二 |\n|---|---|\n| 三 | 四 |'],
])('%s is refused', (_, body) => {
  expect(() => section(body)).toThrow();
});

test('a guide begins with its title', () => {
  expect(() => guideTextOf('先說別的\n\n# 說明', 'clerk')).toThrow('title');
});
