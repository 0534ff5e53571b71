/**
 * How one of several equals is chosen: the one with the least at work for its weight; each in turn; each in turn as often as its weight
 * says; the cheapest.
 */
export type Strategy = 'leastBusy' | 'roundRobin' | 'weighted' | 'cheapest';

/** One of those that can be chosen from. */
export interface Choice {
	id: string;
	/** How much more than the others it can take; at least 1. */
	weight: number;
	/** What it has at work now. */
	active: number;
	/** In any unit that all share. */
	price: number;
	/** False: it keeps its place in the order and is passed over. */
	isOpen: boolean;
}

/** What has to be remembered from one choice to the next. */
export interface Turn {
	/** The one that was chosen last in turn. */
	last: string | null;
	/** How far each is ahead of its share, by id. */
	lead: ReadonlyMap<string, number>;
}

export const firstTurn: Turn = { last: null, lead: new Map() };

/**
 * Chooses one of `choices`, which stand in an order that stays, and tells what to remember for the next choice; null where none is open.
 *
 * Where two are equally good the first in the order is taken: whoever asks alone meets the same one again, which still has the beginning of
 * the conversation in memory.
 */
export function chooseNext(strategy: Strategy, choices: readonly Choice[], turn: Turn): { id: string | null; turn: Turn } {
	const open = choices.filter(({ isOpen }) => isOpen);
	const [first] = open;
	if (!first) return { id: null, turn };
	if (strategy === 'roundRobin') return inTurn(choices, first, turn);
	if (strategy === 'weighted') return byWeight(open, first, turn);
	const isBusier = (a: Choice, b: Choice) => a.active * b.weight - b.active * a.weight;
	const order = strategy === 'cheapest' ? (a: Choice, b: Choice) => a.price - b.price || isBusier(a, b) : isBusier;
	return { id: open.reduce((best, each) => (order(each, best) < 0 ? each : best)).id, turn };
}

/** The next open one after the last, around the whole order, so that one that is left out for a while costs the others nothing of their turn. */
function inTurn(choices: readonly Choice[], first: Choice, turn: Turn): { id: string; turn: Turn } {
	const from = choices.findIndex(({ id }) => id === turn.last) + 1;
	const next = [...choices.slice(from), ...choices.slice(0, from)].find(({ isOpen }) => isOpen) ?? first;
	return { id: next.id, turn: { ...turn, last: next.id } };
}

/**
 * Smooth weighted round robin, as nginx has it (ngx_http_upstream_round_robin.c): all gain their weight, the one furthest ahead is taken and
 * loses the sum. Weights 5, 1, 1 give a a b a c a a.
 */
function byWeight(open: readonly Choice[], first: Choice, turn: Turn): { id: string; turn: Turn } {
	const lead = new Map(open.map(({ id, weight }) => [id, (turn.lead.get(id) ?? 0) + weight]));
	const ahead = (id: string) => lead.get(id) ?? 0;
	const best = open.reduce((furthest, each) => (ahead(each.id) > ahead(furthest.id) ? each : furthest), first);
	lead.set(best.id, ahead(best.id) - open.reduce((sum, { weight }) => sum + weight, 0));
	return { id: best.id, turn: { ...turn, lead } };
}
