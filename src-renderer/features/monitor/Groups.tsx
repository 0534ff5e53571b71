import Box from '@mui/material/Box';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Counted, CountedBy, History } from '#contract/monitor.ts';
import { GroupTable } from './GroupTable.tsx';
import { useGroupNames } from './useGroupNames.ts';
import type { HistoryChoice } from './useHistory.ts';

const groupings: Readonly<Record<Counted, readonly CountedBy[]>> = {
	answers: ['model', 'account', 'key', 'task', 'code'],
	requests: ['route', 'model', 'account', 'key', 'code'],
};

/** The same span told apart by model, person, key, task, route or how it ended. */
export function Groups({ history, counted, onChoose }: { history: History; counted: Counted; onChoose: (of: HistoryChoice['of']) => void }) {
	const { t } = useTranslation('monitor');
	const nameOf = useGroupNames();
	const titleId = useId();
	const [chosen, setChosen] = useState<CountedBy>('model');
	const by = groupings[counted].includes(chosen) ? chosen : 'model';
	const groups = history.groups[by] ?? [];
	return (
		<Box component="section" aria-labelledby={titleId} sx={{ mb: 3 }}>
			<Box sx={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: 2, mb: 1 }}>
				<Typography id={titleId} variant="h2" sx={{ flex: 1 }}>
					{t('by.title')}
				</Typography>
				<ToggleButtonGroup exclusive size="small" aria-labelledby={titleId} value={by} onChange={(_event, name: CountedBy | null) => name && setChosen(name)}>
					{groupings[counted].map((name) => (
						<ToggleButton key={name} value={name}>
							{t(`by.${name}`)}
						</ToggleButton>
					))}
				</ToggleButtonGroup>
			</Box>
			{groups.length > 0 ? (
				<GroupTable counted={counted} by={by} groups={groups} nameOf={(group) => nameOf(by, group)} onChoose={(key) => onChoose({ by, key })} />
			) : (
				<Typography sx={{ color: 'text.secondary' }}>{t('by.nothing')}</Typography>
			)}
		</Box>
	);
}
