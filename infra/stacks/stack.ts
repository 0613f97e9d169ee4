import {
  AwsProvider,
  Construct,
  DataAwsCallerIdentity,
  LocalBackend,
  S3Backend,
  TerraformElement,
  TerraformOutput,
  TerraformResource,
  type TerraformResourceLifecycle,
  TerraformStack,
} from '../aws.ts';
import type { Config } from '../config.ts';
import { name } from '../naming.ts';

/** Ids of constructs that only repeat what the Terraform type says: `aws_iam_role.posts_write`, not `posts_write_role`. */
const SAID_BY_TYPE = new Set([
  'resource',
  'role',
  'policy',
  'logs',
  'lifecycle',
  'public_access',
  'ownership',
  'encryption',
  'versioning',
  'alias',
  'plan',
  'selection',
]);

/** The same account and tags in whichever Region. */
export function providerSettings({ accountId, stage }: Config, region: string) {
  return {
    region,
    ...(accountId ? { allowedAccountIds: [accountId] } : {}),
    defaultTags: [{ tags: { application: 'hiroba', stage } }],
  };
}

/** What every stack has: provider, state, and addresses that a person can read and grep. */
export abstract class Stack extends TerraformStack {
  readonly config: Config;
  readonly #identity: DataAwsCallerIdentity;
  readonly #groups = new Map<string, Construct>();
  readonly #paths = new Map<string, string>();

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    this.config = config;
    new AwsProvider(this, 'aws', providerSettings(config, config.region));
    this.#identity = new DataAwsCallerIdentity(this, 'current');
    this.#keepState(config);
  }

  /** The account that is deployed to, known to Terraform only. */
  get accountId(): string {
    return this.#identity.accountId;
  }

  /** The name of an AWS resource of this stage. */
  named(thing: string): string {
    return name(this.config.namePrefix, thing);
  }

  /** A scope of its own for constructs of one kind, whose ids may be those of another kind. Not part of addresses. */
  group(kind: string): Construct {
    const group = this.#groups.get(kind) ?? new Construct(this, kind);
    this.#groups.set(kind, group);
    return group;
  }

  /** For what holds data: Terraform refuses to destroy it where the stage is protected. */
  lifecycle(ignoreChanges: readonly string[] = []): TerraformResourceLifecycle | undefined {
    const { deletionProtection } = this.config;
    if (!deletionProtection && ignoreChanges.length === 0) return undefined;
    return {
      ...(deletionProtection ? { preventDestroy: true } : {}),
      ...(ignoreChanges.length > 0 ? { ignoreChanges: [...ignoreChanges] } : {}),
    };
  }

  output(id: string, value: string, options: { readonly sensitive?: boolean } = {}): void {
    new TerraformOutput(this, id, { value, ...options });
  }

  /** The path of the construct instead of cdktf's path and hash: `aws_appsync_resolver.Query_post`. */
  protected override allocateLogicalId(element: TerraformElement | Construct['node']): string {
    const node = element instanceof TerraformElement ? element.node : element;
    const parts = node.scopes.slice(node.scopes.indexOf(this) + 1).map((scope) => scope.node.id);
    const stated = parts.filter((part) => !SAID_BY_TYPE.has(part) && !this.#groups.has(part));
    const id = (stated.length > 0 ? stated : parts).join('_').replace(/[^A-Za-z0-9_-]/g, '_');
    this.#claim(`${element instanceof TerraformResource ? element.terraformResourceType : 'element'}.${id}`, node.path);
    return id;
  }

  /** cdktf merges resources of one address into one without a word; its hashes are what otherwise prevents that. */
  #claim(address: string, path: string): void {
    const owner = this.#paths.get(address) ?? path;
    if (owner !== path) throw new Error(`${owner} and ${path} would both be ${address}`);
    this.#paths.set(address, owner);
  }

  #keepState({ stage, region, stateBucket }: Config): void {
    if (stateBucket && !(this.config.bootstrapping && this.node.id === 'bootstrap')) {
      new S3Backend(this, {
        bucket: stateBucket,
        key: `hiroba/${stage}/${this.node.id}.tfstate`,
        region,
        encrypt: true,
      });
      // cdktf 0.21 has no property for it. https://developer.hashicorp.com/terraform/language/backend/s3#state-locking
      this.addOverride('terraform.backend.s3.use_lockfile', true);
      return;
    }
    // Terraform runs in <outdir>/stacks/<stack>. Every stack is at that depth, so the path means the same file to the
    // stack that writes the state and to the one that reads it, wherever the repository is.
    new LocalBackend(this, { path: `../../../terraform.${this.named(this.node.id)}.tfstate` });
  }
}
