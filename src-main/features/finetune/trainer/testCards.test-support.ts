import { type Card, findCard } from './findCard.ts';
import { findCardLibraries } from './findLibraries.ts';
import { deviceType } from './ggml.ts';
import { testGgml } from './writeArchitectureModel.test-support.ts';

const processor = testGgml.backend_dev_by_type(deviceType.processor);
if (processor === null) throw new Error('this build of llama.cpp has no back end for this processor');

/** The processor in a card's place: all that is laid out and computed as for a card, on every machine. */
export const standIn: Card = { device: processor, name: 'stand-in', freeBytes: 2 ** 32 };

/** The machine's own card, where tests are asked to use it; they never do by accident. */
export const realCard: Card | null = process.env.HOMEROOM_TEST_CARD === '1' ? findCard(testGgml, await findCardLibraries()) : null;

/** For the title of a test that is left out without a card. */
export const whyNoCard =
	realCard !== null ? '' : process.env.HOMEROOM_TEST_CARD === '1' ? ' (left out: no graphics card was found)' : ' (left out: HOMEROOM_TEST_CARD is not 1)';
