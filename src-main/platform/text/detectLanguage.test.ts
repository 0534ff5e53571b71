import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detectLanguage } from './detectLanguage.ts';

/** A few lines as films have them. */
const lines = {
	en: "I don't know what you want.\nWe were here before they came.\nIs that your brother?",
	es: '¿Qué quieres que te diga?\nNo lo sé, pero está muy lejos.\nEs mi casa, y la de todos.',
	pt: 'Não sei o que você quer.\nEle está aqui, mas não fala.\nFoi uma coisa muito boa.',
	ca: 'No ho sé, però és molt lluny.\nQuè vols que et digui?\nAixò és amb els meus.',
	fr: "Je ne sais pas ce que vous voulez.\nC'est la maison de mon père.\nElle est avec nous.",
	it: 'Non so che cosa vuoi.\nQuesto è il mio amico, sono qui.\nPerché non mi hai detto?',
	ro: 'Nu știu ce să fac.\nEste aici și nu vrea să plece.\nAsta este pentru tine.',
	de: 'Ich weiß nicht, was du willst.\nDas ist mein Bruder, und er ist hier.\nWir haben es noch nicht.',
	nl: 'Ik weet niet wat je wilt.\nHij is hier niet, maar ze komt nog.\nDat is het huis van mijn vader.',
	sv: 'Jag vet inte vad du vill.\nDet är min bror, och han är här.\nVi har inte sett honom.',
	da: 'Jeg ved ikke, hvad du vil.\nDet er min bror, og han er her.\nHvor har du noget af det?',
	nb: 'Jeg vet ikke hva du vil.\nDet er broren min, og han er her.\nHva har du sagt til meg?',
	fi: 'En tiedä mitä sinä haluat.\nHän on täällä, mutta ei puhu.\nMinä olen nyt kotona.',
	pl: 'Nie wiem, co chcesz.\nTo jest mój brat i on tu jest.\nCzy ty mnie słyszysz?',
	cs: 'Nevím, co chceš.\nTo je můj bratr a už je tady.\nKdyž jsem tam byl, nebylo to tak.',
	sk: 'Neviem, čo chceš.\nTo je môj brat a už je tu.\nKeď som tam bol, nebolo to ako predtým.',
	hr: 'Ne znam što želiš.\nOvo je moj brat i on nije ovdje.\nKako si to ti rekao?',
	hu: 'Nem tudom, hogy mit akarsz.\nEz az én testvérem, és itt van.\nDe nem kell félni.',
	tr: 'Ne istediğini bilmiyorum.\nBu benim kardeşim ve çok iyi bir insan.\nSen ne için geldin?',
	vi: 'Tôi không biết anh muốn gì.\nĐây là nhà của tôi.\nCô ấy đã có một con.',
	id: 'Aku tidak tahu apa yang kau mau.\nIni rumah saya dan itu bukan.\nDia bisa ke sini.',
	tl: 'Hindi ko alam kung ano ang gusto mo.\nIto ang bahay ko.\nSiya ay nandito na.',
	ru: 'Я не знаю, что ты хочешь.\nЭто мой брат, и он здесь.\nМы его не видели.',
	uk: 'Я не знаю, що ти хочеш.\nЦе мій брат, і він тут.\nМи його не бачили.',
	bg: 'Аз не знам какво искаш.\nТова е брат ми и той е тук.\nЩе се видим.',
	sr: 'Не знам шта желиш.\nОво је мој брат и он је овде.\nЈа сам се вратио.',
	ar: 'أنا لا أعرف ما تريد.\nهذا هو أخي.\nهل أنت من هنا؟',
	fa: 'من نمی‌دانم تو چه می‌خواهی.\nاین برادر من است.\nما از تو نه.',
	el: 'Δεν ξέρω τι θέλεις.\nΑυτός είναι ο αδελφός μου.',
	he: 'אני לא יודע מה אתה רוצה.\nזה אח שלי.',
	th: 'ฉันไม่รู้ว่าคุณต้องการอะไร',
	hi: 'मुझे नहीं पता तुम क्या चाहते हो।',
	ko: '네가 뭘 원하는지 모르겠어.\nIBM에서 일해.',
	ja: '何が欲しいのか分からない。\n東京大学の学生です。',
	'zh-Hans': '我不知道你们要什么。\n这是我的 iPhone，谢谢。',
	'zh-Hant': '我不知道你們要什麼。\n這是我的 iPhone，謝謝。',
};

test.for(Object.entries(lines))('some lines are in %s', ([language, text]) => {
	expect(detectLanguage(text)).toBe(language);
});

test.for(['', '1\n2\n3', '♪ ♪', 'Anna!', 'Paris. Berlin. London. Kowalski, Brzezinski.', 'lorem ipsum dolor sit amet consectetur'])(
	'of “%s” nothing is said',
	(text) => {
		expect(detectLanguage(text)).toBeNull();
	},
);

test('a few words of another language change nothing, and no text is too odd', () => {
	expect(detectLanguage(`${lines.de}\n你好！\nWhat the hell?`)).toBe('de');
	fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => [null, 'string'].includes(detectLanguage(text) && 'string')));
});
