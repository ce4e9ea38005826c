// What the server says of the lesson after a save: its blocks in order, those that changed as HTML.

export interface BlockAnswer {
  key: string;
  mark: string;
  entry: string;
  html?: string;
}

export interface Answer {
  number: number;
  saved_at: string;
  title: string;
  blocks: BlockAnswer[];
  loose: string;
  add: string;
  panel: string;
  actions: string;
  errors: number;
  broken: boolean;
  was_merged?: boolean;
}

/** Somebody else saved the same part: the lesson as it is, and both texts of each part. */
export interface OvertakenAnswer extends Answer {
  parts: { title: string; ours: string | null; theirs: string | null }[];
}

export type Fields = Record<string, string>;

/** The first element of a piece of HTML that the server made. */
export function element(html: string): HTMLElement {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild as HTMLElement;
}
