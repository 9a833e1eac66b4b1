/** My own work as the sync line tells it; what needs attention is told first. */
export type UnsentWork =
  | { readonly state: 'attention'; readonly count: number }
  | { readonly state: 'sending'; readonly done: number; readonly total: number }
  | { readonly state: 'unsent'; readonly count: number }
  | { readonly state: 'delivered' };
