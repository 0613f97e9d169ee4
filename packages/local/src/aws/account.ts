/** Where the local system pretends to be. */
export interface Account {
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
}

export const LOCAL_ACCOUNT_ID = '123456789012';
