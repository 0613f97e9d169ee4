/** Where in the Terraform something is wrong. */
export interface TerraformLocation {
  readonly file?: string;
  /** From 1, as editors count. */
  readonly line?: number;
  readonly column?: number;
  /** The Terraform address, with the argument when it is one: `api.aws_lambda_function.alarm.role`. */
  readonly address?: string;
}

/** The Terraform cannot be read or evaluated. The message stands alone: it says where, what, and what to do. */
export class TerraformError extends Error {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly address?: string;

  constructor(message: string, location: TerraformLocation = {}) {
    super(message);
    this.name = 'TerraformError';
    this.file = location.file;
    this.line = location.line;
    this.column = location.column;
    this.address = location.address;
  }
}
