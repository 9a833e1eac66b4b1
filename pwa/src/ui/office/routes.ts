import { makeRoutes, type Route } from '../route/routes.ts';

/** Every page of the office; a list keeps its place while what is chosen in it changes. */
const PATHS = {
  register: '/',
  call: '/call/:id',
  board: '/board',
  boardOf: '/board/:id',
  intake: '/intake',
  intakeFor: '/intake/customer/:id',
  intakeAbout: '/intake/product/:id',
  vouchers: '/vouchers',
  voucher: '/voucher/:id',
  entry: '/voucher/:id/visit/:visit',
  customer: '/customer/:id',
  contracts: '/contracts',
  contract: '/contracts/:id',
  arrivals: '/arrivals',
  workingTime: '/working-time',
  reconciliation: '/reconciliation',
  inbox: '/inbox',
  item: '/inbox/:id',
  people: '/people',
  person: '/people/:id',
  leave: '/leave',
  leaveOf: '/leave/:id',
  devices: '/devices',
  device: '/devices/:id',
  units: '/units',
  unit: '/units/:id',
  hours: '/hours',
  hoursOf: '/hours/:id',
  presets: '/presets',
  presetsOf: '/presets/:id',
  import: '/import',
  healing: '/healing',
  audit: '/audit',
  health: '/health',
  guide: '/guide/:guide',
  guideAt: '/guide/:guide/:section',
  help: '/help/:screen',
} as const;

export type OfficePaths = typeof PATHS;
export type OfficeRoute = Route<OfficePaths>;

export const routes = makeRoutes(PATHS);
export const FIRST: OfficeRoute = { name: 'register', params: {} };
