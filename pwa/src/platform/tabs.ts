/** A word that goes to everybody who listens, in this tab and in the browser's others. */
export interface Tabs<Message> {
  /** Does nothing any more after `close`. */
  readonly tell: (message: Message) => void;
  readonly listen: (hear: (message: Message) => void) => () => void;
  readonly close: () => void;
}

/** Joins the tabs that talk under one name; a message must survive structured cloning. */
export function joinTabs<Message>(name: string): Tabs<Message> {
  const channel = new BroadcastChannel(name);
  const hearers = new Set<(message: Message) => void>();
  let open = true;
  const pass = (message: Message) => {
    for (const hear of hearers) hear(message);
  };
  channel.onmessage = ({ data }: MessageEvent<Message>) => pass(data);
  return {
    tell(message) {
      if (!open) return;
      channel.postMessage(message);
      pass(message);
    },
    listen(hear) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    close() {
      open = false;
      hearers.clear();
      channel.close();
    },
  };
}
