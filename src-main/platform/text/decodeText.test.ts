import { expect, test } from 'vitest';
import { decodeText } from './decodeText.ts';

/** Bytes of a text in an encoding that `TextDecoder` reads, by decoding every sequence of one byte, or of one and two. */
function encode(text: string, encoding: string): Uint8Array {
	if (encoding.startsWith('utf-16')) return encoding.endsWith('be') ? Buffer.from(text, 'utf16le').swap16() : Buffer.from(text, 'utf16le');
	const decoder = new TextDecoder(encoding);
	const sequences = new Map<string, number[]>();
	const add = (...bytes: number[]) => {
		const [character = '', ...more] = decoder.decode(Uint8Array.from(bytes));
		if (more.length === 0 && character !== '\uFFFD' && !sequences.has(character)) sequences.set(character, bytes);
	};
	for (let first = 0; first < 256; first++) add(first);
	if (!/^(windows|koi)/.test(encoding)) for (let first = 0x81; first < 256; first++) for (let second = 0x30; second < 256; second++) add(first, second);
	return Uint8Array.from([...text].flatMap((character) => sequences.get(character) ?? []));
}

test.for([
	['utf-16le', 'Die Pflanze wandelt Licht in Zucker um.\r\n'],
	['utf-16be', 'Die Pflanze wandelt Licht in Zucker um.\r\n'],
	['gb18030', '植物利用光能，把二氧化碳和水转化成有机物，并释放出氧气。\r\n'],
	['big5', '植物利用光能，把二氧化碳和水轉化成有機物，並釋放出氧氣。\r\n'],
	['shift_jis', '植物は光のエネルギーを使って、二酸化炭素と水からでんぷんをつくります。\r\n'],
	['windows-1250', 'Rostlina přeměňuje světlo na energii, protože je to důležité pro žáky i učitele.\r\n'],
	['windows-1251', 'Растение превращает свет в энергию, потому что иначе оно не может расти.\r\n'],
	['windows-1252', 'La plante a été éclairée; elle crée du sucre à partir de l’eau, déjà très tôt.\r\n'],
	['windows-1253', 'Το φυτό μετατρέπει το φως σε ενέργεια και παράγει οξυγόνο.\r\n'],
	['windows-1255', 'הצמח הופך את האור לאנרגיה ומשתמש במים ובפחמן דו חמצני.\r\n'],
	['windows-1254', 'Bitki ışığı enerjiye dönüştürür, çünkü başka türlü büyüyemez.\r\n'],
	['windows-1256', 'النبات يحول الضوء إلى طاقة ويحتاج إلى الماء.\r\n'],
	['koi8-r', 'Растение превращает свет в энергию, потому что иначе оно не может расти.\r\n'],
] as const)('finds out by itself that a text is in %s', async ([encoding, text]) => {
	expect(await decodeText(encode(text, encoding))).toEqual({ text, encoding });
});

test.for([
	['windows-1257', 'Augalas šviesą paverčia energija, nes kitaip jis negalėtų užaugti.\r\n'],
	['windows-1258', 'Đàn gà ăn lúa.\r\n'],
] as const)('reads %s when it is told', async ([encoding, text]) => {
	expect(await decodeText(encode(text, encoding), encoding)).toEqual({ text, encoding });
});

test('three short rows with a Spanish name are read as Western, and Polish ones stay Eastern', async () => {
	const spanish = Buffer.from('id,name,answer\n1,Núñez,yes\n2,Peña,no\n', 'latin1');
	expect((await decodeText(spanish)).text).toContain('1,Núñez,yes\n2,Peña');
	// In windows-1250.
	const polish = Buffer.from('id,answer\n1,Pozna\xf1 i Gda\xf1sk maj\xb9 wi\xeacej ulic\n2,ksi\xb9\xbfka jest d\xb3uga\n', 'latin1');
	expect((await decodeText(polish)).text).toContain('Poznań i Gdańsk mają więcej');
});

test.for(['id;Name;Größe\r\n1;Müller;1,50\r\n2;Grüße;1,70\r\n', 'Größe\r\n', 'Straße;Süßes;Fuß\r\n', 'né;créée;Noël\r\n'])(
	'the few letters of a short list from a spreadsheet stay Western, also two side by side: %j',
	async (text) => {
		expect((await decodeText(Buffer.from(text, 'latin1'))).text).toBe(text);
	},
);

test.for(['陈小明\r\n', 'A班,陈小明,87\r\nB班,王芳,90\r\n', '姓名,成绩\r\n李雷,90\r\n'])('a short Chinese list stays Chinese: %j', async (text) => {
	expect(await decodeText(encode(text, 'gb18030'))).toEqual({ text, encoding: 'gb18030' });
});

test('two damaged bytes do not make another encoding of a short file in UTF-8', async () => {
	const bytes = Buffer.concat([Buffer.from('id,name\n1,陈小明\n2,Müller\n3,x'), Buffer.from([0xff, 0xfe]), Buffer.from('y\n')]);
	expect(await decodeText(bytes)).toEqual({ text: 'id,name\n1,陈小明\n2,Müller\n3,x\ufffd\ufffdy\n', encoding: 'utf-8' });
});
