/**
 * The mutations that feed subscriptions. A subscriber receives what is selected here and null for everything else, so
 * each document selects all that an event can answer: not lists with pages of their own, nor what depends on who asks
 * (`viewerFollows`).
 * https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-real-time-data.html
 */
const photo = `fragment PhotoFields on Photo {
  __typename id status failure width height blurhash altText
  variants { __typename size format width height url }
}`;

const user = `fragment UserFields on User {
  __typename id handle displayName bio createdAt
  avatar { ...PhotoFields }
  stats { __typename posts followers following }
}`;

const post = `fragment PostFields on Post {
  __typename id body createdAt visibility
  author { ...UserFields }
  photos { ...PhotoFields }
  hashtags { __typename id name }
  stats { __typename likes comments }
}`;

const notification = `fragment NotificationFields on Notification {
  __typename id createdAt updatedAt readAt
  recipient { ...UserFields }
  ... on LikeNotification { actorCount actors { ...UserFields } post { ...PostFields } }
  ... on CommentNotification {
    actorCount
    actors { ...UserFields }
    post { ...PostFields }
    comment { __typename id body createdAt author { ...UserFields } post { __typename id } }
  }
  ... on FollowNotification { actorCount actors { ...UserFields } }
  ... on SystemNotification { body }
}`;

export const publishDocuments = {
  publishNotification: `mutation PublishNotification($input: PublishNotificationInput!) {
  publishNotification(input: $input) { ...NotificationFields }
}
${notification}
${post}
${user}
${photo}`,
  publishComment: `mutation PublishComment($input: PublishCommentInput!) {
  publishComment(input: $input) {
    __typename id body createdAt
    author { ...UserFields }
    post { ...PostFields }
  }
}
${post}
${user}
${photo}`,
  publishPostEngagement: `mutation PublishPostEngagement($input: PublishPostEngagementInput!) {
  publishPostEngagement(input: $input) {
    __typename
    post { ...PostFields }
    stats { __typename likes comments }
  }
}
${post}
${user}
${photo}`,
  publishPhoto: `mutation PublishPhoto($input: PublishPhotoInput!) {
  publishPhoto(input: $input) { ...PhotoFields owner { ...UserFields } }
}
${user}
${photo}`,
} as const;

export type PublishField = keyof typeof publishDocuments;

/** All ids are global ids, all times ISO 8601. */
export type PublishInputs = {
  readonly publishNotification: {
    readonly id: string;
    readonly kind: 'LIKE' | 'COMMENT' | 'FOLLOW' | 'SYSTEM';
    readonly recipientId: string;
    readonly postId?: string;
    readonly commentId?: string;
    readonly actorIds: readonly string[];
    readonly actorCount: number;
    /** SYSTEM: the text. */
    readonly body?: string;
    readonly createdAt: string;
    readonly updatedAt: string;
  };
  readonly publishComment: {
    readonly id: string;
    readonly body: string;
    readonly createdAt: string;
    readonly authorId: string;
    readonly postId: string;
  };
  readonly publishPhoto: {
    readonly id: string;
    readonly ownerId: string;
    readonly status: 'UPLOADING' | 'PROCESSING' | 'READY' | 'FAILED';
    readonly failure?: string | undefined;
    readonly width?: number | undefined;
    readonly height?: number | undefined;
    readonly blurhash?: string | undefined;
    readonly altText?: string | undefined;
    readonly origin?: string | undefined;
  };
  readonly publishPostEngagement: { readonly postId: string; readonly likes: number; readonly comments: number };
};
