import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../shared/dynamodb.ts';
import { required } from '../shared/environment.ts';
import { isLive } from '../shared/items.ts';

/** Whether a post is neither deleted nor removed, read strongly consistent. */
export async function postIsThere(postId: string): Promise<boolean> {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: required('POSTS_TABLE'), Key: { postId, item: 'POST' }, ConsistentRead: true }),
  );
  return Item !== undefined && isLive(Item);
}
