/**
 * What is said most in each language that shares its script with others: articles, pronouns, prepositions and the like, of which every few
 * sentences have one. Written for subtitles, in which people say I and you.
 */
const lists: Readonly<Record<string, string>> = {
	en: "the and you to of it is that in for what was this are have not with be your we they he she me my do don't i'm it's you're can't i will know just but on at so if there here how want going like where when why who them then from by can could would about up out get got thank hello",
	es: 'el la de que y en un una los las no se es por con para lo qué está pero como más yo tú te su mi esto eso aquí muy bien todo hay ese ella del al',
	pt: 'o a de que e não um uma os as é por com para você eu está mas isso ele ela meu minha do da em na no se muito bem aqui foi tem vou nós',
	ca: "el la de que i en un una els les no es és per amb què està però com més jo tu això aquí molt bé ho hi ell ella del al d'una l'has",
	fr: "le la les de des et un une est que pas je vous tu il elle nous on ce c'est dans pour avec mais qui suis ça ne j'ai du au moi se sur son ma mon plus",
	it: 'il la di che non è un una per sono ho mi ti con ma cosa questo lo gli si come più del della perché io tu lui lei hai siamo anche qui bene',
	ro: 'nu și să de la un o este că ce cu pe mai am eu tu pentru sunt ești asta mă te ai dar aici bine fi din care l-am',
	de: 'der die das und ist nicht ich du sie wir ein eine zu mit es was wie aber auf den dem habe hat sind ja dich mich mir er hier noch auch von für bin wenn will so',
	nl: 'de het een en van ik je niet is dat die op te zijn met voor maar wat hij ze we heb naar er hier nog ook mijn ben jij geen als',
	sv: 'och att det är jag inte du en på som har för vi med av han den vad mig ett till dig så var ni',
	da: 'og at det er jeg ikke du en på som har for vi med af han den hvad mig et til dig så var hvor noget',
	nb: 'og at det er jeg ikke du en på som har for vi med av han den hva meg et til deg så var hvor noe',
	fi: 'ja on ei se minä että hän sinä mutta oli mitä niin olen ovat kun tämä en mun sun joka vain nyt hyvä',
	pl: 'nie to się na jest że w z do co jak ja ty ale czy tak mam jestem mnie ten po o dla już tu będzie',
	cs: 'se to je na že já ty ne jsem ale co jak tak jsi mi by jsme když není mě už tady který jste',
	sk: 'sa to je na že ja ty nie som ale čo ako tak si mi by sme keď ma už tu ktorý ste',
	hr: 'i u na je da ne sam to se on kako što ti mi ali bi za si ja ovo tako ovdje nije smo',
	hu: 'a az nem és hogy egy van de ez mi én te meg csak itt kell vagyok is ha már ki volt jó',
	tr: 'bir ve bu ne için ben sen değil var mi çok da o ama gibi şey mı beni seni evet hayır',
	vi: 'không là tôi có của và anh cô cho được một những này đã với em gì ta người sẽ chúng',
	id: 'yang tidak aku kau dan ini itu di saya kamu apa ada untuk dengan bisa kita akan dia ke sudah',
	ms: 'yang tidak saya awak dan ini itu di apa ada untuk dengan boleh kamu tak kita akan dia ke sudah mahu',
	tl: 'ang ng sa na mga ako ay hindi ko mo ka at ito siya kung lang naman ba',
	ru: 'и в не на что я с он как это ты мы вы но а меня все так его мне у нет да был она они здесь',
	uk: 'і в не на що я з він як це ти ми ви але та мене все так його мені у ні є був вона вони тут',
	bg: 'и в не на че аз с той как това ти ние вие но да се е за от ще съм ли ме какво тук',
	sr: 'и у не на да сам он како ово ти ми ви али је се што ја за си нисам овде',
	ar: 'في من على هذا أن لا ما إلى هل أنت كان يا لقد أنا هذه ذلك عن لم',
	fa: 'این از که به را است در من تو با چه نه می آن ما شما برای یک هم اون',
};

/** The languages that each word tells of: one that many of them have tells little. */
const languagesOf = new Map<string, string[]>();
for (const [language, list] of Object.entries(lists)) for (const word of list.split(' ')) languagesOf.set(word, [...(languagesOf.get(word) ?? []), language]);

/** The words of a text as they are looked for: in small letters, an apostrophe with what it joins. */
export function wordsOf(text: string): string[] {
	return (
		text
			.normalize('NFC')
			.replaceAll('’', "'")
			.toLowerCase()
			.match(/[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*/gu) ?? []
	);
}

/** The languages that a word is a function word of; none where it is none. */
export function tellingLanguages(word: string): readonly string[] {
	return languagesOf.get(word) ?? [];
}

/** Whether the function words of a language are known. */
export function hasFunctionWords(language: string): boolean {
	return language in lists;
}
