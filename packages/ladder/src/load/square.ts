/** Where load goes and what it finds there. Posts and people are by popularity, the most popular first. */
export interface Square {
  readonly endpoint: string;
  readonly apiKey: string;
  readonly hashtag: string;
  /** Global ids. */
  readonly posts: readonly string[];
  /** Who sends what is not public, and who is looked at. */
  readonly people: readonly Member[];
}

export interface Member {
  readonly id: string;
  readonly handle: string;
  /** An access token. */
  readonly token: string;
}
