import ChartIcon from '@mui/icons-material/BarChart';
import Box from '@mui/material/Box';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../rpc/client.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { Page } from '../../ui/Page.tsx';
import { bucketsOf, daysUsed, type Grouping, groupUse } from './arrangeUse.ts';
import { SaveCsvButton } from './SaveCsvButton.tsx';
import { SpanField } from './SpanField.tsx';
import { type SpanChoice, spanOf, wholeSpan } from './spans.ts';
import { UseBars } from './UseBars.tsx';
import { UseOverTime } from './UseOverTime.tsx';
import { useNames } from './useNames.ts';
import { type UseRead, useUse } from './useUse.ts';

const spanNames = ['last7', 'last30', 'thisMonth', 'lastMonth', 'custom'] as const;
const groupings = ['person', 'model', 'task'] as const satisfies readonly Grouping[];

/** Who used what, for an administrator: drawn over time and side by side by person, model and task, with the numbers beneath. */
export function UseScreen() {
	const { t } = useTranslation('ledger');
	const { t: ui } = useTranslation('ui');
	const [choice, setChoice] = useState<SpanChoice>({ name: 'last30', first: '', last: '' });
	const span = spanOf(choice, Date.now());
	const { read, error, again } = useUse(span === 'wrong' ? null : span);
	return (
		<Page
			title={t('use.title')}
			action={span !== 'wrong' && <SaveCsvButton ask={() => client.ledger.exportUse(wholeSpan(span))} isDisabled={!read || read.uses.length === 0} />}
		>
			<Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: 2, mb: 2 }}>
				<UseFigures read={read} />
				<SpanField value={choice} names={spanNames} onChange={setChoice} />
			</Box>
			<ErrorNotice error={error} action={{ label: ui('again'), onClick: again }} sx={{ mb: 2 }} />
			{read && read.uses.length > 0 && <UseDrawn read={read} />}
			{read?.uses.length === 0 && <EmptyState icon={<ChartIcon />} title={t('use.emptyTitle')} text={t('use.emptyText')} />}
		</Page>
	);
}

/** All that was used in the span, in three numbers; their room is kept while they are read. */
function UseFigures({ read }: { read: UseRead | null }) {
	const { t } = useTranslation('ledger');
	const format = useFormat();
	const sum = (of: 'tokens' | 'requests') => read && format.number(read.uses.reduce((total, use) => total + use[of], 0));
	return (
		<Box component="dl" sx={{ m: 0, flex: 1, minHeight: 52, display: 'flex', flexWrap: 'wrap', columnGap: 5, rowGap: 1 }}>
			<Figure name={t('use.tokens')} value={sum('tokens')} />
			<Figure name={t('use.requests')} value={sum('requests')} />
			<Figure name={t('use.people')} value={read && format.number(groupUse(read.uses, 'person').length)} />
		</Box>
	);
}

function UseDrawn({ read: { uses, people, span } }: { read: UseRead }) {
	const nameOf = useNames(uses, people);
	const buckets = useMemo(() => {
		const bounds = daysUsed(uses, Date.now());
		return bucketsOf(span.from ?? bounds.from, span.until ?? bounds.until);
	}, [uses, span]);
	return (
		<>
			<UseOverTime uses={uses} buckets={buckets} nameOf={nameOf} />
			<Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(280px, 1fr))', gap: 3, alignItems: 'start' }}>
				{groupings.map((by) => (
					<UseBars key={by} by={by} groups={groupUse(uses, by)} nameOf={nameOf} />
				))}
			</Box>
		</>
	);
}
