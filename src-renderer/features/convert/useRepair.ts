import { useEffect, useRef, useState } from 'react';
import type { AttachedAdapter } from '#contract/attachedAdapter.ts';
import type { RepairedPlace, RepairRefusal } from '#contract/convertMend.ts';
import type { FormatName } from '#contract/convertOrder.ts';
import { client } from '../../rpc/client.ts';

/** One act repairs so many places at the most: each is paid for. */
const mostPlaces = 20;

/** What a model made of a source until now. */
export interface Repaired {
	content: string;
	places: readonly RepairedPlace[];
	isWhole: boolean;
	/** Why it went no further. */
	refused: { line: number | null; why: RepairRefusal; reply: string } | null;
}

type Busy = { step: 'loading' } | { step: 'writing'; line: number } | null;

/** The repair of a broken source by a model, place after place; what was repaired stays when it is stopped, refused or fails. */
export function useRepair(from: FormatName) {
	const [repaired, setRepaired] = useState<Repaired | null>(null);
	const [busy, setBusy] = useState<Busy>(null);
	const [error, setError] = useState<unknown>(null);
	const running = useRef<AbortController>(null);
	useEffect(() => () => running.current?.abort(), []);

	const stop = () => {
		running.current?.abort();
		setBusy(null);
	};
	const repair = async (source: string, who: { modelId: string; adapter: AttachedAdapter | null }) => {
		const own = new AbortController();
		running.current = own;
		setError(null);
		setBusy({ step: 'loading' });
		let now: Repaired = { content: source, places: repaired?.places ?? [], isWhole: false, refused: null };
		try {
			for (let count = 0; count < mostPlaces && !now.isWhole && now.refused === null; count++) {
				for await (const step of await client.convert.repair({ content: now.content, from, ...who }, { signal: own.signal })) {
					if (own.signal.aborted) return;
					if (step.kind === 'loading') setBusy({ step: 'loading' });
					else if (step.kind === 'writing') setBusy({ step: 'writing', line: step.line });
					else if (step.kind === 'refused') now = { ...now, refused: step };
					else now = { content: step.content, places: [...now.places, step.place], isWhole: step.isWhole, refused: null };
				}
				setRepaired(now);
			}
		} catch (thrown) {
			if (!own.signal.aborted) setError(thrown);
		} finally {
			if (running.current === own) setBusy(null);
		}
	};
	return { repaired, busy, error, repair, stop };
}
