import type { JsonObject, JsonValue } from '../json.ts';

/** A folder of Terraform JSON, read but not evaluated: expressions are still the strings of the file. */
export interface Configuration {
  readonly directory: string;
  /** A stack comes after the stacks it depends on. */
  readonly stacks: readonly Stack[];
}

/** One root module: a stack of cdktf, or a plain folder. */
export interface Stack {
  readonly name: string;
  readonly constructPath: string;
  readonly dependencies: readonly string[];
  /** `api.` where addresses must tell stacks apart, else empty. */
  readonly addressPrefix: string;
  /** Absolute; what `path.module` and asset paths are relative to. */
  readonly directory: string;
  readonly files: readonly string[];
  readonly backend: Backend;
  readonly providers: readonly Provider[];
  readonly variables: ReadonlyMap<string, Variable>;
  readonly locals: ReadonlyMap<string, Expressible>;
  readonly outputs: ReadonlyMap<string, Expressible>;
  readonly resources: readonly Resource[];
  readonly dataSources: readonly DataSource[];
}

/** Where Terraform would keep the stack's state; other stacks find its outputs by it. */
export interface Backend {
  /** `local`, `s3`, `cloud`, ... */
  readonly type: string;
  readonly config: JsonObject;
}

/** A value that may hold expressions, and the file it is from. */
export interface Expressible {
  readonly value: JsonValue;
  readonly file: string;
}

export interface Provider {
  /** `aws` */
  readonly name: string;
  readonly alias?: string;
  readonly arguments: JsonObject;
  readonly file: string;
}

export interface Variable {
  readonly type?: string;
  /** Absent when the variable must be given. Never an expression. */
  readonly default?: JsonValue;
  /** A secret, which nothing on this machine needs. */
  readonly sensitive?: boolean;
  readonly file: string;
}

export interface Resource {
  readonly stack: string;
  readonly type: string;
  readonly name: string;
  /**
   * `type.name` as Terraform writes it, after the stack's name when there are several stacks, and after `data.` for
   * a data source. Of an evaluated instance it ends in `[0]` or `["key"]` where `count` or `for_each` is used.
   */
  readonly address: string;
  /** The path of the construct that wrote it, as `data/tables/readings`; absent in hand-written Terraform. */
  readonly constructPath?: string;
  /** As in the file, without `//` and without the meta-arguments. */
  readonly arguments: JsonObject;
  readonly meta: MetaArguments;
  readonly file: string;
  /** The absolute working directory of its stack. */
  readonly directory: string;
}

export interface DataSource extends Resource {
  readonly mode: 'data';
}

export interface MetaArguments {
  readonly count?: JsonValue;
  readonly forEach?: JsonValue;
  /** References without `${}`, as `aws_iam_role.reader`. */
  readonly dependsOn: readonly string[];
  /** `aws` or `aws.alias` */
  readonly provider?: string;
  readonly lifecycle?: JsonValue;
}
