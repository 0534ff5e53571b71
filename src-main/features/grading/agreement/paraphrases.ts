/** Answers to one question, as students write them: those in one row say the same, those in different rows do not. */
export interface ParaphrasedAnswers {
	language: 'en' | 'zh';
	rows: readonly (readonly string[])[];
}

const english = [
	[
		[
			'Chlorophyll reflects green light.',
			'The green light is sent back by the chlorophyll in them.',
			'Because chlorophyll bounces the green light back to our eyes',
		],
		['Chlorophyll absorbs green light.', 'Because the chlorophyll takes the green light in'],
		['They contain chlorophyll.', 'there is chlorophyll in them'],
		['So that insects can see them.', 'To be seen by insects'],
	],
	[
		[
			'Water turns into a gas when it is heated.',
			'When you heat it, water becomes a gas.',
			'When you heat it water becomes an gas',
			'Water that gets hot changes into gas.',
		],
		['A gas turns into water when it is cooled.', 'When it gets cold the gas becomes water again.'],
		['Water turns into ice when it is cooled.', 'When water gets cold enough it freezes to ice.'],
		['Rain falls from the clouds.', 'It is when the clouds let the rain fall.'],
	],
	[
		[
			'The heart pumps blood through the body.',
			'The hart pumps blood through the body',
			'It pushes the blood around the whole body.',
			'It keeps our blood moving by pumping it round.',
		],
		['The heart cleans the blood.', 'It takes the dirt out of our blood.'],
		['The lungs take in air.', 'It brings air into the body.', 'We breathe in with it.'],
		['It digests what we eat.', 'It breaks our food down.'],
	],
	[
		['Rome conquered Greece.', 'Greece was conquered by Rome.', 'The Greeks were beaten by the Romans.'],
		['Rome traded with Greece.', 'The two of them did business with one another.'],
		['Rome copied the art of Greece.', 'The Romans made their art like that of the Greeks.'],
	],
	[
		[
			'The pressure rises because the particles hit the walls more often.',
			'There are more hits of particles on the walls, so the pressure increases.',
			'There are more hits of particels on the walls so the pressure increases.',
		],
		['The pressure falls because the particles hit the walls less often.', 'There are fewer hits of particles on the walls, so the pressure decreases.'],
		['The pressure stays as it was.', 'Nothing happens to the pressure.', 'It has the same pressure as before.'],
	],
	[
		['It takes 5 seconds.', '5 seconds', 'five seconds', 'The time is 5 seconds.'],
		['It takes 6 seconds.', '6 seconds', 'six seconds'],
		['It takes 50 seconds.', '50 seconds', 'fifty seconds'],
		['It takes 5 minutes.', '5 minutes'],
	],
	[
		['The moon gives off light.', 'Light is made by the moon.', 'the moon shines with light of its own'],
		['The moon does not give off light.', 'No light is made by the moon.', "The moon doesn't shine by itself."],
		['The moon goes round the earth.', 'It moves in a circle around the earth.'],
	],
	[
		[
			'Romeo kills himself because he thinks that Juliet is dead.',
			'Romeo kills himself becuase he thinks that Juliet is dead',
			'He believes Juliet has died, so he takes his own life.',
		],
		['Romeo has to leave the city because he killed Tybalt.', 'He is sent away from the city for the death of Tybalt.'],
		['Their families hate each other.', 'Because of the hatred between their two families'],
	],
	[
		['Plants use light, water and carbon dioxide to make sugar.', 'From water and carbon dioxide, with light, plants build sugar.'],
		['Plants breathe in oxygen at night.', 'In the night oxygen is taken in by plants.'],
		['Plants take their food out of the soil.', 'They eat what is in the soil.', 'the roots suck the food from the ground'],
	],
	[
		['If the price goes up, people buy less.', 'People buy less of something when it gets more expensive.', 'A higher price makes people buy less.'],
		['Shops sell to whoever pays most.', 'The one who pays the most gets it from the shop.'],
		['The state fixes the price.', 'It is the government that says what things cost.'],
	],
	[
		['Both fall equally fast because there is no air.', 'Without air they reach the ground at the same time.'],
		['The heavy one falls faster.', 'The one with more weight comes down faster.', 'The heavier it is the faster it drops.'],
		['They do not fall at all.', 'Neither of them falls.'],
	],
	[
		[
			'The author uses irony to make fun of the king.',
			'The autor uses irony to make fun of the king',
			'The king is mocked with irony.',
			'By being ironic the writer laughs at the king.',
		],
		['The author feels sorry for the king.', 'The writer pities the king.'],
		['The story is told by the king.', 'The king himself is the narrator.'],
	],
];

const chinese = [
	[
		['叶绿素反射绿光。', '绿光被叶绿素反射回来', '因为叶子里的叶绿素把绿色的光反射了'],
		['叶绿素吸收绿光。', '绿色的光被叶绿素吸收了'],
		['叶子里有叶绿素。', '因为含有叶绿素'],
		['为了吸引昆虫。', '这样可以让昆虫来'],
	],
	[
		['水受热变成水蒸气。', '水加热以后会变成气体', '液态的水受热成为气态'],
		['水蒸气遇冷变成水。', '气体变冷后成为水'],
		['水遇冷结成冰。', '水变冷就会结冰'],
		['雨从云里落下来。', '云里的水掉下来就是雨'],
	],
	[
		['心脏把血液送到全身。', '推动血液在全身流动', '把血泵到身体各处'],
		['心脏清洁血液。', '把血里的脏东西去掉'],
		['肺吸入空气。', '让空气进入身体'],
		['消化食物。', '把吃的东西分解掉'],
	],
	[
		['秦国统一了六国。', '六国被秦国统一了', '秦灭了其他六个国家，统一天下', '秦灭了其它六个国家，统一天下。'],
		['秦国修建了长城。', '长城是秦国建的'],
		['秦国统一了文字。', '让全国都用一样的字'],
	],
	[
		['压强增大，因为粒子撞击容器壁的次数增多。', '粒子撞击容器壁的次数多了，所以压强升高', '粒子撞击容器壁的次数多了所以压强升高了。'],
		['压强减小，因为粒子撞击容器壁的次数减少。', '粒子撞击容器壁的次数少了，所以压强降低'],
		['压强保持原样。', '压强还是跟原来一样'],
	],
	[
		['需要5秒。', '5秒', '五秒', '时间是5秒'],
		['需要6秒。', '6秒', '六秒'],
		['需要50秒。', '50秒', '五十秒'],
		['需要5分钟。', '五分钟'],
	],
	[
		['月亮自己会发光。', '光是月亮自己发出来的', '月亮能够发光'],
		['月亮自己不会发光。', '光不是月亮自己发出来的', '月亮不能发光'],
		['月亮绕着地球转。', '月亮围绕地球运动'],
	],
	[
		['作者用对比写出了父亲的辛苦。', '通过对比，表现父亲很辛苦', '通过对比表现了父亲很辛苦'],
		['作者很想念自己的家乡。', '表达了对家乡的思念', '他思念故乡'],
		['这篇文章是父亲写的。', '写文章的人是父亲'],
	],
	[
		['植物利用光、水和二氧化碳制造糖。', '在光下，植物把水和二氧化碳合成为糖'],
		['植物在夜里吸收氧气。', '夜晚植物吸入氧气'],
		['植物从土里得到食物。', '植物的食物来自土壤', '根从地里吸食物'],
	],
	[
		['价格上涨，买的人就少。', '东西贵了，人们就少买', '涨价以后购买的人变少'],
		['商店卖给出价高的人。', '谁出的钱多商店就卖给谁'],
		['价格由国家决定。', '国家来定价格'],
	],
	[
		['没有空气，所以两个同时落地。', '因为没有空气阻力，它们一样快落下', '因为没有空气的阻力，它们一样快落下'],
		['重的落得快。', '比较重的那个先落地', '越重掉得越快'],
		['它们都不会落下。', '两个都不掉下来'],
	],
	[
		['诗人借月亮表达思乡之情。', '用月亮来写对家乡的想念', '看到月亮，诗人想家了'],
		['诗人赞美月亮的美。', '写月亮很美丽'],
		['诗人和朋友告别。', '写的是跟朋友分别'],
	],
];

/**
 * What a way of comparing answers is tried with: slips of the pen, paraphrases, and near misses such as what is denied, another number, the opposite,
 * and the same words about another thing. Written for this, in the words of no model's training.
 */
export const paraphrases: readonly ParaphrasedAnswers[] = [
	...english.map((rows) => ({ language: 'en' as const, rows })),
	...chinese.map((rows) => ({ language: 'zh' as const, rows })),
];
