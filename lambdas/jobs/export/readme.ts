/** The file that explains an archive, in the service's two languages. */
export const README = `Your data in Hiroba

Each file has one kind of data, a line of JSON for each entry. Times are in UTC.

  profile         your profile as others see it
  settings        what you chose
  posts           your posts
  comments        your comments
  likes           what you like
  follows         whom you follow
  blocks          whom you have blocked
  mutes           whom you have muted
  notifications   what you were told of
  photos          your photos; the pictures are in archives of their own
  reports         what you reported to the moderators

A kind that you have nothing of has no file. A large export has several archives.


Hirobaにあるあなたのデータ

ファイルごとに1種類のデータがあり、1件が1行のJSONです。時刻はUTCです。

  profile         公開プロフィール
  settings        設定
  posts           投稿
  comments        コメント
  likes           いいね
  follows         フォローしている人
  blocks          ブロックした人
  mutes           ミュートした人
  notifications   通知
  photos          写真（画像は別のアーカイブにあります）
  reports         通報

データがない種類のファイルはありません。大きいデータは複数のアーカイブに分かれます。
`;
