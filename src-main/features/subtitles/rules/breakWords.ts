/** Words of a language beside which a line is better or worse broken. All in lower case. */
export interface BreakWords {
	/** Articles, possessives, other determiners: never parted from what follows. */
	determiners: ReadonlySet<string>;
	/** A line is well broken before one, and badly after it. */
	prepositions: ReadonlySet<string>;
	conjunctions: ReadonlySet<string>;
	/** Auxiliaries, negations, adverbs of degree: badly parted from what follows. */
	auxiliaries: ReadonlySet<string>;
	/** Pronouns that a verb follows. */
	subjects: ReadonlySet<string>;
	/** Particles that belong to what stands before them: no line begins with one. */
	particles: ReadonlySet<string>;
	/** Titles with their dot, which ends no sentence. */
	titles: ReadonlySet<string>;
}

const words = (text = ''): ReadonlySet<string> => new Set(text.split(' ').filter((word) => word !== ''));
const list = (some: Partial<Record<keyof BreakWords, string>>): BreakWords => ({
	determiners: words(some.determiners),
	prepositions: words(some.prepositions),
	conjunctions: words(some.conjunctions),
	auxiliaries: words(some.auxiliaries),
	subjects: words(some.subjects),
	particles: words(some.particles),
	titles: words(some.titles),
});

const none = list({});

/** By primary language subtag. A language that is not here is broken by punctuation and balance. */
const byLanguage: Readonly<Record<string, BreakWords>> = {
	en: list({
		determiners: 'a an the my your his her its our their this these those some any no every each another such both all',
		prepositions:
			'of in on at by for with from to into onto over under about between through during against without within upon across behind beyond near among around toward towards like than as inside outside above below along beside besides despite except per via',
		conjunctions:
			'and but or nor so yet because although though while if when where unless until since whereas that who which whose whom how why what whether before after once',
		auxiliaries:
			"am is are was were be been being have has had do does did will would shall should can could may might must cannot not never very too just really more most quite almost always only even still i'm you're he's she's it's we're they're i've you've we've they've i'd you'd he'd she'd we'd they'd i'll you'll he'll she'll it'll we'll they'll that's there's don't doesn't didn't won't wouldn't shan't shouldn't can't couldn't isn't aren't wasn't weren't haven't hasn't hadn't mustn't let's gonna wanna gotta",
		subjects: 'i you he she it we they',
		titles: 'mr. mrs. ms. dr. prof. st. capt. sgt. lt. col. gen. rev. sen. rep. gov. jr. sr. no. vs.',
	}),
	fr: list({
		determiners: 'le la les un une des du au aux mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet cette ces chaque quelques',
		prepositions: 'de à en dans par pour sur sous avec sans chez vers entre contre depuis pendant avant après devant derrière parmi malgré selon',
		conjunctions: 'et ou mais donc or ni car que qui quand lorsque si comme où dont parce puisque quoique afin',
		auxiliaries:
			"ai as a avons avez ont suis es est sommes êtes sont était étaient avait avaient ne n'ai très trop plus moins bien je j'ai c'est vais va allons allez vont",
		subjects: 'je tu il elle on nous vous ils elles ça',
		titles: 'm. mm. dr. st.',
	}),
	de: list({
		determiners:
			'der die das den dem des ein eine einen einem einer eines mein meine meinen meinem meiner dein deine sein seine seinen ihr ihre ihren unser unsere euer eure dieser diese dieses diesen jeder jede jedes kein keine keinen',
		prepositions:
			'in im an am auf aus bei beim mit nach von vom zu zum zur für gegen ohne um durch über unter vor hinter neben zwischen seit während wegen trotz',
		conjunctions: 'und oder aber denn sondern weil dass ob wenn als obwohl damit bevor nachdem während bis wie wo warum was wer',
		auxiliaries: 'nicht nie sehr zu so ganz nur noch schon',
		subjects: 'ich du er sie es wir man',
		titles: 'hr. fr. dr. prof. st. nr.',
	}),
	es: list({
		determiners: 'el la los las un una unos unas mi mis tu tus su sus nuestro nuestra nuestros nuestras este esta estos estas ese esa esos esas cada',
		prepositions: 'a de del al en con por para sin sobre entre hasta desde hacia contra según bajo ante tras durante',
		conjunctions: 'y e o u pero sino porque que quien si cuando donde como aunque mientras pues ni cual',
		auxiliaries: 'he has ha hemos habéis han había no muy más menos tan nunca está están estaba estoy estás es son era se me te le lo nos',
		subjects: 'yo tú él ella usted nosotros ellos ellas ustedes',
		titles: 'sr. sra. srta. dr. dra. d.',
	}),
	it: list({
		determiners: 'il lo la i gli le un uno una mio mia miei mie tuo tua suo sua nostro nostra vostro vostra loro questo questa questi queste quel quella ogni',
		prepositions: 'di a da in con su per tra fra del della dei delle al alla ai alle dal dalla nel nella sul sulla senza verso contro',
		conjunctions: 'e ed o ma però perché che chi se quando dove come anche mentre né quindi',
		auxiliaries: 'ho hai ha abbiamo avete hanno sono sei è siamo siete era erano non molto più meno così mi ti si ci vi lo',
		subjects: 'io tu lui lei noi voi loro',
		titles: 'sig. sig.ra dott. prof.',
	}),
	pt: list({
		determiners: 'o a os as um uma uns umas meu minha meus minhas teu tua seu sua seus suas nosso nossa este esta esse essa cada',
		prepositions: 'de do da dos das em no na nos nas por para com sem sobre entre até desde contra ao à pelo pela',
		conjunctions: 'e ou mas porque que quem se quando onde como embora enquanto pois nem',
		auxiliaries: 'não muito mais menos tão nunca está estão estava estou é são era foi tem têm tinha vai vou se me te lhe',
		subjects: 'eu tu ele ela você nós eles elas vocês',
		titles: 'sr. sra. dr. dra.',
	}),
	zh: list({
		prepositions: '在 从 從 向 往 对 對 给 給 把 被 跟 为 為 为了 為了 关于 關於 通过 通過 按照 根据 根據 比 由 除了 自从 自從',
		conjunctions:
			'但是 但 可是 不过 不過 因为 因為 所以 如果 要是 而且 并且 並且 然后 然後 或者 还是 還是 虽然 雖然 尽管 儘管 即使 只要 只有 除非 于是 於是 因此 否则 否則 而 直到 当 當 以及 和 与 與 或 就算 结果 結果 甚至 至于 至於 要不 要不然 一旦 万一 萬一 既然',
		auxiliaries:
			'不 没 沒 没有 沒有 很 太 最 更 非常 是 有 一 这 這 那 哪 每 就 都 也 还 還 又 再 才 只 要 会 會 能 可以 可能 应该 應該 必须 必須 想 正在 已经 已經 将 將 别 別 让 讓 所 这个 這個 那个 那個 一个 一個 我的 你的 他的 她的',
		subjects: '我 你 您 他 她 它 我们 我們 你们 你們 他们 他們 她们 她們 咱们 咱們 谁 誰 大家',
		particles:
			'的 了 着 著 过 過 吗 嗎 呢 吧 啊 呀 嘛 啦 哦 喔 地 得 们 們 么 麼 之 上 下 里 裡 中 们的 似的 的话 的話 之前 之后 之後 以前 以后 以後 时候 時候 起来 起來 下来 下來 下去 出来 出來 出去 进来 進來 进去 過來 过来 过去 過去 上来 上來 上去 回来 回來 回去 里面 裡面 上面 下面',
	}),
	ja: list({
		conjunctions: 'でも しかし だから そして それで または もし 例えば だけど けれど',
		particles: 'は が を に へ と で も の か ね よ わ な ぞ から まで より ので のに けど て た だ です ます たい ない さん ちゃん 君 様 ば し',
	}),
};

/** What is known of a language's words; empty sets where nothing is. */
export function breakWords(language: string): BreakWords {
	return byLanguage[language.toLowerCase().split(/[-_]/)[0] ?? ''] ?? none;
}
