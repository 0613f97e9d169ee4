/** Passages in the public domain: by authors dead for more than seventy years, in the original. */
export interface Passage {
  /** A key of people.ts. */
  readonly author: string;
  readonly work: string;
  readonly text: string;
  /** Hashtags that the post ends with. */
  readonly tags: readonly string[];
}

export const passages: readonly Passage[] = [
  passage('basho', '蛙合', ['俳句', '春'], '古池や蛙飛びこむ水の音'),
  passage('basho', 'おくのほそ道', ['俳句', '夏'], '夏草や兵どもが夢の跡'),
  passage('basho', 'おくのほそ道', ['俳句', '夏'], '閑さや岩にしみ入る蝉の声'),
  passage('basho', 'おくのほそ道', ['俳句'], '五月雨をあつめて早し最上川'),
  passage('basho', 'おくのほそ道', ['俳句', '秋'], '荒海や佐渡によこたふ天河'),
  passage('basho', 'おくのほそ道', ['旅'], '月日は百代の過客にして、行かふ年も又旅人也。'),
  passage('basho', '笈日記', ['俳句', '旅'], '旅に病んで夢は枯野をかけ廻る'),
  passage(
    'dickinson',
    'Poems',
    ['poetry', 'hope'],
    'Hope is the thing with feathers\nThat perches in the soul,\nAnd sings the tune without the words,\nAnd never stops at all.',
  ),
  passage(
    'dickinson',
    'Poems',
    ['poetry'],
    'Because I could not stop for Death,\nHe kindly stopped for me;\nThe carriage held but just ourselves\nAnd Immortality.',
  ),
  passage('dickinson', 'Poems', ['poetry'], "I'm nobody! Who are you?\nAre you nobody, too?"),
  passage(
    'dickinson',
    'Poems',
    ['poetry', 'summer'],
    'To make a prairie it takes a clover and one bee,\nOne clover, and a bee,\nAnd revery.\nThe revery alone will do\nIf bees are few.',
  ),
  passage(
    'sei',
    '枕草子',
    ['春'],
    '春はあけぼの。やうやう白くなりゆく山ぎは、すこしあかりて、紫だちたる雲のほそくたなびきたる。',
  ),
  passage('sei', '枕草子', ['夏'], '夏は夜。月のころはさらなり、闇もなほ、蛍の多く飛びちがひたる。'),
  passage(
    'sei',
    '枕草子',
    ['秋'],
    '秋は夕暮れ。夕日のさして山の端いと近うなりたるに、烏の寝どころへ行くとて、三つ四つ、二つ三つなど、飛びいそぐさへあはれなり。',
  ),
  passage('sei', '枕草子', ['冬'], '冬はつとめて。雪の降りたるは言ふべきにもあらず。'),
  passage('soseki', '吾輩は猫である', ['猫'], '吾輩は猫である。名前はまだ無い。'),
  passage(
    'soseki',
    '草枕',
    [],
    '智に働けば角が立つ。情に棹させば流される。意地を通せば窮屈だ。とかくに人の世は住みにくい。',
  ),
  passage('soseki', '坊っちゃん', [], '親譲りの無鉄砲で小供の時から損ばかりしている。'),
  passage(
    'whitman',
    'Song of Myself',
    ['poetry'],
    'I celebrate myself, and sing myself,\nAnd what I assume you shall assume,\nFor every atom belonging to me as good belongs to you.',
  ),
  passage(
    'whitman',
    'Song of Myself',
    ['poetry'],
    'Do I contradict myself?\nVery well then I contradict myself,\n(I am large, I contain multitudes.)',
  ),
  passage(
    'whitman',
    'Song of Myself',
    ['poetry', 'summer'],
    'A child said What is the grass? fetching it to me with full hands.',
  ),
  passage('issa', 'おらが春', ['俳句', '春'], '雀の子そこのけそこのけ御馬が通る'),
  passage('issa', '七番日記', ['俳句'], '痩蛙まけるな一茶是に有'),
  passage('issa', 'おらが春', ['俳句'], '我と来て遊べや親のない雀'),
  passage('issa', 'おらが春', ['俳句', '秋'], '名月を取てくれろとなく子哉'),
  passage('issa', '七番日記', ['俳句', '冬'], '是がまあつひの栖か雪五尺'),
  passage('issa', 'おらが春', ['俳句', '春'], '目出度さもちう位也おらが春'),
  passage(
    'austen',
    'Pride and Prejudice',
    [],
    'It is a truth universally acknowledged, that a single man in possession of a good fortune, must be in want of a wife.',
  ),
  passage('austen', 'Emma', [], 'There is no charm equal to tenderness of heart.'),
  passage(
    'austen',
    'Northanger Abbey',
    ['reading'],
    'The person, be it gentleman or lady, who has not pleasure in a good novel, must be intolerably stupid.',
  ),
  passage('kenji', '雨ニモマケズ', ['詩'], '雨ニモマケズ\n風ニモマケズ\n雪ニモ夏ノ暑サニモマケヌ\n丈夫ナカラダヲモチ'),
  passage('kenji', '農民芸術概論綱要', [], '世界がぜんたい幸福にならないうちは個人の幸福はあり得ない'),
  passage('kenji', '春と修羅', ['詩'], 'わたくしといふ現象は\n仮定された有機交流電燈の\nひとつの青い照明です'),
  passage(
    'blake',
    'Auguries of Innocence',
    ['poetry'],
    'To see a World in a Grain of Sand\nAnd a Heaven in a Wild Flower,\nHold Infinity in the palm of your hand\nAnd Eternity in an hour.',
  ),
  passage(
    'blake',
    'Songs of Experience',
    ['poetry'],
    'Tyger Tyger, burning bright,\nIn the forests of the night;\nWhat immortal hand or eye,\nCould frame thy fearful symmetry?',
  ),
  passage('buson', '蕪村句集', ['俳句', '春'], '菜の花や月は東に日は西に'),
  passage('buson', '蕪村句集', ['俳句', '春'], '春の海終日のたりのたり哉'),
  passage('buson', '蕪村句集', ['俳句', '夏'], 'さみだれや大河を前に家二軒'),
  passage(
    'thoreau',
    'Walden',
    [],
    'I went to the woods because I wished to live deliberately, to front only the essential facts of life, and see if I could not learn what it had to teach.',
  ),
  passage('thoreau', 'Walden', [], 'The mass of men lead lives of quiet desperation.'),
  passage('akiko', 'みだれ髪', ['短歌', '春'], '清水へ祇園をよぎる桜月夜こよひ逢ふ人みなうつくしき'),
  passage('akiko', 'みだれ髪', ['短歌'], 'やは肌のあつき血汐にふれも見でさびしからずや道を説く君'),
  passage(
    'shakespeare',
    'As You Like It',
    ['theatre'],
    "All the world's a stage,\nAnd all the men and women merely players.",
  ),
  passage(
    'shakespeare',
    'Sonnet 18',
    ['poetry', 'summer'],
    "Shall I compare thee to a summer's day?\nThou art more lovely and more temperate.",
  ),
  passage(
    'shakespeare',
    'The Tempest',
    ['theatre'],
    'We are such stuff\nAs dreams are made on, and our little life\nIs rounded with a sleep.',
  ),
  passage('takuboku', '一握の砂', ['短歌'], 'はたらけど\nはたらけど猶わが生活楽にならざり\nぢつと手を見る'),
  passage('takuboku', '一握の砂', ['短歌'], 'たはむれに母を背負ひて\nそのあまり軽きに泣きて\n三歩あゆまず'),
  passage(
    'bronte',
    'Jane Eyre',
    [],
    'I am no bird; and no net ensnares me: I am a free human being with an independent will.',
  ),
  passage('bronte', 'Jane Eyre', ['walking'], 'There was no possibility of taking a walk that day.'),
  passage('chomei', '方丈記', [], 'ゆく河の流れは絶えずして、しかももとの水にあらず。'),
  passage(
    'keats',
    'Endymion',
    ['poetry'],
    'A thing of beauty is a joy for ever:\nIts loveliness increases; it will never\nPass into nothingness.',
  ),
  passage(
    'keats',
    'To Autumn',
    ['poetry', 'autumn'],
    'Season of mists and mellow fruitfulness,\nClose bosom-friend of the maturing sun.',
  ),
  passage('akutagawa', '羅生門', [], '或日の暮方の事である。一人の下人が、羅生門の下で雨やみを待っていた。'),
  passage(
    'akutagawa',
    '侏儒の言葉',
    [],
    '人生は一箱のマッチに似ている。重大に扱うのは莫迦々々しい。重大に扱わなければ危険である。',
  ),
  passage(
    'carroll',
    "Alice's Adventures in Wonderland",
    ['reading'],
    "'And what is the use of a book,' thought Alice, 'without pictures or conversations?'",
  ),
  passage(
    'carroll',
    "Alice's Adventures in Wonderland",
    [],
    "'Begin at the beginning,' the King said gravely, 'and go on till you come to the end: then stop.'",
  ),
  passage('shiki', '寒山落木', ['俳句', '秋'], '柿くへば鐘が鳴るなり法隆寺'),
  passage('shiki', '寒山落木', ['俳句', '冬'], 'いくたびも雪の深さを尋ねけり'),
  passage(
    'wilde',
    "Lady Windermere's Fan",
    ['theatre'],
    'We are all in the gutter, but some of us are looking at the stars.',
  ),
  passage('wilde', 'The Importance of Being Earnest', ['theatre'], 'The truth is rarely pure and never simple.'),
  passage(
    'kenko',
    '徒然草',
    [],
    'つれづれなるままに、日ぐらし硯に向かひて、心にうつりゆくよしなし事を、そこはかとなく書きつくれば、あやしうこそものぐるほしけれ。',
  ),
  passage(
    'wordsworth',
    'Poems',
    ['poetry', 'spring'],
    "I wandered lonely as a cloud\nThat floats on high o'er vales and hills,\nWhen all at once I saw a crowd,\nA host, of golden daffodils.",
  ),
  passage('wordsworth', 'Poems', ['poetry'], 'My heart leaps up when I behold\nA rainbow in the sky.'),
  passage('melville', 'Moby-Dick', ['sea'], 'Call me Ishmael.'),
  passage('melville', 'Moby-Dick', ['sea'], 'As everyone knows, meditation and water are wedded for ever.'),
];

/** What people say below a post. Ours, and free of rights as well. */
export const remarks = {
  JA: [
    'しみじみします。',
    'よいですねえ。',
    '声に出して読みたい。',
    'この季節になると思い出します。',
    'はじめて読みました。',
    '情景が浮かびます。',
  ],
  EN: [
    'I had to read this twice.',
    'Beautifully put.',
    'This stays with me.',
    'Saving this for a rainy day.',
    'So much in so few words.',
    'Thank you for this one.',
  ],
} as const;

function passage(author: string, work: string, tags: readonly string[], text: string): Passage {
  return { author, work, tags, text };
}
