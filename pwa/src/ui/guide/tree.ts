/** Something inside a line. `to` names a section of this guide, or of another one. */
export type Word =
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'key'; readonly text: string }
  | { readonly kind: 'strong'; readonly words: readonly Word[] }
  | { readonly kind: 'link'; readonly words: readonly Word[]; readonly guide: string; readonly section: string };

/** What stands one below the other. `picture` names one of the guide's pictures. */
export type Block =
  | { readonly kind: 'text'; readonly words: readonly Word[] }
  | { readonly kind: 'heading'; readonly words: readonly Word[] }
  | { readonly kind: 'steps'; readonly items: readonly (readonly Block[])[] }
  | { readonly kind: 'points'; readonly items: readonly (readonly Block[])[] }
  | { readonly kind: 'note'; readonly blocks: readonly Block[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'picture'; readonly picture: string; readonly alt: string };

export interface Section {
  /** Its title as an address has it, the same as on GitHub. */
  readonly id: string;
  readonly title: string;
  /** The screens on which somebody who asks for help wants this section. */
  readonly screens: readonly string[];
  readonly blocks: readonly Block[];
}

/** What a guide's Markdown says, nothing of it as HTML: `build/guide.ts` writes it, components draw it. */
export interface GuideText {
  readonly title: string;
  /** What stands before the first section. */
  readonly intro: readonly Block[];
  readonly sections: readonly Section[];
}

export interface Picture {
  readonly src: string;
  readonly width: number;
  readonly height: number;
}

/** A guide with its pictures by name. */
export interface Guide extends GuideText {
  readonly pictures: Readonly<Record<string, Picture>>;
}
