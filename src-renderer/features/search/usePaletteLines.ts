import i18next from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Found, FoundKind } from '#contract/search.ts';
import type { Act } from '../../ui/Act.ts';
import { matchActs, type NamedAct } from './matchActs.ts';
import { placeOf } from './placeOf.ts';
import { useFound } from './useFound.ts';

/** One line of the palette: an act, or something that was found. */
export interface PaletteLine {
	id: string;
	icon: Act['kind'] | FoundKind;
	label: string;
	detail: string;
	act?: Act;
	found?: Found;
	/** The address that it leads to. */
	to?: string;
}

export interface PaletteGroup {
	name: 'recent' | 'acts' | 'places' | 'best' | 'found' | 'handbook';
	lines: PaletteLine[];
}

/** So many acts fit beside what was found. */
const mostActs = 8;

/**
 * What the palette shows for what was typed. Without a word: what was worked on, every act and every place; with some: the acts that fit,
 * then what the reader wrote with these words in it, then where the handbook has them.
 */
export function usePaletteLines(acts: readonly Act[], findPages: (typed: string) => Act[], typed: string) {
	const { t, i18n } = useTranslation();
	const { t: search } = useTranslation('search');
	const answered = useFound(typed);
	const named = useMemo(() => {
		const others = Object.keys(i18next.services.resourceStore.data).filter((language) => language !== i18n.language);
		const spoken = others.map((language) => i18n.getFixedT(language));
		return acts.map(
			(act): NamedAct => ({
				...{ act, label: act.label(t), detail: act.detail?.(t) ?? '', others: spoken.map((other) => act.label(other)) },
				synonyms: [t, ...spoken].flatMap((each) => act.also?.(each).split(/, */) ?? []),
			}),
		);
	}, [acts, t, i18n]);
	const groups = useMemo((): PaletteGroup[] => {
		const isAsked = typed.trim() !== '';
		// What was worked on is found by its words too, and once is enough.
		const pages = findPages(typed).map((act) => ({ id: act.id, icon: act.kind, label: act.label(t), detail: act.detail?.(t) ?? '', act }));
		const lines = matchActs(isAsked ? named.filter(({ act }) => act.kind !== 'recent') : named, typed).map(lineOf);
		const all: PaletteGroup[] = !isAsked
			? [
					{ name: 'recent', lines: lines.filter(({ icon }) => icon === 'recent') },
					{ name: 'acts', lines: lines.filter(({ icon }) => icon === 'act') },
					{ name: 'places', lines: lines.filter(({ icon }) => icon === 'place') },
					{ name: 'handbook', lines: pages },
				]
			: [
					{ name: 'best', lines: lines.slice(0, mostActs) },
					{
						name: 'found',
						lines: answered.found.map((found) => ({
							...{ id: `found.${found.id}`, icon: found.kind, label: found.text, found, to: placeOf(found) },
							detail: [search(`kinds.${found.kind}`), found.heading].filter(Boolean).join(' · '),
						})),
					},
					{ name: 'handbook', lines: pages },
				];
		return all.filter(({ lines }) => lines.length > 0);
	}, [named, typed, answered.found, search, findPages, t]);
	return { groups, lines: groups.flatMap(({ lines }) => lines), isComplete: answered.isComplete, isAsking: answered.isAsking, error: answered.error };
}

function lineOf({ act, label, detail }: NamedAct): PaletteLine {
	return { id: act.id, icon: act.kind, label, detail, act };
}
