import type { Language } from './Chat.ts';

/** A question that a class is asked, with answers as students give them. */
export interface SchoolFact {
	subject: string;
	question: string;
	/** The whole answer, as a sentence. */
	key: string;
	right: readonly string[];
	/** Answers that have a part of it. */
	partly: readonly string[];
	wrong: readonly string[];
}

type Line = readonly [subject: string, question: string, key: string, right: string, partly: string, wrong: string];

const english: readonly Line[] = [
	[
		'Biology',
		'What do plants need for photosynthesis?',
		'Plants need light, water and carbon dioxide.',
		'light, water and carbon dioxide|sunlight, water and CO2|They need water, light and carbon dioxide.',
		'light and water|Only sunlight.|water',
		'oxygen|They need soil and sugar.|nothing',
	],
	[
		'Biology',
		'Why are leaves green?',
		'Chlorophyll reflects green light and absorbs red and blue.',
		'Chlorophyll reflects green light.|Chlorophyll reflects green light, and absorbs red.|Their chlorophyll sends back green light.',
		'Because of chlorophyll.|They have chlorophyll.',
		'Because they absorb green light.|Because they are.|Because of the sun.',
	],
	[
		'Biology',
		'What does the heart do?',
		'The heart pumps blood through the body.',
		'It pumps blood.|It pumps blood through the body.|The heart pumps the blood around.',
		'It beats.|It has to do with blood.',
		'It digests food.|It thinks.|It cleans the air.',
	],
	['Biology', 'How many legs does a spider have?', 'A spider has eight legs.', '8|eight|It has eight legs.|8 legs', '', '6|six|ten|four'],
	[
		'Physics',
		'What is the boiling point of water at sea level?',
		'Water boils at 100 degrees Celsius.',
		'100|100 degrees Celsius|100 °C|It boils at 100 degrees.',
		'',
		'50 degrees|0 degrees|200|90 degrees',
	],
	[
		'Physics',
		'At which temperature does water freeze?',
		'Water freezes at 0 degrees Celsius.',
		'0|0 degrees Celsius|zero degrees|at 0 °C',
		'',
		'10 degrees|100 degrees|32 degrees Celsius|-20',
	],
	[
		'Physics',
		'Why do we see lightning before we hear thunder?',
		'Light is much faster than sound.',
		'Light is faster than sound.|Because light travels faster than sound.|Sound is slower than light.',
		'Light is fast.|Because of the speed.',
		'Because thunder comes later.|Sound is faster.|The clouds are far.',
	],
	['Physics', 'What is the unit of force?', 'The unit of force is the newton.', 'newton|the newton|N|It is the newton.', '', 'joule|watt|metre|kilogram'],
	[
		'Chemistry',
		'What is the chemical formula of water?',
		'The formula of water is H2O.',
		'H2O|h2o|It is H2O.',
		'H and O|hydrogen and oxygen',
		'CO2|O2|HO|NaCl',
	],
	['Chemistry', 'Which gas do we breathe in to live?', 'We need oxygen.', 'oxygen|O2|We need oxygen.', 'air', 'carbon dioxide|helium|nitrogen'],
	['Geography', 'What is the capital of France?', 'The capital of France is Paris.', 'Paris|It is Paris.|paris', '', 'London|Lyon|Berlin|Rome'],
	['Geography', 'What is the capital of China?', 'The capital of China is Beijing.', 'Beijing|It is Beijing.', '', 'Shanghai|Tokyo|Hong Kong'],
	[
		'Geography',
		'Which is the largest ocean?',
		'The Pacific is the largest ocean.',
		'the Pacific|Pacific Ocean|The Pacific Ocean.',
		'',
		'the Atlantic|the Indian Ocean|the Arctic',
	],
	[
		'Geography',
		'Why is there day and night?',
		'The Earth turns around itself once a day.',
		'Because the Earth turns.|The Earth turns around itself.|The Earth rotates once a day.',
		'Because of the sun and the Earth.',
		'The sun goes around the Earth.|Because the moon covers the sun.',
	],
	[
		'History',
		'In which year did the Second World War end?',
		'The Second World War ended in 1945.',
		'1945|in 1945|It ended in 1945.',
		'',
		'1918|1939|1944|1950',
	],
	['English', 'What is the past tense of “go”?', 'The past tense of go is went.', 'went|It is went.', '', 'goed|gone|goes'],
	['English', 'What is the plural of “child”?', 'The plural of child is children.', 'children|It is children.', '', 'childs|childrens|childes'],
	['English', 'What is the opposite of “hot”?', 'The opposite of hot is cold.', 'cold|It is cold.', 'warm', 'big|very hot|summer'],
	['Mathematics', 'How many sides does a triangle have?', 'A triangle has three sides.', '3|three|It has three sides.', '', '4|five|2'],
	['Mathematics', 'How many degrees does a right angle have?', 'A right angle has 90 degrees.', '90|90 degrees|It has 90 degrees.', '', '45|180|60 degrees'],
	['Biology', 'What do bees make?', 'Bees make honey.', 'honey|They make honey.|Honey.', 'food', 'milk|silk|water'],
	[
		'Biology',
		'What do the lungs do?',
		'The lungs take in oxygen and give off carbon dioxide.',
		'They take in oxygen and give off carbon dioxide.|oxygen in and carbon dioxide out',
		'They take in oxygen.|They are for breathing.',
		'They pump blood.|They digest food.',
	],
	[
		'Physics',
		'Why does ice float on water?',
		'Ice is less dense than water.',
		'Ice is less dense.|Because ice is less dense than water.|Water is denser than ice.',
		'Because of the density.',
		'Because ice is cold.|Ice is heavier.',
	],
	[
		'Geography',
		'Which is the longest river in Africa?',
		'The Nile is the longest river in Africa.',
		'the Nile|Nile|It is the Nile.',
		'',
		'the Congo|the Amazon|the Rhine',
	],
	['Geography', 'How many continents are there?', 'There are seven continents.', '7|seven|There are seven.', '', '5|six|eight'],
	[
		'History',
		'Who was the first person on the moon?',
		'Neil Armstrong was the first person on the moon.',
		'Neil Armstrong|Armstrong',
		'an American',
		'Gagarin|Columbus',
	],
	['English', 'What is the plural of “mouse”?', 'The plural of mouse is mice.', 'mice|It is mice.', '', 'mouses|mices|mouse'],
	['Mathematics', 'How many minutes are there in an hour?', 'An hour has 60 minutes.', '60|sixty|60 minutes', '', '100|24|30 minutes'],
];

const chinese: readonly Line[] = [
	[
		'生物',
		'植物进行光合作用需要什么？',
		'植物需要光、水和二氧化碳。',
		'光、水和二氧化碳|阳光、水、二氧化碳|需要水、光和二氧化碳。',
		'光和水|只要阳光。|水',
		'氧气|需要土和糖。|什么都不需要',
	],
	[
		'生物',
		'树叶为什么是绿色的？',
		'叶绿素反射绿光，吸收红光和蓝光。',
		'叶绿素反射绿光。|因为叶绿素把绿光反射出来。',
		'因为有叶绿素。|有叶绿素。',
		'因为吸收绿光。|因为太阳。|本来就是绿的。',
	],
	['生物', '心脏有什么作用？', '心脏把血液输送到全身。', '输送血液。|把血液送到全身。', '会跳动。|和血有关。', '消化食物。|思考。'],
	['生物', '蜘蛛有几条腿？', '蜘蛛有八条腿。', '8|八条|有八条腿。|8条', '', '6|六条|十条|四条'],
	['物理', '水在海平面的沸点是多少？', '水的沸点是100摄氏度。', '100|100摄氏度|100度|是100度。', '', '50度|0度|200度'],
	['物理', '水在多少度结冰？', '水在0摄氏度结冰。', '0|0摄氏度|零度|0度', '', '10度|100度|-20度'],
	['物理', '为什么先看到闪电后听到雷声？', '光比声音快得多。', '因为光比声音快。|光的速度比声音快。', '因为速度。|光很快。', '因为雷声晚一些。|声音更快。'],
	['物理', '力的单位是什么？', '力的单位是牛顿。', '牛顿|是牛顿。|N', '', '焦耳|瓦特|米'],
	['化学', '水的化学式是什么？', '水的化学式是H2O。', 'H2O|是H2O。', '氢和氧', 'CO2|O2|NaCl'],
	['化学', '人呼吸需要什么气体？', '人需要氧气。', '氧气|需要氧气。|O2', '空气', '二氧化碳|氮气|氢气'],
	['地理', '法国的首都是哪里？', '法国的首都是巴黎。', '巴黎|是巴黎。', '', '伦敦|柏林|罗马'],
	['地理', '中国的首都是哪里？', '中国的首都是北京。', '北京|是北京。', '', '上海|广州|东京'],
	['地理', '最大的海洋是哪个？', '太平洋是最大的海洋。', '太平洋|是太平洋。', '', '大西洋|印度洋'],
	['地理', '为什么有白天和黑夜？', '地球每天自转一圈。', '因为地球自转。|地球在自转。', '因为太阳和地球。', '太阳绕地球转。|月亮挡住了太阳。'],
	['历史', '第二次世界大战在哪一年结束？', '第二次世界大战在1945年结束。', '1945|1945年|在1945年。', '', '1918年|1939年|1950年'],
	['语文', '“大”的反义词是什么？', '“大”的反义词是“小”。', '小|是“小”。', '', '多|高|很大'],
	['语文', '《静夜思》的作者是谁？', '《静夜思》的作者是李白。', '李白|是李白。', '唐代诗人', '杜甫|白居易|鲁迅'],
	['英语', '“go”的过去式是什么？', 'go的过去式是went。', 'went|是went。', '', 'goed|gone|goes'],
	['数学', '三角形有几条边？', '三角形有三条边。', '3|三条|有三条边。', '', '4|五条|2'],
	['数学', '直角是多少度？', '直角是90度。', '90|90度|是90度。', '', '45|180度|60度'],
	['生物', '蜜蜂酿什么？', '蜜蜂酿蜂蜜。', '蜂蜜|酿蜂蜜。', '吃的东西', '牛奶|丝|水'],
	['生物', '肺有什么作用？', '肺吸入氧气，呼出二氧化碳。', '吸入氧气，呼出二氧化碳。|吸氧气，呼二氧化碳', '吸入氧气。|用来呼吸。', '输送血液。|消化食物。'],
	['物理', '冰为什么浮在水上？', '冰的密度比水小。', '因为冰的密度比水小。|冰的密度小。', '和密度有关。', '因为冰很冷。|冰比水重。'],
	['地理', '中国最长的河是哪条？', '长江是中国最长的河。', '长江|是长江。', '', '黄河|珠江'],
	['地理', '地球上有几大洲？', '地球上有七大洲。', '7|七个|有七大洲。', '', '5|六个|八个'],
	['历史', '第一个登上月球的人是谁？', '阿姆斯特朗第一个登上月球。', '阿姆斯特朗|是阿姆斯特朗。', '美国人', '加加林|哥伦布'],
	['语文', '《红楼梦》的作者是谁？', '《红楼梦》的作者是曹雪芹。', '曹雪芹|是曹雪芹。', '清代作家', '罗贯中|施耐庵|吴承恩'],
	['数学', '一小时有多少分钟？', '一小时有60分钟。', '60|60分钟|六十分钟', '', '100|24|30分钟'],
];

const many = (answers: string) => answers.split('|').filter((answer) => answer !== '');
const fact = ([subject, question, key, right, partly, wrong]: Line): SchoolFact => ({
	subject,
	question,
	key,
	right: many(right),
	partly: many(partly),
	wrong: many(wrong),
});

export const schoolFacts: Record<Language, readonly SchoolFact[]> = { en: english.map(fact), zh: chinese.map(fact) };

/** Questions whose answers are one word: what is right stands in the expected answer alone. */
export interface PairFamily {
	subject: string;
	/** With `{x}` in it. */
	question: string;
	/** The whole answer, with `{x}` and `{y}`. */
	key: string;
	items: readonly (readonly [string, string])[];
}

const items = (list: string) =>
	list.split('|').map((item) => {
		const [x = '', y = ''] = item.split('=');
		return [x, y] as const;
	});

export const pairs: Record<Language, readonly PairFamily[]> = {
	en: [
		{
			...{ subject: 'Geography', question: 'What is the capital of {x}?', key: 'The capital of {x} is {y}.' },
			items: items(
				'France=Paris|Italy=Rome|Spain=Madrid|Germany=Berlin|Japan=Tokyo|Egypt=Cairo|Russia=Moscow|England=London|Greece=Athens|Austria=Vienna|Norway=Oslo|Cuba=Havana|Canada=Ottawa',
			),
		},
		{
			...{ subject: 'English', question: 'What is the opposite of “{x}”?', key: 'The opposite of {x} is {y}.' },
			items: items(
				'hot=cold|big=small|old=young|good=bad|fast=slow|long=short|high=low|full=empty|light=dark|early=late|open=closed|wet=dry|rich=poor|day=night|up=down|strong=weak',
			),
		},
		{
			...{ subject: 'English', question: 'What is the past tense of “{x}”?', key: 'The past tense of {x} is {y}.' },
			items: items(
				'go=went|see=saw|eat=ate|come=came|give=gave|take=took|write=wrote|read=read|run=ran|speak=spoke|find=found|think=thought|buy=bought|know=knew',
			),
		},
		{
			...{ subject: 'Biology', question: 'How many legs does {x} have?', key: 'The answer is {y}.' },
			items: items('a dog=4|a bird=2|an ant=6|a spider=8|a snake=0|a horse=4|a fly=6|a man=2|a crab=10|a cat=4|a bee=6|a hen=2'),
		},
		{
			...{ subject: 'Chemistry', question: 'What is the symbol of {x}?', key: 'The symbol of {x} is {y}.' },
			items: items('oxygen=O|hydrogen=H|carbon=C|nitrogen=N|iron=Fe|gold=Au|silver=Ag|copper=Cu|sodium=Na|helium=He'),
		},
		{
			...{ subject: 'Geography', question: 'On which continent is {x}?', key: '{x} is in {y}.' },
			items: items('Kenya=Africa|Egypt=Africa|China=Asia|India=Asia|Japan=Asia|France=Europe|Poland=Europe|Brazil=South America|Peru=South America'),
		},
	],
	zh: [
		{
			...{ subject: '地理', question: '{x}的首都是哪里？', key: '{x}的首都是{y}。' },
			items: items('法国=巴黎|意大利=罗马|西班牙=马德里|德国=柏林|日本=东京|埃及=开罗|俄罗斯=莫斯科|英国=伦敦|加拿大=渥太华'),
		},
		{
			...{ subject: '语文', question: '“{x}”的反义词是什么？', key: '“{x}”的反义词是“{y}”。' },
			items: items('大=小|多=少|高=低|长=短|快=慢|新=旧|冷=热|黑=白|远=近|早=晚|上=下|左=右|开=关|好=坏|前=后|老=少'),
		},
		{
			...{ subject: '英语', question: '“{x}”用英语怎么说？', key: '“{x}”的英语是{y}。' },
			items: items('水=water|火=fire|书=book|山=mountain|太阳=sun|月亮=moon|猫=cat|狗=dog|鱼=fish|树=tree|红=red|门=door|手=hand|学校=school'),
		},
		{
			...{ subject: '生物', question: '{x}有几条腿？', key: '答案是{y}。' },
			items: items('狗=4|鸟=2|蚂蚁=6|蜘蛛=8|蛇=0|马=4|苍蝇=6|人=2|螃蟹=10|猫=4|蜜蜂=6|鸡=2'),
		},
		{
			...{ subject: '化学', question: '{x}的化学符号是什么？', key: '{x}的化学符号是{y}。' },
			items: items('氧=O|氢=H|碳=C|氮=N|铁=Fe|金=Au|银=Ag|铜=Cu|钠=Na|氦=He'),
		},
		{
			...{ subject: '地理', question: '{x}在哪个洲？', key: '{x}在{y}。' },
			items: items('肯尼亚=非洲|埃及=非洲|中国=亚洲|印度=亚洲|日本=亚洲|法国=欧洲|波兰=欧洲|巴西=南美洲|秘鲁=南美洲'),
		},
	],
};
