/** Someone whose words are in the public domain, as a member of the square. */
export interface Person {
  /** Also the local part of the e-mail address. */
  readonly key: string;
  readonly handle: string;
  readonly displayName: string;
  readonly bio: string;
  readonly language: 'JA' | 'EN';
}

/** Most followed first: the follower graph is drawn from this order. */
export const people: readonly Person[] = [
  { key: 'basho', handle: 'basho', displayName: '松尾芭蕉', bio: '旅人。1644–1694', language: 'JA' },
  {
    key: 'dickinson',
    handle: 'dickinson',
    displayName: 'Emily Dickinson',
    bio: 'Amherst, Massachusetts. 1830–1886',
    language: 'EN',
  },
  { key: 'sei', handle: '清少納言', displayName: '清少納言', bio: 'をかし。平安京', language: 'JA' },
  {
    key: 'soseki',
    handle: 'soseki',
    displayName: '夏目漱石',
    bio: '名前はまだ無い猫の飼い主。1867–1916',
    language: 'JA',
  },
  {
    key: 'whitman',
    handle: 'whitman',
    displayName: 'Walt Whitman',
    bio: 'I contain multitudes. 1819–1892',
    language: 'EN',
  },
  { key: 'issa', handle: 'issa', displayName: '小林一茶', bio: '雀と蛙の友。1763–1828', language: 'JA' },
  { key: 'austen', handle: 'austen', displayName: 'Jane Austen', bio: 'By a Lady. 1775–1817', language: 'EN' },
  { key: 'kenji', handle: 'kenji', displayName: '宮沢賢治', bio: 'イーハトーヴ。1896–1933', language: 'JA' },
  { key: 'blake', handle: 'blake', displayName: 'William Blake', bio: 'Engraver, London. 1757–1827', language: 'EN' },
  { key: 'buson', handle: 'buson', displayName: '与謝蕪村', bio: '画と句。1716–1784', language: 'JA' },
  {
    key: 'thoreau',
    handle: 'thoreau',
    displayName: 'Henry David Thoreau',
    bio: 'By a pond. 1817–1862',
    language: 'EN',
  },
  { key: 'akiko', handle: 'akiko', displayName: '与謝野晶子', bio: 'みだれ髪。1878–1942', language: 'JA' },
  {
    key: 'shakespeare',
    handle: 'will_s',
    displayName: 'William Shakespeare',
    bio: 'Player. 1564–1616',
    language: 'EN',
  },
  { key: 'takuboku', handle: 'takuboku', displayName: '石川啄木', bio: '三行で書く。1886–1912', language: 'JA' },
  { key: 'bronte', handle: 'c_bronte', displayName: 'Charlotte Brontë', bio: 'No bird. 1816–1855', language: 'EN' },
  { key: 'chomei', handle: 'chomei', displayName: '鴨長明', bio: '方丈の庵より。1155–1216', language: 'JA' },
  { key: 'keats', handle: 'keats', displayName: 'John Keats', bio: 'Writ in water. 1795–1821', language: 'EN' },
  { key: 'akutagawa', handle: 'akutagawa', displayName: '芥川龍之介', bio: '羅生門の下。1892–1927', language: 'JA' },
  {
    key: 'carroll',
    handle: 'carroll',
    displayName: 'Lewis Carroll',
    bio: 'Down the rabbit-hole. 1832–1898',
    language: 'EN',
  },
  { key: 'shiki', handle: 'shiki', displayName: '正岡子規', bio: '柿が好き。1867–1902', language: 'JA' },
  { key: 'wilde', handle: 'wilde', displayName: 'Oscar Wilde', bio: 'Looking at the stars. 1854–1900', language: 'EN' },
  { key: 'kenko', handle: 'kenko', displayName: '吉田兼好', bio: 'つれづれなるままに。', language: 'JA' },
  {
    key: 'wordsworth',
    handle: 'wordsworth',
    displayName: 'William Wordsworth',
    bio: 'Daffodils. 1770–1850',
    language: 'EN',
  },
  {
    key: 'melville',
    handle: 'melville',
    displayName: 'Herman Melville',
    bio: 'Whaler, clerk. 1819–1891',
    language: 'EN',
  },
];

export const emailOf = ({ key }: Pick<Person, 'key'>): string => `${key}@example.com`;
