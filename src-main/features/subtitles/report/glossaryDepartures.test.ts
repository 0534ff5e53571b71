import { expect, test } from 'vitest';
import { glossaryDepartures } from './glossaryDepartures.ts';

const term = (source: string, target: string) => ({ source, target });

test.for([
	['kept', [term('Warden', '典狱长')], 'The Warden is here.', '典狱长来了。', []],
	['left', [term('Warden', '典狱长')], 'The Warden is here.', '监狱长来了。', ['Warden']],
	['not in the source', [term('Warden', '典狱长')], 'Wardenclyffe is here.', '他来了。', []],
	['another case and a possessive', [term('warden', '典狱长')], 'WARDEN’S orders.', '命令。', ['warden']],
	['a plural in -ies', [term('city', '城邦')], 'All the cities fell.', '城市都沦陷了。', ['city']],
	['a doubled letter', [term('stop', '停靠')], 'We stopped.', '我们停下。', ['stop']],
	['within a longer term', [term('York', '约克'), term('New York', '纽约')], 'I love New York.', '我爱纽约。', []],
	['beside a longer term', [term('York', '约克'), term('New York', '纽约')], 'New York is not York.', '纽约不是那里。', ['York']],
	['over a line end and a tag', [term('Iron Throne', '铁王座')], 'the <i>Iron\nThrone</i>', '铁王座', []],
	['signs of patterns', [term('C++ (old)', 'C++')], 'We use C++ (old) here.', '我们用它。', ['C++ (old)']],
	['blank terms', [term(' ', 'x'), term('x', '')], 'x', 'y', []],
] as const)('glossary: %s', ([, glossary, source, target, departures]) => {
	expect(glossaryDepartures(glossary, { source: 'en', target: 'zh' })(source, target).map((one) => one.source)).toEqual(departures);
});

test('an English translation may inflect a term, and so may a French one', () => {
	const toEnglish = glossaryDepartures([term('骑士', 'knight')], { source: 'zh', target: 'en' });
	expect([toEnglish('骑士们来了', 'The knights came.'), toEnglish('骑士们来了', 'The nights came.')]).toEqual([[], [term('骑士', 'knight')]]);
	expect(glossaryDepartures([term('knight', 'chevalier')], { source: 'en', target: 'fr' })('Knights!', 'Des chevaliers !')).toEqual([]);
});
