import persisted from '@hiroba/api/persisted.json';
import type {
  HashtagQuery,
  PageQuery,
  PageQueryVariables,
  PublicPostQuery,
  PublicPostQueryVariables,
  PublicProfileQuery,
  PublicProfileQueryVariables,
  TrendingQuery,
  TrendingQueryVariables,
  HashtagQueryVariables,
} from '@hiroba/api/operations';

/** What is the same for everyone, by name: variables and result. */
interface PublicReads {
  readonly Trending: [TrendingQueryVariables, TrendingQuery];
  readonly Hashtag: [HashtagQueryVariables, HashtagQuery];
  readonly PublicPost: [PublicPostQueryVariables, PublicPostQuery];
  readonly PublicProfile: [PublicProfileQueryVariables, PublicProfileQuery];
  readonly Page: [PageQueryVariables, PageQuery];
}

/** Asks the CDN, which asks the API when its answer is too old. No key and no token travel. */
export async function publicRead<Name extends keyof PublicReads>(
  name: Name,
  variables: PublicReads[Name][0],
): Promise<PublicReads[Name][1]> {
  const response = await fetch(`/q/${persisted[name].hash}${queryOf(variables)}`);
  const { data, errors } = (await response.json()) as {
    readonly data: PublicReads[Name][1] | null;
    readonly errors?: readonly { readonly message: string }[];
  };
  if (!data) throw new Error(errors?.[0]?.message ?? `${name}: ${response.status}`);
  return data;
}

/** One spelling for what is the same: the CDN keeps answers by it, and refuses any other. */
function queryOf(variables: object): string {
  const given = Object.entries(variables)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return given.length === 0
    ? ''
    : `?${new URLSearchParams({ v: JSON.stringify(Object.fromEntries(given)) }).toString()}`;
}
