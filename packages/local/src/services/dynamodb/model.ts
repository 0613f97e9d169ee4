/** A value as DynamoDB's API writes it; numbers are decimal strings, binaries are base64. */
export type AttributeValue =
  | { S: string }
  | { N: string }
  | { B: string }
  | { BOOL: boolean }
  | { NULL: boolean }
  | { SS: string[] }
  | { NS: string[] }
  | { BS: string[] }
  | { L: AttributeValue[] }
  | { M: Item };

/** Attributes by name. Read them with `own`: a client may call an attribute `constructor` or `__proto__`. */
export type Item = { [name: string]: AttributeValue };

export type AttributeType = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'SS' | 'NS' | 'BS' | 'L' | 'M';
export type KeyType = 'S' | 'N' | 'B';

export interface KeyAttribute {
  readonly name: string;
  readonly type: KeyType;
}

export interface KeySchema {
  readonly partition: KeyAttribute;
  readonly sort?: KeyAttribute;
}

export type Projection =
  | { readonly type: 'ALL' }
  | { readonly type: 'KEYS_ONLY' }
  | { readonly type: 'INCLUDE'; readonly attributes: readonly string[] };

export interface IndexSpecification {
  readonly name: string;
  readonly key: KeySchema;
  readonly projection: Projection;
}

export type StreamViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

/** What a table shall be. `provision` brings the stored table to it. */
export interface TableSpecification {
  readonly name: string;
  readonly key: KeySchema;
  readonly indexes: readonly IndexSpecification[];
  /** Attribute with the epoch second after which an item may be deleted; `null`: items live for ever. */
  readonly ttlAttribute: string | null;
  readonly stream: StreamViewType | null;
  /** Ends the stream's ARN; default: the time of switching the stream on, as on AWS. */
  readonly streamLabel?: string;
  readonly deletionProtection: boolean;
}

export interface StoredIndex extends IndexSpecification {
  /** Names the SQL table; never used again within its table. */
  readonly number: number;
}

/** A table as the catalog stores it. */
export interface StoredTable {
  readonly name: string;
  readonly tableId: string;
  readonly createdAt: number;
  readonly key: KeySchema;
  readonly indexes: readonly StoredIndex[];
  readonly nextIndexNumber: number;
  readonly ttlAttribute: string | null;
  /** `label` is the time of switching on; it ends the stream's ARN. */
  readonly stream: { readonly viewType: StreamViewType; readonly label: string } | null;
  readonly deletionProtection: boolean;
}

/** A table in use: what is stored, and the names derived from it once. */
export interface Table extends StoredTable {
  /** Names the SQL tables; never used again. */
  readonly number: number;
  readonly arn: string;
  readonly liveIndexes: readonly Index[];
  /** The table's own key attributes, partition key first. */
  readonly keyNames: readonly string[];
}

export interface Index extends StoredIndex {
  readonly arn: string;
  /** Attributes an entry carries; `null`: all. */
  readonly projected: ReadonlySet<string> | null;
  /** Attributes of a `LastEvaluatedKey` on this index: the table's keys, then the index's own. */
  readonly cursorNames: readonly string[];
}

/** An item with what has been worked out about it. */
export interface SizedItem {
  readonly item: Item;
  /** As DynamoDB counts it, in bytes. */
  readonly size: number;
}

/** An item as it is stored. */
export interface StoredItem extends SizedItem {
  /** Its JSON text. */
  readonly text: string;
}

/** The bytes under which an item or an index entry is stored. */
export interface KeyBytes {
  readonly partition: Uint8Array;
  /** Empty when there is no sort key. */
  readonly sort: Uint8Array;
}

/** The event shape that Lambda gives to stream handlers (`DynamoDBRecord` in @types/aws-lambda). */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly dynamodb: {
    /** Epoch seconds. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Item;
    readonly NewImage?: Item;
    readonly OldImage?: Item;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: StreamViewType;
  };
  readonly eventSourceARN: string;
  /** Only on deletions by TTL. */
  readonly userIdentity?: { readonly type: 'Service'; readonly principalId: 'dynamodb.amazonaws.com' };
}
