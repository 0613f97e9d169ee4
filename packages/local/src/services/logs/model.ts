/** `aws_cloudwatch_log_group`, references resolved. */
export interface LogGroupDefinition {
  readonly name: string;
  /** Without the `:*` that AWS's API writes after it. */
  readonly arn: string;
  readonly address: string;
  /** Null: for ever. */
  readonly retentionDays: number | null;
}

export interface LogEvent {
  /** Rises with each event of the process. */
  readonly number: number;
  readonly stream: string;
  /** Epoch milliseconds of the local clock. */
  readonly timestamp: number;
  readonly message: string;
}
