import type { Doc } from '../src/store/index.ts';
import type { TimeLine } from '../src/ui/books/working_time.ts';
import { at } from './fixtures.ts';

const line = (id: string, over: Partial<TimeLine>): TimeLine => ({
  id,
  doc: {
    kind: 'admin_time',
    id,
    fields: {},
    rivals: {},
    position: 1,
    unsent: over.unsent ? 1 : 0,
    held: 0,
    seen: { base: [1, 'epoch'], over: {} },
  } satisfies Doc<'admin_time'>,
  user: 'tech-lin',
  work: 'inspection',
  note: '',
  from: at(8, 50),
  until: at(9, 5),
  minutes: 15,
  overlaps: [],
  overlapped: 0,
  lacksNote: false,
  unsent: false,
  ...over,
});

/** A technician's general work of the day that the phone's pictures show; the last one runs. */
export const times: readonly TimeLine[] = [
  line('1', {}),
  line('2', {
    work: 'other',
    note: '清點車上備品',
    from: at(9, 30),
    until: at(10, 5),
    minutes: 35,
    overlaps: [{ work: undefined, customer: '周麗華', minutes: 12 }],
    overlapped: 12,
    unsent: true,
  }),
  line('3', { work: 'parts', from: at(10, 18), until: undefined, minutes: 22, unsent: true }),
];
