import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DatasetVersion } from '#contract/finetune.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { ExampleView } from './ExampleView.tsx';
import { useExamples } from './useExamples.ts';

/** Pixels of an example that has not been drawn yet. */
const likelyHeight = 120;

/** All examples of a version. Only those in view are fetched and drawn, so that a hundred thousand scroll as lightly as ten. */
export function ExampleList({ version }: { version: DatasetVersion }) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const scroller = useRef<HTMLDivElement>(null);
	const rows = useVirtualizer({ count: version.exampleCount, getScrollElement: () => scroller.current, estimateSize: () => likelyHeight, overscan: 6 });
	const inView = rows.getVirtualItems();
	const { exampleAt, error } = useExamples(version.id, inView[0]?.index ?? 0, inView.at(-1)?.index ?? 0);
	return (
		// Reached by the keyboard, so that the arrows scroll it.
		<Box ref={scroller} tabIndex={0} role="list" aria-label={t('datasets.examples')} sx={{ flex: 1, minHeight: 0, overflow: 'auto' }}>
			<ErrorNotice error={error} sx={{ m: 3 }} />
			<Box sx={{ position: 'relative', height: rows.getTotalSize() }}>
				{inView.map(({ index, key, start }) => {
					const example = exampleAt(index);
					return (
						<Box
							key={key}
							ref={rows.measureElement}
							data-index={index}
							role="listitem"
							aria-setsize={version.exampleCount}
							aria-posinset={index + 1}
							sx={{ position: 'absolute', insetInline: 0, top: 0, px: 1, borderBottom: 1, borderColor: 'divider', minHeight: 64 }}
							style={{ transform: `translateY(${start}px)` }}
						>
							{example ? (
								<ExampleView label={t('datasets.exampleOf', { number: format.number(index + 1), row: format.number(example.row) })} turns={example.turns} />
							) : (
								<Skeleton variant="text" sx={{ mx: 2, my: 2 }} />
							)}
						</Box>
					);
				})}
			</Box>
		</Box>
	);
}
