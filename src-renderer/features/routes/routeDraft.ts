import { type RouteFields, type RouteStrategy, type RouteTarget, type RouteView, routeFields, routeTarget } from '#contract/routes.ts';

/** A target as it is typed. */
export interface TargetDraft {
	/** Of this list alone. */
	key: number;
	/** `local` and a model's id, or `backend` and a backend's id; see `sourceKey`. */
	source: string;
	/** The model of a server elsewhere, by its name there. */
	model: string;
	weight: string;
	price: string;
	isEnabled: boolean;
}

/** What the fields of a route hold: numbers as typed, empty where there is no limit. */
export interface RouteDraft {
	name: string;
	strategy: RouteStrategy;
	/** Empty: none. */
	fallbackId: string;
	mostAtWork: string;
	mostWaiting: string;
	targets: TargetDraft[];
}

export type WrongField = 'name' | 'mostAtWork' | 'mostWaiting' | `source ${number}` | `model ${number}` | `weight ${number}` | `price ${number}`;

/** A place of a source in a list of choices. */
export function sourceKey(kind: 'local' | 'backend', id: string): string {
	return `${kind} ${id}`;
}

export function newTarget(key: number, source: string): TargetDraft {
	return { key, source, model: '', weight: '1', price: '0', isEnabled: true };
}

/** The fields of a route that is there, or of a new one. */
export function draftOf(route: RouteView | null): RouteDraft {
	const { name, strategy, fallbackId, mostAtWork, mostWaiting, targets = [] } = route ?? routeFields.partial({ name: true }).parse({});
	return {
		...{ name: name ?? '', strategy, fallbackId: fallbackId ?? '' },
		...{ mostAtWork: mostAtWork === null ? '' : String(mostAtWork), mostWaiting: String(mostWaiting) },
		targets: targets.map(({ source, weight, price, isEnabled }, key) => ({
			...{ key, weight: String(weight), price: String(price), isEnabled },
			source: source.kind === 'local' ? sourceKey('local', source.modelId) : sourceKey('backend', source.backendId),
			model: source.kind === 'backend' ? source.model : '',
		})),
	};
}

/** Reads what was typed: the fields of the route, or which of them hold something that they cannot. */
export function readDraft(draft: RouteDraft): { fields: RouteFields } | { wrong: WrongField[] } {
	const { name, strategy, fallbackId, targets } = draft;
	const { shape } = routeFields;
	const wrong: WrongField[] = [];
	const check = (field: WrongField, isRight: boolean) => {
		if (!isRight) wrong.push(field);
	};
	const mostAtWork = numberIn(draft.mostAtWork);
	const mostWaiting = numberIn(draft.mostWaiting);
	check('name', shape.name.safeParse(name).success);
	check('mostAtWork', shape.mostAtWork.safeParse(mostAtWork).success);
	check('mostWaiting', shape.mostWaiting.safeParse(mostWaiting ?? Number.NaN).success);
	const read = targets.map(({ key, source, model, weight, price, isEnabled }): RouteTarget => {
		const [kind = '', id = ''] = source.split(' ');
		const isRemote = kind === 'backend';
		check(`source ${key}`, id !== '');
		check(`model ${key}`, !isRemote || (model.trim() !== '' && model.length <= 300));
		const figures = { weight: numberIn(weight) ?? Number.NaN, price: numberIn(price) ?? Number.NaN };
		check(`weight ${key}`, routeTarget.shape.weight.safeParse(figures.weight).success);
		check(`price ${key}`, routeTarget.shape.price.safeParse(figures.price).success);
		return { source: isRemote ? { kind: 'backend', backendId: id, model: model.trim() } : { kind: 'local', modelId: id }, isEnabled, ...figures };
	});
	if (wrong.length > 0) return { wrong };
	return { fields: { name: name.trim(), strategy, fallbackId: fallbackId || null, mostAtWork, mostWaiting: mostWaiting ?? 0, targets: read } };
}

/** Null for what is empty, NaN for what is no number. */
function numberIn(typed: string): number | null {
	return typed.trim() === '' ? null : Number(typed);
}
