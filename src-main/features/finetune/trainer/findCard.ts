import { type Device, deviceType, type Ggml } from './ggml.ts';

/** A graphics card that can compute. */
export interface Card {
	device: Device;
	/** What it is and what drives it, such as “NVIDIA GeForce RTX 4060, Vulkan”. */
	name: string;
	/** That nobody has taken, as its driver tells it; some tell all of it. */
	freeBytes: number;
}

/** What is used of ggml to find one. */
type Finding = Pick<
	Ggml,
	| 'backend_load'
	| 'backend_dev_count'
	| 'backend_dev_get'
	| 'backend_dev_type'
	| 'backend_dev_memory'
	| 'backend_dev_description'
	| 'backend_dev_backend_reg'
	| 'backend_reg_name'
>;

/**
 * Finds the graphics card to compute on, as the engine does: with the first of the libraries that loads and knows a card; of several cards
 * one with memory of its own, and of those the one with most of it free. Null where there is none, or none of its drivers.
 */
export function findCard(ggml: Finding, libraries: readonly string[]): Card | null {
	// On macOS it is there before.
	for (const file of [null, ...libraries]) {
		if (file !== null && ggml.backend_load(file) === null) continue;
		const [best] = cardsOf(ggml).toSorted((a, b) => a.type - b.type || b.card.freeBytes - a.card.freeBytes);
		if (best) return best.card;
	}
	return null;
}

function cardsOf(ggml: Finding): { type: number; card: Card }[] {
	const devices = Array.from({ length: Number(ggml.backend_dev_count()) }, (_, i) => ggml.backend_dev_get(i));
	return devices.flatMap((device) => {
		const type = ggml.backend_dev_type(device);
		if (type !== deviceType.card && type !== deviceType.sharedCard) return [];
		const name = `${ggml.backend_dev_description(device)}, ${ggml.backend_reg_name(ggml.backend_dev_backend_reg(device))}`;
		return [{ type, card: { device, name, freeBytes: freeBytesOf(ggml, device) } }];
	});
}

function freeBytesOf(ggml: Finding, device: Device): number {
	const [free, total]: [[number], [number]] = [[0], [0]];
	ggml.backend_dev_memory(device, free, total);
	return Number(free[0]);
}
